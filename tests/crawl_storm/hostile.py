"""Pages and answers made to break whoever takes them in, each between two ordinary neighbours."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import brotli
import zstandard
from crawl.archives import address, history, page

from crawler.sandbox.archive import ArchivedCapture, capture

MIDDLE = "20100201000000"
MEGABYTE = 1 << 20
SCRIPT = b"<script>" + b"var seen = seen + 1;\n" * 2_500_000 + b"</script>"
PROSE = page("A").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A capture, the state it must end in, and words of the reason (or of the verdict)."""

    make: Callable[[str], ArchivedCapture]
    state: str
    reason: str = ""


def served(name: str) -> list[ArchivedCapture]:
    """The history of a vendor whose middle capture is hostile."""
    before, after = history(name, "AA", twins=False)
    return [before, replace(HOSTILE[name].make(address(name)), timestamp=MIDDLE), after]


def gzip_bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros in gzip, a thousandth of the size."""
    zeros, check = bytes(MEGABYTE), 0
    coder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = coder.compress(zeros) + coder.flush(zlib.Z_FULL_FLUSH)  # can stand by itself
    for _ in range(megabytes):
        check = zlib.crc32(zeros, check)
    head, end = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", coder.flush()
    return (
        head
        + block * megabytes
        + end
        + check.to_bytes(4, "little")
        + ((megabytes * MEGABYTE) % (1 << 32)).to_bytes(4, "little")
    )


def gzipped(body: bytes) -> bytes:
    """The body in gzip, quickly."""
    coder = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    return coder.compress(body) + coder.flush()


def coded(body: Callable[[], bytes], coding: str) -> Callable[[str], ArchivedCapture]:
    """Make a page in a content coding."""
    return lambda url: capture(url, MIDDLE, body(), headers={"Content-Encoding": coding})


def plain(body: bytes, kind: str = "text/html") -> Callable[[str], ArchivedCapture]:
    """Make a page of these bytes."""
    return lambda url: capture(url, MIDDLE, body, content_type=kind)


def moved(location: str, *, status: int = 301) -> Callable[[str], ArchivedCapture]:
    """Make a redirect; `{}` stands for the address itself."""
    return lambda url: capture(url, MIDDLE, status=status, location=location.format(url))


def struck(fault: str) -> Callable[[str], ArchivedCapture]:
    """Make an ordinary page that the archive plays with a fault."""
    return lambda url: capture(url, MIDDLE, page("B"), faults=[fault])


def _brotli() -> bytes:
    coder = brotli.Compressor(quality=2)
    return b"".join(coder.process(bytes(MEGABYTE)) for _ in range(256)) + coder.finish()


def _zstd() -> bytes:
    coder = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(coder.compress(bytes(MEGABYTE)) for _ in range(1024)) + coder.flush()


OVER = "over 20971520 bytes"
HOSTILE = {
    "gzip-bomb": Hostile(make=coded(lambda: gzip_bomb(1024), "gzip"), state="damaged", reason=OVER),
    "brotli-bomb": Hostile(make=coded(_brotli, "br"), state="damaged", reason=OVER),
    "zstd-bomb": Hostile(make=coded(_zstd, "zstd"), state="damaged", reason=OVER),
    "bomb-in-gzip": Hostile(
        make=coded(lambda: gzipped(gzip_bomb(1024)), "gzip, gzip"), state="damaged", reason=OVER
    ),
    "script-50mb": Hostile(
        make=coded(lambda: gzipped(SCRIPT + PROSE), "gzip"), state="damaged", reason=OVER
    ),
    "script-50mb-plain": Hostile(
        make=plain(SCRIPT + PROSE, "application/xhtml"), state="damaged", reason=OVER
    ),
    "script-19mb": Hostile(
        make=coded(lambda: gzipped(SCRIPT[:19_000_000] + PROSE), "gzip"),
        state="fetched",
        reason="too-large",
    ),
    "nested-tags": Hostile(
        make=plain(b"<html><body>" + b"<div>" * 100_000 + PROSE), state="fetched"
    ),
    "nul-bytes": Hostile(
        make=plain(PROSE.replace(b"privacy", b"priv\0acy").replace(b"Privacy", b"\0Privacy")),
        state="fetched",
    ),
    "utf-7": Hostile(
        make=plain(
            PROSE.replace(b"<p>This", b"<p>+ADw-b+AD4- This") + b"\xa3",
            "text/html; charset=utf-7",
        ),
        state="fetched",
    ),
    "loop": Hostile(make=moved("{}"), state="redirect", reason=address("loop")),
    "ever-on": Hostile(make=moved("{}/on/1"), state="redirect", reason="/on/1"),
    "nul-target": Hostile(make=moved("/a\0b"), state="redirect", reason="/a"),
    "circle": Hostile(make=struck("circle"), state="unplayable", reason="redirected without"),
    "endless": Hostile(make=struck("endless"), state="damaged", reason=OVER),
    "long-header": Hostile(make=struck("long-header"), state="failed"),
    "many-headers": Hostile(make=struck("many-headers"), state="fetched"),
}
