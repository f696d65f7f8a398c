"""How many requests a history costs: policytrail beside waybackpack and EDGI's wayback.

50 addresses of 40 captures each, of which one in eight differs: 5 texts an address. The sandbox
counts. Exits with 1 when policytrail makes one request more than one for each page of a listing
and one for each text.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # not here: this file is no library

from benchmarks._common import crawl, table
from benchmarks._pages import timestamp, uri_r, write_vendors
from benchmarks._peers import edgi, edgi_new_texts, waybackpack, waybackpack_collapsed
from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.server import Sandbox

ADDRESSES = 50
CAPTURES = 40
TEXTS = 5
SMALL_PAGE = 15
PAGES = -(-CAPTURES // SMALL_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The requests of one run; `most` is what it may make, None for the peers."""

    what: str
    listing: int
    playback: int
    most: tuple[int, int] | None = None

    @property
    def kept(self) -> bool:
        """Whether the run made exactly the requests it must."""
        return self.most in (None, (self.listing, self.playback))

    @property
    def total(self) -> int:
        """Listings and mementos together."""
        return self.listing + self.playback


def main() -> int:
    """Count, print the tables, and say whether the promise is kept."""
    changing, returning = make_archive(CAPTURES // TEXTS), make_archive(1)
    with tempfile.TemporaryDirectory() as folder:
        counts = [
            *policytrail_counts(Path(folder), changing),
            *peer_counts(changing),
        ]
        again = [
            *policytrail_counts(Path(folder) / "returning", returning)[:1],
            *peer_counts(returning),
        ]
    print(f"{ADDRESSES} addresses, {CAPTURES} captures each, {TEXTS} texts each\n")
    print(shown(counts))
    print("\nThe same texts, taking turns: each capture differs from the one before\n")
    print(shown(again))
    broken = [count for count in (*counts, *again) if not count.kept]
    for count in broken:
        print(f"NOT KEPT: {count.what}: {count.listing} + {count.playback}, not {count.most}")
    return 1 if broken else 0


def make_archive(run: int) -> Archive:
    """Capture each address 40 times; a text stands for `run` captures, then the next, in turn."""
    return archive_of(
        *(
            capture(uri_r(vendor), timestamp(edition), _page(vendor, edition // run % TEXTS))
            for vendor in range(ADDRESSES)
            for edition in range(CAPTURES)
        )
    )


def policytrail_counts(folder: Path, archive: Archive) -> list[Count]:
    """Crawl, crawl again, and crawl anew with small pages of the listing."""
    folder.mkdir(exist_ok=True)
    vendors = folder / "vendors.toml"
    write_vendors(vendors, ADDRESSES)
    texts = ADDRESSES * TEXTS
    small = {"CDX_PAGE_ROWS": str(SMALL_PAGE)}
    runs: tuple[tuple[str, str, dict[str, str], tuple[int, int]], ...] = (
        ("policytrail", "data", {}, (ADDRESSES, texts)),
        ("policytrail, a second crawl", "data", {}, (ADDRESSES, 0)),
        (f"policytrail, {PAGES} pages a listing", "small", small, (ADDRESSES * PAGES, texts)),
    )
    return [
        _counted(archive, what, partial(_crawl, folder / data, vendors, options), most)
        for what, data, options, most in runs
    ]


def peer_counts(archive: Archive) -> list[Count]:
    """Fetch the same histories with each peer, all captures and as few as it can."""
    addresses = [uri_r(vendor) for vendor in range(ADDRESSES)]
    peers = (
        ("waybackpack, all captures", waybackpack),
        ("waybackpack --collapse digest", waybackpack_collapsed),
        ("wayback, all captures", edgi),
        ("wayback, digests not met before", edgi_new_texts),
    )
    return [_counted(archive, what, partial(fetch, addresses)) for what, fetch in peers]


def shown(counts: list[Count]) -> str:
    """Set counts as a table, each beside the first run."""
    rows = [
        (
            count.what,
            f"{count.listing:,}",
            f"{count.playback:,}",
            f"{count.total:,}",
            f"{count.total / counts[0].total:.2f}",
        )
        for count in counts
    ]
    return table(("run", "listings", "mementos", "requests", "ratio"), rows)


def _counted(
    archive: Archive,
    what: str,
    run: Callable[[str], object],
    most: tuple[int, int] | None = None,
) -> Count:
    with Sandbox(archive) as sandbox:
        run(sandbox.url)
        listing, playback = sandbox.log.count("cdx"), sandbox.log.count("playback")
    return Count(what=what, listing=listing, playback=playback, most=most)


def _crawl(data: Path, vendors: Path, options: dict[str, str], url: str) -> None:
    crawl(data, vendors, url, options)


def _page(vendor: int, text: int) -> str:
    said = " ".join(
        f"Helpdesk {vendor} keeps record number {place} of your tickets for {text + place} days."
        for place in range(40)
    )
    return f"<html><head><title>Privacy policy</title></head><body><p>{said}</p></body></html>"


if __name__ == "__main__":
    sys.exit(main())
