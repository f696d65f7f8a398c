"""What is written at once. Each turn of writing costs the same again on a large archive, however
little it writes, so what is prepared is written together. Owns duckdb.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.database.file import Connection, writing


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be written, prepared while the file was free; `size` is how much was done."""

    size: int
    write: Callable[[Connection], None]


def take(data: Path, *turns: Turn) -> int:
    """Write in one transaction; give how much was done. Raises CannotOpen, CannotWrite."""
    with writing(data) as connection:
        for turn in turns:
            turn.write(connection)
    return sum(turn.size for turn in turns)
