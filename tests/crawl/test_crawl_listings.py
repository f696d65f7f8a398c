"""Listings that fail, each in its own way: recorded as failed, never empty, and repaired."""

from dataclasses import dataclass

import pytest

from crawl.archives import address, history, write_vendors
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import Archive
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
# A vendor for each fault that hits its listing for as long as the fault is there, and what the
# reason says of it.
FAULTS = {
    "busy": ("503", "HTTP 503"),
    "gateway": ("504", "HTTP 504"),
    "reset": ("reset", "lost|reset|closed"),
    "page": ("html-listing", "web page"),
    "midline": ("cut-listing", "middle of a line"),
    "short": ("short-body", "broke off before its end"),
    "chunks": ("cut-chunks", "broke off before its end"),
    "late": ("slow", "timeout|took longer|[Tt]ime"),
}
GOOD, NEVER = "fine", "never"
LATEST = """
SELECT outcome, rows, reason FROM listings WHERE policy_id = ?
QUALIFY row_number() OVER (ORDER BY listed_at DESC) = 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """A crawl through all faults, the same without them, and what an undisturbed one gives."""

    desk: Desk
    through: Ran
    listings: dict[str, tuple[str, int, str]]
    captures: dict[str, int]
    repaired: Ran
    tables: dict[str, Rows]
    undisturbed: dict[str, Rows]
    after_a_later_storm: Ran
    tables_after_a_later_storm: dict[str, Rows]


@pytest.fixture(scope="module")
def storm(make_desk: MakeDesk) -> Storm:
    names = [*FAULTS, GOOD]
    captures = [capture for name in names for capture in history(name, "AAB")]
    desk = make_desk(captures, [*names, NEVER])
    calm = desk.another("calm")
    assert calm.crawl().code == 0
    faults = [
        Fault(fault, where=address(name), on="cdx", seconds=20)
        for name, (fault, _) in FAULTS.items()
    ]
    desk.sandbox.faults.add(*faults)
    settings = {"RETRY_WAITS_SECONDS": "0", "DOWNLOAD_TIMEOUT": "3"}
    through = desk.crawl(**settings)
    listings = {name: desk.ask(LATEST, f"{name}/privacy")[0] for name in [*names, NEVER]}
    captured = {name: sum(desk.states(f"{name}/%").values()) for name in names}
    desk.sandbox.faults.faults.clear()
    repaired = desk.crawl()
    tables = desk.tables()
    desk.sandbox.faults.add(*faults)
    later = desk.crawl(**settings)
    return Storm(
        desk=desk,
        through=through,
        listings=listings,
        captures=captured,
        repaired=repaired,
        tables=tables,
        undisturbed=calm.tables(),
        after_a_later_storm=later,
        tables_after_a_later_storm=desk.tables(),
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_listing_that_failed_is_recorded_with_its_reason(storm: Storm, name: str) -> None:
    outcome, rows, reason = storm.listings[name]

    assert (outcome, rows) == ("failed", 0)
    assert any(words in reason for words in FAULTS[name][1].split("|")), reason
    assert storm.captures[name] == 0


def test_a_failed_listing_does_not_keep_others_from_being_crawled(storm: Storm) -> None:
    assert storm.listings[GOOD] == ("complete", 3, "")
    assert storm.captures[GOOD] == 3


def test_an_address_never_archived_is_empty(storm: Storm) -> None:
    assert storm.listings[NEVER] == ("empty", 0, "")


def test_a_crawl_with_failed_listings_fails_and_names_one(storm: Storm) -> None:
    assert storm.through.code == 1
    assert storm.through.last_line.startswith("policytrail: could not list http://")
    assert f"and {len(FAULTS) - 1} more" in storm.through.last_line
    assert "Traceback" not in storm.through.err


def test_the_next_run_repairs_what_failed(storm: Storm) -> None:
    assert storm.repaired.code == 0
    assert storm.tables == storm.undisturbed


def test_a_listing_that_fails_later_takes_nothing_away(storm: Storm) -> None:
    assert storm.after_a_later_storm.code == 1
    assert storm.tables_after_a_later_storm == storm.undisturbed


def test_status_says_which_listings_failed(storm: Storm) -> None:
    told = storm.desk.run("status", *FAULTS).err
    overview = storm.desk.run("status").out

    assert "could not be listed" in told
    assert f"listings to try again: {len(FAULTS)}" in told
    assert f"{len(FAULTS)} failing" in overview


def test_the_invariants_hold_after_the_storm(storm: Storm) -> None:
    assert storm.desk.run("check").code == 0


def test_a_fault_that_passes_is_ridden_out_within_the_run(make_desk: MakeDesk) -> None:
    faults = [Fault(name, on="cdx", times=1) for name in ("503", "reset", "short-body")]
    desk = make_desk(history("acme", "AAB"), ["acme"], faults)

    crawled = desk.crawl()

    assert crawled.code == 0
    assert desk.ask("SELECT outcome, rows FROM listings") == [("complete", 3)]


@pytest.mark.parametrize("fault", ["gzip-lie", "encoding-twice"])
def test_a_listing_with_a_broken_content_encoding_is_read(make_desk: MakeDesk, fault: str) -> None:
    desk = make_desk(history("acme", "AAB"), ["acme"], [Fault(fault, on="cdx")])

    crawled = desk.crawl("--max-fetches", "0")

    assert crawled.code == 75
    assert desk.states() == {"pending": 3}


@pytest.fixture(scope="module")
def sealed(make_desk: MakeDesk) -> tuple[Desk, Ran]:
    """An archive that comes to exclude the older of a policy's two sites."""
    old, new = address("older"), address("newer")
    captures = [*history("older", "AB"), *history("newer", "CDE", days=900)]
    desk = make_desk(captures, {"acme": [(new, "2012-01-01", ""), (old, "", "2011-12-31")]})
    assert desk.crawl("--max-fetches", "0").code == 75
    desk.sandbox.serve(Archive(captures, excluded=["http://older.example/"]))
    return desk, desk.crawl()


def test_an_excluded_site_is_failed_with_the_reason(sealed: tuple[Desk, Ran]) -> None:
    desk, _ = sealed

    listing = desk.ask(
        "SELECT outcome, rows, reason FROM listings WHERE uri_r = ? ORDER BY listed_at DESC",
        address("older"),
    )

    assert listing[0] == ("failed", 0, "the archive excludes the site")


def test_the_pending_captures_of_an_excluded_site_are_excluded(sealed: tuple[Desk, Ran]) -> None:
    desk, _ = sealed

    states = desk.ask("SELECT state FROM captures WHERE original = ?", address("older"))

    assert states == [("excluded",), ("excluded",)]


def test_an_excluded_site_does_not_exclude_the_policys_other_sites(
    sealed: tuple[Desk, Ran],
) -> None:
    desk, crawled = sealed

    states = desk.ask(
        "SELECT timestamp[:4], state FROM captures WHERE original = ? ORDER BY ALL",
        address("newer"),
    )

    assert states == [("2010", "skipped"), ("2012", "fetched"), ("2014", "fetched")]
    assert crawled.code == 0


def test_as_long_as_a_site_is_excluded_none_of_its_captures_is_asked_for(
    sealed: tuple[Desk, Ran],
) -> None:
    desk, _ = sealed
    desk.let_pass(days=8)
    desk.sandbox.log.clear()

    assert desk.crawl().code == 0

    assert [request.kind for request in desk.sandbox.log] == ["cdx", "cdx"]


def test_two_addresses_that_the_archive_takes_for_one_count_its_lines_once(
    make_desk: MakeDesk,
) -> None:
    url = address("acme")
    with_session = f"{url}?PHPSESSID=0123456789abcdef0123456789abcdef"
    places = [(url, "", "2010-03-01"), (with_session, "2010-03-02", "")]
    desk = make_desk(history("acme", "ABC"), {"acme": places})

    desk.crawl()

    assert desk.ask("SELECT added, known, duplicates FROM listings ORDER BY ALL") == [
        (0, 3, 0),
        (3, 0, 0),
    ]
    assert desk.run("check").code == 0


def test_no_vendor_means_no_request(make_desk: MakeDesk) -> None:
    desk = make_desk(history("acme", "A"), ["acme"])
    write_vendors(desk.vendors, [])

    crawled = desk.crawl()

    assert len(desk.sandbox.log) == 0
    assert "Traceback" not in crawled.err
