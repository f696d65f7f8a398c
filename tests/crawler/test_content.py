"""Content codings, the true and the false ones."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.content import Undecodable, decode

LIMIT = 1 << 20
PAGE = b"<!DOCTYPE html><title>Privacy</title>" + b"<p>We keep what you send us.</p>\n" * 200


def raw_deflate(body: bytes) -> bytes:
    """Deflate as some servers send it: without the zlib header."""
    coder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return coder.compress(body) + coder.flush()


CODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without header": ("deflate", raw_deflate),
    "brotli": ("br", partial(brotli.compress, quality=5)),
    "zstd": ("zstd", zstandard.compress),
}
every_coding = pytest.mark.parametrize(("coding", "code"), CODERS.values(), ids=list(CODERS))


@every_coding
@given(body=st.binary(min_size=1, max_size=2000))
def test_any_body_comes_out_of_its_coding(
    coding: str, code: Callable[[bytes], bytes], body: bytes
) -> None:
    assert decode(code(body), [coding], LIMIT) == body


@every_coding
def test_a_name_in_capitals_and_blanks_is_the_same_coding(
    coding: str, code: Callable[[bytes], bytes]
) -> None:
    assert decode(code(PAGE), [f" {coding.upper()} ", ""], LIMIT) == PAGE


@every_coding
def test_a_coding_named_twice_for_a_body_coded_once_is_undone_once(
    coding: str, code: Callable[[bytes], bytes]
) -> None:
    assert decode(code(PAGE), [coding, coding], LIMIT) == PAGE


@every_coding
@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(PAGE, id="a page"),
        pytest.param(b"\xef\xbb\xbf" + PAGE, id="a page with a byte order mark"),
        pytest.param(b"\r\n\t " + PAGE, id="a page after blanks"),
        pytest.param("Términos y condiciones".encode("latin-1"), id="text in latin-1"),
        pytest.param(b"%PDF-1.4\n\x00\x01\x02%%EOF", id="a PDF"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_coding_named_for_a_plain_body_is_not_believed(
    coding: str, code: Callable[[bytes], bytes], plain: bytes
) -> None:
    assert decode(plain, [coding], LIMIT) == plain


@every_coding
def test_a_body_coded_twice_is_undone_twice(coding: str, code: Callable[[bytes], bytes]) -> None:
    assert decode(code(gzip.compress(PAGE)), ["gzip", coding], LIMIT) == PAGE


@every_coding
@pytest.mark.parametrize("kept", [0.3, 0.9, 1.0], ids=["a third", "most", "all but a byte"])
def test_a_body_cut_off_is_undecodable(
    coding: str, code: Callable[[bytes], bytes], kept: float
) -> None:
    coded = code(bytes(range(256)) * 40)

    with pytest.raises(Undecodable, match="cut off"):
        decode(coded[: min(int(len(coded) * kept), len(coded) - 1)], [coding], LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_body_of_nothing_but_its_first_bytes_is_cut_off(coding: str) -> None:
    head = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}[coding]

    with pytest.raises(Undecodable, match="cut off"):
        decode(head, [coding], LIMIT)


@pytest.mark.parametrize(
    ("coding", "broken"),
    [
        pytest.param("gzip", gzip.compress(PAGE)[:12] + b"\xff" * 40, id="gzip"),
        pytest.param("gzip", gzip.compress(PAGE)[:-8] + bytes(8), id="gzip with a wrong checksum"),
        pytest.param("deflate", b"\x78\x9c" + b"\xff\x00" * 20, id="deflate"),
        pytest.param("br", b"\x00\x01\x02" * 20, id="brotli"),
        pytest.param("zstd", b"\x28\xb5\x2f\xfd" + b"\xff" * 20, id="zstd"),
    ],
)
def test_a_broken_body_is_undecodable(coding: str, broken: bytes) -> None:
    with pytest.raises(Undecodable, match=r"broken|cut off"):
        decode(broken, [coding], LIMIT)


@every_coding
def test_a_bomb_is_stopped_without_being_unpacked(
    coding: str, code: Callable[[bytes], bytes]
) -> None:
    bomb = code(bytes(1 << 26))
    tracemalloc.start()

    with pytest.raises(Undecodable, match=f"over {LIMIT} bytes"):
        decode(bomb, [coding], LIMIT)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * LIMIT


def test_a_bomb_in_a_bomb_is_stopped() -> None:
    with pytest.raises(Undecodable, match=f"over {LIMIT} bytes"):
        decode(gzip.compress(gzip.compress(bytes(1 << 26))), ["gzip", "gzip"], LIMIT)


@every_coding
@pytest.mark.parametrize("layers", [5, 6])
def test_a_body_coded_over_and_over_is_undone_five_times_at_most(
    coding: str, code: Callable[[bytes], bytes], layers: int
) -> None:
    body = PAGE
    for _ in range(layers):
        body = code(body)

    if layers > 5:
        with pytest.raises(Undecodable, match="more than 5 times"):
            decode(body, [coding] * layers, LIMIT)
    else:
        assert decode(body, [coding] * 3000, LIMIT) == PAGE


@every_coding
@pytest.mark.parametrize("over", [0, 1], ids=["at the limit", "over it"])
def test_the_limit_is_the_last_size_allowed(
    coding: str, code: Callable[[bytes], bytes], over: int
) -> None:
    body = b"x" * (1000 + over)

    if over:
        with pytest.raises(Undecodable, match="over 1000 bytes"):
            decode(code(body), [coding], 1000)
    else:
        assert decode(code(body), [coding], 1000) == body


@pytest.mark.parametrize("codings", [[], ["identity"], ["utf-8"], ["compress"]])
def test_the_limit_holds_for_a_plain_body_too(codings: list[str]) -> None:
    with pytest.raises(Undecodable, match="over 10 bytes"):
        decode(b"x" * 11, codings, 10)


@pytest.mark.parametrize("code", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_body_in_several_members_is_read_to_the_last(code: Callable[[bytes], bytes]) -> None:
    members = code(b"one, ") + code(b"") + code(b"two")

    assert decode(members, ["gzip", "zstd"], 8) == b"one, two"


@pytest.mark.parametrize("code", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_later_member_cut_off_is_seen(code: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Undecodable, match="cut off"):
        decode(code(PAGE) + code(PAGE)[:-4], ["gzip", "zstd"], LIMIT)


def test_what_a_server_padded_behind_the_body_is_left_out() -> None:
    assert decode(gzip.compress(PAGE) + b"\r\n\0\0", ["gzip"], LIMIT) == PAGE


@given(st.binary(), st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "x"]), max_size=3))
def test_no_bytes_whatever_crash_the_decoder(body: bytes, codings: list[str]) -> None:
    try:
        decoded = decode(body, codings, 1000)
    except Undecodable:
        return

    assert len(decoded) <= 1000
