"""WARC 1.1 files for other people's tools: numbered, and always the same bytes. Uses warcio."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_LEVEL = 6  # as for the shelf: a higher one takes long and gives little


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a record lies: the file's name, its first byte there and its length, compressed."""

    filename: str
    offset: int
    length: int


class Volumes:
    """Files NAME-00001.warc.gz and so on; a new one is begun where the last is `limit` long."""

    def __init__(self, folder: Path, name: str, limit: int, about: Mapping[str, str]) -> None:
        self.folder = folder
        self.name = name
        self.limit = limit
        self.about = about
        self.number = 0
        self._file: BinaryIO | None = None

    def add(self, record: bytes, date: str) -> Spot:
        """Append a record. `date` is for the record that describes a new file."""
        if self._file is None or self._file.tell() >= self.limit:
            self._begin(date, record)
        return self._append(record)

    def close(self) -> None:
        """Close the last file."""
        if self._file:
            self._file.close()

    def _begin(self, date: str, first: bytes) -> None:
        self.close()
        self.number += 1
        self._file = (self.folder / self._filename).open("xb")
        self._append(_warcinfo(self._filename, date, self.about, first))

    @property
    def _filename(self) -> str:
        return f"{self.name}-{self.number:05}.warc.gz"

    def _append(self, record: bytes) -> Spot:
        assert self._file  # noqa: S101 - add() begins a file
        offset = self._file.tell()
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # no date, no name
        member = packer.compress(record) + packer.flush()
        self._file.write(member)
        return Spot(filename=self._filename, offset=offset, length=len(member))


def record_id(*parts: str) -> str:
    """Name a record after what it says, so that it has the same name in every export."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(('policytrail', *parts)))}>"


def warc_date(moment: datetime) -> str:
    """Write an aware moment in UTC as WARC does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)


def response(
    uri: str,
    status: int,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    facts: Mapping[str, str],
) -> tuple[bytes, str]:
    """Write a response record; give it with the digest of its payload (sha1:BASE32).

    `facts` are headers of the record; WARC-Record-ID and WARC-Date must be among them.
    """
    writer = _writer()
    record = writer.create_warc_record(
        uri,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=_http(status, headers),
        warc_headers_dict=dict(facts),
    )
    return _bytes_of(writer, record), record.rec_headers.get_header("WARC-Payload-Digest")


def revisit(uri: str, digest: str, refers_to: tuple[str, str], facts: Mapping[str, str]) -> bytes:
    """Write a record of an answer whose payload another record has: its address and date.

    It has no headers of an answer, because none was asked for; whoever replays it then takes
    those of the other record.
    """
    writer = _writer()
    record = writer.create_revisit_record(uri, digest, *refers_to, warc_headers_dict=dict(facts))
    return _bytes_of(writer, record)


def _warcinfo(name: str, date: str, about: Mapping[str, str], first: bytes) -> bytes:
    block = "".join(f"{key}: {value}\r\n" for key, value in about.items()).encode()
    writer = _writer()
    record = writer.create_warc_record(
        "",
        "warcinfo",
        payload=BytesIO(block),
        length=len(block),
        warc_headers_dict={
            "WARC-Record-ID": record_id(name, date, str(zlib.crc32(first))),
            "WARC-Date": date,
            "WARC-Filename": name,
        },
    )
    return _bytes_of(writer, record)


def _writer() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=False, warc_version="1.1")


def _http(status: int, headers: Sequence[tuple[str, str]]) -> StatusAndHeaders:
    phrases = {known.value: known.phrase for known in HTTPStatus}
    line = f"{status} {phrases.get(status, 'Archived')}"
    return StatusAndHeaders(line, list(headers), protocol="HTTP/1.1")


def _bytes_of(writer: WARCWriter, record: ArcWarcRecord) -> bytes:
    writer.write_record(record)
    return bytes(writer.out.getvalue())
