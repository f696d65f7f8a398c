"""The parts of a text: sections and sentences."""

import json

import pytest
from archive_facts import digest_of, insert, rows

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


def keep(database: Connection, text: str) -> str:
    row = {"text_id": digest_of(text), "normalized_id": "n", "text": text, "words": 1}
    insert(database, "texts", row)
    return digest_of(text)


def sentences(database: Connection, text: str) -> list[str]:
    found = rows(
        database,
        "SELECT text FROM sentences WHERE text_id = ? ORDER BY sentence",
        keep(database, text),
    )
    return [sentence for (sentence,) in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We run. You fly! Why? 3 ways.", ["We run.", "You fly!", "Why?", "3 ways."]),
        pytest.param(
            'He said "no." "Why?" (Ask.) Yes.', ['He said "no."', '"Why?"', "(Ask.)", "Yes."]
        ),
        pytest.param("Acme Inc. and Bolt Ltd. Are we?", ["Acme Inc. and Bolt Ltd. Are we?"]),
        pytest.param(
            "In the U.S. We use it, e.g. Mr. X, J. Doe. Yes.",
            ["In the U.S. We use it, e.g. Mr. X, J. Doe.", "Yes."],
        ),
        pytest.param(
            "Gem. Art. 6 z.B. Daten, bzw. Namen am 1. Mai 2018. Und z. B. Bilder.",
            ["Gem. Art. 6 z.B. Daten, bzw. Namen am 1. Mai 2018.", "Und z. B. Bilder."],
        ),
        pytest.param(
            "See acme.example or version 2.5 of it. then",
            ["See acme.example or version 2.5 of it. then"],
        ),
        pytest.param("¿Qué? ¡Sí! Él va. Über", ["¿Qué?", "¡Sí!", "Él va.", "Über"]),
        pytest.param(
            "個人情報を収集します。お客様は「同意する。」と言います\uff01はい",
            ["個人情報を収集します。", "お客様は「同意する。」", "と言います\uff01", "はい"],
        ),
        pytest.param("نجمع البيانات. نحن نحميها؟ نعم.", ["نجمع البيانات.", "نحن نحميها؟", "نعم."]),
        pytest.param(
            "## 1. Who we are. Really\n\n- item one\n- **item** two\n2) three\n(a) four\n4.1 Five",
            ["Who we are.", "Really", "item one", "item two", "three", "four", "Five"],
        ),
        pytest.param(
            "| Name | Use |\n|---|---|\n| E-mail | To write. To bill. |",
            ["Name Use", "E-mail To write.", "To bill."],
        ),
        pytest.param("1.5 million users. *** 2. We use 7.", ["1.5 million users.", "We use 7."]),
        pytest.param(
            'Read [our *terms*](https://a.example/b_(c)?d=e "T"), '
            "[\\[mail\\]](m) and ![logo](y). A\\_b",
            ["Read our terms, [mail] and logo.", "A_b"],
        ),
        pytest.param("", []),
    ],
    ids=[
        "ends",
        "quotes",
        "companies",
        "initials",
        "German",
        "dots within words",
        "Spanish",
        "Japanese",
        "Arabic",
        "headings and lists",
        "tables",
        "numbers",
        "links",
        "nothing",
    ],
)
def test_a_text_is_cut_where_its_sentences_end(
    database: Connection, text: str, expected: list[str]
) -> None:
    assert sentences(database, text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("We *do not* sell [data](x).", "we do not\tSELL data", True, id="dress"),
        pytest.param("- Cafe\u0301 open", "2. CAFÉ open!", True, id="accents and lists"),
        pytest.param("So\u00adcial  data", "social data", True, id="hidden hyphens"),
        pytest.param("We do sell data.", "We do not sell data.", False, id="a word"),
        pytest.param("Pay 5 %", "Pay 5", False, id="a sign for a share"),
        pytest.param("Pay 10 €", "Pay 10 $", False, id="money"),
    ],
)
def test_a_sentence_has_one_id_whatever_its_dress(
    database: Connection, one: str, other: str, same: bool
) -> None:
    keep(database, one)
    keep(database, f"# Elsewhere\n\nBefore it. {other}" if other[0].isupper() else other)

    found = rows(
        database,
        "SELECT count(*) > 1 FROM sentences GROUP BY sentence_id ORDER BY count(*) DESC LIMIT 1",
    )

    assert found == [(same,)]


TEXT = """\
Before all.

# Privacy *Policy*

One two three.

**2. What we collect?**

Four [five](x).

**We collect:**

**This is a bold sentence.**

## Empty

## 1. what WE collect
数据 ok
"""


def test_a_text_is_cut_at_its_headings(database: Connection) -> None:
    text_id = keep(database, TEXT)

    found = rows(
        database,
        "SELECT section, level, heading, words, text FROM sections "
        "WHERE text_id = ? ORDER BY section",
        text_id,
    )

    # Short bold lines are headings; the one that is a sentence is none.
    assert found == [
        (0, 0, None, 2, "Before all."),
        (1, 1, "Privacy Policy", 3, "One two three."),
        (2, 7, "What we collect?", 2, "Four [five](x)."),
        (3, 7, "We collect:", 5, "**This is a bold sentence.**"),
        (4, 2, "Empty", 0, ""),
        (5, 2, "what WE collect", 3, "数据 ok"),
    ]


def test_a_heading_has_one_id_under_any_number_and_dress(database: Connection) -> None:
    keep(database, TEXT)

    found = rows(database, "SELECT heading_id, section FROM sections WHERE section > 0 ORDER BY 2")

    ids = [heading_id for heading_id, _ in found]
    assert ids[1] == ids[4] == digest_of("what we collect")
    assert len(set(ids)) == 4


def test_sentences_know_their_section(database: Connection) -> None:
    keep(database, TEXT)

    found = rows(database, "SELECT section, count(*) FROM sentences GROUP BY ALL ORDER BY ALL")

    # A heading counts as a sentence of its own section.
    assert found == [(0, 1), (1, 2), (2, 2), (3, 2), (4, 1), (5, 2)]


@pytest.mark.parametrize("view", ["sections", "sentences", "readability"])
def test_a_text_is_chosen_before_any_is_cut(database: Connection, view: str) -> None:
    chosen, *_ = sorted((keep(database, TEXT), keep(database, "One."), keep(database, "Two.")))
    query = f"EXPLAIN (FORMAT json) SELECT * FROM {view} WHERE text_id = '{chosen}'"

    (plan,) = json.loads(rows(database, query)[0][1])

    while plan["children"]:
        plan = plan["children"][0]
    assert chosen in str(plan["extra_info"].get("Filters"))


@pytest.mark.parametrize("part", ["sections", "sentences", "readability"])
def test_the_parts_of_chosen_texts_are_those_of_the_views(database: Connection, part: str) -> None:
    chosen = [keep(database, TEXT), keep(database, "Other. Text.")]
    keep(database, "Not chosen.")

    found = rows(database, f"SELECT * FROM {part}_of(?) ORDER BY ALL", chosen)

    assert found == rows(
        database, f"SELECT * FROM {part} WHERE text_id IN (?, ?) ORDER BY ALL", *chosen
    )
    assert {row[0] for row in found} == set(chosen)
    assert rows(database, f"SELECT * FROM {part}_of([])") == []


@pytest.mark.parametrize(
    ("blocks", "stayed"),
    [
        pytest.param([], [], id="nothing in common"),
        pytest.param([[1, 1, 1]], [1], id="nothing moved"),
        pytest.param([[5, 2, 1], [2, 1, 2]], [1], id="the heavier one stays"),
        pytest.param([[2, 2, 1], [5, 1, 2]], [2], id="also behind it"),
        pytest.param([[9, 1, 1], [1, 4, 2], [4, 2, 3], [4, 3, 4]], [1, 3, 4], id="jumped over two"),
        pytest.param([[3, 3, 1], [2, 1, 2], [2, 2, 3]], [2, 3], id="two together weigh more"),
        pytest.param([[3, 2, 1], [3, 1, 2]], [1], id="the same weight"),
    ],
)
def test_the_heaviest_blocks_in_order_stay(
    database: Connection, blocks: list[list[int]], stayed: list[int]
) -> None:
    given = [[block] for block in blocks]

    assert rows(database, "SELECT heaviest_rise(?::BIGINT[][][])", given) == [(stayed,)]
