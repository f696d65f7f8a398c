"""A process that reads one body at a time within limits. Standard library only.

No rule foresees every page, and neither a regular expression nor a parser can be interrupted
from within. So a page is read by a process that the system itself ends.
"""

import gc
import multiprocessing
import resource
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from crawler.errors import PolicytrailError
from pipelines.extraction.extract import Extraction, extract, refused

# Ends that a page can bring about; every other one is no page's fault.
_FATAL = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL)
_KILLED = tuple(-number for number in (*_FATAL, signal.SIGKILL))
_PAGE_BYTES = resource.getpagesize()
_WARM = b"<html><body><p>We keep what you tell us as long as the law wants us to.</p></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body to read; `key` is the caller's own name for it and comes back untouched."""

    key: str
    body: bytes
    content_type: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one page may take: seconds of processor time, bytes of memory, seconds by the clock.

    Processor time decides, so that a busy machine refuses no page that an idle one reads.
    """

    seconds: float = 10.0
    memory: int = 1_000_000_000
    patience: float = 60.0


class ReaderFailed(PolicytrailError):  # noqa: N818
    """A process that reads pages ended, and no page was to blame."""

    def __init__(self, code: int | None) -> None:
        how = f"was ended by signal {-code}" if code and code < 0 else f"ended with code {code}"
        super().__init__(
            f"a process that reads pages {how}: nothing before is lost; run again, and report it "
            "with what is above if it comes back"
        )
        self.code = code


class Reader:
    """Reads one body at a time; to be closed and replaced once `answer` gave None."""

    def __init__(self, limits: Limits) -> None:
        # Forked from a process that has imported everything and has no thread.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipelines.extraction.extract"])
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, limits), daemon=True)
        self._process.start()
        theirs.close()
        self._patience = limits.patience
        self._ready = False
        self.until = float("inf")

    def ask(self, body: Body) -> None:
        """Hand over a body; the clock runs from now. Raises ReaderFailed."""
        if not self._ready:
            self._ready = bool(self._receive())
            if not self._ready:
                raise ReaderFailed(self._process.exitcode)
        self.until = time.monotonic() + self._patience
        try:
            self.pipe.send(body)
        except ConnectionError:
            return  # its end is what `answer` will find

    def answer(self) -> Extraction | None:
        """Give what was read, once `pipe` has something or `until` is over.

        None where the memory did not suffice or the process was killed, which may be the fault
        of pages before; raises ReaderFailed where no page can be to blame.
        """
        if not self.pipe.poll() and time.monotonic() >= self.until:
            self.close()
            return refused("too-large")
        received = self._receive()
        if isinstance(received, Extraction):
            return received
        self.close()
        code = self._process.exitcode
        if received is None and code == -signal.SIGPROF:
            return refused("too-large")
        if received is None and code not in _KILLED:
            raise ReaderFailed(code)
        return None

    def is_open(self) -> bool:
        """Say whether it can be asked again."""
        return not self.pipe.closed

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _receive(self) -> object:
        """Give what the process sent, None where it ended instead."""
        try:
            return self.pipe.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            return None


def _serve(pipe: Connection, limits: Limits) -> None:
    # Ctrl+C reaches the whole group; the parent alone decides how to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    extract(_WARM)
    # What was imported stays: looking through it for garbage takes a tenth of the time.
    gc.freeze()
    _limit_memory(limits.memory)
    try:
        pipe.send(True)
        while True:
            pipe.send(_read(pipe.recv(), limits))
    except (EOFError, ConnectionError):
        return
    except MemoryError:
        pipe.send(False)


def _read(item: Body, limits: Limits) -> Extraction:
    # Its signal ends the process: no handler of ours would be heard inside a parser.
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    try:
        return extract(item.body, content_type=item.content_type, url=item.url)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory(memory: int) -> None:
    """Bound the address space to what is resident now, and grows, up to so many bytes."""
    try:
        taken, resident = Path("/proc/self/statm").read_text("ascii").split()[:2]
    except OSError:  # only Linux tells, and only there the bound is kept
        return
    most = (int(taken) - int(resident)) * _PAGE_BYTES + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )
