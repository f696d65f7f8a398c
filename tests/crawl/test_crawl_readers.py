"""Who else is at the database while a crawl runs: readers, and a second crawl."""

import time

import pytest

from crawl.archives import history
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawler.sandbox.faults import Fault
from pipelines.database.file import NAME, reading

pytestmark = pytest.mark.database
LETTERS = "AABCCDEFGHIJKLMNOPQR"
OFTEN = {"BATCH_CAPTURES": "3", "BATCH_SECONDS": "0.05"}


def slow_archive(make_desk: MakeDesk) -> Desk:
    faults = [Fault("slow", on="playback", seconds=0.4)]
    return make_desk(history("acme", LETTERS), ["acme"], faults)


def wait_for_database(desk: Desk) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if (desk.data / NAME).exists() and desk.sandbox.log.count("playback"):
            return
        time.sleep(0.01)
    raise TimeoutError("no database came")


@pytest.mark.slow
@pytest.mark.parametrize("rest", [0.0, 0.01], ids=["without a rest", "with short rests"])
def test_a_reader_in_a_loop_always_gets_an_answer_and_the_crawl_loses_nothing(
    make_desk: MakeDesk, rest: float
) -> None:
    desk = slow_archive(make_desk)
    running = desk.start(*desk.crawling(**OFTEN))
    wait_for_database(desk)

    counts, longest = [0], 0.0
    while not running.ended:
        began = time.monotonic()
        counts.append(desk.ask("SELECT count(*) FROM observations")[0][0])
        longest = max(longest, time.monotonic() - began)
        time.sleep(rest)

    assert running.wait().code == 0
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    assert len(counts) >= 5
    assert longest < 30
    assert desk.states() == {"fetched": len(LETTERS)}
    assert desk.run("check").code == 0


@pytest.mark.slow
def test_a_reader_that_holds_the_file_only_delays_the_crawl(make_desk: MakeDesk) -> None:
    desk = slow_archive(make_desk)
    running = desk.start(*desk.crawling(**OFTEN))
    wait_for_database(desk)

    with reading(desk.data) as connection:
        query = "SELECT count(*) FROM mementos"
        before = connection.execute(query).fetchall()
        asked = desk.sandbox.log.count("playback")
        time.sleep(2)
        went_on = desk.sandbox.log.count("playback") - asked
        after = connection.execute(query).fetchall()

    assert before == after
    assert went_on > 3
    assert running.wait().code == 0
    assert desk.states() == {"fetched": len(LETTERS)}
    assert desk.run("check").code == 0


@pytest.fixture(scope="module")
def busy(make_desk: MakeDesk) -> Desk:
    """An archive whose crawl waits for the length of these tests."""
    desk = make_desk(history("acme", "AB"), ["acme"])
    desk.crawl("--max-fetches", "0")
    return desk


@pytest.mark.parametrize("verb", ["crawl", "extract"])
def test_a_second_process_at_the_same_folder_ends_at_once_and_names_the_first(
    busy: Desk, verb: str
) -> None:
    busy.sandbox.log.clear()
    busy.sandbox.faults.faults[:] = [Fault("429-seconds", on="cdx", times=1, seconds=len(verb))]
    running = busy.start(*busy.crawling())
    while not busy.sandbox.log.count("cdx"):
        time.sleep(0.01)
    arguments = busy.crawling() if verb == "crawl" else ["extract"]

    second = busy.run(*arguments)

    assert not running.ended
    assert second.code == 75
    assert second.says_it_in_one_line
    assert f"process {running.pid}" in second.err
    assert running.wait().code == 0
    with_nobody = busy.run(*arguments)
    assert with_nobody.code == 0


def test_readers_leave_no_trace(make_desk: MakeDesk) -> None:
    desk = make_desk(history("acme", "AB"), ["acme"])
    desk.crawl()
    before = desk.files()

    for verb in (["status"], ["versions", "acme"], ["sql", "SELECT 1"], ["check"], ["ledger"]):
        assert desk.run(*verb).code == 0

    assert desk.files() == before
