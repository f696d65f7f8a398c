"""Lines sorted by their bytes, however many: in chunks on the disk. Standard library only."""

import heapq
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_CHUNK = 100_000


class SortedLines:
    """Takes lines in any order and gives them in the order of their bytes, each once."""

    def __init__(self, folder: Path, chunk: int = _CHUNK) -> None:
        self.folder = folder
        self.chunk = chunk
        self._lines: set[bytes] = set()
        self._runs: list[IO[bytes]] = []

    def add(self, line: bytes) -> None:
        """Take in a line, which ends with a line feed and holds no other."""
        self._lines.add(line)
        if len(self._lines) >= self.chunk:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Give all lines; what lay on the disk is gone afterwards."""
        self._spill()
        last = b""
        for line in heapq.merge(*self._runs):
            if line != last:
                yield line
            last = line
        for run in self._runs:
            run.close()

    def _spill(self) -> None:
        run = TemporaryFile(dir=self.folder)  # noqa: SIM115 - closed when all is merged
        run.writelines(sorted(self._lines))
        run.seek(0)
        self._runs.append(run)
        self._lines.clear()
