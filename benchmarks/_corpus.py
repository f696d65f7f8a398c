"""Kept pages with their truth, as a folder of pages and manifests lists them. Standard library.

A folder holds pages and `*manifest.jsonl`, either itself or in `corpus/`; pages that came as a
success and are no policy lie in `soft_errors/` beside. `benchmarks/_invented.py` writes one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks._invented import write_corpus

SCORED = ("single", "mixed", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A kept page. `page_class` is one of SCORED, "soft_error" or "no_truth".

    `changed` says whether a paragraph of the truth changed since the page before, None if unknown.
    """

    key: str
    path: Path
    site: str
    url: str
    timestamp: str
    page_class: str
    language: str | None
    error_class: str | None
    truth_path: Path | None
    markdown_path: Path | None
    changed: bool | None

    @property
    def truth(self) -> str:
        """The policy's text; "" where there is no truth."""
        return self.truth_path.read_text(encoding="utf-8") if self.truth_path else ""

    @property
    def markdown(self) -> str:
        """The policy's text with its headings, lists and tables; "" where only words are known."""
        return self.markdown_path.read_text(encoding="utf-8") if self.markdown_path else ""


@contextmanager
def corpus(folder: Path | None) -> Iterator[list[Page]]:
    """Give the pages of a corpus, of the invented one where none is named."""
    if folder:
        yield load(folder)
        return
    with TemporaryDirectory() as place:
        write_corpus(Path(place))
        yield load(Path(place))


def load(folder: Path) -> list[Page]:
    """Read the manifests of a corpus; SystemExit naming the folder where there is none."""
    pages = folder / "corpus" if (folder / "corpus").is_dir() else folder
    manifests = sorted(pages.glob("*manifest.jsonl"))
    if not manifests:
        raise SystemExit(f"{folder}: no *manifest.jsonl in it: name the folder of a corpus")
    found = [_page(pages, row) for manifest in manifests for row in _rows(manifest)]
    errors = pages.parent / "soft_errors" if pages != folder else folder / "soft_errors"
    if (errors / "manifest.jsonl").is_file():
        found += [_soft_error(errors, row) for row in _rows(errors / "manifest.jsonl")]
    return found


def chosen(pages: Sequence[Page], limit: int | None, sites: Sequence[str]) -> list[Page]:
    """Keep the pages of `sites`, all if none is named, and at most `limit` that have a truth.

    The limit takes the first page of every site, then the second: it keeps as many sites as it can.
    """
    kept = [page for page in pages if not sites or page.site in sites]
    if limit is None:
        return kept
    by_site: dict[str, list[Page]] = defaultdict(list)
    for page in kept:
        if page.page_class in SCORED:
            by_site[page.site].append(page)
    turns = (page for turn in zip_longest(*by_site.values()) for page in turn if page)
    within = {page.key for page, _ in zip(turns, range(limit), strict=False)}
    return [page for page in kept if page.key in within or page.page_class not in SCORED]


def neighbours(pages: Iterable[Page], page_class: str) -> Iterator[tuple[Page, Page]]:
    """Give each two following captures of an address of which it is known whether they differ."""
    series: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in pages:
        if page.page_class == page_class and page.truth_path:
            series[page.site, page.url].append(page)
    for captures in series.values():
        captures.sort(key=lambda page: page.timestamp)
        yield from ((old, new) for old, new in pairwise(captures) if new.changed is not None)


def _rows(manifest: Path) -> Iterator[dict[str, Any]]:
    with manifest.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _page(folder: Path, row: dict[str, Any]) -> Page:
    return Page(
        key=row["html_path"],
        path=folder / row["html_path"],
        site=row["site"],
        url=row.get("url") or "",
        timestamp=row["timestamp"],
        page_class=row["page_class"],
        language=row.get("language"),
        error_class=row.get("error_class"),
        truth_path=folder / row["truth_path"] if row.get("truth_path") else None,
        markdown_path=folder / row["truth_md_path"] if row.get("truth_md_path") else None,
        changed=row.get("substantive_change_from_previous"),
    )


def _soft_error(folder: Path, row: dict[str, Any]) -> Page:
    return Page(
        key=f"soft_errors/{row['path']}",
        path=folder / row["path"],
        site=row.get("service", ""),
        url=row.get("url") or "",
        timestamp=row["timestamp"],
        page_class="soft_error",
        language=None,
        error_class=row["error_class"],
        truth_path=None,
        markdown_path=None,
        changed=None,
    )
