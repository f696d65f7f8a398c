"""One export of an archive by a process of its own: seconds, rows, bytes on the disk.

    python -m benchmarks._exported DATA FOLDER HOW

prints one JSON object. HOW is `ours` (the dataset folder, with its papers and sums, synced),
`tables` (DuckDB's own COPY of the same columns, as they lie) or `queries` (the same in our order).
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from pipelines.database.file import Connection, reading
from pipelines.export.choices import Choices
from pipelines.export.dataset import export_parquet, parquet_query
from pipelines.export.tables import TABLES

_OPTIONS = "FORMAT parquet, COMPRESSION zstd"


def main(data: Path, folder: Path, how: str) -> None:
    """Export and print what it took."""
    steps: list[int] = []
    with reading(data) as connection:
        began = perf_counter()
        if how == "ours":
            export_parquet(connection, folder, Choices(), steps.append)
        else:
            _copy(connection, folder, ordered=how == "queries")
        seconds = perf_counter() - began
        (rows,) = connection.execute("SELECT count(*) FROM versions").fetchall()[0]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(json.dumps({"seconds": seconds, "versions": rows, "bytes": size, "steps": len(steps)}))


def _copy(connection: Connection, folder: Path, *, ordered: bool) -> None:
    folder.mkdir()
    for table in TABLES:
        stored = ", ".join(column.name for column in table.stored)
        query = parquet_query(table) if ordered else f"SELECT {stored} FROM {table.name}"
        connection.execute(f"COPY ({query}) TO '{folder}/{table.name}.parquet' ({_OPTIONS})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
