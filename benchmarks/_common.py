"""A sandbox and its clients, each a process of its own, and what they cost. Standard library."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
UNPACED = {
    "CDX_REQUESTS_PER_MINUTE": "600000000",
    "PLAYBACK_REQUESTS_PER_MINUTE": "600000000",
    "PLAYBACK_CONCURRENCY": "16",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process took: wall seconds, CPU seconds with its children, and what it printed."""

    seconds: float
    cpu: float
    output: str


def spend(*arguments: str) -> Cost:
    """Run a Python module with arguments to its end; SystemExit with its words where it fails."""
    began = monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as stream:
        output = stream.read()
    # wait4 alone gives the CPU of this child and of the children it waited for.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}:\n{output}")
    return Cost(seconds=monotonic() - began, cpu=usage.ru_utime + usage.ru_stime, output=output)


def crawl(data: Path, vendors: Path, archive: str, settings: Mapping[str, str]) -> Cost:
    """Crawl a vendor list with the command that users type, without politeness."""
    pairs = [f"{name}={value}" for name, value in (UNPACED | dict(settings)).items()]
    options = [option for pair in pairs for option in ("-s", pair)]
    return spend(
        "benchmarks._policytrail",
        *("--data", str(data), "crawl", "--vendors", str(vendors), "--archive", archive),
        *options,
    )


@contextmanager
def serving(source: Path, log: Path) -> Iterator[str]:
    """Serve a folder with a manifest from a process of its own; give its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.sandbox", str(source), "--log", str(log)],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()


def answered(log: Path, after: int) -> list[float]:
    """Give the moments at which mementos were answered, from line `after` of a log on."""
    lines = log.read_text(encoding="utf-8").splitlines()[after:]
    requests = [json.loads(line) for line in lines]
    return [found["monotonic"] for found in requests if found["kind"] == "playback"]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows as a Markdown table, the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    set_right = (cell.rjust(width) for cell, width in others)
    return f"| {' | '.join((first[0].ljust(first[1]), *set_right))} |"


def _environment() -> dict[str, str]:
    # This folder holds a requests.py, which must not pass for the library of that name.
    return os.environ | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
