"""An empty database, made once in a run and copied from then on.

Making one takes half a second, most of it for definitions that are the same every time; the suite
makes some hundreds. A copy is the same file. Not for tests of a disk that is full meanwhile.
"""

import shutil
from pathlib import Path

from pipelines.database import file

_MADE: list[Path] = []


def make_template(folder: Path) -> None:
    """Make the database that all others are copies of, in a folder that is there."""
    _MADE[:] = [folder / file.NAME]
    file._make(_MADE[0])


def template() -> Path | None:
    """Give the database to copy; None where it was not made."""
    return _MADE[0] if _MADE else None


def copy_from(source: Path) -> None:
    """Let this process copy a database instead of making one."""

    def copied(path: Path) -> None:
        part = path.with_name(f".{path.name}.part")
        shutil.copyfile(source, part)
        part.replace(path)

    file._make = copied
