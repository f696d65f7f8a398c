"""One command of the user's for one line of input, within a time, and interrupted as a whole."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType, TracebackType
from typing import IO, Self

from crawler.errors import PolicytrailError

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STDERR = 2  # stdout is for our own data


def is_interrupt(error: BaseException) -> bool:
    """Say whether it is Ctrl-C, also where DuckDB was told in the middle of a query."""
    return isinstance(error, KeyboardInterrupt) or str(error) == "Query interrupted"


class Interrupts:
    """While entered, Ctrl-C and SIGTERM raise KeyboardInterrupt; what had them has them back.

    Held, they wait: raised while a process is being started, they would leave it running.
    """

    def __init__(self) -> None:
        self._held = False
        self._came = False
        self._before: list[tuple[signal.Signals, object]] = []

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._hear)) for number in _SIGNALS]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)  # type: ignore[arg-type]

    def hold(self) -> None:
        """Let none through until `release`."""
        self._held = True

    def release(self) -> None:
        """Raise KeyboardInterrupt if one came meanwhile."""
        self._held = False
        if self._came:
            raise KeyboardInterrupt

    def check(self) -> None:
        """Raise KeyboardInterrupt again if one came and was lost inside a library."""
        if self._came:
            raise KeyboardInterrupt

    def _hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a handler's
        self._came = True
        if not self._held:
            raise KeyboardInterrupt


def run(
    words: Sequence[str],
    line: str,
    longest: float,
    interrupts: Interrupts,
    said: IO[bytes] | None = None,
) -> str | None:
    """Run a command with a line on its standard input; give what went wrong, if anything did.

    Its output goes to stderr, or all that it says into the file `said`. After `longest` seconds,
    or interrupted, it ends with all that it started. Raises PolicytrailError where it cannot be
    started.
    """
    interrupts.hold()
    try:
        # A group of its own: Ctrl-C is ours to hand on, and what it started can be ended too.
        process = subprocess.Popen(  # noqa: S603 - the command is the user's own
            words, stdin=subprocess.PIPE, stdout=said or _STDERR, stderr=said, process_group=0
        )
    except OSError as error:
        interrupts.release()
        raise PolicytrailError(
            f"cannot run {words[0]}: {error.strerror or error}: mend it, and the next crawl "
            "with --on-change tells what changed"
        ) from error
    with process:
        try:
            interrupts.release()
            process.communicate(line.encode(), timeout=longest)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"did not end within {longest:g} s"
        except KeyboardInterrupt:
            _end(process)
            raise
    code = process.returncode
    if code == 0:
        return None
    return f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):  # it ended by itself at that very moment
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
