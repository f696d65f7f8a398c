"""One pace and one pause: what the archive sees of it."""

import time
from itertools import pairwise

import pytest

from crawl.archives import history
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawler.sandbox.faults import Fault
from crawler.sandbox.log import LoggedRequest

NAMES = ["acme", "bolt"]
SLOW = Fault("slow", on="playback", seconds=0.6)
ON_THE_WIRE = 0.4  # so long may a request be under way that was sent before the refusal came
JITTER = 0.05
UNEVEN = 0.1  # the archive's clock stops when the request is read, which a busy machine delays
CONCURRENCY = 2
BAN = 4.0


def two_histories(make_desk: MakeDesk, *faults: Fault) -> Desk:
    return make_desk([each for name in NAMES for each in history(name, "ABCDE")], NAMES, faults)


def silence_after(log: list[LoggedRequest], refusal: LoggedRequest) -> float:
    """Seconds without any request, from when those under way have come in."""
    later = [
        request.monotonic - refusal.monotonic
        for request in log
        if request.monotonic > refusal.monotonic + ON_THE_WIRE
    ]
    return min(later)


@pytest.mark.slow
@pytest.mark.parametrize("on", ["cdx", "playback"])
@pytest.mark.parametrize(
    ("name", "seconds", "expected"),
    [("429", 9.0, 2.0), ("429-seconds", 3.0, 3.0), ("429-date", 4.0, 3.0)],
    ids=["told nothing", "told seconds", "told a date"],
)
def test_after_a_429_no_request_of_any_kind_is_made_until_the_pause_is_over(
    make_desk: MakeDesk, on: str, name: str, seconds: float, expected: float
) -> None:
    desk = two_histories(make_desk, Fault(name, on=on, times=1, seconds=seconds), SLOW)

    crawled = desk.crawl(PAUSE_AFTER_429_SECONDS="2")

    log = list(desk.sandbox.log)
    refusal = next(request for request in log if request.status == 429)
    assert crawled.code == 0
    assert silence_after(log, refusal) >= expected - JITTER
    assert desk.states() == {"fetched": 10}


def test_the_third_429_ends_the_run_and_the_next_one_goes_on(make_desk: MakeDesk) -> None:
    desk = two_histories(make_desk)
    calm = desk.another("calm")
    calm.crawl()
    desk.sandbox.log.clear()
    desk.sandbox.faults.add(Fault("429", on="playback"))

    stopped = desk.crawl(PAUSE_AFTER_429_SECONDS="0.1")

    asked = desk.sandbox.log.of("playback")
    assert stopped.code == 75
    assert "limited the rate" in stopped.last_line
    assert 3 <= len(asked) <= 3 * CONCURRENCY
    assert desk.states() == {"pending": 10}
    desk.sandbox.faults.faults.clear()
    assert desk.crawl().code == 0
    assert desk.tables() == calm.tables()


def test_429s_without_end_fail_no_listing_and_empty_none(make_desk: MakeDesk) -> None:
    desk = two_histories(make_desk, Fault("429", on="cdx"))

    stopped = desk.crawl(PAUSE_AFTER_429_SECONDS="0.1")

    assert stopped.code == 75
    assert desk.ask("SELECT * FROM listings") == []
    assert desk.sandbox.log.count() == 3


def test_a_refused_connection_ends_the_run_at_once_and_the_next_one_goes_on(
    make_desk: MakeDesk,
) -> None:
    desk = two_histories(make_desk)
    calm = desk.another("calm")
    calm.crawl()
    desk.sandbox.log.clear()
    desk.sandbox.faults.add(Fault("ban", on="playback", times=1, seconds=BAN))

    # The ban cuts connections too; tried again at once, they could be cut thrice before it holds.
    banned = desk.crawl(BAN_COOLDOWN_SECONDS="0.5", RETRY_WAITS_SECONDS="0.3,0.3,0.3")

    assert banned.code == 75
    assert "refuses connections" in banned.last_line
    assert "Traceback" not in banned.err
    assert desk.states().keys() <= {"fetched", "pending"}
    while desk.sandbox._listener is None:
        time.sleep(0.05)
    assert desk.crawl().code == 0
    assert desk.tables() == calm.tables()


def test_a_ban_while_listing_is_no_failed_listing(make_desk: MakeDesk) -> None:
    desk = two_histories(make_desk, Fault("ban", times=1, seconds=3600))

    banned = desk.crawl()

    assert banned.code == 75
    assert desk.ask("SELECT * FROM listings") == []


@pytest.mark.slow
def test_requests_are_never_closer_than_their_pace_however_slow_the_answers(
    make_desk: MakeDesk,
) -> None:
    desk = two_histories(make_desk, Fault("slow", on="playback", seconds=0.35))

    crawled = desk.crawl(CDX_REQUESTS_PER_MINUTE="300", PLAYBACK_REQUESTS_PER_MINUTE="300")

    assert crawled.code == 0
    for kind in ("cdx", "playback"):
        assert min(gaps(desk.sandbox.log.of(kind))) >= 0.2 - UNEVEN


@pytest.mark.slow
def test_a_pause_is_not_followed_by_a_burst(make_desk: MakeDesk) -> None:
    desk = two_histories(make_desk, Fault("429", on="playback", times=1))

    crawled = desk.crawl(PLAYBACK_REQUESTS_PER_MINUTE="300", PLAYBACK_CONCURRENCY="4")

    assert crawled.code == 0
    assert min(gaps(desk.sandbox.log.of("playback"))) >= 0.2 - UNEVEN


@pytest.mark.parametrize("many", [1, 3])
def test_no_more_requests_are_under_way_than_allowed(make_desk: MakeDesk, many: int) -> None:
    desk = two_histories(make_desk, Fault("slow", on="playback", seconds=0.25))

    crawled = desk.crawl(PLAYBACK_CONCURRENCY=str(many))

    begun = [request.monotonic for request in desk.sandbox.log.of("playback")]
    spans = [after - before for before, after in zip(begun, begun[many:], strict=False)]
    assert crawled.code == 0
    assert min(spans) >= 0.25 - JITTER


def gaps(requests: list[LoggedRequest]) -> list[float]:
    """Seconds between requests."""
    return [after.monotonic - before.monotonic for before, after in pairwise(requests)]


def test_the_contact_is_in_the_user_agent(make_desk: MakeDesk) -> None:
    desk = make_desk(history("acme", "A"), ["acme"])

    desk.crawl(CONTACT="mailto:desk@policy.example")

    agents = {request.user_agent for request in desk.sandbox.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(+mailto:desk@policy.example)")
    assert desk.sandbox.log.count() == 2
