"""The record of the pace on disk, shared by processes."""

import logging
import multiprocessing
import time
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from crawler.errors import PolicytrailError
from crawler.pace import Record, interval_of, read_record
from crawler.pace_file import Busy, Pace, barred, record_path

AWAY = "https://archive.example"
NEAR = "http://127.0.0.1:8111"
RATES = {"cdx": 24.0, "playback": 600.0}
FORKS = multiprocessing.get_context("fork")


def record_of(archive: str) -> Record:
    return read_record(record_path(archive).read_text(encoding="utf-8"), time.time())


@pytest.mark.parametrize(
    ("archive", "name"),
    [
        ("https://web.archive.org", "web.archive.org.json"),
        ("http://Web.Archive.ORG./", "web.archive.org.json"),
        ("http://127.0.0.1:8111", "127.0.0.1-8111.json"),
        ("http://[::1]:8111/x", "__1-8111.json"),
    ],
)
def test_each_archive_has_one_file_in_the_users_state_folder(
    archive: str, name: str, state_folder: Path
) -> None:
    assert record_path(archive) == state_folder / "policytrail" / name


def test_without_a_state_folder_named_the_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert record_path(AWAY).parent == tmp_path / ".local" / "state" / "policytrail"


def test_a_state_folder_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    with pytest.raises(PolicytrailError, match="name another folder with XDG_STATE_HOME"):
        Pace(AWAY, RATES)


def test_the_next_process_keeps_the_pace_of_the_last() -> None:
    before = Pace(AWAY, RATES).turn("cdx")

    after = Pace(AWAY, RATES).turn("cdx")

    assert after - before == pytest.approx(interval_of(24))


def take_turns(count: int) -> list[float]:
    pace, turns = Pace(AWAY, RATES), []
    while len(turns) < count:
        try:
            turns.append(pace.turn("playback"))
        except Busy:
            time.sleep(0.0005)
    return turns


def test_processes_at_once_never_get_the_same_turn() -> None:
    with FORKS.Pool(3) as pool:
        shares = pool.map(take_turns, [40, 40, 40], chunksize=1)

    turns = sorted(turn for share in shares for turn in share)
    gaps = [after - before for before, after in pairwise(turns)]
    assert len(gaps) == 119
    assert min(gaps) >= interval_of(600) - 1e-6


def test_a_record_that_another_process_holds_is_not_waited_for() -> None:
    pace = Pace(AWAY, RATES)
    with FileLock(record_path(AWAY).with_suffix(".lock")):
        began = time.monotonic()

        with pytest.raises(Busy):
            pace.turn("cdx")

    assert time.monotonic() - began < 0.2
    assert pace.turn("cdx") > 0


@pytest.mark.parametrize("text", ["{", "\udcff", Record(written_at=9e9).to_json()])
def test_an_unreadable_record_is_set_aside_with_a_word(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    pace = Pace(AWAY, RATES)
    path = record_path(AWAY)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with caplog.at_level(logging.WARNING):
        turn = pace.turn("cdx")

    assert abs(turn - time.time()) < 1
    assert "starts afresh" in caplog.text
    assert path.with_suffix(".unreadable").exists()
    assert record_of(AWAY).sends["cdx"].counts


def test_a_pause_is_seen_by_every_process() -> None:
    here, there = Pace(AWAY, RATES), Pace(AWAY, RATES)
    until = time.time() + 30

    here.pause(until)

    assert there.look().paused_until == until
    assert there.turn("cdx") == until


def test_a_look_sees_each_of_many_quick_changes() -> None:
    here, there = Pace(AWAY, RATES), Pace(AWAY, RATES)

    for step in range(50):
        here.pause(1e9 + step)

        assert there.look().paused_until == 1e9 + step


@pytest.mark.parametrize(
    ("archive", "heard", "bans"),
    [(AWAY, False, 1), (NEAR, False, 0), (NEAR, True, 1), ("http://localhost:8111", False, 0)],
    ids=["an archive", "nothing on the loopback", "a server on the loopback", "by name"],
)
def test_a_refusal_is_a_ban_unless_nothing_ever_ran_there(
    archive: str, heard: bool, bans: int
) -> None:
    pace = Pace(archive, RATES)
    if heard:
        pace.hear(answered=False)

    Pace(archive, RATES).ban(3600)

    assert record_of(archive).bans == bans
    assert (barred(archive, 0) is not None) == bool(bans)


def test_an_answer_after_a_ban_ends_the_row_on_disk() -> None:
    pace = Pace(AWAY, RATES)
    pace.hear(answered=True)
    pace.ban(0.01)
    time.sleep(0.03)

    pace.hear(answered=True)

    assert record_of(AWAY).bans == 0


def test_an_archive_that_may_be_asked_is_not_barred() -> None:
    Pace(AWAY, RATES).turn("cdx")

    assert barred(AWAY, 0) is None


def test_a_ban_says_until_when_and_what_to_do() -> None:
    Pace(AWAY, RATES).ban(3600)

    reason = barred(AWAY, 1e9)

    assert reason is not None
    assert 3590 < reason.until.timestamp() - time.time() <= 3602
    assert f"{reason.until:%Y-%m-%d %H:%M:%S} UTC; run again after that" in str(reason)
    assert str(record_path(AWAY)) in str(reason)
    assert reason.exit_code == 75


@pytest.mark.parametrize(("patience", "said"), [(60, False), (10, True)])
def test_a_pause_bars_whoever_has_less_patience(patience: float, said: bool) -> None:
    Pace(AWAY, RATES).pause(time.time() + 30)

    reason = barred(AWAY, patience)

    assert ("429" in str(reason)) == said


def test_turns_left_at_the_end_are_given_back() -> None:
    pace = Pace(AWAY, {"playback": 600_000.0})
    pace.turn("playback")

    pace.give_back()

    assert sum(record_of(AWAY).sends["playback"].counts.values()) == 1
