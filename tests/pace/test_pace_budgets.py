"""However many crawls run, the archive sees one even pace."""

import pytest
from crawl.conftest import MakeDesk

from crawler.pace import LATENESS
from pace.crowds import NAMES, crowd, desk_of, excess, gaps, of, start

pytestmark = pytest.mark.slow
WINDOWS = (1.0, 2.0)


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize(
    ("budget", "captures", "slowest"), [(240, 18, 1.3), (1200, 90, 3.0)], ids=["240", "1200"]
)
def test_no_window_exceeds_the_budget_and_little_time_is_lost(
    make_desk: MakeDesk, budget: int, captures: int, slowest: float, processes: int
) -> None:
    desk = desk_of(make_desk, captures // processes)

    ended = crowd(
        desk, processes, PLAYBACK_REQUESTS_PER_MINUTE=str(budget), PLAYBACK_CONCURRENCY="4"
    )

    asked = desk.sandbox.log.of("playback")
    took = asked[-1].monotonic - asked[0].monotonic
    allowed = (captures - 1) * 60 / budget
    assert [each.code for each in ended] == [0] * processes
    assert len(asked) == captures
    assert [window for window in WINDOWS if excess(asked, budget, window) > 0] == []
    assert allowed - LATENESS <= took <= allowed * slowest


def test_processes_with_other_budgets_each_keep_their_own_and_together_the_largest(
    make_desk: MakeDesk,
) -> None:
    desk = desk_of(make_desk, 20)
    budgets = dict(zip(NAMES, (240, 480, 960), strict=True))

    ended = [
        each.wait()
        for each in [
            start(desk, name, PLAYBACK_REQUESTS_PER_MINUTE=str(budget), PLAYBACK_CONCURRENCY="4")
            for name, budget in budgets.items()
        ]
    ]

    asked = desk.sandbox.log.of("playback")
    alone = [excess(of(asked, name), budget, WINDOWS[1]) for name, budget in budgets.items()]
    assert [each.code for each in ended] == [0, 0, 0]
    assert len(asked) == 60
    assert excess(asked, max(budgets.values()), WINDOWS[1]) <= 0
    assert max(alone) <= 0


def test_listings_of_several_crawls_share_their_own_budget(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1)

    crowd(desk, 3, CDX_REQUESTS_PER_MINUTE="60")

    listings = desk.sandbox.log.of("cdx")
    assert len(listings) == 3
    assert min(gaps(listings)) >= 1 - LATENESS


def test_a_crawl_that_starts_after_another_keeps_its_distance(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1)
    start(desk, "acme", CDX_REQUESTS_PER_MINUTE="10").wait()

    start(desk, "bolt", CDX_REQUESTS_PER_MINUTE="10").wait()

    assert gaps(desk.sandbox.log.of("cdx"))[0] >= 6 - LATENESS


def test_a_dry_run_counts_in_the_same_pace(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1)
    dry = desk.crawl("acme", "--dry-run", CDX_REQUESTS_PER_MINUTE="15")

    crawled = desk.crawl("acme", CDX_REQUESTS_PER_MINUTE="15")

    assert (dry.code, crawled.code) == (0, 0)
    assert gaps(desk.sandbox.log.of("cdx"))[0] >= 4 - LATENESS
