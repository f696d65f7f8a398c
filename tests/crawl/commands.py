"""The command as a process of its own, forked from one that has imported everything already.

Starting Python and importing takes longer than most crawls of these tests; a fork has the same
code, its own memory, files and signals, and none of the time.
"""

import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from empty import copy_from, template

ROOT = Path(__file__).parents[2]
_LONGEST = 90.0
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["crawl.warm"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended, what it said, and its most memory in bytes (0 where it was killed)."""

    code: int
    out: str
    err: str
    peak: int = 0

    @property
    def last_line(self) -> str:
        """The last line on stderr."""
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""

    @property
    def says_it_in_one_line(self) -> bool:
        """Whether nothing was said but one line that names the program."""
        return self.out == "" and self.err.count("\n") == 1 and self.err.startswith("policytrail: ")


class Running:
    """A command under way."""

    def __init__(self, process: ForkServerProcess, out: Path, err: Path) -> None:
        self._process = process
        self._out = out
        self._err = err

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid or 0

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return not self._process.is_alive()

    def send(self, which: signal.Signals) -> None:
        """Send a signal, unless it ended meanwhile."""
        if not self.ended:
            os.kill(self.pid, which)

    def wait(self) -> Ran:
        """Wait for its end."""
        self._process.join(_LONGEST)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
            raise TimeoutError(f"no end within {_LONGEST} s: {self._err.read_text('utf-8')}")
        return Ran(
            code=self._process.exitcode,
            out=self._out.read_text("utf-8"),
            err=self._err.read_text("utf-8"),
            peak=int(self._err.with_suffix(".peak").read_text("utf-8") or 0),
        )


def begin(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    scratch: Path,
    largest_file: int | None = None,
) -> Running:
    """Start `policytrail` with arguments; `largest_file` bytes is all that the disk takes."""
    ensure_running()
    place = scratch / os.urandom(8).hex()
    out, err = place.with_suffix(".out"), place.with_suffix(".err")
    for path in (out, err, place.with_suffix(".peak")):
        path.touch()  # the process may be killed before it opens them
    copied = None if largest_file else template()
    process = _FORKS.Process(
        target=_work,
        args=(list(arguments), dict(environment), str(out), str(err), largest_file, copied),
    )
    process.start()
    return Running(process, out, err)


def ensure_running() -> None:
    """Start the process to fork from, which has to find the module that it preloads.

    Once it runs it stays as it is, so this has to come before any other test needs such a process.
    """
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests"), *([path] if path else [])])
    try:
        forkserver.ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if path is not None:
            os.environ["PYTHONPATH"] = path


def _work(
    arguments: list[str],
    environment: dict[str, str],
    out: str,
    err: str,
    largest: int | None,
    copied: Path | None,
) -> None:
    for path, number in ((out, 1), (err, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    # What the command starts is forked from the same process, which has imported everything.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
    if copied:
        copy_from(copied)
    sys.argv = ["policytrail", *arguments]
    from pipelines.cli.main import main

    try:
        main()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        Path(err).with_suffix(".peak").write_text(str(peak), "utf-8")
