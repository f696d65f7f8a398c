"""Ctrl-C is known in whatever becomes of it inside a query, and ends it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli.running import is_interrupt
from pipelines.database.file import writing

ENDLESS = """
import signal, sys
from pathlib import Path
from threading import Timer
from pipelines.database import file

with file.{opened} as connection:
    Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
    connection.execute("SELECT sum(hash(i) % 7) FROM range(1_000_000_000_000) AS t (i)")
"""


@pytest.mark.parametrize(
    ("error", "known"),
    [
        pytest.param(KeyboardInterrupt(), True, id="itself"),
        pytest.param(RuntimeError("Query interrupted"), True, id="in the words of DuckDB"),
        pytest.param(RuntimeError("out of paper"), False, id="any other error"),
    ],
)
def test_an_interrupt_is_told_from_any_other_error(error: BaseException, known: bool) -> None:
    assert is_interrupt(error) is known


@pytest.mark.parametrize(
    "opened", ["reading(Path(sys.argv[1]))", "writing(Path(sys.argv[1]))", "scratch()"]
)
def test_an_interrupted_query_is_not_waited_for(tmp_path: Path, opened: str) -> None:
    with writing(tmp_path):
        pass

    ended = subprocess.run(
        [sys.executable, "-c", ENDLESS.format(opened=opened), tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "interrupt" in ended.stderr.splitlines()[-1].lower()


def test_what_was_written_is_in_the_file_itself_when_it_is_closed(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        connection.execute("INSERT INTO vendors (vendor_id, name, homepage) VALUES ('a', 'A', '')")

    assert [path.name for path in tmp_path.glob("*.wal")] == []
