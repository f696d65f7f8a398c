"""Several crawls of one archive at once, and what its log shows of them."""

import math
from collections.abc import Sequence
from itertools import pairwise

from crawl.archives import history
from crawl.commands import Ran, Running
from crawl.conftest import MakeDesk
from crawl.desks import Desk

from crawler.pace import LATENESS
from crawler.sandbox.faults import Fault
from crawler.sandbox.log import LoggedRequest

NAMES = ("acme", "bolt", "cove")


def desk_of(make_desk: MakeDesk, captures: int, *faults: Fault) -> Desk:
    """An archive with a history of so many captures for each of three vendors."""
    letters = [f"{place}" for place in range(captures)]
    served = [each for name in NAMES for each in history(name, letters, days=7)]
    return make_desk(served, NAMES, faults)


def start(desk: Desk, name: str, **settings: str) -> Running:
    """Start a crawl of one vendor in a data folder of its own; it says its name to the archive."""
    own = desk.another(f"data-{name}")
    return own.start(*own.crawling(name, CONTACT=name, **settings))


def crowd(desk: Desk, processes: int, **settings: str) -> list[Ran]:
    """Crawl in so many processes at once, a vendor each, to the end of all."""
    return [each.wait() for each in [start(desk, name, **settings) for name in NAMES[:processes]]]


def of(requests: Sequence[LoggedRequest], name: str) -> list[LoggedRequest]:
    """The requests that one crawl of a crowd made."""
    return [request for request in requests if name in request.user_agent]


def gaps(requests: Sequence[LoggedRequest]) -> list[float]:
    """Seconds between requests."""
    return [after.monotonic - before.monotonic for before, after in pairwise(requests)]


def excess(requests: Sequence[LoggedRequest], budget: float, window: float) -> int:
    """By how many the fullest window of so many seconds exceeds what it may hold.

    A busy machine sends a request later than its turn, so that a short window may hold those
    of a slightly longer one; a minute may not, which is what the margin of the pace is for.
    """
    moments = [request.monotonic for request in requests]
    most = max(
        sum(moment <= later <= moment + window for later in moments[place:])
        for place, moment in enumerate(moments)
    )
    return most - (math.ceil(budget * (window + LATENESS) / 60) + 1)
