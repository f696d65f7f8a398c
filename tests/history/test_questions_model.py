"""The questions about the parts of texts (6, 13, 14, 16, 17, 18, 32), worked out by hand."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from archive_facts import Sight, enlist, remember
from questions_asked import ask_question, columns_of
from trap_archive import ACME, BOLT, CRATE, ECHO, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

COLUMNS: dict[int, list[str]] = {}
TRUST = "We may share your data with our trusted partners."
POST = "We post changes on this site."


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def answers(
    connection: Connection, number: int, columns: str, **values: object
) -> list[tuple[Any, ...]]:
    """Ask, and keep the columns named; moments as their days."""
    if number not in COLUMNS:
        COLUMNS[number] = columns_of(connection, number)
    places = [COLUMNS[number].index(column) for column in columns.split()]
    return [
        tuple(as_day(row[place]) for place in places)
        for row in ask_question(connection, number, **values)
    ]


def as_day(value: Any) -> Any:
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


def test_a_length_is_weighted_by_the_days_that_a_version_is_known_to_have_stood(
    database: Connection,
) -> None:
    short, long = (
        "One word or two. " * 2,
        "Twelve words are more than four words in a row, or not? ",
    )
    remember(
        database,
        ("2020-01-01", short),
        ("2020-03-01", short),
        ("2020-07-01", long),
        ("2020-07-31", long),
        ("2022-06-01", short),
    )

    columns = "period versions words_median words_weighted known_days known_share"
    found = answers(database, 6, columns)

    # 8 words for 60 days and 12 for 30 of the 366 days of 2020: (8 * 60 + 12 * 30) / 90.
    assert found == [
        ("2020-01-01", 2, 10.0, 9.3, 90.0, 0.246),
        ("2021-01-01", 0, None, None, 0.0, 0.0),
        ("2022-01-01", 1, 8.0, None, 0.0, 0.0),
    ]


def test_a_version_seen_on_both_sides_of_a_year_stood_in_it(traps: Connection) -> None:
    found = answers(traps, 6, "period state words_median known_share", policy=ACME)

    # 306 days of 2010 (from the 1st of March), all of 2011, 152 of 366 of 2012.
    assert found[:4] == [
        ("2010-01-01", "observed", 40.0, 0.838),
        ("2011-01-01", "spanned", 40.0, 1.0),
        ("2012-01-01", "observed", 40.0, 0.415),
        ("2013-01-01", "unseen", None, 0.0),
    ]
    assert found[-1][0] == "2021-01-01"


def test_only_english_has_a_grade(traps: Connection) -> None:
    columns = "language period words_median grade_median smog_median"
    found = answers(traps, 6, columns, policy=BOLT)

    # Bolt's five sentences, 28 words: syllables 2+3, 1+2+1+1+1, 2+2+1+1+1+1, 1+1+1+1+2+1+1+2+2,
    # 1+1+2+1+1+1, the number is no word: 37 but for `GmbH`, one. Only `privacy` has three.
    german = [row[3:] for row in found if row[0] == "de"]
    english = [row for row in found if row[0] == "en"]
    assert german == [(None, None)] * 3
    assert english[0] == ("en", "2016-01-01", 30.0, 1.77, 5.68)


def test_sections_are_added_and_removed_by_their_headings(traps: Connection) -> None:
    columns = "old_version new_version not_before not_after fate old_heading new_heading"
    found = answers(traps, 13, columns, policy=ACME)

    span = (1, 5, "2012-06-01", "2021-06-01")
    assert (
        sorted(row[4:] for row in found)
        == [
            ("added", None, "Retention"),
            ("added", None, "Transfers"),
            ("added", None, "Your rights"),
            ("removed", "Sharing", None),
        ]
        or None
    )
    assert {row[:4] for row in found} == {span}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(2, 3, [("moved", "Sharing", "Sharing", None)], id="the shorter one moved"),
        pytest.param(
            3,
            4,
            [
                # One of the two sentences of Sharing is the one of Transfers.
                ("added", None, "Your rights", None),
                ("renamed", "Sharing", "Transfers", 0.5),
                ("added", None, "Retention", None),
            ],
            id="renamed",
        ),
        pytest.param(4, 5, [], id="only the words below them"),
        pytest.param(
            "2014-02-01", "2016-09-01", [("moved", "Sharing", "Sharing", None)], id="days"
        ),
        pytest.param("2009-01-01", 5, [("unknown", None, None, None)], id="before the first"),
        pytest.param(1, "2022-01-01", [("unknown", None, None, None)], id="after the last"),
    ],
)
def test_sections_differ_between_two_versions_or_days(
    traps: Connection, old: object, new: object, expected: list[tuple[Any, ...]]
) -> None:
    columns = "fate old_heading new_heading shared"

    assert answers(traps, 13, columns, policy=ACME, old=old, new=new) == expected


def test_a_version_that_is_neither_number_nor_day_is_refused(traps: Connection) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="not tomorrow"):
        ask_question(traps, 13, old="tomorrow")


def test_a_sentence_that_only_moved_is_told_from_an_edited_one(traps: Connection) -> None:
    columns = "fate old_sentence new_sentence text"
    found = answers(traps, 14, columns, policy=ACME, old=2, new=3)

    # The block "Sharing" went up; what it jumped over stayed.
    assert found == [
        ("moved", 7, 3, "Sharing"),
        ("moved", 8, 4, "We do not sell or rent your personal information."),
        ("added", None, 5, "Acme complies with the Privacy Shield framework."),
        ("removed", 9, None, "Acme complies with the Safe Harbor framework."),
    ]


def test_without_arguments_it_is_the_newest_change(traps: Connection) -> None:
    columns = "policy_id old_version new_version not_before not_after fate old_sentence"

    found = answers(traps, 14, columns)

    step = (ACME, 4, 5, "2018-06-01", "2021-06-01")
    assert found == [
        (*step, "removed", 12),
        (*step, "added", None),
        (*step, "removed", 14),
        (*step, "added", None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "certainty", "versions"),
    [
        pytest.param("2016-01-01", "2017-01-01", "observed", (1, 2), id="on sightings"),
        pytest.param("2016-06-01", "2017-01-01", "between", (1, 2), id="inside a change"),
        pytest.param("2015-06-01", "2017-01-01", "unknown", (None, 2), id="before the first"),
    ],
)
def test_a_day_says_how_certain_its_version_is(
    traps: Connection, old: str, new: str, certainty: str, versions: tuple[int | None, int]
) -> None:
    columns = "certainty old_version new_version"
    asked = {"policy": BOLT, "language": "en"}

    found = answers(traps, 14, columns, **asked, old=old, new=new)

    assert set(found) == {(certainty, *versions)}


def test_of_repeated_sentences_each_is_the_one_in_its_turn(database: Connection) -> None:
    remember(database, ("2018-01-01", "Ask us. Go on. Ask us."), ("2019-01-01", "Go on. Ask us."))

    found = answers(database, 14, "fate old_sentence new_sentence", kept="yes")

    # The first "Ask us." is the only one of the new text: it moved behind "Go on.", which has as
    # many words and now stands first.
    assert found == [("moved", 2, 1), ("kept", 1, 2), ("removed", 3, None)]


def test_a_sentence_lasts_as_long_as_it_was_seen(traps: Connection) -> None:
    columns = "sentence not_before first_seen last_seen ended_before days_least days_most"
    found = {row[0]: row[1:] for row in answers(traps, 16, columns, policy=BOLT, language="en")}

    assert found == {
        TRUST: (None, "2016-01-01", "2018-01-01", None, 731.0, None),
        POST: (None, "2016-01-01", "2018-01-01", None, 731.0, None),
        "Bolt GmbH runs this site.": (None, "2016-01-01", "2018-01-01", None, 731.0, None),
        "Children under 13 may not use it.": (
            *(None, "2016-01-01", "2016-01-01", "2017-01-01", 0.0, None),
        ),
        "Children under 16 may not use it.": (
            *("2016-01-01", "2017-01-01", "2017-01-01", "2018-01-01", 0.0, 731.0),
        ),
    }


def test_the_newest_texts_sentences_have_their_ages_beside_them(traps: Connection) -> None:
    columns = "stands versions newest_sentences newest_censored newest_q1 newest_median newest_q3"
    found = answers(traps, 16, columns, policy=ACME, top=3)

    # Of ten sentences of five words and more, one stands since 2010 (4,110 days), one since 2014
    # (2,677), six since 2018 (1,096) and two since 2021 (0).
    newest = (10, 1, 1096.0, 1096.0, 1096.0)
    assert found == [(True, 5, *newest), (True, 4, *newest), (False, 3, *newest)]


def test_shared_sentences_say_who_was_seen_first_and_that_it_is_open(traps: Connection) -> None:
    columns = (
        "policy_id other_policy_id language shared sentences other_sentences jaccard containment "
        "own_first other_first open seen_here_first seen_there_first sentence"
    )

    # Of six words and more, bolt says four (two of them of children), echo two: 2 of 4, 2 of 2.
    # Echo's first capture has them already, so it may have been the first.
    assert answers(traps, 17, columns) == [
        (BOLT, ECHO, "en", 2, 4, 2, 0.5, 1.0, 0, 0, 2, 2, 0, TRUST)
    ]


def test_a_sentence_seen_before_the_other_lacked_it_stood_there_first(traps: Connection) -> None:
    earlier = (
        Sight(when="2019-01-01", text="Nothing yet.", policy_id=ECHO),
        *SIGHTS,
    )
    with trap_archive(earlier) as connection:
        found = answers(connection, 17, "own_first other_first open first_seen first_shared")

    # Bolt had them in 2016, echo was seen without them in 2019.
    assert found == [(2, 0, 0, "2016-01-01", "2019-06-01")]


@pytest.mark.parametrize(
    ("values", "shared"),
    [
        pytest.param({"words": 7}, [1], id="longer ones only"),
        pytest.param({"shared": 3}, [], id="more of them"),
        pytest.param({"most": 1}, [], id="no boilerplate"),
        pytest.param({"policy": ECHO}, [2], id="the other one"),
        pytest.param({"policy": ACME}, [], id="a policy that shares nothing"),
        pytest.param({"language": "de"}, [], id="another language"),
    ],
)
def test_what_is_shared_can_be_narrowed(
    traps: Connection, values: dict[str, object], shared: list[int]
) -> None:
    assert answers(traps, 17, "shared", **values) == [(count,) for count in shared]


def test_policies_of_one_vendor_share_nothing_worth_telling(database: Connection) -> None:
    enlist(database, "acme/terms")
    remember(
        database,
        ("2018-01-01", TRUST),
        Sight(when="2018-01-01", text=TRUST, policy_id="acme/terms"),
    )

    assert ask_question(database, 17) == []


def test_phrases_gain_and_lose_among_the_policies_known_in_both_periods(traps: Connection) -> None:
    columns = "phrase old_period policies old_policies new_policies gained lost change"
    found = answers(traps, 18, columns, old="2016-06-01", new="2018-12-31", top=1)

    # Acme and bolt are known in both; bolt says "your data" in both, acme only in 2018. Among the
    # phrases that only acme had in 2016, "acme inc" is the first by name.
    assert found == [
        ("your data", "2016-01-01", 2, 1, 2, 1, 0, 0.5),
        ("acme inc", "2016-01-01", 2, 1, 0, 0, 1, -0.5),
    ]


@pytest.mark.parametrize(
    ("values", "phrases"),
    [
        # The only two words that acme and bolt both have, in 2016 or in 2018.
        pytest.param(
            {"old": "2016-01-01", "new": "2018-01-01", "least": 2}, ["your data"], id="common ones"
        ),
        pytest.param({"n": 4, "language": "de", "top": 9}, ["es gilt die dsgvo"], id="German"),
        pytest.param({"n": 9, "language": "de"}, [], id="longer than a sentence"),
        pytest.param({"old": "1990-01-01"}, [], id="a period without policies"),
    ],
)
def test_phrases_stay_in_a_sentence_and_a_language(
    traps: Connection, values: dict[str, object], phrases: list[str]
) -> None:
    assert [phrase for (phrase,) in answers(traps, 18, "phrase", **values)] == phrases


def test_a_quote_is_found_by_its_words_in_every_capture(traps: Connection) -> None:
    columns = (
        "policy_id whole not_before first_seen last_seen ended_before stands captures away "
        "observations"
    )
    found = answers(traps, 32, columns, sentence="we use **COOKIES**")

    # In crate it is a sentence, in acme a part of one.
    assert found == [
        (ACME, False, None, "2010-03-01", "2021-06-01", None, True, 7, 0, 7),
        (CRATE, True, None, "2011-01-01", "2019-07-01", None, True, 3, 0, 3),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Children under 16 may not use it.",
            [("2016-01-01", "2017-01-01", "2017-01-01", "2018-01-01", 1, 0)],
            id="came and went",
        ),
        pytest.param(
            "Children under 13",
            [(None, "2016-01-01", "2018-01-01", None, 2, 1)],
            id="went and came",
        ),
        pytest.param(
            "Children under", [(None, "2016-01-01", "2018-01-01", None, 3, 0)], id="stayed"
        ),
        pytest.param("under 1", [], id="a part of a word"),
    ],
)
def test_a_quote_comes_and_goes_within_intervals(
    traps: Connection, sentence: str, expected: list[tuple[Any, ...]]
) -> None:
    columns = "not_before first_seen last_seen ended_before captures away"

    assert answers(traps, 32, columns, sentence=sentence, policy=BOLT) == expected


def test_a_quote_without_a_word_is_refused(traps: Connection) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="a quote with a word"):
        ask_question(traps, 32, sentence="...")


def test_answers_are_the_same_in_any_order_of_arrival(traps: Connection) -> None:
    numbers = (6, 13, 14, 16, 17, 18, 32)
    in_order = [ask_question(traps, number) for number in numbers]

    with trap_archive(SIGHTS[::-1]) as backwards:
        found = [ask_question(backwards, number) for number in numbers]

    assert found == in_order
    assert all(found)
