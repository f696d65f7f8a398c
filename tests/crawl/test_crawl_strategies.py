"""What is asked for and what is left out: periods, dates, budgets, and what it would cost."""

import re
from dataclasses import dataclass

import pytest

from crawl.archives import address, history
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
# Two captures a month over two years; each third one has the bytes of the one before it.
LETTERS = "".join(letter * 3 for letter in "ABCDEFGHIJKLMNOP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An archive of one policy, crawled as a whole."""

    desk: Desk
    tables: dict[str, Rows]


@pytest.fixture(scope="module")
def whole(make_desk: MakeDesk) -> Whole:
    desk = make_desk(history("acme", LETTERS, twins=True, days=15), ["acme"])
    assert desk.crawl().code == 0
    return Whole(desk=desk, tables=desk.tables())


def fresh(whole: Whole, request: pytest.FixtureRequest) -> Desk:
    desk = whole.desk.another(re.sub(r"\W", "-", request.node.name))
    desk.sandbox.log.clear()
    return desk


@pytest.mark.parametrize(
    ("period", "skipped"),
    [("month", False), ("quarter", True), ("half-year", True), ("year", True)],
)
def test_a_capture_per_period_is_fetched_and_the_rest_is_skipped(
    whole: Whole, request: pytest.FixtureRequest, period: str, skipped: bool
) -> None:
    desk = fresh(whole, request)

    crawled = desk.crawl("--strategy", f"every:{period}")

    seen = "state IN ('fetched', 'unchanged')"
    moment = "strptime(timestamp, '%Y%m%d%H%M%S')"
    name = f"date_trunc('{period}', {moment})"
    if period == "half-year":
        name = f"(year({moment}), month({moment}) > 6)"
    bare = desk.ask(f"SELECT {name} FROM captures GROUP BY 1 HAVING NOT bool_or({seen})")
    twice = desk.ask(
        f"SELECT {name} FROM captures WHERE state = 'fetched' GROUP BY 1 HAVING count(*) > 1"
    )
    unknown = desk.ask(
        "SELECT * FROM captures WHERE state = 'skipped' AND digest IN (SELECT digest FROM mementos)"
    )
    assert crawled.code == 0
    assert desk.states().keys() == {"fetched", "unchanged"} | ({"skipped"} if skipped else set())
    assert (bare, twice, unknown) == ([], [], [])


def test_all_after_a_year_fetches_what_was_skipped(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)
    desk.crawl("--strategy", "every:year")
    thin = desk.sandbox.log.count("playback")

    crawled = desk.crawl()

    assert crawled.code == 0
    assert thin == 2
    assert desk.sandbox.log.count("playback") == len(set(LETTERS))
    assert desk.tables() == whole.tables


def test_a_thinner_strategy_later_takes_nothing_away(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = whole.desk
    desk.sandbox.log.clear()

    crawled = desk.crawl("--strategy", "every:year", "--since", "2011", "--until", "2011-06")

    assert crawled.code == 0
    assert desk.sandbox.log.count("playback") == 0
    assert desk.tables() == whole.tables


def test_dates_bound_what_is_fetched_both_inclusive(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)

    crawled = desk.crawl("--since", "2010-03-01", "--until", "2010-06-14")

    left_out = desk.ask(
        "SELECT * FROM captures WHERE state = 'skipped' "
        "AND timestamp BETWEEN '20100301' AND '20100614235959'"
    )
    inside = desk.ask(
        "SELECT min(timestamp), max(timestamp), count(*) FROM captures WHERE state = 'fetched'"
    )
    assert crawled.code == 0
    assert left_out == []
    assert inside == [("20100301120000", "20100530120000", 3)]
    assert desk.states()["skipped"] == len(LETTERS) - 9


def test_a_budget_of_mementos_stops_early_and_is_resumed(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)

    codes = []
    for _ in range(8):
        ran = desk.crawl("--max-fetches", "5")
        codes.append(ran.code)
        if ran.code == 0:
            break

    assert codes == [75, 75, 75, 0]
    assert desk.sandbox.log.count("playback") == len(set(LETTERS))
    assert desk.tables() == whole.tables


def test_a_budget_that_is_just_enough_is_no_early_stop(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)

    assert desk.crawl("--max-fetches", str(len(set(LETTERS)))).code == 0


def test_a_dry_run_asks_for_no_memento_and_writes_nothing(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)

    told = desk.crawl("--dry-run", CDX_REQUESTS_PER_MINUTE="6000", PLAYBACK_REQUESTS_PER_MINUTE="4")

    assert told.code == 0
    assert desk.sandbox.log.count("playback") == 0
    assert not desk.data.exists()
    assert "acme/privacy: 48 captures, 16 to fetch (32 more only if those fail)" in told.out
    assert "1 listing requests and 16 mementos, 17 requests: about 4 min 00 s" in told.out


def test_a_dry_run_on_a_known_archive_counts_what_is_left(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)
    desk.crawl("--max-fetches", "5")
    before = desk.files()

    told = desk.crawl("--dry-run", "--strategy", "every:year")

    assert "acme/privacy: 48 captures, 1 to fetch" in told.out
    assert desk.files() == before


def test_a_dry_run_that_could_not_list_says_so(
    whole: Whole, request: pytest.FixtureRequest
) -> None:
    desk = fresh(whole, request)
    desk.sandbox.faults.add(Fault("503", on="cdx"))

    told = desk.crawl("--dry-run")
    desk.sandbox.faults.faults.clear()

    assert told.code == 1
    assert "acme/privacy: listing failed: the archive answered HTTP 503" in told.out
    assert told.last_line.startswith("policytrail: could not list ")


def test_captures_outside_the_dates_of_their_location_are_skipped(make_desk: MakeDesk) -> None:
    captures = [*history("older", "ABC", days=365), *history("newer", "CDE", days=365)]
    places = [(address("older"), "", "2011-06-30"), (address("newer"), "2011-07-01", "")]
    desk = make_desk(captures, {"acme": places})

    desk.crawl()

    states = desk.ask("SELECT original, state FROM captures ORDER BY original, timestamp")
    assert states == [
        *[(address("newer"), state) for state in ("skipped", "skipped", "fetched")],
        *[(address("older"), state) for state in ("fetched", "fetched", "skipped")],
    ]


def test_only_the_policies_named_are_crawled(make_desk: MakeDesk) -> None:
    names = ["acme", "bolt", "cask"]
    desk = make_desk([each for name in names for each in history(name, "A")], names)

    crawled = desk.crawl("cask", "acme/privacy")

    assert crawled.code == 0
    assert [name for (name,) in desk.ask("SELECT DISTINCT policy_id FROM captures ORDER BY 1")] == [
        "acme/privacy",
        "cask/privacy",
    ]
