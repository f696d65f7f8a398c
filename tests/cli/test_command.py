"""The command as a process: help at once, pipes, interrupts, exit codes."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.cli.main import VERBS, cli

COMMAND = [sys.executable, "-c", "from pipelines.cli.main import main; main()"]


def policytrail(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, **options)


def on_a_terminal(*arguments: str, columns: int) -> str:
    """Run the command with a terminal of that width as its stdout and give what it shows."""
    outer, inner = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    subprocess.run([*COMMAND, *arguments], stdout=inner, stderr=subprocess.PIPE, env=environment)
    os.close(inner)
    shown = b""
    try:
        while part := os.read(outer, 4096):
            shown += part
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(outer)
    return shown.decode()


@pytest.mark.database
def test_a_table_on_a_terminal_is_folded_to_its_width(archive: Path) -> None:
    query = "SELECT '[bold]' AS a, repeat('word ', 20) AS b"

    shown = on_a_terminal("--data", str(archive), "sql", query, columns=40)

    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, lines)) <= 40
    assert shown.count("word") == 20
    assert "[bold]" in shown


@pytest.mark.database
def test_diff_on_a_terminal_marks_and_colours_words(archive: Path) -> None:
    shown = on_a_terminal("--data", str(archive), "diff", "acme", "1", "2", columns=80)

    assert "\x1b[31m[-data.-]\x1b[0m" in shown
    assert "\x1b[32m{+data for 30 days.+}\x1b[0m" in shown


def test_help_lists_every_verb_and_imports_none() -> None:
    program = (
        "import sys\nfrom pipelines.cli.main import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "print({'duckdb', 'rich', 'scrapy', 'trafilatura'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.endswith("set()\n")
    for verb, (_, line) in VERBS.items():
        assert f"  {verb} " in done.stdout
        assert line in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_version_is_that_of_the_distribution() -> None:
    done = policytrail("--version")

    assert done.stdout.startswith("policytrail ")
    assert done.returncode == 0


@pytest.mark.database
def test_rows_of_a_process_are_whole_and_nothing_else_is_on_stdout(archive: Path) -> None:
    environment = {**os.environ, "POLICYTRAIL_DATA": str(archive)}

    done = policytrail("versions", "acme", "--format", "jsonl", env=environment)

    assert [json.loads(line)["version"] for line in done.stdout.splitlines()] == [1, 1, 2, 3]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.database
def test_a_reader_that_has_read_enough_ends_the_command_quietly(archive: Path) -> None:
    query = "SELECT i, repeat('x', 100) AS filler FROM range(1_000_000) AS r(i)"
    process = subprocess.Popen(
        [*COMMAND, "--data", str(archive), "sql", query, "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None

    first = process.stdout.readline()
    process.stdout.close()
    words = process.stderr.read()
    process.stderr.close()

    assert (first, process.wait(timeout=60), words) == (b"i,filler\n", 0, b"")


@pytest.mark.database
def test_an_interrupt_ends_with_75_and_one_line(archive: Path) -> None:
    query = "SELECT i FROM range(1_000_000_000) AS r(i)"
    process = subprocess.Popen(
        [*COMMAND, "--data", str(archive), "sql", query, "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)

    said = b"policytrail: interrupted: the same command goes on where it was\n"
    assert (process.returncode, words) == (75, said)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["frobnicate"], 2, id="no such verb"),
        pytest.param(["show"], 2, id="no policy"),
        pytest.param(["--data", __file__, "status"], 2, id="a file as folder"),
        pytest.param(["--data", "no-such-folder", "status"], 1, id="no database"),
    ],
)
def test_exit_codes_say_who_has_to_act(arguments: list[str], code: int, tmp_path: Path) -> None:
    done = policytrail(*arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr


def test_a_verb_that_is_not_there_is_none() -> None:
    assert cli.get_command(None, "frobnicate") is None  # type: ignore[arg-type]
