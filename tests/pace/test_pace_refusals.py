"""What one crawl is told by the archive holds for all, and for those that come later."""

import re
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl.conftest import MakeDesk
from crawl.desks import Desk

from crawler.sandbox.faults import Fault
from crawler.sandbox.log import LoggedRequest
from pace.crowds import NAMES, crowd, desk_of, start

ROOT = Path(__file__).parents[2]
ON_THE_WAY = 0.3  # so long may an answer travel, and requests that left before it
PACED = {"PLAYBACK_REQUESTS_PER_MINUTE": "600"}
BANNED = {**PACED, "BAN_COOLDOWN_SECONDS": "6"}


def refusal_in(desk: Desk) -> LoggedRequest:
    while not (found := [request for request in desk.sandbox.log if request.fault]):
        time.sleep(0.01)
    return found[0]


def asked_after(desk: Desk, refusal: LoggedRequest) -> list[float]:
    return [
        request.monotonic - refusal.monotonic
        for request in desk.sandbox.log
        if request.monotonic > refusal.monotonic + ON_THE_WAY
    ]


@pytest.mark.slow
def test_a_429_to_one_process_stops_all_and_those_that_start_meanwhile(
    make_desk: MakeDesk,
) -> None:
    fault = Fault("429-seconds", on="playback", times=1, seconds=5)
    desk = desk_of(make_desk, 25, fault)
    running = [start(desk, name, **PACED) for name in NAMES[:2]]
    refusal = refusal_in(desk)

    running.append(start(desk, NAMES[2], **PACED))
    ended = [each.wait() for each in running]

    assert [each.code for each in ended] == [0, 0, 0]
    assert 5 - 0.05 <= min(asked_after(desk, refusal)) <= 6.5
    assert "paused until" in ended[2].err


@pytest.mark.slow
def test_a_third_429_leaves_a_pause_that_the_next_crawl_waits_for(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 3, Fault("429", on="cdx", times=3))
    stopped = desk.crawl("acme", PAUSE_AFTER_429_SECONDS="1")
    third = [request for request in desk.sandbox.log if request.fault][-1]

    said = desk.run("status")
    crawled = desk.crawl("acme", PAUSE_AFTER_429_SECONDS="1")

    assert stopped.code == 75
    assert "limited the rate (HTTP 429): no request before" in stopped.last_line
    assert "\npaused " in said.out
    assert "HTTP 429" in said.out
    assert crawled.code == 0
    assert min(asked_after(desk, third)) >= 4 - 0.05


@pytest.mark.slow
def test_after_a_refused_connection_no_process_asks_until_the_cool_down_is_over(
    make_desk: MakeDesk,
) -> None:
    desk = desk_of(make_desk, 25)
    running = [start(desk, name, **BANNED) for name in NAMES]
    while desk.sandbox.log.count("playback") < 6:
        time.sleep(0.01)
    desk.sandbox.faults.add(Fault("ban", on="playback", times=1, seconds=0.5))

    ended = [each.wait() for each in running]
    again = start(desk, "acme", **BANNED).wait()
    dry = desk.crawl("acme", "--dry-run")
    said = desk.another("data-acme").run("status")

    assert [each.code for each in ended] == [75, 75, 75]
    assert asked_after(desk, refusal_in(desk)) == []
    assert (again.code, dry.code) == (75, 75)
    assert again.says_it_in_one_line
    assert "no request before 20" in again.err
    assert "UTC; run again after that" in again.err
    assert "\npaused " in said.out
    time.sleep(max(0.0, refusal_in(desk).monotonic + 6.5 - time.monotonic()))
    assert [each.code for each in crowd(desk, 3, **BANNED)] == [0, 0, 0]
    assert min(asked_after(desk, refusal_in(desk))) >= 6 - 0.05
    assert "paused" not in desk.another("data-acme").run("status").out


@pytest.mark.slow
def test_a_second_ban_in_a_row_lasts_twice_as_long(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1, Fault("ban", times=1, seconds=60))
    desk.crawl("acme", BAN_COOLDOWN_SECONDS="0.5")
    time.sleep(0.6)

    second = desk.crawl("acme", BAN_COOLDOWN_SECONDS="20")
    ended = datetime.now(UTC)

    assert second.code == 75
    told = re.search(r"no request before (.{19}) UTC", second.last_line)
    assert told is not None
    until = datetime.fromisoformat(f"{told[1]}+00:00")
    assert 38 <= (until - ended).total_seconds() <= 41


def test_scrapys_own_command_makes_no_request_during_a_ban(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1, Fault("ban", times=1, seconds=0.2))
    desk.crawl("acme")
    before = desk.sandbox.log.count()
    settings = (f"ARCHIVE={desk.sandbox.url}", f"DATA={desk.data}", f"VENDORS={desk.vendors}")

    ended = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "policies", "-a", "policy=acme/privacy"]
        + [word for setting in settings for word in ("-s", setting)],
        cwd=ROOT,
        env={**desk.environment(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert desk.sandbox.log.count() == before
    assert "no request before 20" in ended.stderr
    assert desk.ask("SELECT outcome FROM crawls ORDER BY started_at") == [("banned",), ("banned",)]


def test_a_server_that_was_never_started_is_no_ban(make_desk: MakeDesk) -> None:
    desk = desk_of(make_desk, 1)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"

    ended = desk.crawl("acme", "--archive", nobody)

    assert ended.code == 75
    assert "nothing seems to run there" in ended.last_line
    assert "paused" not in desk.run("status", "acme").err
