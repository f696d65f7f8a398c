"""A body that is still compressed reads as what it holds, whatever was said of it."""

import gzip
import resource
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from extraction_pages import pdf, policy_page
from policy_texts import TEXTS

from pipelines.extraction.extract import extract
from pipelines.extraction.unpack import LIMIT, unpack

PAGE = policy_page(paragraphs=[TEXTS[language] for language in ("en", "fr", "pl", "vi")]).encode()


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


def zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


def quick_brotli(body: bytes) -> bytes:
    return brotli.compress(body, quality=1)


CODINGS = [gzip.compress, zlib.compress, raw_deflate, quick_brotli, zstd]
NAMES = ["gzip", "zlib", "raw deflate", "brotli", "zstd"]


@pytest.mark.parametrize("content_type", ["", "text/html; charset=utf-8", "application/pdf"])
@pytest.mark.parametrize("code", CODINGS, ids=NAMES)
def test_a_compressed_page_reads_as_the_page(
    code: Callable[[bytes], bytes], content_type: str
) -> None:
    extraction = extract(code(PAGE), content_type=content_type)

    assert extraction.text == extract(PAGE).text
    assert extraction.verdict == "policy"


@pytest.mark.parametrize("inner", CODINGS, ids=NAMES)
@pytest.mark.parametrize(
    "outer", [gzip.compress, zlib.compress, zstd], ids=["in gzip", "in zlib", "in zstd"]
)
def test_a_body_compressed_twice_is_unpacked_twice(
    inner: Callable[[bytes], bytes], outer: Callable[[bytes], bytes]
) -> None:
    assert unpack(outer(inner(PAGE))) == PAGE


def test_the_members_of_a_gzip_file_are_read_one_after_another() -> None:
    members = gzip.compress(PAGE[:1_000]) + gzip.compress(PAGE[1_000:])

    assert unpack(members) == PAGE


@pytest.mark.parametrize("code", CODINGS, ids=NAMES)
def test_a_stream_cut_off_gives_what_came_before(code: Callable[[bytes], bytes]) -> None:
    page = "".join(f"<p>Clause {n * n * 7919} of them, {n * n * 31}.</p>" for n in range(9_000))
    coded = code(page.encode())

    unpacked = unpack(coded[: len(coded) // 2])

    assert page.encode().startswith(unpacked)
    assert len(unpacked) > 0.3 * len(page)


@pytest.mark.parametrize("code", [gzip.compress, zstd], ids=["gzip", "zstd"])
def test_a_broken_stream_gives_what_came_before(code: Callable[[bytes], bytes]) -> None:
    page = "".join(f"<p>Clause {n * n * 7919} of them, {n * n * 31}.</p>" for n in range(30_000))
    coded = code(page.encode())
    place = len(coded) // 2

    unpacked = unpack(coded[:place] + b"\xff" * 40 + coded[place + 40 :])

    assert len(unpacked) > 0.2 * len(page)
    assert unpacked[:50_000] == page.encode()[:50_000]


@pytest.mark.parametrize("code", CODINGS, ids=NAMES)
def test_a_bomb_is_too_large_within_bounded_memory(
    code: Callable[[bytes], bytes],
) -> None:
    bomb = code(b"<p>" + bytes(60_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    extraction = extract(bomb)

    assert (extraction.verdict, extraction.reason) == ("not-policy", "too-large")
    assert len(unpack(bomb)) == LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize(
    "body",
    [
        *(PAGE, pdf(["We keep data."]), PAGE.decode().encode("utf-16"), b"", b"\x1f\x8b\x08"),
        *(b"\x1f\x8b\x08 but no gzip", b"x\x9c but no zlib", b"\x28\xb5\x2f\xfd"),
        *(TEXTS["ja"].encode("iso2022_jp"), TEXTS["th"].encode("utf-16-be")),
        *(bytes(range(256)) * 40, b"\x00" * 5_000, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_body_that_is_not_compressed_stays_as_it_is(body: bytes) -> None:
    assert unpack(body) == body
