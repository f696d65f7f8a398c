"""Policies by period with what is missing, and the addresses that they stood at."""

from collections.abc import Iterator
from datetime import date, datetime

import duckdb
import pytest
from archive_facts import POLICY, Sight, digest_of, enlist, insert, remember, rows
from trap_archive import ACME, ACME_1, ACME_2, ACME_NEW, ACME_OLD, BOLT, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_panel_goes_from_the_first_sighting_of_all_to_the_last(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT policy_id, language, min(period), max(until), count(*) FROM panel('year') "
        "GROUP BY ALL ORDER BY ALL",
    )

    # Acme is seen first (2010) and last (2021); delta was never observed.
    pairs = [
        (ACME, "en"),
        (BOLT, "de"),
        (BOLT, "en"),
        ("crate/privacy", "en"),
        ("echo/privacy", "en"),
    ]
    assert found == [(*pair, date(2010, 1, 1), date(2022, 1, 1), 12) for pair in pairs]


@pytest.mark.parametrize(
    ("year", "state", "missing", "text"),
    [
        pytest.param(2011, "spanned", None, ACME_1, id="one text on both sides"),
        pytest.param(2013, "unseen", "between", None, id="two texts around it"),
        pytest.param(2014, "observed", None, ACME_2, id="seen"),
    ],
)
def test_only_a_version_seen_on_both_sides_fills_a_period(
    traps: Connection, year: int, state: str, missing: str | None, text: str | None
) -> None:
    found = rows(
        traps,
        "SELECT state, missing, text_id FROM panel('year') "
        "WHERE policy_id = ? AND year(period) = ?",
        ACME,
        year,
    )

    assert found == [(state, missing, digest_of(text) if text else None)]


def test_periods_outside_the_sightings_of_a_policy_are_unseen(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT missing, min(year(period)), max(year(period)) FROM panel('year') "
        "WHERE policy_id = ? AND language = 'en' AND state = 'unseen' GROUP BY ALL ORDER BY ALL",
        BOLT,
    )

    assert found == [("after", 2019, 2021), ("before", 2010, 2015)]


def test_a_change_is_possible_in_every_period_its_interval_touches(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT year(period), changes_certain, changes_possible FROM panel('year') "
        "WHERE policy_id = ? AND changes_possible > 0",
        ACME,
    )

    # (2012-06, 2014-02], (2015-05, 2016-09], (2016-09, 2018-06] and (2018-06, 2021-06].
    assert found == [
        (2012, 0, 1),
        (2013, 0, 1),
        (2014, 0, 1),
        (2015, 0, 1),
        (2016, 0, 2),
        (2017, 0, 1),
        (2018, 0, 2),
        (2019, 0, 1),
        (2020, 0, 1),
        (2021, 0, 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "certain"),
    [
        pytest.param("2018-01-01", "2018-06-30", [1], id="inside"),
        pytest.param("2018-01-01", "2018-07-01", [0, 0], id="up to the first day after"),
        pytest.param("2017-12-31", "2018-06-30", [0, 0], id="from the last day before"),
    ],
)
def test_a_change_is_certain_only_where_its_whole_interval_lies_in_the_period(
    database: Connection, old: str, new: str, certain: list[int]
) -> None:
    remember(database, (old, "old text"), (new, "new text"))

    found = rows(
        database,
        "SELECT changes_certain FROM panel('half') WHERE changes_possible = 1 AND policy_id = ?",
        POLICY,
    )

    assert [count for (count,) in found] == certain


@pytest.mark.parametrize(
    ("period", "periods"),
    [
        pytest.param("year", [("2018-01-01", "2019-01-01")], id="year"),
        pytest.param("half", [("2018-07-01", "2019-01-01")], id="half"),
        pytest.param(
            "quarter", [("2018-07-01", "2018-10-01"), ("2018-10-01", "2019-01-01")], id="q"
        ),
        pytest.param("month", [("2018-09-01", "2018-10-01"), ("2018-10-01", "2018-11-01")], id="m"),
    ],
)
def test_periods_begin_on_their_first_day_and_end_before_the_next(
    database: Connection, period: str, periods: list[tuple[str, str]]
) -> None:
    remember(database, ("2018-09-30", "text"), ("2018-10-01", "text"))

    found = rows(database, "SELECT period, until FROM panel(?)", period)

    assert found == [tuple(date.fromisoformat(each) for each in pair) for pair in periods]


def test_versions_seen_in_a_period_are_counted_with_those_that_came_back(
    database: Connection,
) -> None:
    remember(database, ("2018-01-01", "a"), ("2018-02-01", "b"), ("2018-03-01", "a"))
    remember(database, ("2018-04-01", "a"))

    found = rows(database, "SELECT observations, versions FROM panel('year')")

    assert found == [(4, 3)]


def test_another_period_is_refused_by_name(traps: Connection) -> None:
    with pytest.raises(duckdb.Error, match="year, half, quarter or month, not week"):
        rows(traps, "FROM panel('week')")


def test_an_address_is_come_to_after_the_last_sighting_at_the_one_before(
    traps: Connection,
) -> None:
    found = rows(
        traps,
        "SELECT uri_r, first_seen, last_seen, observations, uri_r_before, not_before, "
        "gap_days_before FROM lineage WHERE policy_id = ? ORDER BY first_seen",
        ACME,
    )

    # 2014-02-01 to 2015-05-01 is 365 + 89 days.
    first, moved = day("2014-02-01"), day("2015-05-01")
    assert found == [
        (ACME_OLD, day("2010-03-01"), first, 3, None, None, None),
        (ACME_NEW, moved, day("2021-06-01"), 4, ACME_OLD, first, 454),
    ]


def test_the_address_of_another_language_is_no_move(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT language, uri_r, gap_days_before FROM lineage WHERE policy_id = ? ORDER BY ALL",
        BOLT,
    )

    assert found == [
        ("de", "http://bolt.example/datenschutz", None),
        ("en", "http://bolt.example/privacy", None),
    ]


def test_a_location_where_nothing_was_seen_has_a_row(traps: Connection) -> None:
    found = rows(
        traps, "SELECT policy_id, uri_r, observations FROM lineage WHERE first_seen IS NULL"
    )

    assert found == [("delta/privacy", "http://delta.example/privacy", 0)]


def test_the_days_of_a_location_hold_for_its_other_spellings(database: Connection) -> None:
    enlist(database, "other/privacy", uri_r="http://other.example/")
    declared = {"policy_id": "other/privacy", "uri_r": "http://other.example/legal"}
    insert(database, "locations", declared | {"since": "2018-05-25", "guessed": False})
    seen = "https://www.other.example:443/legal/"
    remember(database, Sight(when="2019-01-01", text="a", policy_id="other/privacy", uri_r=seen))

    found = rows(
        database,
        "SELECT uri_r, since, observations FROM lineage WHERE policy_id = 'other/privacy' "
        "ORDER BY ALL",
    )

    assert found == [
        ("http://other.example/", None, 0),
        (seen, date(2018, 5, 25), 1),
    ]
