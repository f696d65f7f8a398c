"""What keeping and reading cost, beside a Scrapy spider that throws every page away.

Processes take turns on one sandbox: the bare spider, the crawl without extraction, the
extractor alone on the same bodies, the crawl with extraction. Exits with 1 when the crawl
without extraction is slower than 0.6 of the bare spider, or the crawl with extraction takes
more than 1.25 of the CPU of its two parts.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # a requests.py lies beside this file

from benchmarks._common import Cost, answered, crawl, serving, spend, table
from benchmarks._pages import invented, real, timestamp, uri_r, write_archive, write_vendors

CAPTURES = 40
LEAST_SPEED = 0.6
MOST_CPU = 1.25
WITHOUT_EXTRACTION = {
    "ITEM_PIPELINES": json.dumps(
        {"pipelines.stages.KeepMemento": 100, "pipelines.stages.LoadLedger": 300}
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process at work. `steady`: pages a second from the first answer to the last."""

    whole: float
    steady: float
    cpu: float


@dataclass(slots=True, kw_only=True)
class Bench:
    """A served archive of `pages` captures, and the runs on it so far, by name."""

    folder: Path
    url: str
    pages: int
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def ask(self, name: str, module: str, *words: str) -> None:
        """Run a client that takes a file of addresses."""
        self.measure(name, lambda: spend(module, str(self.folder / "addresses.txt"), *words))

    def crawl(self, name: str, settings: Mapping[str, str]) -> None:
        """Crawl everything into a new data folder."""
        data = self.folder / "data"
        vendors = self.folder / "vendors.toml"
        self.measure(name, lambda: crawl(data, vendors, self.url, settings))
        shutil.rmtree(data)

    def extract(self, name: str) -> None:
        """Read all bodies; the CPU of its start is left out, as it is in the crawl's too."""
        cost = spend("benchmarks._extract", str(self.folder / "archive"))
        cpu = float(cost.output.split()[-1])
        self.add(name, Run(whole=self.pages / cost.seconds, steady=0.0, cpu=cpu / self.pages))

    def measure(self, name: str, run: Callable[[], Cost]) -> None:
        """Run a client and count its mementos in the sandbox's log."""
        log = self.folder / "requests.jsonl"
        before = len(log.read_bytes().splitlines())
        cost = run()
        moments = answered(log, before)
        if len(moments) != self.pages:
            raise SystemExit(f"{name}: {len(moments)} mementos asked for, not {self.pages}")
        self.add(
            name,
            Run(
                whole=self.pages / cost.seconds,
                steady=(self.pages - 1) / (moments[-1] - moments[0]),
                cpu=cost.cpu / self.pages,
            ),
        )

    def add(self, name: str, run: Run) -> None:
        """Take in a run and say so."""
        self.runs.setdefault(name, []).append(run)
        print(
            f"  {name:28} {run.whole:6.1f} pages/s whole, {run.steady:6.1f} steady, "
            f"{run.cpu * 1000:6.2f} ms CPU a page",
            flush=True,
        )

    def ratio(self, value: Callable[[int], float]) -> float:
        """Give the median over the rounds of what is measured within one."""
        return median(value(place) for place in range(len(self.runs["bare"])))


def main() -> int:
    """Measure, print the table, and say whether both promises are kept."""
    options = _options()
    addresses = max(options.pages // CAPTURES, 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = (
            real(options.corpus)
            if options.corpus
            else invented(addresses, CAPTURES, options.stands)
        )
        write_archive(folder / "archive", addresses, CAPTURES, pages)
        write_vendors(folder / "vendors.toml", addresses)
        with serving(folder / "archive", folder / "requests.jsonl") as url:
            _write_addresses(folder / "addresses.txt", url, addresses)
            bench = Bench(folder=folder, url=url, pages=addresses * CAPTURES)
            bench.ask("sandbox alone", "benchmarks._load")
            for turn in range(options.rounds):
                print(f"round {turn + 1} of {options.rounds}", flush=True)
                _round(bench, backwards=bool(turn % 2))
    return _judge(bench)


def _round(bench: Bench, *, backwards: bool) -> None:
    steps: list[Callable[[], None]] = [
        lambda: bench.ask("bare", "benchmarks._bare"),
        lambda: bench.ask("bare, tuned", "benchmarks._bare", "tuned"),
        lambda: bench.crawl("without extraction", WITHOUT_EXTRACTION),
        lambda: bench.extract("extractor alone"),
        lambda: bench.crawl("with extraction", {}),
    ]
    for step in reversed(steps) if backwards else steps:
        step()


def _judge(bench: Bench) -> int:
    bare, kept, alone, read = (
        bench.runs[name]
        for name in ("bare", "without extraction", "extractor alone", "with extraction")
    )
    tuned = bench.runs["bare, tuned"]
    steady = bench.ratio(lambda n: kept[n].steady / bare[n].steady)
    harder = bench.ratio(lambda n: kept[n].steady / tuned[n].steady)
    whole = bench.ratio(lambda n: kept[n].whole / bare[n].whole)
    cpu = bench.ratio(lambda n: read[n].cpu / (kept[n].cpu + alone[n].cpu))
    print(f"\n{bench.pages:,} pages, medians\n")
    print(table(("run", "pages/s", "steady pages/s", "CPU ms a page"), _rows(bench)))
    print(f"\nsteady speed without extraction / bare: {steady:.2f} (at least {LEAST_SPEED})")
    print(f"the same beside the tuned bare spider:  {harder:.2f}")
    print(f"whole process, start and end included:  {whole:.2f}")
    print(f"CPU with extraction / its two parts:    {cpu:.2f} (at most {MOST_CPU})")
    ceiling = bench.runs["sandbox alone"][0].steady
    if ceiling < 1.5 * median(run.steady for run in bare):
        print("The sandbox itself is nearly as slow as the bare spider: ratios are too kind.")
    return int(steady < LEAST_SPEED or cpu > MOST_CPU)


def _rows(bench: Bench) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{median(run.whole for run in runs):.0f}",
            f"{median(run.steady for run in runs):.0f}" if runs[0].steady else "",
            f"{median(run.cpu for run in runs) * 1000:.1f}",
        )
        for name, runs in bench.runs.items()
    ]


def _write_addresses(path: Path, url: str, addresses: int) -> None:
    lines = (
        f"{url}/web/{timestamp(edition)}id_/{uri_r(vendor)}"
        for vendor in range(addresses)
        for edition in range(CAPTURES)
    )
    path.write_text("\n".join(lines), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000, help="captures, in steps of 40")
    parser.add_argument("--rounds", type=int, default=3, help="how often the four take turns")
    parser.add_argument("--stands", type=int, default=8, help="captures that a text stands for")
    parser.add_argument("--corpus", type=Path, help="use the HTML files below this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
