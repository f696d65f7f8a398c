"""Two crawls of one archive, the whole and a search, and what the second one missed."""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, log2
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from crawler.bisecting import cell_of
from crawler.memento import address_key, to_datetime, to_timestamp
from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.folders import load_folder
from crawler.sandbox.server import Sandbox
from pipelines.database.file import reading

ROOT = Path(__file__).resolve().parents[1]
DAYS = 90
CAPTURES = 1000
YEARS = 10
CHANGES = 10
MOST = 0.1
_START = datetime(2010, 1, 1, tzinfo=UTC)
_SETTINGS = (
    "CDX_REQUESTS_PER_MINUTE=600000",
    "PLAYBACK_REQUESTS_PER_MINUTE=600000",
    "RETRY_WAITS_SECONDS=0,0",
)
_CHANGES = "SELECT policy_id, language, not_before, not_after FROM changes"
# Changes to a text never seen before that stood for so many days, first capture to last.
_LASTING = """
WITH new AS (
    SELECT *
    FROM versions
    QUALIFY row_number() OVER (
        PARTITION BY policy_id, language, normalized_id
        ORDER BY version
    ) = 1
)
SELECT policy_id, language, not_before, first_seen
FROM new
WHERE version > 1
  AND epoch(last_seen - first_seen) / 86400 >= ?
"""
Changes = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What one crawl took and where it is."""

    requests: int
    data: Path

    def ask(self, query: str, *values: object) -> Changes:
        """Ask its database for changes."""
        with reading(self.data) as connection:
            return set(connection.execute(query, list(values)).fetchall())


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A whole crawl and a search of the same archive."""

    what: str
    ratio: float
    over: bool
    missed: Changes
    cells: tuple[str, ...]


def main() -> int:
    """Crawl, print the table, and say whether the promise is kept."""
    parser = ArgumentParser(prog="benchmarks/bisect.py")
    parser.add_argument("--corpus", type=Path, help="a folder of real pages with a manifest")
    corpus = parser.parse_args().corpus
    invented = [
        *compare("ten changes", made(0), DAYS),
        *compare("ten changes, three texts taken back", made(3), DAYS),
    ]
    real = compare("real pages", load_folder(corpus), DAYS, 365) if corpus else []
    head = (
        *("history", "all", "search", "at most", "ratio"),
        *("same interval", "of new, lasting texts", "others"),
    )
    print(table([head, *(row.cells for row in (*invented, *real))]))
    broken = [f"{row.what}: more than a tenth" for row in invented if row.ratio > MOST]
    broken += [f"{row.what}: more requests than its changes allow" for row in invented if row.over]
    broken += [f"{row.what}: missed {missed}" for row in invented for missed in row.missed]
    for words in broken:
        print(f"NOT KEPT: {words}")
    return 1 if broken else 0


def made(undone: int) -> Archive:
    """Draw 1,000 moments in ten years, and ten changes: `undone` texts stand a few captures only.

    Each of those is two changes, there and back.
    """
    chance = Random(20)
    seconds = sorted(chance.sample(range(YEARS * 365 * 86400), CAPTURES))
    changes = chance.sample(range(1, CAPTURES), CHANGES - 2 * undone)
    texts = [sum(change <= place for change in changes) for place in range(CAPTURES)]
    for number in range(undone):
        first = chance.randrange(1, CAPTURES - 10)
        for place in range(first, first + chance.randint(2, 5)):
            texts[place] = 100 + number
    return archive_of(
        *(
            capture(
                "http://desk.example/privacy",
                to_timestamp(_START + timedelta(seconds=second)),
                _page(text, place),
            )
            for place, (second, text) in enumerate(zip(seconds, texts, strict=True))
        )
    )


def compare(what: str, archive: Archive, *widths: int) -> list[Compared]:
    """Crawl an archive as a whole and with a search on each grid, each time into a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        vendors = Path(folder) / "vendors.toml"
        write_vendors(vendors, archive)
        whole = crawl(Path(folder) / "whole", vendors, archive, "all")
        return [
            compared(
                f"{what}, a grid of {days} days",
                whole,
                crawl(Path(folder) / str(days), vendors, archive, f"bisect:{days}"),
                days,
                archive,
            )
            for days in widths
        ]


def compared(what: str, whole: Crawled, search: Crawled, days: int, archive: Archive) -> Compared:
    """Count what a search took and gave beside the whole crawl."""
    there, found = whole.ask(_CHANGES), search.ask(_CHANGES)
    lasting = whole.ask(_LASTING, days)
    ratio = search.requests / whole.requests
    most = allowed(archive, found, days)
    cells = (
        what,
        f"{whole.requests:,}",
        f"{search.requests:,}",
        f"{most:,}" if most else "",
        f"{ratio:.3f}",
        f"{len(there & found)} of {len(there)}",
        f"{len(lasting & found)} of {len(lasting)}",
        f"{len(found - there)}",
    )
    return Compared(
        what=what,
        ratio=ratio,
        over=search.requests > most,
        missed=lasting - found,
        cells=cells,
    )


def allowed(archive: Archive, found: Changes, days: int) -> int:
    """Count what a search of one address may take; 0 where there are several.

    That is its listing, its grid, and for each change that it found one request more than the
    binary logarithm of the captures in the change's gap of the grid.
    """
    if len({listed.urlkey for listed in archive.captures}) > 1:
        return 0
    moments = sorted(listed.timestamp for listed in archive.captures)
    firsts = {cell_of(to_datetime(moment), days): moment for moment in reversed(moments)}
    grid = sorted({*firsts.values(), moments[-1]})
    total = 1 + len(grid)
    for *_, not_before, not_after in found:
        left = max(point for point in grid if point <= f"{not_before:%Y%m%d%H%M%S}")
        right = min(point for point in grid if point >= f"{not_after:%Y%m%d%H%M%S}")
        between = sum(left < moment < right for moment in moments)
        total += ceil(log2(between)) + 1 if between else 0
    return total


def crawl(data: Path, vendors: Path, archive: Archive, strategy: str) -> Crawled:
    """Crawl with the command that users type, without politeness; the sandbox counts."""
    program = "from pipelines.cli.main import main; main()"
    options = [word for pair in _SETTINGS for word in ("-s", pair)]
    with Sandbox(archive) as sandbox:
        subprocess.run(
            [
                *(sys.executable, "-c", program, "--data", str(data), "crawl"),
                *("--vendors", str(vendors), "--archive", sandbox.url, "--strategy", strategy),
                *options,
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(data / "state")},
            check=True,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        requests = sandbox.log.count("cdx") + sandbox.log.count("playback")
    return Crawled(requests=requests, data=data)


def write_vendors(path: Path, archive: Archive) -> None:
    """Write a vendor list in which each address of an archive is a policy of its own."""
    addresses = {address_key(found.url): found.url for found in archive.captures}
    blocks = [
        f'[[vendor]]\nid = "v{number}"\nname = {json.dumps(urlsplit(url).netloc)}\n'
        f"homepage = {json.dumps(url)}\n\n"
        f'[[vendor.policy]]\nkind = "privacy"\nlocations = [{{ uri_r = {json.dumps(url)} }}]\n'
        for number, url in enumerate(addresses.values())
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Set rows as a Markdown table, the first one as its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (rows[0], rule, *rows[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    set_out: Iterator[str] = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(pairs)
    )
    return f"| {' | '.join(set_out)} |"


def _page(text: int, seen: int) -> str:
    paragraphs = "".join(
        f"<p>Article {number}: what you tell the desk in form {number} of edition {text} is kept "
        f"for {number + text + 2} months, and shared with nobody but the carrier.</p>"
        for number in range(12)
    )
    return (
        "<!DOCTYPE html><html lang='en'><head><title>Privacy Policy</title></head><body><main>"
        "<h1>Privacy Policy</h1><p>This privacy policy says which personal information we "
        f"collect.</p>{paragraphs}</main><!-- request {seen} --></body></html>"
    )
