"""One history, whatever the runs it came in: splits, kills, interruptions."""

import random
import shutil
import signal
import time
from dataclasses import dataclass

import pytest

from crawl.archives import history
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
HISTORIES = {"acme": "AABBCAADDDEF", "bolt": "GGGHGHHIIJJJ", "cask": "KLMKLMKLNNNO"}
POLICIES = [f"{name}/privacy" for name in HISTORIES]
# What the same text says, whichever of its captures was fetched first.
SAME_HISTORY = {
    "captures": "policy_id, timestamp, original, digest, duplicates, "
    "replace(state, 'unchanged', 'fetched')",
    "mementos": "DISTINCT policy_id, urlkey, digest, body_sha256",
    "versions": "* EXCLUDE (crawl_id, uri_m, memento_datetime)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """An archive crawled in one run, and what that gave."""

    desk: Desk
    tables: dict[str, Rows]
    histories: dict[str, Rows]


@pytest.fixture(scope="module")
def calm(make_desk: MakeDesk) -> Calm:
    captures = [
        each for name, letters in HISTORIES.items() for each in history(name, letters, twins=True)
    ]
    desk = make_desk(captures, list(HISTORIES))
    assert desk.crawl().code == 0
    return Calm(desk=desk, tables=desk.tables(), histories=desk.tables(**SAME_HISTORY))


def finish(desk: Desk, *arguments: str) -> list[int]:
    """Crawl again and again until it is done."""
    codes = [desk.crawl(*arguments).code]
    while codes[-1] == 75 and len(codes) < 40:
        codes.append(desk.crawl(*arguments).code)
    return codes


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_split_by_policies_and_budgets_gives_the_same_tables(calm: Calm, seed: int) -> None:
    chance = random.Random(seed)
    desk = calm.desk.another(f"budgets-{seed}")

    for _ in range(5):
        names = chance.sample(POLICIES, chance.randint(1, 3))
        desk.crawl(*names, "--max-fetches", str(chance.randint(0, 4)))
    codes = finish(desk)

    assert codes[-1] == 0
    assert desk.tables() == calm.tables
    assert desk.run("check").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_dates_and_periods_gives_the_same_history(calm: Calm, seed: int) -> None:
    chance = random.Random(seed)
    desk = calm.desk.another(f"windows-{seed}")

    for _ in range(4):
        since = chance.randint(2009, 2012)
        period = chance.choice(["all", "every:year", "every:half-year", "every:quarter"])
        until = str(since + chance.randint(0, 1))
        names = chance.sample(POLICIES, chance.randint(1, 3))
        desk.crawl(*names, "--since", str(since), "--until", until, "--strategy", period)
    codes = finish(desk)

    assert codes == [0]
    assert desk.tables(**SAME_HISTORY) == calm.histories
    assert desk.run("check").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_kills_at_any_moment_lose_nothing(calm: Calm, seed: int) -> None:
    chance = random.Random(seed)
    desk = calm.desk.another(f"killed-{seed}")
    desk.sandbox.faults.add(Fault("slow", on="playback", seconds=0.05))

    kills = 0
    for _ in range(6):
        running = desk.start(*desk.crawling(BATCH_CAPTURES="3", BATCH_SECONDS="0.05"))
        wait_for_requests(desk, chance.randint(1, 9))
        time.sleep(chance.uniform(0, 0.15))
        running.send(signal.SIGKILL)
        kills += running.wait().code == -signal.SIGKILL
    desk.sandbox.faults.faults.clear()
    codes = finish(desk)

    assert kills >= 3
    assert codes == [0]
    assert desk.tables() == calm.tables
    assert desk.run("check").code == 0


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_crawl_says_so_and_goes_on_the_next_time(
    calm: Calm, which: signal.Signals
) -> None:
    desk = calm.desk.another(f"interrupted-{which.name}")
    desk.sandbox.faults.add(Fault("slow", on="playback", seconds=0.1))
    running = desk.start(*desk.crawling())
    wait_for_requests(desk, 8)

    running.send(which)
    interrupted = running.wait()

    desk.sandbox.faults.faults.clear()
    kept = desk.states()
    answered = desk.ask("SELECT count(*) FROM mementos")
    assert interrupted.code == 75
    assert interrupted.last_line.startswith("policytrail: interrupted")
    assert "Traceback" not in interrupted.err
    assert kept["fetched"] == answered[0][0] >= 3
    assert desk.ask("SELECT outcome FROM crawls") == [("shutdown",)]
    assert finish(desk) == [0]
    assert desk.tables() == calm.tables


def test_an_interrupted_pause_ends_at_once(calm: Calm) -> None:
    desk = calm.desk.another("interrupted-pause")
    desk.sandbox.faults.add(Fault("429-seconds", on="playback", times=1, seconds=600))
    running = desk.start(*desk.crawling())
    wait_for_requests(desk, 4)
    time.sleep(0.3)
    began = time.monotonic()

    running.send(signal.SIGINT)
    interrupted = running.wait()

    desk.sandbox.faults.faults.clear()
    assert interrupted.code == 75
    assert time.monotonic() - began < 10
    shutil.rmtree(desk.data.with_name("state"))  # else the next run would keep the pause
    assert finish(desk) == [0]
    assert desk.tables() == calm.tables


def wait_for_requests(desk: Desk, count: int) -> None:
    """Wait until the archive was asked so many times more than now, or for ten seconds."""
    until = time.monotonic() + 10
    goal = len(desk.sandbox.log) + count
    while len(desk.sandbox.log) < goal and time.monotonic() < until:
        time.sleep(0.005)
