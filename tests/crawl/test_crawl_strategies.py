"""What is asked for and what is left out: periods, dates, budgets, and what it would cost."""

import re
import shutil
from dataclasses import dataclass

import pytest

from crawl.archives import address, history
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
# Two captures a month over two years; each third one has the bytes of the one before it.
LETTERS = "".join(letter * 3 for letter in "ABCDEFGHIJKLMNOP")
BUDGET = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An archive of one policy, crawled as a whole, on a budget that is just enough for it."""

    desk: Desk
    ran: Ran
    tables: dict[str, Rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The first crawl of a data folder that leaves something to do, and what it asked for."""

    desk: Desk
    ran: Ran
    mementos: int


@pytest.fixture(scope="module")
def whole(make_desk: MakeDesk) -> Whole:
    desk = make_desk(history("acme", LETTERS, twins=True, days=15), ["acme"])
    ran = desk.crawl("--max-fetches", str(len(set(LETTERS))))
    return Whole(desk=desk, ran=ran, tables=desk.tables())


def begin(whole: Whole, name: str, *arguments: str) -> Begun:
    desk = whole.desk.another(name)
    desk.sandbox.log.clear()
    ran = desk.crawl(*arguments)
    return Begun(desk=desk, ran=ran, mementos=desk.sandbox.log.count("playback"))


@pytest.fixture(scope="module")
def yearly(whole: Whole) -> Begun:
    return begin(whole, "yearly", "--strategy", "every:year")


@pytest.fixture(scope="module")
def on_a_budget(whole: Whole) -> Begun:
    return begin(whole, "on-a-budget", "--max-fetches", str(BUDGET))


def fresh(whole: Whole, request: pytest.FixtureRequest) -> Desk:
    desk = whole.desk.another(re.sub(r"\W", "-", request.node.name))
    desk.sandbox.log.clear()
    return desk


def resumed(begun: Begun, request: pytest.FixtureRequest) -> Desk:
    """A copy of what was begun, to go on with."""
    desk = begun.desk.another(re.sub(r"\W", "-", request.node.name))
    shutil.copytree(begun.desk.data, desk.data)
    desk.sandbox.log.clear()
    return desk


@pytest.mark.parametrize(
    ("period", "skipped"),
    [("month", False), ("quarter", True), ("half-year", True), ("year", True)],
)
def test_a_capture_per_period_is_fetched_and_the_rest_is_skipped(
    whole: Whole, yearly: Begun, period: str, skipped: bool
) -> None:
    crawled = yearly if period == "year" else begin(whole, period, "--strategy", f"every:{period}")

    seen = "state IN ('fetched', 'unchanged')"
    moment = "strptime(timestamp, '%Y%m%d%H%M%S')"
    name = f"date_trunc('{period}', {moment})"
    if period == "half-year":
        name = f"(year({moment}), month({moment}) > 6)"
    desk = crawled.desk
    bare = desk.ask(f"SELECT {name} FROM captures GROUP BY 1 HAVING NOT bool_or({seen})")
    twice = desk.ask(
        f"SELECT {name} FROM captures WHERE state = 'fetched' GROUP BY 1 HAVING count(*) > 1"
    )
    unknown = desk.ask(
        "SELECT * FROM captures WHERE state = 'skipped' AND digest IN (SELECT digest FROM mementos)"
    )
    assert crawled.ran.code == 0
    assert desk.states().keys() == {"fetched", "unchanged"} | ({"skipped"} if skipped else set())
    assert (bare, twice, unknown) == ([], [], [])


def test_all_after_a_year_fetches_what_was_skipped(
    whole: Whole, yearly: Begun, request: pytest.FixtureRequest
) -> None:
    desk = resumed(yearly, request)

    crawled = desk.crawl()

    assert crawled.code == 0
    assert yearly.mementos == 2
    assert yearly.mementos + desk.sandbox.log.count("playback") == len(set(LETTERS))
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
    whole: Whole, on_a_budget: Begun, request: pytest.FixtureRequest
) -> None:
    desk = resumed(on_a_budget, request)

    codes = [on_a_budget.ran.code]
    while codes[-1] != 0 and len(codes) < 8:
        codes.append(desk.crawl("--max-fetches", str(BUDGET)).code)

    assert codes == [75, 75, 0]
    assert on_a_budget.mementos == BUDGET
    assert on_a_budget.mementos + desk.sandbox.log.count("playback") == len(set(LETTERS))
    assert desk.tables() == whole.tables


def test_a_budget_that_is_just_enough_is_no_early_stop(whole: Whole) -> None:
    assert whole.ran.code == 0, whole.ran.err


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
    on_a_budget: Begun, request: pytest.FixtureRequest
) -> None:
    desk = resumed(on_a_budget, request)
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


@pytest.fixture(scope="module")
def named(make_desk: MakeDesk) -> Begun:
    """Two policies of three vendors; one of them has two addresses, each with its dates."""
    captures = [*history("older", "ABC", days=365), *history("newer", "CDE", days=365)]
    captures += [*history("bolt", "A"), *history("cask", "A")]
    places = [(address("older"), "", "2011-06-30"), (address("newer"), "2011-07-01", "")]
    vendors = {"acme": places, "bolt": [address("bolt")], "cask": [address("cask")]}
    desk = make_desk(captures, vendors)
    ran = desk.crawl("cask", "acme/privacy")
    return Begun(desk=desk, ran=ran, mementos=desk.sandbox.log.count("playback"))


def test_captures_outside_the_dates_of_their_location_are_skipped(named: Begun) -> None:
    states = named.desk.ask(
        "SELECT original, state FROM captures WHERE policy_id = 'acme/privacy' "
        "ORDER BY original, timestamp"
    )

    assert states == [
        *[(address("newer"), state) for state in ("skipped", "skipped", "fetched")],
        *[(address("older"), state) for state in ("fetched", "fetched", "skipped")],
    ]


def test_only_the_policies_named_are_crawled(named: Begun) -> None:
    policies = named.desk.ask("SELECT DISTINCT policy_id FROM captures ORDER BY 1")

    assert named.ran.code == 0
    assert policies == [("acme/privacy",), ("cask/privacy",)]
