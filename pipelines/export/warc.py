"""Kept mementos as a collection that web archives' own tools replay: WARC files and their index.

The folder is laid out as pywb lays out a collection: `archive/`, `indexes/`. Each memento is a
response; each capture of an equal body is a revisit that names it.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from crawler.errors import AskedWrongly
from crawler.memento import is_timestamp, to_datetime
from crawler.urlkeys import urlkey_of
from pipelines.database.file import Connection
from pipelines.database.playable import Playable, count_unplayable, last_fetched, playable
from pipelines.export.choices import Choices
from pipelines.export.folder import new_folder
from pipelines.export.papers.sums import NAME as SUMS
from pipelines.export.papers.sums import sums
from pipelines.export.sorting import SortedLines
from pipelines.export.warc_readme import Written, readme
from pipelines.warc import DamagedShelf, Record, read_record
from pipelines.warc_records import Spot, Volumes, record_id, response, revisit, warc_date

NAME = "policytrail"
INDEX = "index.cdxj"
LIMIT = 1_000_000_000
_REVISIT = "warc/revisit"


def export_warc(
    connection: Connection,
    folder: Path,
    choices: Choices,
    step: Callable[[int], None],
    *,
    data: Path,
) -> str:
    """Write the collection; give the closing line. Raises AskedWrongly for `redact`, `text_free`.

    A body that is not to be had is named in missing.txt, with every capture that showed it.
    """
    if choices.redact or choices.text_free:
        asked = "--redact" if choices.redact else "--text-free"
        raise AskedWrongly(
            f"{asked} does not go with --format warc: it holds the pages as they were; "
            "choose another format, or leave it out"
        )
    with new_folder(folder) as part:
        written = write_records(connection, data, part, step)
        (part / "README.md").write_text(readme(written), encoding="utf-8")
        if written.missing:
            lines = "".join(f"{line}\n" for line in sorted(written.missing))
            (part / "missing.txt").write_text(lines, encoding="utf-8")
        (part / SUMS).write_text(sums(part, {}), encoding="utf-8")
    return _closing(written, folder, count_unplayable(connection))


def write_records(
    connection: Connection,
    data: Path,
    folder: Path,
    step: Callable[[int], None] = lambda _: None,
    limit: int = LIMIT,
) -> Written:
    """Write archive/ and indexes/ into an empty folder."""
    for name in ("archive", "indexes"):
        (folder / name).mkdir()
    newest = last_fetched(connection) or datetime(1970, 1, 1, tzinfo=UTC)
    writer = _Writer(data / "warc", folder, warc_date(newest), limit)
    try:
        for capture in playable(connection):
            writer.take(capture)
            step(not capture.is_revisit)
    finally:
        writer.volumes.close()
    with (folder / "indexes" / INDEX).open("xb") as file:
        file.writelines(writer.index)
    writer.written.files = writer.volumes.number
    return writer.written


class _Writer:
    """Writes one capture after another; a memento is at hand until the next one comes."""

    def __init__(self, shelf: Path, folder: Path, date: str, limit: int) -> None:
        self.shelf = shelf
        self.date = date
        self.volumes = Volumes(folder / "archive", NAME, limit, _about())
        self.index = SortedLines(folder)
        self.written = Written()
        self._digest = ""

    def take(self, capture: Playable) -> None:
        if not capture.is_revisit:
            record = self._kept(capture)
            self._digest = self._respond(capture, record) if record else ""
            self.written.responses += bool(record)
        is_whole = self._digest != "" and is_timestamp(capture.timestamp)
        if capture.is_revisit and is_whole:
            self._revisit(capture)
            self.written.revisits += 1
        if not is_whole:
            self.written.missing.append(f"{capture.timestamp} {capture.original}")

    def _kept(self, capture: Playable) -> Record | None:
        try:
            record = read_record(self.shelf, capture.warc_file, capture.warc_offset)
        except DamagedShelf:
            return None
        return record if record.place.body_sha256 == capture.body_sha256 else None

    def _respond(self, capture: Playable, record: Record) -> str:
        facts = _facts(capture) | {
            "WARC-Record-ID": _name(capture),
            "WARC-Source-URI": capture.uri_m,
            "WARC-Creation-Date": capture.fetched_at.isoformat(),
            "WARC-Archive-Source": capture.archive_source,
            "WARC-Received-Digest": record.received_digest,
            "WARC-Body-SHA256": capture.body_sha256,
            "WARC-Crawl-ID": capture.crawl_id,
        }
        uri, status = _target(capture.original), capture.kept_statuscode
        content, digest = response(uri, status, record.headers, record.body, _stated(facts))
        spot = self.volumes.add(content, self.date)
        mime = record.content_type.replace(";", " ").split(" ")[0] or "unk"
        self._list(capture, {"mime": mime, "status": str(status), "digest": digest}, spot)
        return digest

    def _revisit(self, capture: Playable) -> None:
        kept = (_target(capture.kept_uri_r), warc_date(to_datetime(capture.kept_at)))
        facts = _facts(capture) | {
            "WARC-Record-ID": _name(capture),
            "WARC-Refers-To": record_id("response", *_kept_key(capture)),
        }
        content = revisit(_target(capture.original), self._digest, kept, _stated(facts))
        spot = self.volumes.add(content, self.date)
        self._list(capture, {"mime": _REVISIT, "digest": self._digest}, spot)

    def _list(self, capture: Playable, facts: dict[str, str], spot: Spot) -> None:
        uri = _target(capture.original)
        entry = {"url": uri, **facts, "length": str(spot.length), "offset": str(spot.offset)}
        entry["digest"] = entry["digest"].removeprefix("sha1:")
        entry["filename"] = spot.filename
        line = f"{urlkey_of(uri)} {capture.timestamp} {json.dumps(entry)}\n"
        self.index.add(line.encode())


def _facts(capture: Playable) -> dict[str, str]:
    return {
        "WARC-Date": warc_date(to_datetime(capture.timestamp)),
        "WARC-Archive-CDX": capture.index_line,
        "WARC-Archive-Digest": capture.digest,
    }


def _stated(facts: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}


def _kept_key(capture: Playable) -> tuple[str, ...]:
    return capture.kept_at, capture.kept_uri_r, capture.digest, capture.body_sha256


def _name(capture: Playable) -> str:
    if not capture.is_revisit:
        return record_id("response", *_kept_key(capture))
    key = (capture.timestamp, capture.original, capture.statuscode or "")
    return record_id("revisit", *key, *_kept_key(capture))


def _target(uri_r: str) -> str:
    """Write an address as a WARC header can hold it."""
    return "".join(f"%{ord(sign):02X}" if sign <= " " else sign for sign in uri_r)


def _about() -> dict[str, str]:
    return {
        "software": f"policytrail {version('policytrail')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "what a web archive played back; WARC-Source-URI says where",
    }


def _closing(written: Written, folder: Path, left_out: int) -> str:
    closing = (
        f"{written.responses:,} mementos and {written.revisits:,} captures of the same bodies "
        f"in {folder} (WARC files: {written.files:,})"
    )
    if left_out:
        closing += f"; {left_out:,} texts out of collections are no pages, and left out"
    if written.missing:
        closing += (
            f"; the bodies of {len(written.missing):,} captures are not to be had, the first: "
            f"{min(written.missing)} (missing.txt names them; `policytrail check` says why)"
        )
    return closing
