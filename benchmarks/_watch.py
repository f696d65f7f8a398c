"""Work done by the number in processes that are watched: none takes the watcher down. Uses psutil.

A process that ends, or takes too long or too much memory, is replaced by another; what became of
its number is told, and the rest goes on.
"""

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

import psutil

_LOOK = 0.2
_UNIT = 1 if sys.platform == "darwin" else 1024

Work = Callable[[int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a number may take: seconds of CPU and of the clock, and bytes of memory."""

    cpu: float = 10.0
    clock: float = 60.0  # a process that waits for nothing takes no CPU
    memory: int = 1 << 30

    def broken(self, cpu: float, clock: float, memory: int) -> str:
        """Say which is broken, "" where none is."""
        if cpu > self.cpu:
            return f"took {cpu:.0f} s of CPU"
        if clock > self.clock:
            return f"took {clock:.0f} s by the clock"
        return f"took {memory >> 20} MB" if memory > self.memory else ""


USUAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a number took: CPU seconds, and bytes of memory where it set a new mark, else 0.

    `flaw` is "" where all went well; else it says what happened, in its last line most briefly.
    """

    index: int
    seconds: float
    memory: int
    flaw: str = ""


def watched(
    work: Work, numbers: Iterable[int], workers: int, limits: Limits = USUAL
) -> Iterator[Done]:
    """Do `work` for each number on so many processes; give each as it is done."""
    left = iter(numbers)
    with TemporaryDirectory() as folder:
        team = [_Worker(work, Path(folder) / f"{place}", limits) for place in range(workers)]
        try:
            for worker in team:
                worker.give(next(left, None))
            while busy := [worker for worker in team if worker.index is not None]:
                ready = wait([worker.pipe for worker in busy], timeout=_LOOK)
                for worker in busy:
                    done = worker.answer() if worker.pipe in ready else worker.excess()
                    if done:
                        worker.give(next(left, None))
                        yield done
        finally:
            for worker in team:
                worker.dismiss()


class _Worker:
    """A process that works, and the file that its last words go to."""

    def __init__(self, work: Work, errors: Path, limits: Limits) -> None:
        self.work, self.errors, self.limits = work, errors, limits
        self.index: int | None = None
        self.hire()

    def hire(self) -> None:
        """Start a process."""
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(other, self.work, self.errors), daemon=True
        )
        self.process.start()
        other.close()
        self.usage = psutil.Process(self.process.pid)
        self.pipe.recv()  # it is ready: what it takes from here on is the work's

    def give(self, index: int | None) -> None:
        """Hand out a number; None is the end."""
        self.index = index
        if index is not None:
            self.began, self.cpu, self.memory = monotonic(), self._cpu(), self._memory()
            self.pipe.send(index)

    def answer(self) -> Done | None:
        """Take the answer, or the last words of a process that ended without one."""
        assert self.index is not None
        try:
            seconds, memory = self.pipe.recv()
        except EOFError:
            self.process.join()
            words = self.errors.read_text(errors="replace").strip()
            return self._replaced(words or f"ended with {self.process.exitcode}")
        if flaw := self.limits.broken(seconds, 0, memory):
            return self._replaced(flaw)
        return Done(index=self.index, seconds=seconds, memory=memory)

    def excess(self) -> Done | None:
        """Give None while the process keeps within what it may take."""
        flaw = self.limits.broken(
            self._cpu() - self.cpu, monotonic() - self.began, self._memory() - self.memory
        )
        return self._replaced(flaw) if flaw else None

    def dismiss(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def _replaced(self, flaw: str) -> Done:
        assert self.index is not None
        done = Done(index=self.index, seconds=monotonic() - self.began, memory=0, flaw=flaw)
        self.dismiss()
        self.hire()
        return done

    def _cpu(self) -> float:
        times = self.usage.cpu_times()
        return float(times.user + times.system)

    def _memory(self) -> int:
        return int(self.usage.memory_info().rss)


def _serve(pipe: Connection, work: Work, errors: Path) -> None:
    # Ctrl+C reaches the whole group; the watcher alone decides how to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with errors.open("wb") as words:
        os.dup2(words.fileno(), sys.stderr.fileno())
    pipe.send("ready")
    while (index := _next(pipe)) is not None:
        before, held, began = _most(), psutil.Process().memory_info().rss, process_time()
        work(index)
        seconds, most = process_time() - began, _most()
        pipe.send((seconds, most - held if most > before else 0))


def _next(pipe: Connection) -> int | None:
    try:
        return int(pipe.recv())
    except EOFError:  # the watcher is gone
        return None


def _most() -> int:
    """Give the most memory the process held, in bytes."""
    # What the parent held counts as the child's own in ru_maxrss.
    status = Path("/proc/self/status")
    for line in status.read_text("ascii").splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
