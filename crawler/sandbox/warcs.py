"""Captures from WARC files. Imports warcio, alone in the sandbox."""

import io
import re
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.sandbox.archive import Archive, ArchivedCapture, capture
from crawler.sandbox.folders import BadSource
from crawler.sandbox.formats import digest_of

# What warcio lets through when a record has no address or no date.
_LAME = (AttributeError, TypeError)


def load_warc(path: Path | str) -> Archive:
    """Read the response and revisit records of a WARC file. Raises BadSource.

    The index gets the payload digest that the record names, and its stored length; bodies lose
    their chunks and keep their Content-Encoding.
    """
    file = Path(path)
    captures = []
    try:
        with file.open("rb") as stream:
            records = ArchiveIterator(stream)
            for record in records:
                if record.rec_type in ("response", "revisit") and record.http_headers:
                    payload = _payload(record)
                    length = records.get_record_length()
                    captures.append(_capture(record, payload, length, f"{file.stem}/{file.name}"))
    except (OSError, EOFError, ArchiveLoadFailed, ValueError, *_LAME) as error:
        raise BadSource(file, 0, f"not a WARC file that can be read: {error}") from error
    if not captures:
        raise BadSource(file, 0, "holds no response record: is it a WARC file?")
    return Archive(captures)


def _capture(record: ArcWarcRecord, payload: bytes, length: int, source: str) -> ArchivedCapture:
    named = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    status, _, reason = record.http_headers.statusline.partition(" ")
    made = capture(
        record.rec_headers.get_header("WARC-Target-URI"),
        re.sub(r"\D", "", record.rec_headers.get_header("WARC-Date"))[:14],
        payload,
        status=int(status),
        reason=reason,
        headers=record.http_headers.headers,
        content_type="",
        digest=named.rpartition(":")[2] or digest_of(payload),
        length=str(length),
        source=source,
    )
    return made.as_sent(tuple(record.http_headers.headers), revisit=record.rec_type == "revisit")


def _payload(record: ArcWarcRecord) -> bytes:
    raw = b"".join(iter(lambda: record.raw_stream.read(1 << 20), b""))
    coding = record.http_headers.get_header("Transfer-Encoding") or ""
    if coding.lower() != "chunked":
        return raw
    reader = ChunkedDataReader(io.BytesIO(raw))
    return b"".join(iter(lambda: reader.read(1 << 20), b""))
