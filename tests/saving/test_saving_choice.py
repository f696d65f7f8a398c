"""Which pages the archive could be asked for."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from crawl.archives import address

from crawler.items import Save, SaveOutcome
from crawler.memento import to_timestamp
from crawler.vendors import Location, Policy, Vendor
from pipelines.database.file import Connection
from pipelines.database.opening import write_vendors
from pipelines.database.saves import Page, keep_save, standing_pages
from saving.places import enter_capture, enter_listing

# The tables are made by the same helper as in the tests of the answers.
sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from archive_facts import empty_database

pytestmark = pytest.mark.database

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ACME = address("acme")
POLICY = "acme/privacy"


@pytest.fixture(scope="module")
def tables() -> Connection:
    """Give a database that knows one vendor, whose one address was listed."""
    connection = empty_database()
    enter(connection, Location(uri_r=ACME))
    enter_listing(connection, POLICY, ACME)
    return connection


@pytest.fixture
def database(tables: Connection) -> Iterator[Connection]:
    """Give the same database to each test; what one writes is taken back."""
    tables.execute("BEGIN")
    yield tables
    tables.execute("ROLLBACK")


def enter(connection: Connection, *locations: Location) -> None:
    """Write the vendor list: one vendor, whose policy has these addresses."""
    policy = Policy(vendor_id="acme", kind="privacy", locations=locations)
    vendor = Vendor(
        vendor_id="acme", name="Acme", homepage="http://acme.example/", policies=(policy,)
    )
    write_vendors(connection, [vendor])


def ago(days: float) -> datetime:
    """A moment some days before now."""
    return NOW - timedelta(days=days)


def pages(connection: Connection, *, guessed: bool = False) -> list[Page]:
    """Every address that stands now."""
    return standing_pages(connection, [POLICY], NOW, guessed=guessed)


def due(connection: Connection, older_than: int = 90) -> list[str]:
    """The addresses that would be asked for."""
    return [page.uri_r for page in pages(connection) if page.is_due(NOW, older_than)]


@pytest.mark.parametrize(
    ("days", "older_than", "expected"),
    [(89.9, 90, []), (90.1, 90, [ACME]), (30.1, 30, [ACME]), (0.1, 0, [ACME])],
)
def test_a_page_is_due_when_its_newest_capture_is_old(
    database: Connection, days: float, older_than: int, expected: list[str]
) -> None:
    enter_capture(database, POLICY, ACME, ago(500))
    enter_capture(database, POLICY, ACME, ago(days))

    assert due(database, older_than) == expected


@pytest.mark.parametrize("state", ["pending", "skipped", "absent", "error", "redirect", "damaged"])
def test_a_capture_in_any_state_says_that_the_archive_looked(
    database: Connection, state: str
) -> None:
    enter_capture(database, POLICY, ACME, ago(400))
    enter_capture(database, POLICY, ACME, ago(10), state)

    (page,) = pages(database)

    assert page.captured_at == ago(10)
    assert page.days(NOW) == 10


def test_a_line_with_no_moment_that_exists_is_no_capture(database: Connection) -> None:
    enter_capture(database, POLICY, ACME, ago(400))
    enter_capture(database, POLICY, ACME, ago(10), "damaged")
    database.execute("UPDATE captures SET timestamp = '20269999000000' WHERE state = 'damaged'")

    assert due(database) == [ACME]


def test_an_address_is_the_same_however_the_archive_spells_it(database: Connection) -> None:
    enter_capture(database, POLICY, "https://www.ACME.example:443/privacy/", ago(10))

    assert due(database) == []


def test_a_page_that_was_never_captured_comes_first_and_then_the_oldest(
    database: Connection,
) -> None:
    spots = [Location(uri_r=f"http://acme.example/{name}") for name in ("new", "old", "never")]
    enter(database, *spots)
    for spot in spots:
        enter_listing(
            database, POLICY, spot.uri_r, "empty" if "never" in spot.uri_r else "complete"
        )
    enter_capture(database, POLICY, spots[0].uri_r, ago(200))
    enter_capture(database, POLICY, spots[1].uri_r, ago(300))

    assert due(database) == [spot.uri_r for spot in reversed(spots)]
    assert [page.days(NOW) for page in pages(database)] == [None, 300, 200]


@pytest.mark.parametrize("outcome", ["failed", None])
def test_what_was_never_listed_is_not_due(database: Connection, outcome: str | None) -> None:
    database.execute("DELETE FROM listings")
    if outcome:
        enter_listing(database, POLICY, ACME, outcome)

    assert due(database) == []
    assert not pages(database)[0].listed


def test_what_the_archive_excludes_is_not_due(database: Connection) -> None:
    enter_capture(database, POLICY, ACME, ago(400))
    enter_capture(database, POLICY, ACME, ago(300), "excluded")

    assert due(database) == []
    assert pages(database)[0].excluded


def test_an_address_at_which_the_policy_no_longer_or_not_yet_stands_is_left_alone(
    database: Connection,
) -> None:
    today = date(2026, 5, 1)
    day = timedelta(days=1)
    enter(
        database,
        Location(uri_r="http://acme.example/old", until=today - day),
        Location(uri_r=ACME, since=today, until=today),
        Location(uri_r="http://acme.example/next", since=today + day),
    )

    assert [page.uri_r for page in pages(database)] == [ACME]


def test_a_guessed_address_stands_only_when_that_is_wanted(database: Connection) -> None:
    enter(database, Location(uri_r=ACME, guessed=True))

    assert pages(database) == []
    assert [page.uri_r for page in pages(database, guessed=True)] == [ACME]


@pytest.mark.parametrize(
    ("outcome", "days", "expected"),
    [
        (SaveOutcome.SAVED, 0.9, []),
        (SaveOutcome.KNOWN, 0.9, []),
        (SaveOutcome.ASKED, 0.9, []),
        (SaveOutcome.FAILED, 0.9, []),
        (SaveOutcome.FAILED, 1.1, [ACME]),
        (SaveOutcome.LIMITED, 0.1, [ACME]),
        (SaveOutcome.REFUSED, 0.1, [ACME]),
    ],
)
def test_a_page_is_asked_for_once_a_day(
    database: Connection, outcome: SaveOutcome, days: float, expected: list[str]
) -> None:
    asked = Save(policy_id=POLICY, uri_r=ACME, asked_at=ago(days), outcome=outcome)

    keep_save(database, asked)

    assert due(database, 0) == expected


def test_a_capture_that_was_made_for_us_counts_before_a_crawl_lists_it(
    database: Connection,
) -> None:
    asked = Save(policy_id=POLICY, uri_r=ACME, asked_at=ago(40), outcome=SaveOutcome.ASKED)
    saved = Save(
        policy_id=POLICY,
        uri_r=ACME,
        asked_at=ago(40),
        outcome=SaveOutcome.SAVED,
        timestamp=to_timestamp(ago(40)),
    )
    for step in (asked, saved):
        keep_save(database, step)

    assert due(database) == []
    assert due(database, 30) == [ACME]
    assert database.execute("SELECT outcome FROM saves").fetchall() == [("saved",)]
