"""A command that hears of changes: what it is given, how it may fail, and what is remembered."""

import json
import logging
import os
import shlex
import shutil
import signal
import time
from pathlib import Path

import pytest

from crawler.errors import PolicytrailError, StoppedEarly
from pipelines.cli.engine import Ended
from pipelines.cli.running import Interrupts
from pipelines.cli.telling import NotTold, command_words, tell_changes, telling
from pipelines.database.file import reading
from pipelines.database.lock import AnotherCrawl, FolderLock


@pytest.fixture
def data(archive: Path, tmp_path: Path) -> Path:
    """Give a copy of the archive, with two changes that nobody was told of."""
    return Path(shutil.copytree(archive, tmp_path / "data"))


def shell(script: str) -> tuple[str, ...]:
    return ("sh", "-c", script)


def outcomes(data: Path) -> list[tuple[str, int]]:
    with reading(data) as connection:
        query = "SELECT outcome, count(*) FROM announcements GROUP BY ALL"
        return connection.execute(query).fetchall()


def ended(outcome: str, *, ledger: object = "open", error: Exception | None = None) -> Ended:
    return Ended(archive="http://a/", outcome=outcome, ledger=ledger, error=error)  # type: ignore[arg-type]


def is_gone(pid: int) -> bool:
    """Say whether a process ends within a moment; one that nobody waited for has ended too."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_the_command_gets_each_change_as_one_object_oldest_first(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missed = tell_changes(data, shell("cat"))

    out, err = capfd.readouterr()
    rows = [json.loads(line) for line in err.splitlines()]
    assert (missed, out) == (0, "")
    assert [(row["version"], row["not_after"]) for row in rows] == [
        (2, "2017-01-31T12:00:00Z"),
        (3, "2018-05-25T00:00:00Z"),
    ]
    first = rows[0]
    assert (first["policy_id"], first["vendor_name"], first["words_added"]) == (
        "acme/privacy",
        "Acme",
        4,
    )
    assert first["old_uri_m"].endswith("/web/20170101000000id_/http://acme.example/privacy")
    assert first["new_uri_m"].endswith("/web/20170131120000id_/http://acme.example/privacy")
    assert len(first["old_text_id"]) == len(first["new_text_id"]) == 64
    assert "text" not in first


def test_what_was_told_is_not_told_again(data: Path, tmp_path: Path) -> None:
    command = shell(f"cat >> {shlex.quote(str(tmp_path / 'heard'))}")

    tell_changes(data, command)
    tell_changes(data, command)

    assert len((tmp_path / "heard").read_text("utf-8").splitlines()) == 2
    assert outcomes(data) == [("told", 2)]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("exit 3", "sh ended with code 3", id="a code"),
        pytest.param("kill -9 $$", "sh was ended by signal 9", id="a signal"),
        pytest.param("sleep 60 | cat", "sh did not end within 0.2 s", id="no end"),
    ],
)
def test_a_command_that_fails_is_said_and_the_change_stays_untold(
    data: Path, caplog: pytest.LogCaptureFixture, script: str, words: str
) -> None:
    with caplog.at_level(logging.ERROR):
        missed = tell_changes(data, shell(script), longest=0.2)

    assert missed == 2
    assert outcomes(data) == []
    assert caplog.messages == [
        f"{words}: not told of acme/privacy (en), version {version}" for version in (2, 3)
    ]


def test_what_a_command_started_ends_with_it(data: Path, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {shlex.quote(str(note))}; wait"

    tell_changes(data, shell(script), longest=0.5)

    assert is_gone(int(note.read_text("utf-8")))


def test_a_command_that_does_not_listen_was_told_all_the_same(data: Path) -> None:
    assert tell_changes(data, shell("exec true")) == 0
    assert outcomes(data) == [("told", 2)]


@pytest.mark.parametrize("which", ["INT", "TERM"])
def test_an_interrupt_stops_the_telling_and_the_rest_is_told_next_time(
    data: Path, tmp_path: Path, which: str
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    mark = shlex.quote(str(tmp_path / "told one"))
    script = f"test -e {mark} && {{ kill -{which} $PPID; sleep 60; }}; touch {mark}"

    with pytest.raises(KeyboardInterrupt):
        tell_changes(data, shell(script))

    assert outcomes(data) == [("told", 1)]
    assert signal.getsignal(signal.SIGTERM) is before
    assert tell_changes(data, shell("true")) == 0
    assert outcomes(data) == [("told", 2)]


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_waits_while_a_command_is_being_started(which: signal.Signals) -> None:
    with Interrupts() as interrupts:
        interrupts.hold()
        os.kill(os.getpid(), which)

        with pytest.raises(KeyboardInterrupt):
            interrupts.release()


def test_the_database_is_free_and_the_folder_is_not_while_the_command_runs(
    data: Path, tmp_path: Path
) -> None:
    seen = shlex.quote(str(tmp_path / "seen"))
    script = f"ls -a {shlex.quote(str(data))} > {seen}"
    holder = FolderLock(data)
    holder.take()

    with pytest.raises(AnotherCrawl):
        tell_changes(data, shell(script))
    holder.release()
    tell_changes(data, shell(script))

    names = (tmp_path / "seen").read_text("utf-8").split()
    assert ".crawl.pid" in names
    assert "policytrail.duckdb.wal" not in names


def test_a_program_that_cannot_be_started_is_one_error(data: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\x00")
    program.chmod(0o755)

    with pytest.raises(PolicytrailError, match=r"cannot run .*/program: Exec format error"):
        tell_changes(data, (str(program),))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param("", "needs a command", id="nothing"),
        pytest.param("notify 'me", "mend the quotes", id="an open quote"),
        pytest.param("no-such-program --now", "'no-such-program' that may be run", id="missing"),
        pytest.param("/etc/passwd", "'/etc/passwd' that may be run", id="not executable"),
    ],
)
def test_a_command_that_cannot_be_run_is_refused_before_the_crawl(
    run, tmp_path: Path, command: str, words: str
) -> None:
    result = run("crawl", "--on-change", command, data=tmp_path / "data")

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_command_is_split_as_a_shell_would() -> None:
    assert command_words("sh -c 'mail  me'") == ("sh", "-c", "mail  me")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        pytest.param(ended("finished"), True, id="finished"),
        pytest.param(ended("banned"), True, id="banned"),
        pytest.param(ended("shutdown"), False, id="interrupted"),
        pytest.param(ended("", ledger=None), False, id="never begun"),
        pytest.param(ended("failed", error=OSError("disk")), False, id="broken disk"),
    ],
)
def test_changes_are_told_when_the_crawl_ended_in_order(data: Path, how: Ended, told: bool) -> None:
    with telling(data, shell("true"), how):
        pass

    assert outcomes(data) == ([("told", 2)] if told else [])


def test_without_a_command_nothing_is_told(data: Path) -> None:
    with telling(data, (), ended("finished")):
        pass

    assert outcomes(data) == []


@pytest.mark.parametrize("stopped", [False, True], ids=["done", "stopped early"])
def test_a_crawl_whose_changes_were_not_told_failed(data: Path, stopped: bool) -> None:
    def end() -> None:
        with telling(data, shell("false"), ended("finished")):
            if stopped:
                raise StoppedEarly("the budget is used up")

    with pytest.raises(NotTold) as raised:
        end()

    assert raised.value.exit_code == 1
    assert "changes not told: 2" in str(raised.value)
    assert ("the budget is used up" in str(raised.value)) is stopped


def test_other_ends_of_a_crawl_stay_what_they_are(data: Path) -> None:
    with pytest.raises(StoppedEarly) as raised, telling(data, shell("true"), ended("budget")):
        raise StoppedEarly("the budget is used up")

    assert raised.value.exit_code == 75
