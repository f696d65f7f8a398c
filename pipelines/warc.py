"""Mementos in WARC files, one file per crawl. Owns warcio, with its neighbours `warc_...`."""

import gzip
import hashlib
import os
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from crawler.errors import PolicytrailError
from crawler.memento import Memento, parse_uri_m
from pipelines.warc_kept import conversion, response

_BLOCK = 1 << 16
_KINDS = ("response", "conversion")
_LEVEL = 6  # warcio's own 9 takes half as long again for half a percent less


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a body lies: the file's name in the shelf's folder, and the record's first byte."""

    warc_file: str
    warc_offset: int
    body_sha256: str
    body_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A kept body, read back, with what its record says of it."""

    place: Place
    uri_r: str
    uri_m: str
    warc_date: str
    statuscode: int
    content_type: str
    headers: tuple[tuple[str, str], ...]
    archive_source: str
    fetched_at: str
    asked_digest: str
    received_digest: str
    crawl_id: str
    source: str
    body: bytes


class DamagedShelf(PolicytrailError):  # noqa: N818
    """A file of kept bodies cannot be written, or read where the ledger says that one lies."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot use {path}: {reason}")


class Shelf:
    """The WARC file of one crawl; made with its first record, safe to use from many threads."""

    def __init__(self, folder: Path, crawl_id: str) -> None:
        self.folder = folder
        self.crawl_id = crawl_id
        self.name = f"{crawl_id}.warc.gz"
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._writer: WARCWriter | None = None

    def keep(self, memento: Memento, source: str = "archive") -> Place:
        """Append one record; say where it lies. With the system before this returns.

        A memento without a status is no answer of a server, but what somebody made of one.
        """
        sha256 = hashlib.sha256(memento.body).hexdigest()
        record = BytesIO()
        writer = WARCWriter(record, gzip=False)
        make = response if memento.statuscode else conversion
        writer.write_record(make(writer, memento, self._facts(memento, sha256, source)))
        member = gzip.compress(record.getvalue(), compresslevel=_LEVEL, mtime=0)
        with self._lock, self._usable():
            offset = self._append(member)
        return Place(
            warc_file=self.name,
            warc_offset=offset,
            body_sha256=sha256,
            body_bytes=len(memento.body),
        )

    def sync(self) -> None:
        """Put all that was kept on the disk itself."""
        with self._lock, self._usable():
            if self._file:
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Put everything on the disk and close the file."""
        self.sync()
        with self._lock, self._usable():
            file, self._file = self._file, None
            if file:
                file.close()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DamagedShelf(self.folder / self.name, error.strerror or str(error)) from error

    def _append(self, record: bytes) -> int:
        file = self._open()
        offset = file.tell()
        file.write(record)
        file.flush()
        return offset

    def _open(self) -> BinaryIO:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = (self.folder / self.name).open("ab")
            if self._file.tell() == 0:
                self._describe(self._file)
        return self._file

    def _describe(self, file: BinaryIO) -> None:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(
            writer.create_warcinfo_record(
                self.name,
                {
                    "software": "policytrail",
                    "format": "WARC File Format 1.1",
                    "isPartOf": self.crawl_id,
                },
            )
        )

    def _facts(self, memento: Memento, sha256: str, source: str) -> dict[str, str]:
        facts = {
            "WARC-Date": memento.memento_datetime.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20),
            "WARC-Source-URI": memento.uri_m,
            "WARC-Creation-Date": memento.fetched_at.isoformat(),
            "WARC-Archive-Source": memento.archive_source,
            "WARC-Archive-Digest": memento.capture.digest,
            "WARC-Received-Digest": memento.digest,
            "WARC-Body-SHA256": sha256,
            "WARC-Crawl-ID": self.crawl_id,
        }
        return facts if source == "archive" else facts | {"WARC-Imported-From": source}


def read_body(folder: Path, warc_file: str, warc_offset: int) -> bytes:
    """Read one kept body; raises DamagedShelf."""
    return bytes(_kept(folder / warc_file, warc_offset).content_stream().read())


def read_record(folder: Path, warc_file: str, warc_offset: int) -> Record:
    """Read one kept body and what its record says of it; raises DamagedShelf."""
    return _read(_kept(folder / warc_file, warc_offset), warc_file, warc_offset)


def read_shelf(folder: Path) -> Iterator[Record]:
    """Read every kept body of a folder, in the order of the files' names.

    A file that a kill cut off ends with its last whole record; one that is broken before its
    end raises DamagedShelf there.
    """
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            while (records := _next(file, path)) is not None:
                yield from records


def _kept(path: Path, offset: int) -> ArcWarcRecord:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(BytesIO(_member(file))):
                if record.rec_type in _KINDS:
                    return record
    except (OSError, zlib.error, ArchiveLoadFailed) as error:
        raise DamagedShelf(path, f"at byte {offset}: {error}") from error
    raise DamagedShelf(path, f"no whole record at byte {offset}")


def _next(file: BinaryIO, path: Path) -> list[Record] | None:
    offset = file.tell()
    try:
        member = _member(file)
        records = ArchiveIterator(BytesIO(member)) if member else ()
        read = [_read(r, path.name, offset) for r in records if r.rec_type in _KINDS]
    except (zlib.error, ArchiveLoadFailed) as error:
        raise DamagedShelf(path, f"at byte {offset}: {error}") from error
    return read if member else None


def _member(file: BinaryIO) -> bytes:
    """Read the gzip member that begins here, and stop behind it; empty where it is not whole.

    One member is one record. warcio would hand on what is left of a cut or broken one.
    """
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces: list[bytes] = []
    while not stream.eof:
        block = file.read(_BLOCK)
        if not block:
            return b""
        pieces.append(stream.decompress(block))
    file.seek(-len(stream.unused_data), os.SEEK_CUR)
    return b"".join(pieces)


def _read(record: ArcWarcRecord, name: str, offset: int) -> Record:
    warc = record.rec_headers.get_header
    http = record.http_headers
    plain = str if http else unquote
    body = bytes(record.content_stream().read())
    # It has the address as listed, spaces and all.
    played = parse_uri_m(warc("WARC-Source-URI")) if http else None
    return Record(
        place=Place(
            warc_file=name,
            warc_offset=offset,
            body_sha256=hashlib.sha256(body).hexdigest(),
            body_bytes=len(body),
        ),
        uri_r=played.uri_r if played else plain(warc("WARC-Target-URI")),
        uri_m=plain(warc("WARC-Source-URI") or ""),
        warc_date=warc("WARC-Date"),
        statuscode=int(http.get_statuscode()) if http else 0,
        content_type=(http.get_header("content-type") if http else warc("Content-Type")) or "",
        headers=tuple(http.headers) if http else (),
        archive_source=plain(warc("WARC-Archive-Source") or ""),
        fetched_at=warc("WARC-Creation-Date"),
        asked_digest=warc("WARC-Archive-Digest") or "",
        received_digest=warc("WARC-Received-Digest") or "",
        crawl_id=warc("WARC-Crawl-ID") or "",
        source=warc("WARC-Imported-From") or "archive",
        body=body,
    )
