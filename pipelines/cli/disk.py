"""What a data folder takes on its disk. Standard library only."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.database.file import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Bytes of the database (its log included) and of the WARC files, and bytes left."""

    database: int
    warc: int
    free: int


def disk_use(data: Path) -> Disk:
    """Measure a data folder; raises OSError where it cannot be read."""
    database = [path for path in (data / NAME, data / f"{NAME}.wal") if path.exists()]
    warc = [path for path in (data / "warc").glob("*") if path.is_file()]
    return Disk(
        database=sum(path.stat().st_size for path in database),
        warc=sum(path.stat().st_size for path in warc),
        free=shutil.disk_usage(data).free,
    )


def spell_bytes(size: float) -> str:
    """Spell a size for a person, in powers of ten."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 99.5 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
