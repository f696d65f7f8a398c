"""WARC files of others become captures, as a crawl would have settled them."""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from foreign_warcs import PAGE, URI, answer, chunked, record, sha1, write

from pipelines.cli.main import cli
from pipelines.database.checking import check_bodies, check_facts
from pipelines.database.file import reading

LIST = """
[[vendor]]
id = "acme"
name = "Acme"
homepage = "http://acme.example/"

[[vendor.policy]]
kind = "privacy"
locations = [
    { uri_r = "http://acme.example/privacy", until = 2019-12-31 },
    { uri_r = "https://acme.example/legal", since = 2020-01-01 },
]
"""
WORDS = " ".join(
    f"We keep the data number {n} that you send us as long as needed." for n in range(40)
)
POLICY = f"<html lang=en><title>Privacy Policy</title><h1>Privacy Policy</h1><p>{WORDS}".encode()
NEXT = POLICY.replace(b"needed", b"we like")

Import = Callable[..., Result]


@pytest.fixture
def take(tmp_path: Path) -> Import:
    """Import WARC files into one archive, as a user does."""
    (tmp_path / "vendors.toml").write_text(LIST)

    def taking(*files: Path) -> Result:
        asked = ["--data", str(tmp_path / "data"), "import", "--from", "warc", *map(str, files)]
        return CliRunner().invoke(cli, [*asked, "--vendors", str(tmp_path / "vendors.toml")])

    return taking


def rows(tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the archive."""
    with reading(tmp_path / "data") as connection:
        return connection.execute(query).fetchall()


def broken(tmp_path: Path) -> list[str]:
    """Give the invariants that do not hold."""
    with reading(tmp_path / "data") as connection:
        found = [*check_facts(connection), *check_bodies(connection, tmp_path / "data")]
    return [finding.invariant for finding in found if finding and finding.broken]


STATES = "SELECT timestamp, state, reason FROM captures ORDER BY ALL"


def test_every_record_of_a_listed_address_is_in_the_state_a_crawl_would_give(
    tmp_path: Path, take: Import
) -> None:
    moved = ["Location: /legal", "Content-Type: text/html"]
    file = write(
        tmp_path / "a.warc.gz",
        record("warcinfo", block=b"software: any\r\n"),
        record(date="2016-01-01T00:00:00Z", block=answer(POLICY)),
        record(
            date="2016-02-01T00:00:00.250Z",
            block=answer(POLICY),
            uri="HTTP://www.Acme.example/privacy/",
        ),
        record(date="2016-03-01T00:00:00Z", block=answer(b"", "301 Moved", moved)),
        record(date="2016-04-01T00:00:00Z", block=answer(b"no", "404 Not Found")),
        record(date="2016-05-01T00:00:00Z", block=answer(b"no", "503 Busy")),
        record(date="2016-06-01T00:00:00Z", block=answer(PAGE), WARC_Truncated="length"),
        record(date="2016-07-01T00:00:00Z", block=answer(PAGE), WARC_Payload_Digest=sha1(b"x")),
        record(date="2016-08-01T00:00:00Z", block=answer(PAGE, headers=["Content-Length: 999"])),
        record(date="2021-01-01T00:00:00Z", block=answer(PAGE)),
        record(date="lately", block=answer(PAGE)),
        record("resource", date="2016-09-01T00:00:00Z", block=NEXT, Content_Type="text/html"),
        record(uri="http://acme.example/terms", block=answer(b"terms")),
    )

    result = take(file)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(
        "11 new captures, 0 known (2 fetched, 1 unchanged, 1 skipped, 1 redirect, 1 absent, "
        "1 error, 4 damaged); 1 records of addresses that the list does not have: "
        "http://acme.example/terms (1)\n"
    )
    assert rows(tmp_path, STATES) == [
        ("20160101000000", "fetched", ""),
        ("20160201000000", "unchanged", "same digest as 20160101000000"),
        ("20160301000000", "redirect", "http://acme.example/legal"),
        ("20160401000000", "absent", "archived HTTP 404"),
        ("20160501000000", "error", "archived HTTP 503"),
        ("20160601000000", "damaged", "cut off when it was captured (length)"),
        ("20160701000000", "damaged", "its bytes are not those that its digest was taken of"),
        ("20160801000000", "damaged", f"cut off when it was captured: {len(PAGE)} of 999 bytes"),
        ("20160901000000", "fetched", ""),
        (
            "20210101000000",
            "skipped",
            "outside the dates of its address in the vendor list",
        ),
        ("lately", "damaged", "the record's date 'lately' is no moment"),
    ]
    assert not broken(tmp_path)


def test_what_is_imported_is_observed_with_its_source_and_provenance(
    tmp_path: Path, take: Import
) -> None:
    take(
        write(
            tmp_path / "a.warc.gz",
            record(date="2016-01-01T00:00:00Z", block=answer(POLICY)),
            record(date="2017-01-01T00:00:00Z", block=answer(NEXT)),
        )
    )

    found = rows(
        tmp_path,
        "SELECT timestamp, source, uri_r, uri_m, digest, body_sha256, version FROM observations "
        "ORDER BY ALL",
    )
    assert found == [
        (
            f"{year}0101000000",
            "warc",
            URI,
            f"urn:uuid:response-{year}-01-01T00:00:00Z",
            sha1(body)[5:],
            hashlib.sha256(body).hexdigest(),
            version,
        )
        for version, (year, body) in enumerate(((2016, POLICY), (2017, NEXT)), 1)
    ]
    assert rows(tmp_path, "SELECT DISTINCT archive_source FROM mementos") == [("a.warc.gz",)]
    assert rows(tmp_path, "SELECT outcome, archive FROM crawls") == [("finished", "warc")]
    assert rows(tmp_path, "SELECT count(*) FROM changes") == [(1,)]


@pytest.mark.parametrize(
    ("block", "digest"),
    [
        pytest.param(answer(POLICY), "", id="plain, without a digest"),
        pytest.param(answer(POLICY), sha1(POLICY).lower(), id="a digest in small letters"),
        pytest.param(
            answer(POLICY), f"sha1:{hashlib.sha1(POLICY).hexdigest()}", id="a digest in hex"
        ),
        pytest.param(
            answer(POLICY), f"sha-256:{hashlib.sha256(POLICY).hexdigest()}", id="another hash"
        ),
        pytest.param(answer(POLICY), "tiger:abc", id="a hash nobody knows"),
        pytest.param(
            answer(chunked(POLICY), headers=["Transfer-Encoding: chunked"]), "", id="in chunks"
        ),
        pytest.param(
            answer(chunked(POLICY), headers=["Transfer-Encoding: chunked"]),
            sha1(chunked(POLICY)),
            id="in chunks, and the digest of them",
        ),
        pytest.param(
            answer(
                chunked(gzip.compress(POLICY, mtime=0)),
                headers=["Transfer-Encoding: chunked", "Content-Encoding: gzip"],
            ),
            sha1(gzip.compress(POLICY, mtime=0)),
            id="gzip in chunks",
        ),
        pytest.param(
            answer(POLICY, headers=["Content-Encoding: gzip", "Content-Type: text/html"]),
            sha1(POLICY),
            id="a coding that was undone",
        ),
    ],
)
def test_a_body_is_kept_without_its_codings(
    tmp_path: Path, take: Import, block: bytes, digest: str
) -> None:
    more = {"WARC_Payload_Digest": digest} if digest else {}

    result = take(write(tmp_path / "a.warc", record(block=block, **more)))

    assert result.exit_code == 0
    assert rows(tmp_path, "SELECT body_sha256 FROM mementos") == [
        (hashlib.sha256(POLICY).hexdigest(),)
    ]
    assert not broken(tmp_path)


def test_a_revisit_is_unchanged_wherever_its_record_lies(tmp_path: Path, take: Import) -> None:
    early = write(
        tmp_path / "a.warc.gz",
        record("revisit", date="2015-01-01T00:00:00Z", WARC_Payload_Digest=sha1(POLICY)),
        record(
            "revisit",
            date="2015-02-01T00:00:00Z",
            block=answer(b"", "304 Not Modified"),
            WARC_Refers_To_Target_URI=URI,
            WARC_Refers_To_Date="2016-01-01T00:00:00Z",
        ),
        record(
            "revisit",
            date="2015-03-01T00:00:00Z",
            block=answer(b"", "301 Moved", ["Location: http://acme.example/legal"]),
        ),
        record("revisit", date="2015-04-01T00:00:00Z", WARC_Payload_Digest=sha1(b"elsewhere")),
    )
    late = write(tmp_path / "b.warc.gz", record(date="2016-01-01T00:00:00Z", block=answer(POLICY)))

    result = take(early, late)

    assert result.exit_code == 0
    assert rows(tmp_path, STATES) == [
        ("20150101000000", "unchanged", "same digest as 20160101000000"),
        ("20150201000000", "unchanged", "same digest as 20160101000000"),
        ("20150301000000", "redirect", "http://acme.example/legal"),
        ("20150401000000", "unplayable", "a revisit of a record that is in none of the files"),
        ("20160101000000", "fetched", ""),
    ]
    assert rows(tmp_path, "SELECT count(*) FROM observations") == [(3,)]
    assert not broken(tmp_path)


def test_the_same_file_again_adds_nothing_and_more_of_it_adds_the_rest(
    tmp_path: Path, take: Import
) -> None:
    first = record(date="2016-01-01T00:00:00Z", block=answer(POLICY))
    second = record(date="2017-01-01T00:00:00Z", block=answer(NEXT))
    third = record("revisit", date="2018-01-01T00:00:00Z", WARC_Payload_Digest=sha1(POLICY))
    file = write(tmp_path / "a.warc.gz", first, second)
    take(file)
    before = rows(tmp_path, "SELECT * FROM mementos ORDER BY ALL")

    again = take(file)
    same = rows(tmp_path, "SELECT * FROM mementos ORDER BY ALL")
    more = take(write(tmp_path / "b.warc.gz", first, third))

    assert again.stderr.endswith("0 new captures, 2 known\n")
    assert same == before
    assert "1 new captures, 1 known" in more.stderr
    assert rows(tmp_path, STATES)[2][1:] == ("unchanged", "same digest as 20160101000000")
    assert not broken(tmp_path)


def test_damage_ends_a_file_and_nothing_else(tmp_path: Path, take: Import) -> None:
    good = record(date="2016-01-01T00:00:00Z", block=answer(POLICY))
    bad = write(tmp_path / "a.warc.gz", good, record(block=answer(PAGE)))
    bad.write_bytes(bad.read_bytes()[:-30])
    other = write(tmp_path / "b.warc.gz", record(date="2017-01-01T00:00:00Z", block=answer(NEXT)))

    result = take(bad, other)

    offset = len(gzip.compress(good, mtime=0))
    assert result.exit_code == 1
    assert f"a.warc.gz cannot be read from byte {offset} on: the file ends within a record" in (
        result.stderr
    )
    assert "what lies before is imported: 2 new captures" in result.stderr
    assert [state for _, state, _ in rows(tmp_path, STATES)] == ["fetched", "fetched"]
    assert not broken(tmp_path)


def test_a_file_that_is_no_warc_is_refused_before_anything_is_written(
    tmp_path: Path, take: Import
) -> None:
    good = write(tmp_path / "a.warc", record(block=answer(POLICY)))
    (tmp_path / "notes.warc").write_text("not an archive")
    (tmp_path / "empty").mkdir()

    refused = take(good, tmp_path / "notes.warc")
    empty = take(tmp_path / "empty")

    assert (refused.exit_code, empty.exit_code) == (2, 2)
    assert "notes.warc is no WARC file" in refused.stderr
    assert "empty holds no file whose name ends in .warc or .warc.gz" in empty.stderr
    assert not (tmp_path / "data").exists()


def test_a_capture_that_was_not_to_be_had_gets_its_body(tmp_path: Path, take: Import) -> None:
    file = write(tmp_path / "a.warc.gz", record(date="2016-01-01T00:00:00Z", block=answer(POLICY)))
    cut = write(
        tmp_path / "b.warc.gz",
        record(
            date="2016-01-01T00:00:00Z",
            block=answer(POLICY),
            WARC_Payload_Digest=sha1(POLICY),
            WARC_Truncated="time",
        ),
    )
    take(cut)
    before = [state for _, state, _ in rows(tmp_path, STATES)]

    take(file)

    assert before == ["damaged"]
    assert [state for _, state, _ in rows(tmp_path, STATES)] == ["fetched"]
    assert not broken(tmp_path)
