"""What the tests of the database file share."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOLD = """
import sys
from pathlib import Path
from pipelines.database.file import reading, writing
from pipelines.database.lock import FolderLock

data = Path(sys.argv[2])
if sys.argv[1] == "lock":
    lock = FolderLock(data)
    lock.take()
    sys.stdout.write("held\\n")
    sys.stdout.flush()
    sys.stdin.readline()
else:
    with {"reading": reading, "writing": writing}[sys.argv[1]](data) as connection:
        sys.stdout.write("held\\n")
        sys.stdout.flush()
        sys.stdin.readline()
"""
Hold = Callable[[str, Path], "subprocess.Popen[str]"]


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Start a process that holds a data folder (`reading`, `writing` or `lock`).

    It lets go when its input is closed, and is killed at the end of the test.
    """
    started: list[subprocess.Popen[str]] = []

    def holding(how: str, data: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, how, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield holding
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
