"""The dataset as Parquet, beside DuckDB's own COPY of the same tables, on an archive of any size.

`--policies 130000` makes an archive of a million versions (7 GB of text, most of an hour), the
default one of 20,000. With `--data` the archive is kept and used again. Ours is the whole folder:
sorted, with papers and sums, on the disk; beside it COPY writes the tables as they lie. Exits with
1 where ours has less than 0.7 of COPY's speed or takes more than 4 GB.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import _archive
from benchmarks._bulk import Bulk
from benchmarks._common import ROOT, table
from pipelines.database.file import NAME, reading

_LEAST = 0.7  # of the speed of COPY
_MOST = 4_000  # MB of all processes together
_HOW = {
    "ours": "policytrail export",
    "tables": "COPY of the tables as they lie",
    "queries": "COPY of the same queries",
}


def main() -> int:
    """Measure, print, and say whether both limits hold."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--policies", type=int, default=2_500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, help="keep the archive in this folder")
    options = parser.parse_args()
    with _folders(options.data) as (data, scratch):
        _make(data, options.policies)
        found: dict[str, list[dict[str, float]]] = {how: [] for how in _HOW}
        for _ in range(options.rounds):
            for how, runs in found.items():
                runs += _export(data, scratch / "out", how)
    seconds = {how: median(run["seconds"] for run in runs) for how, runs in found.items() if runs}
    peak = max(run["peak"] for run in found["ours"])
    rows = [_row(how, runs[0], seconds[how]) for how, runs in found.items() if runs]
    print(table(["", "versions", "seconds", "versions/s", "MB on disk", "peak MB"], rows))
    ratio = seconds["tables"] / seconds["ours"]
    print(f"speed beside COPY of the tables {ratio:.2f}, at least {_LEAST}")
    if "queries" in seconds:
        print(f"speed beside COPY of the same queries {seconds['queries'] / seconds['ours']:.2f}")
    print(f"highest peak of memory {peak:,.0f} MB, limit {_MOST:,}")
    print(f"progress told {found['ours'][0]['steps']:.0f} times")
    return int(ratio < _LEAST or peak > _MOST)


def _row(how: str, run: dict[str, float], seconds: float) -> list[str]:
    figures = (run["versions"], seconds, run["versions"] / seconds, run["bytes"] / 1e6, run["peak"])
    forms = (",.0f", ",.1f", ",.0f", ",.1f", ",.0f")
    return [_HOW[how], *(f"{each:{form}}" for each, form in zip(figures, forms, strict=True))]


@contextmanager
def _folders(data: Path | None) -> Iterator[tuple[Path, Path]]:
    where = None if data is None else data.absolute().parent
    with TemporaryDirectory(dir=where) as scratch:
        yield data or Path(scratch) / "data", Path(scratch)


def _make(data: Path, policies: int) -> None:
    began = perf_counter()
    if not (data / NAME).exists():
        _archive.begin(data)
    with reading(data) as connection:
        (present,) = connection.execute("SELECT count(*) FROM policies").fetchall()[0]
    _archive.fill(data, Bulk(), present, policies)
    size = (data / NAME).stat().st_size / 1e6
    took = perf_counter() - began
    print(f"an archive of {size:,.0f} MB, {took:,.0f} s", file=sys.stderr, flush=True)


def _export(data: Path, folder: Path, how: str) -> list[dict[str, float]]:
    """Export in a process of its own; give what it says, and its peak with all its children.

    Nothing where COPY of the queries could not: it must hold what it sorts.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._exported", str(data), str(folder), how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    assert process.stdout is not None
    with process.stdout as stream:
        said = stream.read()
    shutil.rmtree(folder, ignore_errors=True)
    if process.returncode and how == "queries":
        print(f"{_HOW[how]} ended with {process.returncode}", flush=True)
        return []
    if process.returncode:
        raise SystemExit(f"{_HOW[how]} ended with {process.returncode}")
    return [json.loads(said) | {"peak": peak / 1e6}]


def _memory(pid: int) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        mother = psutil.Process(pid)
        for process in (mother, *mother.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total


if __name__ == "__main__":
    sys.exit(main())
