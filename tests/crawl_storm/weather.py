"""A small archive, the faults that befall it, and the runs that it takes: all drawn from a seed."""

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice

from crawl.archives import address, moments, page
from crawl.desks import Desk, Rows

from crawler.sandbox.archive import ArchivedCapture, capture, revisit_of
from crawler.sandbox.faults import FAULTS, HOSTILE, Fault
from pipelines.database.file import NAME, writing

NAMES = ("acme", "bolt", "cove")
RARE, OFTEN = 0.05, 0.30
KILLED = 0.4  # of the runs
SECONDS = {"slow": 0.03, "ban": 0.15}  # others: the Retry-After, whole seconds in the protocol
KINDS = ("page", "same", "revisit", "moved", "beside", "gone", "broken")
WEIGHTS = (48, 16, 12, 10, 5, 5, 4)
SETTINGS = {
    "BATCH_CAPTURES": "3",
    "BATCH_SECONDS": "0.05",
    "PAUSE_AFTER_429_SECONDS": "0.1",
    "BAN_COOLDOWN_SECONDS": "0.1",
}
# Which capture of equal bytes is fetched depends on what the first one met with; nothing else may.
SAME_HISTORY = {
    "captures": "policy_id, timestamp, original, mimetype, statuscode, digest, duplicates, "
    "replace(state, 'unchanged', 'fetched'), "
    "CASE WHEN state NOT IN ('fetched', 'unchanged') THEN reason END",
    "mementos": "DISTINCT policy_id, urlkey, digest, body_sha256",
    "versions": "* EXCLUDE (crawl_id, uri_m, memento_datetime)",
}


@dataclass(slots=True, kw_only=True)
class Ridden:
    """The runs that a storm took: their exit codes, and what they said."""

    codes: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def archive_of(chance: random.Random) -> dict[str, list[ArchivedCapture]]:
    """Two or three policies of 12 to 20 captures: pages, repetitions, redirects and errors."""
    names = NAMES[: chance.randint(2, 3)]
    return {name: list(_captures(name, chance)) for name in names}


def weathers(chance: random.Random, width: int) -> Iterator[list[Fault]]:
    """Give the faults of one run after the other: `width` kinds, until each had its turn; anew.

    A kind keeps the strength that the seed gave it.
    """
    passing = sorted(FAULTS.keys() - HOSTILE)
    names = chance.sample(passing, len(passing))
    kinds = cycle(
        Fault(name, probability=chance.uniform(RARE, OFTEN), seconds=SECONDS.get(name, 1.0))
        for name in names
    )
    while True:
        yield list(islice(kinds, width))


def ride_out(desk: Desk, calm: Rows, chance: random.Random, width: int, most: int) -> Ridden:
    """Crawl once a month until all is done; `most` runs at most.

    The month is there for what is not asked for again at once: whatever the archive excluded,
    did not play or replaced by a neighbour. It never does so for good here, as all faults pass.
    """
    ridden = Ridden()
    for faults in islice(weathers(chance, width), most):
        desk.sandbox.faults.faults[:] = faults
        _let_a_month_pass(desk)
        running = desk.start(*desk.crawling(**SETTINGS))
        if chance.random() < KILLED:
            _wait(desk, chance.randint(0, 12), chance.uniform(0.0, 0.4))
            running.send(signal.SIGKILL)
        ran = running.wait()
        ridden.codes.append(ran.code)
        ridden.words.append(ran.err)
        if ran.code == 0 and ended(desk) == calm:
            break
    desk.sandbox.faults.faults.clear()
    return ridden


def ended(desk: Desk) -> Rows:
    """Count the lines of the ledger by how they ended."""
    return desk.ask(
        "SELECT policy_id, replace(state, 'unchanged', 'fetched') AS ended, count(*) "
        "FROM captures GROUP BY ALL ORDER BY ALL"
    )


def _captures(name: str, chance: random.Random) -> Iterator[ArchivedCapture]:
    letters, kept, original = "A", [], address(name)
    for seen, stamp in enumerate(moments(chance.randint(12, 20), days=31)):
        kind = chance.choices(KINDS, WEIGHTS)[0] if kept else "page"
        if kind == "page":
            letters = chance.choice((letters, letters, "ABCDE"[seen % 5]))
            kept.append(capture(original, stamp, page(letters, seen)))
            yield kept[-1]
        elif kind == "same":
            yield capture(original, stamp, chance.choice(kept).body)
        elif kind == "revisit":
            yield revisit_of(chance.choice(kept), stamp)
        elif kind == "moved":
            body = chance.choice((b"", b"<p>This page has moved.</p>"))
            yield capture(original, stamp, body, status=301, location=f"{original}/new")
        elif kind == "beside":  # two lines of one second
            yield capture(original.replace("//", "//www."), stamp, status=301, location=original)
            yield capture(original, stamp, page(letters, seen))
        else:
            yield capture(original, stamp, "<p>No.</p>", status=404 if kind == "gone" else 503)


def _let_a_month_pass(desk: Desk) -> None:
    if (desk.data / NAME).exists():
        with writing(desk.data) as connection:
            connection.execute("UPDATE captures SET settled_at = settled_at - INTERVAL 31 DAY")


def _wait(desk: Desk, requests: int, seconds: float) -> None:
    goal, until = len(desk.sandbox.log) + requests, time.monotonic() + 3.0
    while len(desk.sandbox.log) < goal and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(seconds)
