"""Requests off the socket and replies onto it, whole or broken. Standard library only."""

import gzip
import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import lru_cache
from typing import BinaryIO, NoReturn
from urllib.parse import parse_qs

CHUNK = 65_536
TEXTUAL = ("text/", "application/json", "application/xhtml", "application/xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came in; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    version: str = "HTTP/1.1"
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without the host that proxies write before it, query included."""
        if self.target.startswith(("http://", "https://")):
            return "/" + self.target.split("/", 3)[3] if self.target.count("/") > 2 else "/"
        return self.target

    @property
    def params(self) -> dict[str, list[str]]:
        """The query's arguments, decoded."""
        return parse_qs(self.path.partition("?")[2], keep_blank_values=True)

    @property
    def archive(self) -> str:
        """The address under which the client knows this archive."""
        scheme = self.headers.get("x-forwarded-proto", "http")
        return f"{scheme}://{self.headers.get('host', 'localhost')}"

    @property
    def keeps_alive(self) -> bool:
        """Say whether the client may send another request on this connection."""
        wish = self.headers.get("connection", "").lower()
        return wish != "close" and (self.version != "HTTP/1.0" or wish == "keep-alive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply, and how it breaks off.

    `compress`: gzip it for a client that accepts it. `whole` False ends the connection half
    way through the body. `reset` sends nothing at all. `drip` is seconds between two bytes;
    `endless` sends the body over and over.
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    chunked: bool = True
    compress: bool = True
    whole: bool = True
    reset: bool = False
    delay: float = 0.0
    drip: float = 0.0
    endless: bool = False

    def having(self, *headers: tuple[str, str]) -> "Reply":
        """Give the same reply with headers replaced, or added."""
        names = {name.lower() for name, _ in headers}
        kept = (pair for pair in self.headers if pair[0].lower() not in names)
        return replace(self, headers=(*kept, *headers))

    def lacking(self, name: str) -> "Reply":
        """Give the same reply without a header."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name)
        return replace(self, headers=kept)

    def header(self, name: str) -> str:
        """Give one header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def read_request(stream: BinaryIO) -> Request | None:
    """Read the next request; None when the client hung up or talks nonsense."""
    lines = _head_lines(stream)
    words = lines[0].split(" ") if lines else []
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    body = stream.read(int(length)) if length.isdecimal() else b""
    method, target, version = words
    return Request(method=method, target=target, version=version, headers=headers, body=body)


def write_reply(connection: socket.socket, request: Request, reply: Reply) -> bool:
    """Send a reply; say whether the connection may go on."""
    if reply.delay:
        time.sleep(reply.delay)
    if reply.reset:
        reset(connection)
        return False
    coded = _coded(request, reply)
    bare = request.method == "HEAD"
    chunked = reply.chunked and request.version != "HTTP/1.0"
    framing = [("Transfer-Encoding", "chunked")] if chunked else []
    if not reply.chunked:
        framing = [("Content-Length", str(len(coded.body)))]
    goes_on = request.keeps_alive and reply.whole and bool(framing)
    framing.append(("Connection", "keep-alive" if goes_on else "close"))
    head = _head(reply, (("Date", formatdate(usegmt=True)), *framing, *coded.headers))
    body = b"" if bare else _framed(coded.body, chunked=chunked)
    if reply.drip:
        connection.sendall(head)
        _send_slowly(connection, body, reply.drip)
        return False
    if reply.endless:
        connection.sendall(head)
        _send_for_ever(connection, coded.body or b" ")
    connection.sendall(head + (body if reply.whole else _half(body)))
    return goes_on


def _send_slowly(connection: socket.socket, body: bytes, seconds: float) -> None:
    for place in range(len(body)):
        connection.sendall(body[place : place + 1])
        time.sleep(seconds)


def _send_for_ever(connection: socket.socket, body: bytes) -> NoReturn:
    piece = b"%x\r\n%s\r\n" % (len(body), body)
    while True:
        connection.sendall(piece)


def reset(connection: socket.socket) -> None:
    """End a connection so that the client sees a reset, not an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@lru_cache(maxsize=512)
def gzipped(body: bytes) -> bytes:
    """Compress, the same bytes to the same bytes."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def _head_lines(stream: BinaryIO) -> list[str]:
    lines: list[str] = []
    while (line := stream.readline(CHUNK)) not in (b"\r\n", b"\n"):
        if not line.endswith(b"\n"):
            return []
        lines.append(line.decode("latin-1").rstrip("\r\n"))
    return lines


def _coded(request: Request, reply: Reply) -> Reply:
    accepted = "gzip" in request.headers.get("accept-encoding", "")
    textual = reply.header("content-type").startswith(TEXTUAL)
    if not (reply.compress and accepted and textual) or reply.header("content-encoding"):
        return reply
    coded = reply.having(("Content-Encoding", "gzip"))
    return replace(coded, body=gzipped(reply.body))


def _head(reply: Reply, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _framed(body: bytes, *, chunked: bool) -> bytes:
    if not chunked:
        return body
    if not body:
        return b"0\r\n\r\n"
    parts = (body[start : start + CHUNK] for start in range(0, len(body), CHUNK))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _half(body: bytes) -> bytes:
    return body[: max(len(body) // 2, 1)] if body else body
