"""Batches of facts, each written in one short turn. One thread. Owns duckdb."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crawler.errors import PolicytrailError
from pipelines.database.file import CannotWrite, Connection, writing


@dataclass(slots=True, kw_only=True)
class Batch:
    """Facts on their way to the file, a list of rows per table; states by capture key.

    Its length is that of the longest list: so many results, of some rows each.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    states: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return max(len(self.states), *map(len, self.rows.values()), 0)


class Writer:
    """Takes facts at any time and writes them when there are enough, or after a moment.

    `load` writes one batch into an open transaction; `before` runs ahead of each turn, so that
    no row is ever ahead of the bytes that it speaks of.
    """

    def __init__(
        self,
        data: Path,
        load: Callable[[Connection, Batch], None],
        before: Callable[[], None],
        size: int,
        seconds: float,
    ) -> None:
        self._data = data
        self._load = load
        self._before = before
        self._size = size
        self._seconds = seconds
        self._batch = Batch()
        self._busy = False
        self._urgent = False
        self._wake = threading.Condition()
        self._closing = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="policytrail-writer", daemon=True)
        self._thread.start()

    def change(self, edit: Callable[[Batch], None]) -> None:
        """Add facts to the batch at hand; raises what an earlier turn died of."""
        with self._wake:
            self._raise()
            if self._closing:
                raise ValueError("the writer is closed: these facts would be lost")
            edit(self._batch)
            if len(self._batch) >= self._size:
                self._wake.notify_all()

    def flush(self) -> None:
        """Wait until everything given so far is in the file."""
        with self._wake:
            while (self._batch or self._busy) and self._error is None:
                self._urgent = True
                self._wake.notify_all()
                self._wake.wait(0.05)
            self._urgent = False
            self._raise()

    def close(self) -> None:
        """Write what is left and end the thread; raises what a turn died of."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        self._thread.join()
        self._raise()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        due = time.monotonic() + self._seconds
        while True:
            with self._wake:
                self._wake.wait_for(self._is_ready, 0.1)
                if not self._is_ready() and time.monotonic() < due:
                    continue
                batch, self._batch, self._busy = self._batch, Batch(), True
                closing = self._closing
            self._turn(batch)
            due = time.monotonic() + self._seconds
            if closing or self._error is not None:
                return

    def _is_ready(self) -> bool:
        urgent = self._urgent and len(self._batch) > 0
        return len(self._batch) >= self._size or urgent or self._closing

    def _turn(self, batch: Batch) -> None:
        try:
            if batch:
                self._before()
                with writing(self._data, patience=float("inf")) as connection:
                    self._load(connection, batch)
        except duckdb.Error as error:
            self._error = CannotWrite(self._data, error)
        except (OSError, PolicytrailError) as error:
            self._error = error
        finally:
            with self._wake:
                self._error = self._error or sys.exception()  # a bug of ours, too, must be heard
                self._busy = False
                self._wake.notify_all()
