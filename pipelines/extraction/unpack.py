"""Bodies that are still compressed, whatever was said of them. Uses zlib, brotli and zstandard.

The crawler undoes what a header names; a kept body or a file has no header any more, so here the
bytes alone decide. A broken or cut stream gives what came before, a bomb no more than the limit.
"""

import zlib
from collections.abc import Iterator

import brotli
import zstandard

from pipelines.extraction.wide import unmark, width

# One byte more than any page that is read: what comes back so large is refused as too large.
LIMIT = 20_000_001
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_MOST_LAYERS = 4
_SAMPLE = 1_024
_STEP = 256  # zstandard has no limit of its own, and makes 128 KiB out of each 4 bytes of a bomb
_FEWEST, _PIECE = 100, 65_536
_MOST_CONTROLS = 0.01
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r\x1b")


def unpack(body: bytes) -> bytes:
    """Undo gzip, zlib, zstd, brotli and raw deflate, also one within another."""
    for _ in range(_MOST_LAYERS):
        inner = _unpacked(body)
        if inner == body or len(inner) >= LIMIT:
            return inner
        body = inner
    return body


def _unpacked(body: bytes) -> bytes:
    if body.startswith(_GZIP):
        return _taken(_inflated(body, zlib.MAX_WBITS | 16)) or body
    if body.startswith(_ZSTD):
        return _taken(_unzstd(body)) or body
    if len(body) > 2 and body[0] & 0x8F == 8 and int.from_bytes(body[:2]) % 31 == 0:
        inner = _taken(_inflated(body, zlib.MAX_WBITS))
        if len(inner) > len(body) // 2:
            return inner
    if not body or _is_text(body):
        return body
    # These two have no mark: what they make of other bytes is short, or no text either.
    for pieces in (_unbrotli(body), _inflated(body, -zlib.MAX_WBITS)):
        inner = _taken(pieces)
        if len(inner) > max(_FEWEST, len(body) // 2) and _is_sense(inner):
            return inner
    return body


def _is_sense(inner: bytes) -> bool:
    marked = inner.startswith((_GZIP, _ZSTD)) or len(inner) >= LIMIT
    return marked or (inner != b"" and _is_text(inner))


def _taken(pieces: Iterator[bytes]) -> bytes:
    """Join pieces up to the limit, or up to where the stream breaks."""
    taken: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            taken.append(piece[: LIMIT - size])
            size += len(taken[-1])
            if size >= LIMIT:
                break
    except (zlib.error, brotli.error, zstandard.ZstdError):
        pass
    return b"".join(taken)


def _inflated(body: bytes, window: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(window)
    for place in range(0, len(body), _STEP):
        yield stream.decompress(body[place : place + _STEP])
        if stream.eof:
            left = stream.unused_data + body[place + _STEP :]
            if left.startswith(_GZIP):
                yield from _inflated(left, window)
            return


def _unzstd(body: bytes) -> Iterator[bytes]:
    stream = zstandard.ZstdDecompressor().decompressobj(read_across_frames=True)
    for place in range(0, len(body), _STEP):
        yield stream.decompress(body[place : place + _STEP])


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    piece = stream.process(body, output_buffer_limit=_PIECE)
    while piece:
        yield piece
        piece = stream.process(b"", output_buffer_limit=_PIECE)


def _is_text(body: bytes) -> bool:
    """Say whether the bytes may be characters of any encoding, or a file with a mark of its own."""
    sample = body[:_SAMPLE]
    if sample.lstrip().startswith((b"<", b"%PDF-")) or width(*unmark(sample)):
        return True
    return len(sample.translate(None, _CONTROLS)) >= (1 - _MOST_CONTROLS) * len(sample)
