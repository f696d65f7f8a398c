"""What a record says is believed as far as its bytes bear it out."""

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from foreign_warcs import PAGE, URI, answer, chunked, record, sha1, write

from crawler.items import Settlement
from crawler.memento import Memento
from pipelines.corpora.answers import capture_of, judged
from pipelines.corpora.tally import Tally
from pipelines.warc_reading import Found, read_records

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PACKED = gzip.compress(PAGE, mtime=0)
CHUNKED = "Transfer-Encoding: chunked"
URI_M = f"https://archive.example/web/20160506070809id_/{URI}"
LINE = f"example,acme)/privacy 20160506070809 {URI} warc/revisit - ABC 123"


def found_in(tmp_path: Path, given: bytes) -> Found:
    """Read a record back."""
    (found,) = read_records(write(tmp_path / "a.warc", given), lambda _: True, 10**6)
    return found


@pytest.mark.parametrize(
    ("block", "digest"),
    [
        pytest.param(answer(), "", id="plain, without a digest"),
        pytest.param(answer(), sha1(PAGE).lower(), id="a digest in small letters"),
        pytest.param(answer(), f"sha1:{hashlib.sha1(PAGE).hexdigest()}", id="a digest in hex"),
        pytest.param(answer(), f"SHA-256:{hashlib.sha256(PAGE).hexdigest()}", id="another hash"),
        pytest.param(answer(), "tiger:abc", id="a hash nobody knows"),
        pytest.param(answer(chunked(PAGE), headers=[CHUNKED]), "", id="in chunks"),
        pytest.param(
            answer(chunked(PAGE), headers=[CHUNKED]), sha1(chunked(PAGE)), id="a digest of chunks"
        ),
        pytest.param(
            answer(chunked(PACKED), headers=[CHUNKED, "Content-Encoding: gzip"]),
            sha1(PACKED),
            id="gzip in chunks",
        ),
        pytest.param(
            answer(PACKED, headers=["Content-Encoding: gzip"]), sha1(PAGE), id="a digest of text"
        ),
        pytest.param(
            answer(headers=["Content-Encoding: gzip"]), sha1(PAGE), id="a coding undone before"
        ),
    ],
)
def test_a_body_is_kept_without_its_codings(tmp_path: Path, block: bytes, digest: str) -> None:
    more = {"WARC_Payload_Digest": digest} if digest else {}
    found = found_in(tmp_path, record(block=block, **more))

    result = judged(capture_of("acme/privacy", found), found, "a.warc", NOW)

    assert isinstance(result, Memento)
    assert result.body == PAGE
    assert (result.archive_source, result.fetched_at) == ("a.warc", NOW)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param(
            record(block=answer(), WARC_Payload_Digest=sha1(b"other")), "digest", id="other bytes"
        ),
        pytest.param(
            record(block=answer(PACKED[:-9], headers=["Content-Encoding: gzip"])),
            "the compressed body is cut off",
            id="cut gzip",
        ),
        pytest.param(record(block=answer(), WARC_Truncated="disc"), "(disc)", id="truncated"),
    ],
)
def test_a_body_that_is_not_whole_is_damage(tmp_path: Path, given: bytes, reason: str) -> None:
    found = found_in(tmp_path, given)

    result = judged(capture_of("acme/privacy", found), found, "a.warc", NOW)

    assert isinstance(result, Settlement)
    assert (result.state, reason in result.reason) == ("damaged", True)


def test_a_line_of_an_index_is_taken_over_with_all_it_says(tmp_path: Path) -> None:
    given = record(
        block=answer(),
        WARC_Archive_CDX=LINE,
        WARC_Source_URI=URI_M,
        WARC_Creation_Date="2024-05-01T12:30:15.5+00:00",
        WARC_Archive_Source="part.warc.gz",
        WARC_Received_Digest="ABC",
    )
    found = found_in(tmp_path, given)

    line = capture_of("acme/privacy", found)
    memento = judged(line, found, "a.warc", NOW)

    said = (line.urlkey, line.timestamp, line.original, line.mimetype, line.statuscode)
    assert " ".join((*said, line.digest, str(line.length))) == LINE
    assert isinstance(memento, Memento)
    assert (memento.uri_m, memento.archive_source, memento.digest) == (URI_M, "part.warc.gz", "ABC")
    assert memento.fetched_at == datetime(2024, 5, 1, 12, 30, 15, 500000, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LINE.replace("2016", "2015"), id="of another moment"),
        pytest.param(LINE.replace(URI, "http://other.example/"), id="of another address"),
        pytest.param("a b c", id="of another form"),
    ],
)
def test_a_line_that_is_not_the_records_own_is_not_believed(tmp_path: Path, line: str) -> None:
    uri_m = URI_M.replace("2016", "2015")
    given = record(block=answer(), WARC_Archive_CDX=line, WARC_Source_URI=uri_m)
    found = found_in(tmp_path, given)

    capture = capture_of("acme/privacy", found)
    memento = judged(capture, found, "a.warc", NOW)

    assert (capture.original, capture.timestamp, capture.statuscode, capture.digest) == (
        URI,
        "20160506070809",
        "200",
        sha1(PAGE)[5:],
    )
    assert isinstance(memento, Memento)
    assert memento.uri_m == "urn:uuid:response-2016-05-06T07:08:09Z"


def test_the_commonest_of_very_many_addresses_are_remembered() -> None:
    tally = Tally()

    for number in range(50_000):
        tally.other(f"http://{number}.example/")
        tally.other("http://common.example/")

    assert "100,000 records" in tally.words(0, 0)
    assert "have: http://common.example/ (50,000)" in tally.words(0, 0)
    assert len(tally.addresses) <= 20_001
