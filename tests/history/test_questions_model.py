"""The questions about lengths, sections and versions (6, 13, 14), worked out by hand."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from archive_facts import remember
from question_days import answers
from questions_asked import ask_question
from trap_archive import ACME, BOLT, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


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


def test_answers_are_the_same_in_any_order_of_arrival(traps: Connection) -> None:
    numbers = (6, 13, 14, 16, 17, 18, 32)
    in_order = [ask_question(traps, number) for number in numbers]

    with trap_archive(SIGHTS[::-1]) as backwards:
        found = [ask_question(backwards, number) for number in numbers]

    assert found == in_order
    assert all(found)
