"""The questions about what was first said, dropped or denied (2, 3, 4, 5), by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from archive_facts import Sight, remember
from questions_asked import ask_question, columns_of
from trap_archive import ACME, BOLT, CRATE, DELTA, ECHO, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

COLUMNS: dict[int, list[str]] = {}
SHIELD = "We comply with the Privacy Shield."
NOTHING = "We care for your data."


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def answers(
    connection: Connection, number: int, *columns: str, **values: object
) -> list[tuple[Any, ...]]:
    """Ask, and keep the columns named."""
    if number not in COLUMNS:
        COLUMNS[number] = columns_of(connection, number)
    places = [COLUMNS[number].index(column) for column in columns]
    return [
        tuple(row[place] for place in places) for row in ask_question(connection, number, **values)
    ]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_a_first_mention_has_a_row_for_every_policy_of_the_archive(traps: Connection) -> None:
    found = answers(
        traps, 2, "policy_id", "language", "state", "not_before", "not_after", "version"
    )

    # Acme's fourth version has the GDPR, bolt's second German one the DSGVO.
    assert found == [
        (ACME, "en", "came", day("2016-09-01"), day("2018-06-01"), 4),
        (BOLT, "de", "came", day("2016-02-01"), day("2018-08-01"), 2),
        (BOLT, "en", "never seen", day("2018-01-01"), None, None),
        (CRATE, "en", "never seen", day("2019-07-01"), None, None),
        (DELTA, None, "not observed", None, None, None),
        (ECHO, "en", "never seen", day("2020-06-01"), None, None),
    ]


def test_a_mention_at_first_sight_came_any_time_before(traps: Connection) -> None:
    found = answers(
        traps, 2, "state", "not_before", "not_after", "width_days", term="cookie", policy=CRATE
    )

    assert found == [("from the start", None, day("2011-01-01"), None)]


def test_a_mention_is_shown_with_its_words_and_capture(traps: Connection) -> None:
    found = answers(
        traps, 2, "width_days", "observations", "quote", "flip", "uri_m", policy=CRATE, term="CCPA"
    )

    # Sixty characters before it, and whole words of them.
    quote = "… We use cookies. California residents have rights under the CCPA."
    uri_m = "https://archive.example/web/20190701000000id_/http://crate.example/privacy"
    assert found == [(2922.0, 3, quote, False, uri_m)]


def test_several_terms_are_answered_in_the_order_asked(traps: Connection) -> None:
    columns = ("term", "state", "not_after", "mentioning", "policies")

    found = answers(traps, 3, *columns, terms="SCC, CPRA,Safe Harbor", policy=ACME)

    # Four policies are observed in English.
    assert found == [
        ("SCC", "came", day("2021-06-01"), 1, 4),
        ("CPRA", "never seen", None, 0, 4),
        ("Safe Harbor", "came", day("2014-02-01"), 1, 4),
    ]


def test_the_usual_terms_are_asked_for_where_none_are_given(traps: Connection) -> None:
    found = answers(traps, 3, "term", "policy_id")

    # Nine terms, six rows each: bolt has two languages, delta none.
    assert len(found) == 9 * 6
    assert list(dict.fromkeys(term for term, _ in found)) == [
        "CCPA",
        "CPRA",
        "Safe Harbor",
        "Privacy Shield",
        "SCC",
        "DPA",
        "sub-processor",
        "DPO",
        "legitimate interests",
    ]


def test_a_framework_dropped_around_its_end_has_a_lag_on_both_sides(traps: Connection) -> None:
    columns = ("term", "state", "ended_after", "ended_before", "lag_min_days", "lag_max_days")

    found = answers(traps, 4, *columns, policy=ACME)

    # From 2015-10-06: 158 days back to 2015-05-01, 331 on to 2016-09-01. From 2020-07-16: 776
    # back to 2018-06-01, 320 on to 2021-06-01.
    around = "dropped around"
    assert found == [
        ("Safe Harbor", around, day("2015-05-01"), day("2016-09-01"), -158.0, 331.0),
        ("Privacy Shield", around, day("2018-06-01"), day("2021-06-01"), -776.0, 320.0),
    ]


@pytest.mark.parametrize(
    ("sights", "state", "lag", "spells"),
    [
        pytest.param(
            [("2020-07-17", SHIELD), ("2020-07-26", NOTHING)], "dropped after", (1.0, 10.0), 1,
            id="after",
        ),
        pytest.param(
            [("2020-07-06", SHIELD), ("2020-07-16", NOTHING)], "dropped before", (-10.0, 0.0), 1,
            id="before",
        ),
        pytest.param([("2020-07-20", SHIELD)], "still there", (4.0, None), 1, id="still"),
        pytest.param([("2020-07-06", SHIELD)], "last seen before", (-10.0, None), 1, id="unknown"),
        pytest.param(
            [("2020-01-01", SHIELD), ("2020-02-01", NOTHING), ("2020-07-20", SHIELD + " Still.")],
            "still there", (4.0, None), 2,
            id="came back",
        ),
    ],
)  # fmt: skip
def test_a_dropped_framework_is_told_from_one_that_may_still_be_there(
    database: Connection,
    sights: list[tuple[str, str]],
    state: str,
    lag: tuple[float, float | None],
    spells: int,
) -> None:
    remember(database, *sights)

    found = answers(
        database, 4, "state", "lag_min_days", "lag_max_days", "spells", term="Privacy Shield"
    )

    assert found == [(state, *lag, spells)]


def test_a_denial_of_selling_is_followed_through_its_wordings(traps: Connection) -> None:
    columns = ("event", "not_before", "not_after", "terms", "wording")

    found = answers(traps, 5, *columns, policy=ACME)

    # Version 3 says it in the words of version 2; version 4 says nothing of it any more.
    first, second = (
        "We do not sell your personal information.",
        "We do not sell or rent your personal information.",
    )
    both = "no rental, no sale"
    assert found == [
        ("from the start", None, day("2010-03-01"), "no sale", first),
        ("reworded", day("2012-06-01"), day("2014-02-01"), both, second),
        ("dropped", day("2016-09-01"), day("2018-06-01"), both, second),
    ]


def test_who_never_denied_selling_has_a_row(traps: Connection) -> None:
    found = answers(traps, 5, "policy_id", "language", "event", "not_before")

    assert found[3:] == [
        (BOLT, "de", "never said", day("2018-08-01")),
        (BOLT, "en", "never said", day("2018-01-01")),
        (CRATE, "en", "never said", day("2019-07-01")),
        (DELTA, None, "not observed", None),
        (ECHO, "en", "never said", day("2020-06-01")),
    ]


def test_a_denial_added_last_is_still_said_at_the_last_sighting(database: Connection) -> None:
    said = "Do Not Sell My Information.\n\nWe never sell data."
    remember(database, ("2019-01-01", "Do Not Sell My Information."), ("2020-01-01", said))
    remember(database, Sight(when="2021-01-01", text=said.upper(), normalized=said))

    found = answers(database, 5, "event", "not_before", "not_after", "wording")

    # The name of a link is no denial, and capitals are no other words.
    wording = "We never sell data."
    assert found == [
        ("added", day("2019-01-01"), day("2020-01-01"), wording),
        ("still said", day("2021-01-01"), None, wording),
    ]


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        pytest.param(2, "term", "GDRP", id="first mention"),
        pytest.param(3, "terms", "CCPA,GDRP", id="first mentions"),
        pytest.param(4, "term", "GDRP", id="dropped"),
        pytest.param(5, "term", "GDRP", id="denied"),
    ],
)
def test_a_term_that_no_dictionary_has_is_refused(
    traps: Connection, number: int, name: str, value: str
) -> None:
    with pytest.raises(duckdb.Error, match="no dictionary has the term GDRP"):
        ask_question(traps, number, **{name: value})


@pytest.fixture(scope="module")
def backwards() -> Iterator[Connection]:
    with trap_archive(SIGHTS[::-1]) as connection:
        yield connection


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_an_answer_does_not_depend_on_the_order_of_arrival(
    traps: Connection, backwards: Connection, number: int
) -> None:
    assert ask_question(backwards, number) == ask_question(traps, number)
