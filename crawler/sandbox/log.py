"""Every request that a sandbox answered, in memory and in a file. Standard library only."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """One request. `kind` is cdx, playback, save or other; `status` 0 is a connection reset.

    `monotonic` is in seconds, for distances; `at` is the wall clock in UTC, ISO 8601.
    """

    monotonic: float
    at: str
    kind: str
    method: str
    path: str
    status: int
    user_agent: str
    fault: str = ""


class RequestLog:
    """The requests so far, oldest first; to be read while the sandbox runs."""

    def __init__(self, path: Path | None = None) -> None:
        self._requests: list[LoggedRequest] = []
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8") if path else None

    def __len__(self) -> int:
        return len(self._requests)

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(tuple(self._requests))

    def of(self, kind: str) -> list[LoggedRequest]:
        """Give the requests of one kind: cdx, playback, save or other."""
        return [request for request in self if request.kind == kind]

    def count(self, kind: str = "") -> int:
        """Count the requests, of one kind or of all."""
        return len(self.of(kind)) if kind else len(self)

    def clear(self) -> None:
        """Forget the requests so far; the file keeps them."""
        with self._lock:
            self._requests.clear()

    def write(
        self, kind: str, method: str, path: str, status: int, user_agent: str, fault: str
    ) -> None:
        """Take in one request, stamped with the time of this call."""
        request = LoggedRequest(
            monotonic=time.monotonic(),
            at=datetime.now(UTC).isoformat(),
            kind=kind,
            method=method,
            path=path,
            status=status,
            user_agent=user_agent,
            fault=fault,
        )
        with self._lock:
            self._requests.append(request)
            if self._file:
                self._file.write(json.dumps(asdict(request)) + "\n")
                self._file.flush()

    def close(self) -> None:
        """Close the file; what is in memory stays."""
        if self._file:
            self._file.close()
