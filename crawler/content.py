"""Content codings undone, though they lie. Owns zlib, brotli and zstandard.

The archive has been seen to send `Content-Encoding` twice for a body that was coded once, and
to repeat a historic header for a body that it had decoded already. So a coding is believed
only where the bytes agree with it.
"""

import zlib
from collections.abc import Sequence

import brotli
import zstandard

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_DROP = 256  # zstandard has no limit of its own, and makes 128 KiB out of each 4 bytes of a bomb
_CUT = "the compressed body is cut off"
_MOST_LAYERS = 5  # a body may be made so that it unpacks to itself, and headers may repeat


class Undecodable(ValueError):  # noqa: N818
    """The bytes are coded as they say, and broken or too large."""


def decode(body: bytes, codings: Sequence[str], limit: int) -> bytes:
    """Undo `codings` (in the order of the header) as far as the bytes bear them out.

    Raises Undecodable where a coded body is cut, broken, coded more than five times over, or
    over `limit` bytes when decoded.
    """
    layers = 0
    for coding in reversed([name.strip().lower() for name in codings if name.strip()]):
        coded, body = body, _undo(body, coding, limit)
        layers += coded is not body
        if layers > _MOST_LAYERS:
            raise Undecodable(f"the body is coded more than {_MOST_LAYERS} times over")
    if len(body) > limit:
        raise Undecodable(f"the body is over {limit} bytes")
    return body


def is_gzip(body: bytes) -> bool:
    """Say whether the bytes begin as gzip does."""
    return body.startswith(_GZIP)


def _undo(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip") and is_gzip(body):
        return _inflate(body, zlib.MAX_WBITS | 16, limit)
    if coding == "deflate" and body and not _reads_as_text(body):
        wrapped = body[0] & 0x0F == 8
        return _inflate(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, limit)
    if coding == "zstd" and body.startswith(_ZSTD):
        return _unzstd(body, limit)
    if coding == "br" and body and not _reads_as_text(body):
        return _unbrotli(body, limit)
    return body


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    output = _Output(limit)
    try:
        while body:
            stream = zlib.decompressobj(window)
            output.take(stream.decompress(body, output.left + 1))
            if not stream.eof:
                raise Undecodable(_CUT)
            body = stream.unused_data if window > 0 and is_gzip(stream.unused_data) else b""
    except zlib.error as error:
        raise Undecodable(f"the compressed body is broken: {error}") from error
    return output.whole()


def _unbrotli(body: bytes, limit: int) -> bytes:
    output = _Output(limit)
    stream = brotli.Decompressor()
    try:
        piece = stream.process(body, output_buffer_limit=limit + 1)
        while piece:
            output.take(piece)
            finished = stream.is_finished()
            piece = b"" if finished else stream.process(b"", output_buffer_limit=output.left + 1)
    except brotli.error as error:
        raise Undecodable(f"the compressed body is broken: {error}") from error
    if not stream.is_finished():
        raise Undecodable(_CUT)
    return output.whole()


def _unzstd(body: bytes, limit: int) -> bytes:
    output = _Output(limit)
    try:
        while body.startswith(_ZSTD):
            stream = zstandard.ZstdDecompressor().decompressobj()
            read = 0
            while not stream.eof and read < len(body):
                output.take(stream.decompress(body[read : read + _DROP]))
                read += _DROP
            if not stream.eof:
                raise Undecodable(_CUT)
            body = stream.unused_data + body[read:]
    except zstandard.ZstdError as error:
        raise Undecodable(f"the compressed body is broken: {error}") from error
    return output.whole()


class _Output:
    """Decoded pieces, up to a limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit
        self.pieces: list[bytes] = []

    def take(self, piece: bytes) -> None:
        self.left -= len(piece)
        self.pieces.append(piece)
        if self.left < 0:
            raise Undecodable(f"the body is over {self.limit} bytes when decoded")

    def whole(self) -> bytes:
        return b"".join(self.pieces)


def _reads_as_text(body: bytes) -> bool:
    head = body[:512].lstrip()
    return head.startswith((b"<", b"%PDF-")) or all(
        byte >= 32 or byte in b"\t\r\n" for byte in head
    )
