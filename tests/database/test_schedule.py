"""What is due: by age, by window, and by what was left undone."""

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from crawler.items import SITE_EXCLUDED, Window
from crawler.vendors import Location, Policy
from pipelines.database.file import Connection
from pipelines.database.rows import insert
from pipelines.database.schedule import Listed, Past, Schedule, due, read_past, windows
from pipelines.database.schema import read_sql

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
URI_R = "http://desk.example/privacy"
DUE = Schedule(
    only_due=True,
    every=timedelta(days=30),
    overlap=timedelta(days=30),
    relist=timedelta(days=180),
)


def policy(*places: Location, every_days: int | None = None) -> Policy:
    listed = places or (Location(uri_r=URI_R),)
    return Policy(vendor_id="desk", kind="privacy", locations=listed, every_days=every_days)


def past(days: float, whole: float | None = None, *, uri_r: str = URI_R) -> Past:
    """An address listed so many days ago, and as a whole so many days ago."""
    listed = NOW - timedelta(days=days)
    begun = NOW - timedelta(days=days if whole is None else whole)
    name = ("desk/privacy", uri_r.removeprefix("http://"))
    return Past(listings={name: Listed(answered=listed, listed=listed, whole=begun)})


def found(before: Past, *places: Location, every_days: int | None = None) -> list[Window]:
    return windows(policy(*places, every_days=every_days), before, DUE, NOW)


def test_an_address_never_listed_is_listed_as_a_whole() -> None:
    assert found(Past()) == [Window(uri_r=URI_R)]


def test_an_address_listed_within_its_time_is_not_listed() -> None:
    assert found(past(29.9)) == []


def test_a_later_listing_begins_thirty_days_before_the_last_one() -> None:
    assert found(past(31, 60)) == [Window(uri_r=URI_R, since="20260501120000")]


def test_after_half_a_year_an_address_is_listed_as_a_whole_again() -> None:
    assert found(past(31, 179.9))[0].since
    assert found(past(31, 180)) == [Window(uri_r=URI_R)]


@pytest.mark.parametrize(("every_days", "listed"), [(7, True), (9, False), (None, False)])
def test_a_policy_has_its_own_time(every_days: int | None, listed: bool) -> None:
    assert bool(found(past(8), every_days=every_days)) is listed


@pytest.mark.parametrize(("days", "listed"), [(100, False), (181, True)])
def test_an_address_that_the_policy_left_is_listed_only_as_a_whole(
    days: float, listed: bool
) -> None:
    left = Location(uri_r=URI_R, until=date(2020, 1, 1))

    assert found(past(days), left) == ([Window(uri_r=URI_R)] if listed else [])


def test_an_address_left_since_its_last_listing_is_listed_once_more() -> None:
    left = Location(uri_r=URI_R, until=date(2026, 5, 20))

    assert [window.since for window in found(past(31), left)] == ["20260501120000"]


def test_addresses_that_the_index_folds_together_are_listed_once() -> None:
    places = [Location(uri_r=uri_r) for uri_r in (URI_R, "https://www.desk.example/privacy/")]

    assert len(windows(policy(*places), Past(), DUE, NOW)) == 1


def test_without_due_every_address_is_listed_as_a_whole() -> None:
    always = Schedule(only_due=False, every=DUE.every, overlap=DUE.overlap, relist=DUE.relist)

    assert windows(policy(), past(1), always, NOW) == [Window(uri_r=URI_R)]
    assert due([policy()], past(1), always, NOW) == [policy()]


def test_a_policy_with_captures_left_is_due_though_it_was_just_listed() -> None:
    before = Past(listings=past(1).listings, open_policies=frozenset({"desk/privacy"}))

    assert due([policy()], past(1), DUE, NOW) == []
    assert due([policy()], before, DUE, NOW) == [policy()]


@pytest.fixture
def database() -> Connection:
    connection = duckdb.connect()
    connection.execute(read_sql("tables.sql"))
    return connection


def listed(
    connection: Connection, day: str, outcome: str, *, since: str = "", why: str = ""
) -> None:
    row = {"crawl_id": day, "policy_id": "desk/privacy", "uri_r": URI_R, "outcome": outcome}
    counts = dict.fromkeys(("rows", "added", "known", "duplicates"), 0)
    told = {"reason": why, "listed_at": datetime.fromisoformat(f"{day}T00:00+00:00")}
    insert(connection, "listings", [row | counts | told | {"window_from": since}])


def test_a_failed_listing_does_not_count_and_an_empty_one_does(database: Connection) -> None:
    listed(database, "2026-01-01", "complete")
    listed(database, "2026-05-01", "empty", since="20260401000000")
    listed(database, "2026-06-30", "failed", why="HTTP 503")

    before = read_past(database, [policy()], NOW).listed("desk/privacy", URI_R)

    assert before == Listed(
        answered=datetime(2026, 5, 1, tzinfo=UTC),
        listed=datetime(2026, 5, 1, tzinfo=UTC),
        whole=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_an_excluded_site_is_asked_no_more_often_than_others(database: Connection) -> None:
    listed(database, "2026-06-30", "failed", why=SITE_EXCLUDED)

    before = read_past(database, [policy()], NOW)

    assert windows(policy(), before, DUE, NOW) == []
    later = NOW + timedelta(days=40)
    assert windows(policy(), before, DUE, later) == [Window(uri_r=URI_R)]


@pytest.mark.parametrize(
    ("state", "days", "open_"),
    [
        ("pending", 0, True),
        ("failed", 0, True),
        ("unplayable", 8, True),
        ("unplayable", 6, False),
        ("excluded", 90, False),
        ("drifted", 31, True),
        ("drifted", 29, False),
        ("skipped", 90, False),
        ("fetched", 90, False),
    ],
)
def test_what_a_later_crawl_takes_up_makes_a_policy_due(
    database: Connection, state: str, days: int, open_: bool
) -> None:
    key = ("urlkey", "timestamp", "original", "digest", "statuscode", "mimetype", "reason")
    row = {"policy_id": "desk/privacy", "duplicates": 0, "state": state, "listed_at": NOW}
    settled = {"settled_at": NOW - timedelta(days=days)}
    insert(database, "captures", [dict.fromkeys(key, "x") | row | settled])

    before = read_past(database, [policy()], NOW)

    assert before.open_policies == ({"desk/privacy"} if open_ else set())
