"""Crawls by a scheduler: what is due, in windows, and what a later listing says differently."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from crawl.archives import address, history
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import Archive
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
ACME = history("acme", "AABBC", days=300)
LAST = ACME[-1].timestamp
MOVES = "SELECT change, timestamp FROM listing_changes ORDER BY ALL"
NEWEST = "SELECT {} FROM listings WHERE policy_id = 'acme/privacy' ORDER BY listed_at DESC LIMIT 1"


def asked(desk: Desk) -> list[dict[str, list[str]]]:
    """The listings asked for since the log was cleared."""
    return [parse_qs(urlsplit(request.path).query) for request in desk.sandbox.log.of("cdx")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of scheduled crawls of an archive that changes behind their back."""

    at_once: Ran
    requests_at_once: int
    in_a_month: dict[str, list[str]]
    captures_in_a_month: int
    moves_in_a_month: Rows
    in_half_a_year: Rows
    moves: Rows
    coverage: Rows
    returned: Rows
    checked: Ran


@pytest.fixture(scope="module")
def year(make_desk: MakeDesk) -> Year:
    desk = make_desk(ACME[1:4], ["acme"])
    assert desk.crawl("--due").code == 0
    desk.sandbox.log.clear()
    at_once = desk.crawl("--due")
    requests = len(desk.sandbox.log)
    # A month later: the newest capture is new, the first one was indexed late.
    desk.sandbox.serve(Archive(ACME))
    desk.let_pass(days=31)
    assert desk.crawl("--due").code == 0
    in_a_month = asked(desk)
    month = desk.ask("SELECT count(*) FROM captures")[0][0]
    moves_in_a_month = desk.ask(MOVES)
    # Half a year later: one capture is gone.
    desk.sandbox.serve(Archive(ACME[:2] + ACME[3:]))
    desk.let_pass(days=180)
    assert desk.crawl("--due").code == 0
    half = desk.ask(NEWEST.format("rows, added, known, duplicates, window_from, withdrawn"))
    moves = desk.ask(MOVES)
    coverage = desk.ask("SELECT captures, fetched, withdrawn, added_late FROM coverage")
    desk.sandbox.serve(Archive(ACME))
    assert desk.crawl().code == 0
    return Year(
        at_once=at_once,
        requests_at_once=requests,
        in_a_month=in_a_month[0],
        captures_in_a_month=month,
        moves_in_a_month=moves_in_a_month,
        in_half_a_year=half,
        moves=moves,
        coverage=coverage,
        returned=desk.ask("SELECT timestamp FROM listing_changes WHERE change = 'returned'"),
        checked=desk.run("check"),
    )


def test_nothing_is_asked_for_before_its_time(year: Year) -> None:
    assert (year.at_once.code, year.requests_at_once) == (0, 0)
    assert "Nothing is due" in year.at_once.err


def test_a_month_later_only_a_window_is_listed(year: Year) -> None:
    assert year.in_a_month["url"] == [address("acme")]
    assert len(year.in_a_month["from"][0]) == 14
    assert year.in_a_month["from"][0] > LAST


def test_a_capture_from_before_the_window_is_not_seen_in_a_window(year: Year) -> None:
    assert year.captures_in_a_month == 3
    assert year.moves_in_a_month == []


def test_a_whole_listing_finds_what_was_added_late_and_what_was_withdrawn(year: Year) -> None:
    assert year.in_half_a_year == [(4, 2, 2, 0, "", 1)]
    assert year.moves == [
        ("added late", ACME[0].timestamp),
        ("added late", LAST),
        ("withdrawn", ACME[2].timestamp),
    ]


def test_a_withdrawn_capture_is_counted_and_what_was_fetched_of_it_is_kept(year: Year) -> None:
    assert year.coverage == [(5, 5, 1, 2)]


def test_a_capture_that_is_listed_again_has_returned(year: Year) -> None:
    assert year.returned == [(ACME[2].timestamp,)]
    assert year.checked.code == 0


def test_a_policy_whose_captures_failed_is_due_without_another_listing(
    make_desk: MakeDesk,
) -> None:
    fault = Fault("503", where=address("acme"), timestamp=ACME[0].timestamp)
    desk = make_desk([*ACME, *history("fine", "AB")], ["acme", "fine"], [fault])
    assert desk.crawl("--due").code == 0
    assert desk.states("acme/%")["failed"] == 1
    desk.sandbox.faults.faults.clear()
    desk.sandbox.log.clear()

    again = desk.crawl("--due")

    assert again.code == 0
    assert "failed" not in desk.states()
    assert [request.kind for request in desk.sandbox.log] == ["playback"]


def test_a_dry_run_says_what_is_due(make_desk: MakeDesk) -> None:
    desk = make_desk(ACME, ["acme"])
    first = desk.crawl("--due", "--dry-run")
    assert desk.crawl("--due").code == 0

    second = desk.crawl("--due", "--dry-run")

    assert "in all: 1 listing requests and 5 mementos" in first.out
    assert second.out == "nothing is due: every address was listed within its time\n"
