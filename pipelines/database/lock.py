"""One crawl at a time on a data folder, and a writer's place before readers. Owns filelock.

The system lets go of a lock when its holder dies, however it dies.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.errors import PolicytrailError, StoppedEarly

_FRONT = ".writer.lock"
_COURTESY = 0.5  # seconds: whoever holds the file longer must not keep readers from each other


class AnotherCrawl(StoppedEarly):
    """Another process works on this data folder."""

    def __init__(self, data: Path, holder: str) -> None:
        super().__init__(
            f"another crawl holds {data} (process {holder}): run again when it is done"
        )
        self.holder = holder


class FolderLock:
    """Held from `take` to `release`, or to the end of the process."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._note = data / ".crawl.pid"
        self._lock = FileLock(data / ".crawl.lock")

    def take(self) -> None:
        """Take the folder, or raise AnotherCrawl at once."""
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._note.write_text(str(os.getpid()), encoding="ascii")
        except Timeout as error:
            raise AnotherCrawl(self._data, _read(self._note)) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise PolicytrailError(
                f"cannot write in {self._data}: {reason}: name another folder with --data"
            ) from error

    def release(self) -> None:
        """Let the next crawl in."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()


def _read(note: Path) -> str:
    try:
        return note.read_text(encoding="ascii", errors="replace") or "unknown"
    except OSError:
        return "unknown"


@contextmanager
def at_the_front(data: Path) -> Iterator[None]:
    """Keep back the readers who come while the caller waits for the database file."""
    front = FileLock(data / _FRONT)
    try:
        front.acquire()
    except OSError:  # a folder that takes no file: opening the database says so better
        yield
        return
    try:
        yield
    finally:
        front.release()


def let_waiting_go_first(data: Path) -> None:
    """Wait, for a moment at most, while a writer is at the front."""
    if not (data / _FRONT).exists():
        return
    front = FileLock(data / _FRONT)
    try:
        front.acquire(timeout=_COURTESY, poll_interval=0.005)
        front.release()
    except (Timeout, OSError):
        return
