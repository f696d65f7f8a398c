"""How well the pace is kept, and how little of it is lost: one and three crawls at once.

For each budget, the sandbox's own log gives two ratios. `fullest minute` is the most requests
that any 60 seconds held, to the budget: it must not exceed 1. `time taken` is from the first
request to the last, to what the budget allows for as many: it should not exceed 1.05. Budgets
below 600 a minute are run at the same time, each on an archive of its own; a minute and a
quarter must be filled for each, so that the whole takes some seven minutes. An argument names
other budgets: `politeness.py 60 600`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from crawler.sandbox.archive import Archive, ArchivedCapture, capture  # noqa: E402
from crawler.sandbox.server import Sandbox  # noqa: E402

BUDGETS = (6, 24, 60, 600, 6000)
FILLED = 1.25  # minutes
TOGETHER = 600
COMMAND = "from pipelines.cli.main import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """So many crawls at once, at a budget of so many listings or mementos a minute."""

    kind: str
    budget: int
    processes: int

    @property
    def requests(self) -> int:
        """How many requests each crawl makes."""
        return -(-int(self.budget * FILLED + 2) // self.processes)

    def run(self) -> str:
        """Run the crawls to their end; give a line of the table."""
        with TemporaryDirectory() as folder, Sandbox(Archive(self.captures())) as sandbox:
            crawls = [
                self.start(Path(folder), place, sandbox.url) for place in range(self.processes)
            ]
            codes = [crawl.wait() for crawl in crawls]
            moments = [request.monotonic for request in sandbox.log.of(self.kind)]
        if any(codes) or len(moments) != self.requests * self.processes:
            raise SystemExit(f"{self}: ended with {codes} after {len(moments)} requests")
        taken = (moments[-1] - moments[0]) / ((len(moments) - 1) * 60 / self.budget)
        fullest = most_in_a_minute(moments) / self.budget
        words = f"{self.kind:<9}{self.budget:>7}{self.processes:>10}{len(moments):>9}"
        return f"{words}{fullest:>15.3f}{taken:>11.3f}"

    def captures(self) -> Iterator[ArchivedCapture]:
        """What the archive holds: for listings nothing, which is listed soonest."""
        if self.kind == "playback":
            for place in range(self.processes):
                for number in range(self.requests):
                    moment = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=number)
                    page = f"<p>Notice {number} of desk {place}.</p>"
                    yield capture(address(place, 0), f"{moment:%Y%m%d%H%M%S}", page)

    def start(self, folder: Path, place: int, archive: str) -> subprocess.Popen[bytes]:
        """Start one crawl, with a data folder of its own and the state folder of all."""
        policies = self.requests if self.kind == "cdx" else 1
        vendors = folder / f"{place}.toml"
        vendors.write_text(
            "".join(vendor(place, number) for number in range(policies)), encoding="utf-8"
        )
        settings = {
            "CDX_REQUESTS_PER_MINUTE": 60_000,
            "PLAYBACK_REQUESTS_PER_MINUTE": 60_000,
            "PLAYBACK_CONCURRENCY": 8,
            f"{self.kind.upper()}_REQUESTS_PER_MINUTE": self.budget,
        }
        options = [word for name in settings for word in ("-s", f"{name}={settings[name]}")]
        where = ["--vendors", str(vendors), "--archive", archive]
        data = str(folder / f"{place}")
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, "--data", data, "crawl", *where, *options],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def address(place: int, number: int) -> str:
    """The address of an invented policy."""
    return f"http://desk{place}n{number}.example/privacy"


def vendor(place: int, number: int) -> str:
    """An invented vendor's entry in the list."""
    name = f"desk{place}n{number}"
    return (
        f'[[vendor]]\nid = "{name}"\nname = "{name}"\nhomepage = "http://{name}.example/"\n'
        f'[[vendor.policy]]\nkind = "privacy"\n'
        f'locations = [{{ uri_r = "{address(place, number)}" }}]\n'
    )


def most_in_a_minute(moments: Sequence[float]) -> int:
    """The most requests that any closed 60 seconds hold."""
    first = most = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > 60:
            first += 1
        most = max(most, last - first + 1)
    return most


def main(budgets: Sequence[int]) -> None:
    """Run every race and print its line."""
    races = [
        Race(kind=kind, budget=budget, processes=processes)
        for budget in budgets
        for kind in ("cdx", "playback")
        for processes in (1, 3)
        if kind == "playback" or budget <= 60  # nobody lists faster
    ]
    print("kind      budget processes requests fullest minute time taken")
    slow = [race for race in races if race.budget < TOGETHER]
    with ThreadPoolExecutor(max_workers=len(slow) or 1) as pool:
        for line in pool.map(Race.run, slow):
            print(line, flush=True)
    for race in races:
        if race not in slow:
            print(race.run(), flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or BUDGETS)
