"""Captures from a folder with a manifest. Standard library only.

`manifest.jsonl` (or a single `*.manifest.jsonl`) has one JSON object a line:

    {"url": "http://acme.example/privacy", "timestamp": "20160101000000", "file": "2016.html"}

A capture may also have `body` (text) in place of `file`, `status`, `reason`, `headers` (object
or list of pairs), `content_type`, `location`, `digest`, `length`, `faults` (names), and
`revisit_of`: the timestamp of the capture of this address whose body it repeats. `html_path` is
read like `file`; other keys are ignored. Two further kinds of line:

    {"excluded": "http://sealed.example/"}
    {"fault": "429-seconds", "where": "http://acme.example/privacy", "on": "cdx", "times": 1}
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.errors import AskedWrongly
from crawler.sandbox.archive import Archive, ArchivedCapture, capture, revisit_of
from crawler.sandbox.faults import Fault

_OPTIONS = (
    "status",
    "reason",
    "headers",
    "content_type",
    "location",
    "digest",
    "length",
    "faults",
)
_FAULT_OPTIONS = ("where", "timestamp", "on", "times", "probability", "seconds")


class BadSource(AskedWrongly):
    """A folder or file that cannot be served, with the line that is at fault."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


def load_folder(path: Path | str) -> Archive:
    """Read a folder's manifest, or a manifest itself, and the files it names. Raises BadSource."""
    return read_manifest(_manifest_of(Path(path)), read_capture)


def read_manifest(
    manifest: Path, read: Callable[[Path, dict[str, Any]], ArchivedCapture]
) -> Archive:
    """Read a manifest, its captures with a function of folder and entry. Raises BadSource."""
    captures: list[ArchivedCapture] = []
    revisits: list[tuple[int, dict[str, Any]]] = []
    excluded: list[str] = []
    faults: list[Fault] = []
    for number, entry in _entries(manifest):
        try:
            if "excluded" in entry:
                excluded.append(entry["excluded"])
            elif "fault" in entry:
                faults.append(_fault(entry))
            elif "revisit_of" in entry:
                revisits.append((number, entry))
            else:
                captures.append(read(manifest.parent, entry))
        except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
            raise BadSource(manifest, number, _said(error)) from error
    captures += _revisits(manifest, captures, revisits)
    return Archive(captures, excluded=excluded, faults=faults)


def _manifest_of(path: Path) -> Path:
    if path.is_file():
        return path
    found = [path / "manifest.jsonl", *sorted(path.glob("*.manifest.jsonl"))]
    found = [manifest for manifest in found if manifest.is_file()]
    if not found:
        raise BadSource(path, 0, "neither a manifest.jsonl nor a WARC file in this folder")
    return found[0]


def _entries(manifest: Path) -> list[tuple[int, dict[str, Any]]]:
    entries = []
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise BadSource(manifest, number, f"not JSON: {error}") from error
        if not isinstance(entry, dict):
            raise BadSource(manifest, number, "not a JSON object")
        entries.append((number, entry))
    return entries


def read_capture(folder: Path, entry: dict[str, Any]) -> ArchivedCapture:
    """Make the capture of one line; its file is sought in `folder`."""
    file = entry.get("file") or entry.get("html_path")
    body = (folder / file).read_bytes() if file else entry.get("body", "")
    options = {name: entry[name] for name in _OPTIONS if entry.get(name) is not None}
    if isinstance(options.get("headers"), list):
        options["headers"] = [(name, value) for name, value in options["headers"]]
    return capture(entry["url"], entry["timestamp"], body, **options)


def _fault(entry: dict[str, Any]) -> Fault:
    return Fault(entry["fault"], **{name: entry[name] for name in _FAULT_OPTIONS if name in entry})


def _revisits(
    manifest: Path, captures: list[ArchivedCapture], entries: list[tuple[int, dict[str, Any]]]
) -> list[ArchivedCapture]:
    known = {(found.url, found.timestamp): found for found in captures}
    revisits = []
    for number, entry in entries:
        repeated = known.get((entry.get("url", ""), entry["revisit_of"]))
        if repeated is None or "timestamp" not in entry:
            reason = f"no capture of {entry.get('url')} at {entry['revisit_of']} to revisit"
            raise BadSource(manifest, number, reason)
        revisits.append(revisit_of(repeated, entry["timestamp"]))
    return revisits


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"no {error}"
    return str(error)
