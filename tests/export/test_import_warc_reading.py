"""WARC files of any maker are read as they are, and no further than they are whole."""

import gzip
import re
import tracemalloc
from pathlib import Path

import pytest
from foreign_warcs import DATE, PAGE, URI, answer, chunked, record, write

from crawler.errors import AskedWrongly
from pipelines.warc_reading import DamagedWarc, Found, expect_warc, read_records

LIMIT = 100_000
NAMES = ["a.warc", "a.warc.gz"]


def read(path: Path, wanted: str = "", limit: int = LIMIT) -> list[Found]:
    """Read all records, with the payloads of those addresses that begin so."""
    return list(read_records(path, lambda uri: uri.startswith(wanted), limit))


@pytest.mark.parametrize("name", NAMES)
def test_records_about_addresses_come_in_their_order(tmp_path: Path, name: str) -> None:
    path = write(
        tmp_path / name,
        record("warcinfo", block=b"software: any\r\n"),
        record("request", block=b"GET / HTTP/1.1\r\n\r\n"),
        record(block=answer()),
        record("metadata", block=b"outlink: none"),
        record("resource", uri="<metadata://tool.example/arguments>", block=b"--all"),
        record("revisit", block=b"", WARC_Profile="identical-payload-digest"),
        record("resource", block=b"%PDF-1.4", Content_Type="application/pdf"),
    )

    found = read(path)

    assert [(one.kind, one.uri, one.warc["warc-date"], one.status) for one in found] == [
        ("response", URI, DATE, "200"),
        ("revisit", URI, DATE, ""),
        ("resource", URI, DATE, ""),
    ]
    assert [one.payload for one in found] == [PAGE, None, b"%PDF-1.4"]
    assert found[0].headers == (("content-type", "text/html"),)
    assert found[1].warc["warc-profile"] == "identical-payload-digest"


def test_a_file_that_is_one_gzip_member_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record(block=answer(b"one")) + record(block=answer(b"two"))))

    assert [one.payload for one in read(path)] == [b"one", b"two"]


def test_zeros_behind_the_last_record_are_no_damage(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", record(block=answer()))
    path.write_bytes(path.read_bytes() + bytes(100_000))

    assert len(read(path)) == 1


@pytest.mark.parametrize(
    ("block", "payload"),
    [
        pytest.param(chunked(PAGE), PAGE, id="in chunks"),
        pytest.param(chunked(PAGE)[:-2] + b"Expires: 0\r\n\r\n", PAGE, id="with a trailer"),
        pytest.param(PAGE, PAGE, id="undone, and the header kept"),
    ],
)
def test_a_transfer_coding_is_undone(tmp_path: Path, block: bytes, payload: bytes) -> None:
    head = ["Transfer-Encoding: chunked"]
    path = write(tmp_path / "a.warc", record(block=answer(block, headers=head)))

    (found,) = read(path)

    assert (found.payload, found.block) == (payload, block)


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        pytest.param(record(block=answer(bytes(LIMIT + 1))), "over 100000 bytes", id="large"),
        pytest.param(
            record(block=answer(), WARC_Truncated="time"), "cut off .* \\(time\\)", id="truncated"
        ),
        pytest.param(
            record(block=answer(), WARC_Segment_Number="1"), "several records", id="segmented"
        ),
        pytest.param(
            record(block=answer(chunked(PAGE)[:-40], headers=["Transfer-Encoding: chunked"])),
            "chunked body is cut",
            id="a chunk cut",
        ),
    ],
)
def test_a_record_with_a_flaw_has_no_payload_and_hides_no_other(
    tmp_path: Path, given: bytes, flaw: str
) -> None:
    path = write(tmp_path / "a.warc.gz", given, record(block=answer()))

    first, second = read(path)

    assert re.search(flaw, first.flaw)
    assert first.payload is None
    assert (second.payload, second.flaw) == (PAGE, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_anywhere_gives_the_whole_records_before(tmp_path: Path, name: str) -> None:
    records = [
        record(block=answer(b"one" * 20)),
        record(block=answer()),
        record(block=answer(b"3")),
    ]
    path = write(tmp_path / name, *records)
    whole = path.read_bytes()
    ends = [len(write(tmp_path / "x" / name, *records[:n]).read_bytes()) for n in range(4)]
    slack = 4 if name == "a.warc" else 0  # the blank lines behind a plain record

    for cut in range(1, len(whole), 3):
        path.write_bytes(whole[:cut])
        found, damage = read_until_damage(path)
        assert len(found) == sum(end - slack <= cut for end in ends[1:])
        assert damage is not None or any(end - slack <= cut <= end for end in ends)
        assert damage is None or damage.offset == max(end for end in ends if end <= cut)


def read_until_damage(path: Path) -> tuple[list[Found], DamagedWarc | None]:
    """Read a file as far as it goes."""
    found: list[Found] = []
    try:
        found.extend(read_records(path, lambda _: True, LIMIT))
    except DamagedWarc as error:
        return found, error
    return found, None


def test_a_changed_byte_stops_the_reading_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", *(record(block=answer(b"%d" % n)) for n in range(3)))
    sizes = [len(gzip.compress(record(block=answer(b"%d" % n)), mtime=0)) for n in range(2)]
    spoilt = bytearray(path.read_bytes())
    spoilt[sizes[0] + 40] ^= 0xFF
    path.write_bytes(spoilt)

    found, damage = read_until_damage(path)

    assert f"a.warc.gz cannot be read from byte {sizes[0]} on" in str(damage)
    assert [one.payload for one in found] == [b"0"]


@pytest.mark.parametrize("length", ["", "-5", "ten", "9" * 20])
def test_a_record_without_its_length_is_damage(tmp_path: Path, length: str) -> None:
    good = record(block=answer())
    path = write(tmp_path / "a.warc", good, record(block=answer(), Content_Length=length))

    with pytest.raises(DamagedWarc, match=f"byte {len(good)} on: .*length"):
        read(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"no archive at all\n", "begins with b'no archive at al", id="text"),
        pytest.param(gzip.compress(b"no archive\n"), "begins with b'no archive", id="gzip"),
        pytest.param(b"\x1f\x8bnothing", "no WARC file", id="broken gzip"),
        pytest.param(b"", "begins with b''", id="nothing"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)

    with pytest.raises(AskedWrongly, match=reason):
        expect_warc(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match=r"cannot read .*none\.warc: No such file"):
        expect_warc(tmp_path / "none.warc")


def test_bodies_that_nobody_wants_take_no_memory(tmp_path: Path) -> None:
    large = record(uri="http://video.example/", block=answer(bytes(20_000_000)))
    path = write(tmp_path / "a.warc.gz", large, record(block=answer()))

    tracemalloc.start()
    found = read(path, wanted=URI, limit=10**9)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [one.payload for one in found] == [None, PAGE]
    assert peak < 2_000_000
