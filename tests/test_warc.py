"""Bodies in WARC files: read back as they were kept, whatever happened to the file."""

import gzip
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.memento import Capture, Memento, to_datetime
from pipelines.warc import DamagedShelf, Place, Shelf, read_body, read_shelf

URI_R = "http://acme.example/privacy"
HEADERS = (("content-type", "text/html"), ("server", "Apache"), ("set-cookie", "a=1"))
PAGE = b"<!DOCTYPE html><title>Privacy</title><p>We keep what you send us.\r\n\r\n"
FILE = "crawl-1.warc.gz"


def memento(
    body: bytes = PAGE,
    timestamp: str = "20150101000000",
    *,
    original: str = URI_R,
    headers: Sequence[tuple[str, str]] = HEADERS,
) -> Memento:
    """A memento of an invented vendor."""
    capture = Capture(
        policy_id="acme/privacy",
        urlkey="example,acme)/privacy",
        timestamp=timestamp,
        original=original,
        mimetype="text/html",
        statuscode="200",
        digest="ASKED",
    )
    return Memento(
        capture=capture,
        uri_m=f"http://archive.example/web/{timestamp}id_/{original}",
        memento_datetime=to_datetime(timestamp),
        statuscode=200,
        content_type="text/html",
        headers=tuple(headers),
        body=body,
        digest="RECEIVED",
        archive_source="spn2-2015/part.warc.gz",
        fetched_at=datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC),
    )


def keep(folder: Path, *mementos: Memento, crawl_id: str = "crawl-1") -> list[Place]:
    """Keep mementos in the file of one crawl."""
    shelf = Shelf(folder, crawl_id)
    places = [shelf.keep(one) for one in mementos]
    shelf.close()
    return places


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(PAGE, id="a page"),
        pytest.param(gzip.compress(PAGE), id="a body that is gzip itself"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", id="a body that looks like WARC"),
        pytest.param(b"HTTP/1.1 404 Not Found\r\n\r\n", id="a body that looks like HTTP"),
        pytest.param(bytes(range(256)) * 5000, id="a megabyte of every byte"),
    ],
)
def test_a_body_is_read_back_byte_for_byte(tmp_path: Path, body: bytes) -> None:
    before, place, after = keep(tmp_path, memento(b"before"), memento(body), memento(b"after"))

    read = read_body(tmp_path, place.warc_file, place.warc_offset)

    assert read == body
    assert (place.body_bytes, place.body_sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert read_body(tmp_path, before.warc_file, before.warc_offset) == b"before"
    assert read_body(tmp_path, after.warc_file, after.warc_offset) == b"after"


def test_a_record_says_all_that_its_row_needs(tmp_path: Path) -> None:
    (place,) = keep(tmp_path, memento())

    (record,) = read_shelf(tmp_path)

    assert record.place == place
    assert record.body == PAGE
    assert record.uri_r == URI_R
    assert record.uri_m == f"http://archive.example/web/20150101000000id_/{URI_R}"
    assert record.warc_date == "2015-01-01T00:00:00Z"
    assert (record.statuscode, record.content_type) == (200, "text/html")
    assert record.archive_source == "spn2-2015/part.warc.gz"
    assert (record.asked_digest, record.received_digest) == ("ASKED", "RECEIVED")
    assert datetime.fromisoformat(record.fetched_at) == memento().fetched_at
    assert record.crawl_id == "crawl-1"


@pytest.mark.parametrize(
    "original",
    [
        pytest.param("http://acme.example/our privacy  page", id="blanks"),
        pytest.param("http://acme.example/políticas?q=隐私", id="letters of other scripts"),
        pytest.param("http://acme.example/a%20b?c=%zz&d=<e>", id="percent signs"),
        pytest.param("http://acme.example:80:80/", id="impossible"),
    ],
)
def test_an_address_is_read_back_as_it_was_listed(
    tmp_path: Path, original: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (place,) = keep(tmp_path, memento(original=original))

    (record,) = read_shelf(tmp_path)

    assert record.uri_r == original
    assert read_body(tmp_path, FILE, place.warc_offset) == PAGE
    assert capfd.readouterr() == ("", "")


@settings(max_examples=25)
@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_any_value_of_a_header_leaves_the_body_whole(
    tmp_path_factory: pytest.TempPathFactory, value: str
) -> None:
    folder = tmp_path_factory.mktemp("warc")
    (place,) = keep(folder, memento(headers=(*HEADERS, ("x-note", value))))

    assert read_body(folder, FILE, place.warc_offset) == PAGE


def test_every_record_lies_where_its_place_says(tmp_path: Path) -> None:
    bodies = [b"body %d\n" % number * number for number in range(20)]

    places = keep(tmp_path, *(memento(body) for body in bodies))

    assert [read_body(tmp_path, p.warc_file, p.warc_offset) for p in reversed(places)] == bodies[
        ::-1
    ]
    assert [record.place for record in read_shelf(tmp_path)] == places


def test_the_standards_own_reader_finds_a_standard_file(tmp_path: Path) -> None:
    places = keep(tmp_path, memento(b"one"), memento(b"two", original="http://acme.example/a b"))

    seen = []
    with (tmp_path / FILE).open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        for record in records:
            body = record.content_stream().read()
            header = record.rec_headers.get_header
            seen.append((record.rec_type, header("WARC-Target-URI"), body))
            if record.rec_type == "response":
                assert records.get_record_offset() == places[len(seen) - 2].warc_offset
                assert header("WARC-Payload-Digest").startswith("sha1:")
                assert record.http_headers.get_header("server") == "Apache"

    assert seen[0][0] == "warcinfo"
    assert seen[1:] == [
        ("response", URI_R, b"one"),
        ("response", "http://acme.example/a%20b", b"two"),
    ]


def test_a_crawl_without_a_body_leaves_no_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "warc", "crawl-1")

    shelf.sync()
    shelf.close()

    assert not (tmp_path / "warc").exists()


def test_a_record_is_with_the_system_before_its_place_is_known(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "crawl-1")

    place = shelf.keep(memento())

    assert read_body(tmp_path, FILE, place.warc_offset) == PAGE
    shelf.close()


def test_a_file_taken_up_again_goes_on_at_its_end(tmp_path: Path) -> None:
    places = keep(tmp_path, memento(b"one")) + keep(tmp_path, memento(b"two"))

    assert [(record.place, record.body) for record in read_shelf(tmp_path)] == [
        (places[0], b"one"),
        (places[1], b"two"),
    ]


def test_many_threads_at_once_spoil_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "crawl-1")
    bodies = [b"%d " % number * 2000 for number in range(200)]

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda body: shelf.keep(memento(body)), bodies))
    shelf.close()

    assert [read_body(tmp_path, p.warc_file, p.warc_offset) for p in places] == bodies
    assert sorted(record.body for record in read_shelf(tmp_path)) == sorted(bodies)


def test_a_file_cut_anywhere_gives_the_whole_records_before(tmp_path: Path) -> None:
    places = keep(tmp_path, memento(b"one" * 20), memento(b""), memento(b"three" * 20))
    path = tmp_path / FILE
    whole = path.read_bytes()
    ends = [place.warc_offset for place in places[1:]] + [len(whole)]
    records = list(read_shelf(tmp_path))

    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])

        assert list(read_shelf(tmp_path)) == records[: sum(end <= cut for end in ends)]


def test_a_cut_record_is_not_read_as_a_shorter_one(tmp_path: Path) -> None:
    (place,) = keep(tmp_path, memento(bytes(range(256)) * 100))
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(DamagedShelf, match=f"no whole record at byte {place.warc_offset}"):
        read_body(tmp_path, FILE, place.warc_offset)


def test_a_changed_byte_never_passes_for_a_body(tmp_path: Path) -> None:
    first, second, third = keep(tmp_path, memento(b"one"), memento(PAGE), memento(b"three"))
    path = tmp_path / FILE
    whole = path.read_bytes()

    for position in range(second.warc_offset + 10, third.warc_offset):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])

        with pytest.raises(DamagedShelf):
            read_body(tmp_path, FILE, second.warc_offset)
        assert read_body(tmp_path, FILE, first.warc_offset) == b"one"
        assert read_body(tmp_path, FILE, third.warc_offset) == b"three"


def test_a_shelf_broken_before_its_end_is_said_to_be(tmp_path: Path) -> None:
    _, second, _ = keep(tmp_path, memento(b"one"), memento(PAGE), memento(b"three"))
    path = tmp_path / FILE
    spoilt = bytearray(path.read_bytes())
    spoilt[second.warc_offset] ^= 0xFF
    path.write_bytes(spoilt)

    with pytest.raises(DamagedShelf, match=f"at byte {second.warc_offset}"):
        list(read_shelf(tmp_path))


@pytest.mark.parametrize(
    ("offset", "reason"),
    [
        pytest.param(0, "no whole record", id="the record about the file"),
        pytest.param(1, "at byte 1", id="inside a record"),
        pytest.param(1 << 40, "no whole record", id="beyond the end"),
    ],
)
def test_a_wrong_place_holds_no_body(tmp_path: Path, offset: int, reason: str) -> None:
    keep(tmp_path, memento())

    with pytest.raises(DamagedShelf, match=reason):
        read_body(tmp_path, FILE, offset)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no archive at all\n" * 9, id="text"),
        pytest.param(gzip.compress(b"no archive at all\n" * 9), id="gzipped text"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(DamagedShelf, match=FILE):
        list(read_shelf(tmp_path))
    with pytest.raises(DamagedShelf, match=FILE):
        read_body(tmp_path, FILE, 0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedShelf, match=FILE):
        read_body(tmp_path, FILE, 0)


def test_the_files_of_a_shelf_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    keep(tmp_path, memento(b"later"), crawl_id="crawl-2")
    keep(tmp_path, memento(b"earlier"), crawl_id="crawl-1")
    (tmp_path / "notes.txt").write_text("not ours")

    assert [record.body for record in read_shelf(tmp_path)] == [b"earlier", b"later"]


def test_a_folder_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("in the way")
    shelf = Shelf(tmp_path / "warc", "crawl-1")

    with pytest.raises(DamagedShelf, match=r"cannot use .*warc"):
        shelf.keep(memento())


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests_warc import keep, memento
from pipelines.warc import DamagedShelf, Shelf

folder = Path(sys.argv[1])
shelf = Shelf(folder, "crawl-1")
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))
failures = 0
for number in range(9):
    try:
        shelf.keep(memento(bytes(range(256)) * number))
    except DamagedShelf as error:
        failures += 1
try:
    shelf.close()
except DamagedShelf as error:
    failures += 100
sys.stdout.write(str(failures))
"""


def test_a_full_disk_is_told_and_spoils_no_record_before(tmp_path: Path) -> None:
    script = FULL_DISK.replace("tests_warc", Path(__file__).stem)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    }

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    kept = [record.body for record in read_shelf(tmp_path)]
    assert int(done.stdout) > 100
    assert kept
    assert kept == [bytes(range(256)) * number for number in range(len(kept))]
