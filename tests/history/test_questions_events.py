"""The questions about periods, addresses and coverage (8, 25, 26), worked out by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from archive_facts import Sight, compare_neighbours, remember, settle
from questions_asked import ask_question, columns_of
from trap_archive import ACME, ACME_NEW, ACME_OLD, CRATE, DELTA, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


COLUMNS: dict[int, list[str]] = {}


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


def test_rates_stand_on_the_policies_known_in_every_period_of_the_span(traps: Connection) -> None:
    span = {"since": "2016-01-01", "until": "2019-01-01", "language": "en", "period": "year"}

    columns = ("policies", "known", "balanced", "certain", "found", "possible", "rate_found")
    found = answers(traps, 8, *columns, **span)

    # Acme was not seen in 2017; crate and echo in none of the three years. Bolt changed in
    # (2016-01-01, 2017-01-01] and (2017-01-01, 2018-01-01]: neither lies within one year.
    assert found == [
        (4, 2, 1, 0, None, 1, None),
        (4, 1, 1, 0, 1, 1, 1.0),
        (4, 2, 1, 0, 1, 1, 1.0),
    ]


def test_a_language_has_a_panel_of_its_own(traps: Connection) -> None:
    span = {"since": "2016-01-01", "until": "2019-01-01", "period": "year"}

    found = answers(traps, 8, "policies", "balanced", "rate_possible", language="de", **span)

    assert found == [(1, 0, None)] * 3


def test_pairs_are_known_in_two_periods_whatever_else_is_missing(traps: Connection) -> None:
    asked = {"language": "en", "period": "year"}

    found = answers(traps, 8, "period", "balanced", "pairs", "found_pairs", **asked)

    # Nobody was seen in all twelve years. Acme: 2011 to 2012 on one text, 2014 to 2015 and on to
    # 2016, changed in the last; bolt: 2017 and 2018, both changed; echo: 2020, changed a date only.
    assert [row[1] for row in found] == [0] * 12
    assert [(row[0].year, *row[2:]) for row in found if row[2]] == [
        (2011, 1, 0),
        (2012, 1, 0),
        (2015, 1, 0),
        (2016, 1, 1),
        (2017, 1, 1),
        (2018, 1, 1),
        (2020, 1, 0),
    ]


@pytest.mark.parametrize(
    ("significance", "possible"),
    [
        pytest.param("substantive", [0, 0], id="a new date does not count"),
        pytest.param("any", [1, 1], id="unless asked for"),
    ],
)
def test_minor_changes_count_only_where_asked_for(
    traps: Connection, significance: str, possible: list[int]
) -> None:
    span = {"since": "2019-01-01", "until": "2021-01-01", "language": "en", "period": "year"}

    found = answers(traps, 8, "balanced", "possible", significance=significance, **span)

    assert found == [(1, count) for count in possible]


def test_a_change_between_two_sightings_of_one_period_is_certain(database: Connection) -> None:
    remember(database, ("2018-01-10", "We sell."), ("2018-03-01", "We never sell."))
    remember(database, ("2018-08-01", "We never sell."))

    found = answers(database, 8, "period", "certain", "possible", "rate_certain")

    assert found == [(day("2018-01-01"), 1, 1, 1.0), (day("2018-07-01"), 0, 0, 0.0)]


def test_a_flip_is_no_update(database: Connection) -> None:
    whole = "We care.\n\nWe never sell data.\n\nWrite to us."
    remember(database, ("2018-01-01", whole), ("2018-02-01", "We care.\n\nWrite to us."))
    remember(database, Sight(when="2018-03-01", text=whole, state="unchanged"))
    compare_neighbours(database)

    assert answers(database, 8, "balanced", "possible") == [(1, 0)]


def test_a_move_lies_between_the_sightings_at_both_addresses(traps: Connection) -> None:
    columns = ("uri_r", "first_seen", "last_seen", "not_before", "redirected", "gap_days", "step")

    found = answers(traps, 25, *columns, policy=ACME)

    # The old address was redirected on 2015-03-01, which narrows the 454 days.
    assert found == [
        (ACME_OLD, day("2010-03-01"), day("2014-02-01"), None, None, None, "first"),
        (
            ACME_NEW,
            day("2015-05-01"),
            day("2021-06-01"),
            day("2014-02-01"),
            day("2015-03-01"),
            454.0,
            "same host",
        ),
    ]


def test_an_address_where_the_policy_was_never_seen_is_a_row(traps: Connection) -> None:
    found = answers(traps, 25, "policy_id", "language", "uri_r", "first_seen", "step")

    assert (DELTA, None, "http://delta.example/privacy", None, "never seen") in found
    assert len(found) == 7


@pytest.mark.parametrize(
    ("second", "step"),
    [
        pytest.param("https://www.acme.example/privacy/", "same page", id="spelled otherwise"),
        pytest.param("http://acme.example/legal", "same host", id="elsewhere on the site"),
        pytest.param("http://other.example/privacy", "other host", id="on another site"),
    ],
)
def test_a_step_says_how_far_the_policy_went(database: Connection, second: str, step: str) -> None:
    remember(database, ("2018-01-01", "text"), ("2018-03-01", "text"))
    remember(database, Sight(when="2018-02-01", text="text", uri_r=second))

    found = answers(database, 25, "step", "gap_days", "overlap_days")

    # The first address is seen for another 28 days, in March again.
    assert found == [("first", None, None), (step, 31.0, 28.0)]


@pytest.fixture(scope="module")
def years(traps: Connection) -> dict[tuple[str, int], tuple[Any, ...]]:
    columns = ("captures", "observed", "share_observed", "rejected", "longest_gap_days", "unlisted")
    return {(row[0], row[1]): row[2:] for row in answers(traps, 26, "policy_id", "year", *columns)}


@pytest.mark.parametrize(
    ("policy_id", "year", "expected"),
    [
        pytest.param(CRATE, 2011, (2, 2, 1.0, None, 2922.0, 0), id="two sightings"),
        pytest.param(CRATE, 2015, (1, 0, 0.0, "failed 1 (100 %)", 2922.0, 0), id="given up"),
        pytest.param(CRATE, 2016, (0, 0, None, None, 2922.0, 0), id="no capture"),
        pytest.param(CRATE, 2021, (0, 0, None, None, None, 0), id="after the last sighting"),
        pytest.param(ACME, 2015, (2, 1, 0.5, "redirect 1 (50 %)", 489.0, 0), id="half of them"),
        pytest.param(DELTA, 2017, (1, 0, 0.0, "challenge 1 (100 %)", None, 1), id="no policy"),
    ],
)
def test_a_year_of_a_policy_is_counted_with_what_was_rejected(
    years: dict[tuple[str, int], tuple[Any, ...]],
    policy_id: str,
    year: int,
    expected: tuple[object, ...],
) -> None:
    assert years[policy_id, year] == expected


def test_policies_without_a_capture_in_a_year_are_counted(traps: Connection) -> None:
    columns = ("policies", "without_capture", "without_sighting", "captures", "rejected")

    found = {row[0]: row[1:] for row in answers(traps, 26, "year", *columns, rows="year")}

    # 2015: two captures of acme, one of crate that failed. 2018: acme, bolt twice, delta refused.
    assert len(found) == 12
    assert found[2013] == (5, 5, 5, 0, None)
    assert found[2015] == (5, 3, 4, 3, "failed 1 (33 %), redirect 1 (33 %)")
    assert found[2018] == (5, 2, 3, 4, "soft-404 1 (25 %)")


def test_a_capture_equal_to_a_refused_page_is_refused_for_its_reason(
    database: Connection,
) -> None:
    refused = {"text": "Not here", "verdict": "not-policy", "reason": "soft-404"}
    remember(database, Sight(when="2018-01-01", **refused))
    remember(database, Sight(when="2018-02-01", state="unchanged", **refused))
    settle(database, "2018-03-01", "skipped")

    found = answers(database, 26, "captures", "rejected")

    assert found == [(3, "soft-404 2 (67 %), skipped 1 (33 %)")]


@pytest.mark.parametrize(
    ("number", "values", "message"),
    [
        pytest.param(8, {"period": "week"}, "half, quarter or month, not week", id="period"),
        pytest.param(8, {"significance": "big"}, "substantive or any, not big", id="significance"),
        pytest.param(26, {"rows": "month"}, "policy or year, not month", id="rows"),
    ],
)
def test_a_word_that_means_nothing_is_refused(
    traps: Connection, number: int, values: dict[str, str], message: str
) -> None:
    with pytest.raises(duckdb.Error, match=message):
        ask_question(traps, number, **values)


@pytest.fixture(scope="module")
def backwards() -> Iterator[Connection]:
    with trap_archive(SIGHTS[::-1]) as connection:
        yield connection


@pytest.mark.parametrize("number", [8, 25, 26])
def test_an_answer_does_not_depend_on_the_order_of_arrival(
    traps: Connection, backwards: Connection, number: int
) -> None:
    assert ask_question(backwards, number) == ask_question(traps, number)
