"""WARC files as other tools write them, good and bad, made of plain bytes."""

import base64
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

URI = "http://acme.example/privacy"
DATE = "2016-05-06T07:08:09Z"
PAGE = b"<!DOCTYPE html><title>Privacy</title><p>We keep what you send us.</p>"


def sha1(content: bytes) -> str:
    """Write a digest as most makers do."""
    return f"sha1:{base64.b32encode(hashlib.sha1(content).digest()).decode()}"


def record(
    kind: str = "response", uri: str = URI, date: str = DATE, block: bytes = b"", **more: str
) -> bytes:
    """Write a record; further headers are given with _ for -."""
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{kind}-{date}>",
        "WARC-Target-URI": uri,
        "WARC-Date": date,
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(
    body: bytes = PAGE,
    status: str = "200 OK",
    headers: Sequence[str] = ("Content-Type: text/html",),
) -> bytes:
    """Write an HTTP answer."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode() + body


def chunked(body: bytes, size: int = 20) -> bytes:
    """Put a body into chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def write(path: Path, *records: bytes) -> Path:
    """Write a file, with a gzip member for each record where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = [gzip.compress(each, mtime=0) if path.suffix == ".gz" else each for each in records]
    path.write_bytes(b"".join(packed))
    return path
