"""The sample archive: six invented vendors, twelve years each. Standard library only.

`captures.jsonl` is a manifest as in `folders`, whose captures may name a page instead of a body:
`page` is a template of `pages/`, `text` and `version` a policy of `texts/`, `charset` how the
bytes are written, `declared` what they claim, `views` feeds the counters, and `encoding` is
the Content-Encoding of the site. `vendors.toml` lists the vendors, save for the excluded one.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

from crawler.sandbox.archive import Archive, ArchivedCapture, capture
from crawler.sandbox.folders import read_capture, read_manifest
from crawler.sandbox.samples.markup import page_of
from crawler.sandbox.samples.pdf import pdf_of
from crawler.sandbox.samples.policies import policy_of

FOLDER = Path(__file__).parent
VENDORS = FOLDER / "vendors.toml"


@lru_cache(maxsize=1)
def sample_archive() -> Archive:
    """Give the sample archive, the same bytes each time."""
    return read_manifest(FOLDER / "captures.jsonl", _sample)


def _sample(folder: Path, entry: dict[str, Any]) -> ArchivedCapture:
    if "page" not in entry:
        return read_capture(folder, entry)
    policy = policy_of(folder / "texts" / f"{entry['text']}.txt", entry["version"])
    declared = entry.get("declared") or entry.get("charset", "utf-8")
    headers = {"Content-Encoding": entry["encoding"]} if "encoding" in entry else {}
    if entry["page"] == "pdf":
        body, content_type = pdf_of(policy), "application/pdf"
    else:
        template = (folder / "pages" / f"{entry['page']}.html").read_text(encoding="utf-8")
        page = page_of(template, entry["page"], policy, declared, entry.get("views", 0))
        body, content_type = (
            page.encode(entry.get("charset", "utf-8")),
            f"text/html; charset={declared}",
        )
    if headers:
        body = gzip.compress(body, mtime=0)
    return capture(
        entry["url"],
        entry["timestamp"],
        body,
        status=entry.get("status", 200),
        content_type=content_type,
        headers=headers,
        faults=entry.get("faults", ()),
    )
