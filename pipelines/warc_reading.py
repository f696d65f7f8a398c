"""WARC files of any maker, read record by record, plain or gzipped. Uses warcio.

One body at a time is in memory, and none that nobody wants. warcio alone would read on behind a
broken or cut member as if nothing were missing, so the gzip members are opened here.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from crawler.errors import AskedWrongly, PolicytrailError

_BLOCK = 1 << 16
_LONGEST = 1 << 50
_KINDS = ("response", "revisit", "resource")
_GZIP = b"\x1f\x8b"
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_BROKEN = (OSError, EOFError, zlib.error, ValueError, StatusAndHeadersParserException)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record about an address, `warc` being its headers by their names in lower case.

    `payload` has no transfer coding any more; `block` still has, and some makers take their
    digest of that. None where nobody wanted them, or where `flaw` says what is wrong.
    """

    kind: str
    uri: str
    warc: dict[str, str]
    status: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    block: bytes | None = field(default=None, repr=False)
    payload: bytes | None = field(default=None, repr=False)
    flaw: str = ""


class DamagedWarc(PolicytrailError):  # noqa: N818
    """A file that cannot be read from some record on; what lies before it was read."""

    def __init__(self, path: Path, offset: int, reason: str) -> None:
        super().__init__(f"{path} cannot be read from byte {offset} on: {reason}")
        self.offset = offset


def expect_warc(path: Path) -> None:
    """Raise AskedWrongly unless the file begins as WARC does."""
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == _GZIP
            file.seek(0)
            stream = io.BufferedReader(_Members(file)) if is_packed else file
            begin = stream.readline(16)
    except OSError as error:
        raise AskedWrongly(f"cannot read {path}: {error.strerror}") from error
    except (EOFError, zlib.error) as error:
        raise AskedWrongly(f"{path} is no WARC file: {error}") from error
    if not begin.startswith(b"WARC/"):
        raise AskedWrongly(f"{path} is no WARC file: it begins with {begin!r}")


def read_records(path: Path, wanted: Callable[[str], bool], limit: int) -> Iterator[Found]:
    """Give the records about web addresses in their order, with the payloads of those wanted.

    A payload over `limit` bytes is a flaw. Raises DamagedWarc where the file cannot be read on.
    """
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
        file.seek(0)
        members = _Members(file)
        stream = io.BufferedReader(members, _BLOCK) if is_packed else file
        at = 0
        try:
            while line := _first_line(stream):
                at = file.tell() - len(line)
                warc, content = _record(stream, line)
                found = _found(warc, content, wanted, limit)
                _skip(content)
                if found:
                    yield found
        except _BROKEN as error:
            place = members.member if is_packed else at
            raise DamagedWarc(path, place, " ".join(str(error).split())) from error


class _Members(io.RawIOBase):
    """The bytes of gzip members, one after another; `member` is where the one at hand begins.

    The last bytes of a member are given once it has proved whole, and no read goes beyond it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.member = 0
        self._packed = b""
        self._ready = b""
        self._ahead = b""
        self._stream: Any = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next; 0 only at the end of the file."""
        while not self._ready:
            if not self._ahead and self._stream is None and not self._begin():
                return 0
            self._ready = self._ahead or self._piece()
            self._ahead = self._piece()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _piece(self) -> bytes:
        """Unpack some more of the member at hand; nothing at its end."""
        while self._stream:
            self._packed = self._packed or self.file.read(_BLOCK)
            if not self._packed:
                raise EOFError("the file ends within a record")
            piece = bytes(self._stream.decompress(self._packed, _BLOCK))
            self._packed = self._stream.unconsumed_tail or self._stream.unused_data
            if self._stream.eof:
                self._stream = None
            if piece:
                return piece
        return b""

    def _begin(self) -> bool:
        """Begin the next member, if there is one: some writers fill up with zeros."""
        self._packed = self._packed or self.file.read(_BLOCK)
        while self._packed and not self._packed.strip(b"\0"):
            self._packed = self.file.read(_BLOCK)
        if not self._packed:
            return False
        self.member = self.file.tell() - len(self._packed)
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True


def _first_line(stream: BinaryIO) -> bytes:
    line = stream.readline()
    while line and not line.strip():
        line = stream.readline()
    return line


def _record(stream: BinaryIO, line: bytes) -> tuple[dict[str, str], LimitReader]:
    """Read the head of a record: give its headers, and what will read its block."""
    parser = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
    warc = {name.lower(): value for name, value in parser.parse(stream, line).headers}
    length = warc.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST:
        raise ValueError(f"a record says {length!r} of its length")
    return warc, LimitReader(stream, int(length))


def _found(
    warc: dict[str, str], content: LimitReader, wanted: Callable[[str], bool], limit: int
) -> Found | None:
    uri = warc.get("warc-target-uri", "").strip("<>").replace(" ", "%20")  # wget brackets it
    kind = warc.get("warc-type", "")
    # Others are what tools note of their work, such as metadata://tool/arguments.
    if kind not in _KINDS or not uri.lower().startswith(("http://", "https://")):
        return None
    if not wanted(uri):
        return Found(kind=kind, uri=uri, warc=warc)
    http = _http(content) if kind != "resource" else None
    headers = tuple((name.lower(), value) for name, value in http.headers) if http else ()
    flaw = _flaw(warc, content.limit, limit)
    block = payload = None
    if not flaw and kind != "revisit":
        block = content.read()
        try:
            payload = _dechunked(block, headers)
        except ValueError as error:
            flaw = str(error)
    return Found(
        kind=kind,
        uri=uri,
        warc=warc,
        status=http.get_statuscode() if http else "",
        headers=headers,
        block=block,
        payload=payload,
        flaw=flaw,
    )


def _http(content: LimitReader) -> StatusAndHeaders | None:
    try:
        return StatusAndHeadersParser([], verify=False).parse(content)
    except EOFError:  # a revisit may do without
        return None


def _flaw(warc: dict[str, str], size: int, limit: int) -> str:
    if "warc-truncated" in warc:
        return f"cut off when it was captured ({warc['warc-truncated']})"
    if "warc-segment-number" in warc:
        return "spread over several records"
    return f"the body is over {limit} bytes" if size > limit else ""


def _dechunked(block: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    """Undo the transfer coding; warcio's reader would take a cut body for a whole one."""
    codings = ",".join(value for name, value in headers if name == "transfer-encoding").lower()
    if "chunked" not in codings or not _CHUNK.match(block):  # some undo it and keep the header
        return block
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK.match(block, at):
        if int(size[1], 16) == 0:
            return b"".join(pieces)
        pieces.append(block[size.end() : size.end() + int(size[1], 16)])
        at = size.end() + int(size[1], 16) + 2
    raise ValueError("the chunked body is cut off or broken")


def _skip(content: LimitReader) -> None:
    while content.read(_BLOCK):
        pass
    if content.limit:
        raise EOFError("the file ends within a record")
