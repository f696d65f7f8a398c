"""The questions about single sentences (16, 17, 18, 32), worked out by hand."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from archive_facts import Sight, enlist, remember
from question_days import answers
from questions_asked import ask_question
from trap_archive import ACME, BOLT, CRATE, ECHO, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

TRUST = "We may share your data with our trusted partners."
POST = "We post changes on this site."


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


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
