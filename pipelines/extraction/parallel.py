"""Many bodies on all cores, in the order asked, each within limits. Standard library only."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path

from crawler.errors import AskedWrongly
from pipelines.extraction.extract import Extraction, refused
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.reader import Body, Limits, Reader, ReaderFailed

# Starting a process takes longer than reading this many pages.
_FEW = 8
# Pages under way or read ahead, for each worker: enough that none waits behind a long page.
_AHEAD = 4
_TRIES = 2
LIMITS = Limits()


@dataclass(slots=True, kw_only=True)
class _Task:
    body: Body
    tries: int = 0
    found: Extraction | None = None


class Crew:
    """Processes that read bodies, started when they are needed; a page beyond the limits is
    refused as `too-large`, and whoever read it is replaced. For one thread at a time."""

    def __init__(self, workers: int = 1, limits: Limits = LIMITS) -> None:
        self._workers = workers
        self._limits = limits
        self._free: list[Reader] = []
        self._busy: dict[Reader, _Task] = {}

    def read(self, body: Body) -> Extraction:
        """Read one body. Raises ReaderFailed."""
        return self.finish(self.take(body))

    def take(self, body: Body) -> _Task:
        """Hand a body to whoever is free, waiting for one if need be."""
        task = _Task(body=body)
        self._assign(task)
        return task

    def finish(self, task: _Task) -> Extraction:
        """Wait for what was made of a body."""
        while task.found is None:
            self._listen()
        return task.found

    def close(self) -> None:
        """End every process; what is under way is lost."""
        for reader in (*self._free, *self._busy):
            reader.close()
        self._free.clear()
        self._busy.clear()

    def _assign(self, task: _Task) -> None:
        while not self._free and len(self._busy) >= self._workers:
            self._listen()
        # A second time it is read by a new one: pages before may have filled the memory.
        anew = task.tries > 0 or not self._free
        reader = Reader(self._limits) if anew else self._free.pop()
        task.tries += 1
        self._busy[reader] = task
        reader.ask(task.body)

    def _listen(self) -> None:
        """Take in what is ready, and give up what takes too long."""
        until = min(reader.until for reader in self._busy)
        ready = wait([reader.pipe for reader in self._busy], max(0.0, until - time.monotonic()))
        now = time.monotonic()
        for reader in [each for each in self._busy if each.pipe in ready or each.until <= now]:
            task = self._busy.pop(reader)
            found = _answer(reader, last=task.tries >= _TRIES)
            if reader.is_open():
                self._free.append(reader)
            if found is None and task.tries < _TRIES:
                self._assign(task)
            else:
                task.found = found or refused("too-large")


def _answer(reader: Reader, *, last: bool) -> Extraction | None:
    """Give what a reader says; None where it is to be tried once more."""
    try:
        return reader.answer()
    except ReaderFailed:  # whoever stops everything may have ended it as well
        if last:
            raise
        return None


def read_all(
    items: Iterable[Body], workers: int | None = None, limits: Limits = LIMITS
) -> Iterator[tuple[Body, Extraction]]:
    """Extract many bodies, in input order, at most `workers` (all cores) at once.

    `items` is read only a little ahead, so it may be endless or come from a file. A page beyond
    the limits is refused as `too-large`. Raises ReaderFailed.
    """
    waiting = iter(items)
    first = list(islice(waiting, _FEW))
    workers = (workers or os.cpu_count() or 1) if len(first) == _FEW else 1
    crew = Crew(workers, limits)
    under_way: deque[_Task] = deque()
    try:
        for item in chain(first, waiting):
            under_way.append(crew.take(item))
            while under_way and (under_way[0].found or len(under_way) >= workers * _AHEAD):
                task = under_way.popleft()
                yield task.body, crew.finish(task)
        for task in under_way:
            yield task.body, crew.finish(task)
    finally:
        crew.close()


def must_be_readable(file: Path) -> None:
    """Raise AskedWrongly unless a file can be opened."""
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise AskedWrongly(f"cannot read {file}: {error.strerror}") from error


def row_of(name: str, extraction: Extraction) -> dict[str, str | float | None]:
    """Write down what was read of a page, for a program: a contract."""
    stated = extraction.stated_date
    return {
        "file": name,
        "verdict": extraction.verdict,
        "reason": extraction.reason,
        "score": extraction.score,
        "language": extraction.language,
        "title": extraction.title,
        "stated_date": stated.isoformat() if stated else None,
        "text": extraction.text,
        "text_id": extraction.text_id,
        "normalized_id": extraction.normalized_id,
        "undated_id": extraction.undated_id,
        "extractor_id": current_extractor().extractor_id,
    }
