"""WARC files of others become captures, as a crawl would have settled them."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from arriving_texts import policy, rows
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
MOVED = ("Location: /legal", "Content-Type: text/html")
CODED = ("Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Type: text/html")
STATES = "SELECT timestamp, state, reason FROM captures ORDER BY ALL"

Import = Callable[..., Result]


def page(*changes: str) -> bytes:
    """Write a policy as a page."""
    paragraphs = "".join(f"<p>{line}</p>" for line in policy(*changes).split("\n\n"))
    return f"<!DOCTYPE html><html lang=en><title>Privacy Policy</title>{paragraphs}".encode()


OLD, NEW = page(), page("We may change these rules at any time.")
PACKED = gzip.compress(NEW, mtime=0)
EARLY = (
    record("revisit", date="2014-01-01T00:00:00Z", WARC_Payload_Digest=sha1(OLD)),
    record(
        "revisit",
        date="2014-02-01T00:00:00Z",
        block=answer(b"", "304 Not Modified"),
        WARC_Refers_To_Target_URI=URI,
        WARC_Refers_To_Date="2016-01-01T00:00:00Z",
    ),
    record("revisit", date="2014-03-01T00:00:00Z", block=answer(b"", "301 Moved", MOVED)),
    record("revisit", date="2014-04-01T00:00:00Z", WARC_Payload_Digest=sha1(b"elsewhere")),
)
LATE = (
    record("warcinfo", block=b"software: any\r\n"),
    record(date="2016-01-01T00:00:00Z", block=answer(OLD)),
    record(
        uri="HTTP://www.Acme.example:80/privacy/", date="2016-02-01T00:00:00.25Z", block=answer(OLD)
    ),
    record(date="2016-03-01T00:00:00Z", block=answer(b"", "301 Moved", MOVED)),
    record(date="2016-04-01T00:00:00Z", block=answer(b"no", "404 Not Found")),
    record(date="2016-05-01T00:00:00Z", block=answer(b"no", "503 Busy")),
    record(date="2016-06-01T00:00:00Z", block=answer(PAGE), WARC_Truncated="length"),
    record(date="2016-07-01T00:00:00Z", block=answer(PAGE), WARC_Payload_Digest=sha1(b"x")),
    record(date="2016-08-01T00:00:00Z", block=answer(PAGE, headers=["Content-Length: 999"])),
    record(
        date="2016-09-01T00:00:00Z",
        block=answer(chunked(PACKED), headers=CODED),
        WARC_Payload_Digest=sha1(PACKED),
    ),
    record(date="2021-01-01T00:00:00Z", block=answer(PAGE)),
    record(date="lately", block=answer(PAGE)),
    record(uri="http://acme.example/terms", block=answer(b"terms")),
)


def take(folder: Path, *files: Path) -> Result:
    """Import WARC files into the archive of a folder, as a user does."""
    vendors = folder / "vendors.toml"
    vendors.write_text(LIST)
    asked = ["--data", str(folder / "data"), "import", "--from", "warc", *map(str, files)]
    return CliRunner().invoke(cli, [*asked, "--vendors", str(vendors)])


def broken(folder: Path) -> list[str]:
    """Give the invariants that do not hold."""
    with reading(folder / "data") as connection:
        found = [*check_facts(connection), *check_bodies(connection, folder / "data")]
    return [finding.invariant for finding in found if finding and finding.broken]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an archive that two files were imported into."""
    folder = tmp_path_factory.mktemp("warc")
    early = write(folder / "early.warc", *EARLY)
    result = take(folder, early, write(folder / "late.warc.gz", *LATE))
    assert (result.exit_code, result.stdout) == (0, "")
    (folder / "said").write_text(result.stderr)
    return folder


def test_every_record_of_a_listed_address_is_in_the_state_a_crawl_would_give(folder: Path) -> None:
    assert rows(folder / "data", STATES) == [
        ("20140101000000", "unchanged", "same digest as 20160101000000"),
        ("20140201000000", "unchanged", "same digest as 20160101000000"),
        ("20140301000000", "redirect", "http://acme.example/legal"),
        ("20140401000000", "unplayable", "a revisit of a record that is in none of the files"),
        ("20160101000000", "fetched", ""),
        ("20160201000000", "unchanged", "same digest as 20160101000000"),
        ("20160301000000", "redirect", "http://acme.example/legal"),
        ("20160401000000", "absent", "archived HTTP 404"),
        ("20160501000000", "error", "archived HTTP 503"),
        ("20160601000000", "damaged", "cut off when it was captured (length)"),
        ("20160701000000", "damaged", "its bytes are not those that its digest was taken of"),
        ("20160801000000", "damaged", f"cut off when it was captured: {len(PAGE)} of 999 bytes"),
        ("20160901000000", "fetched", ""),
        ("20210101000000", "skipped", "outside the dates of its address in the vendor list"),
        ("lately", "damaged", "the record's date 'lately' is no moment"),
    ]
    assert not broken(folder)


def test_the_import_says_what_came_and_what_was_left_out(folder: Path) -> None:
    assert (folder / "said").read_text() == (
        "15 new captures, 0 known (2 fetched, 3 unchanged, 1 skipped, 2 redirect, 1 absent, "
        "1 error, 1 unplayable, 4 damaged); 1 records of addresses that the list does not have: "
        "http://acme.example/terms (1)\n"
    )


def test_what_is_imported_is_observed_with_its_source_and_provenance(folder: Path) -> None:
    query = (
        "SELECT timestamp, source, uri_r, uri_m, digest, version FROM observations "
        "WHERE state = 'fetched' ORDER BY ALL"
    )
    name = "urn:uuid:response-2016-0{}-01T00:00:00Z"

    assert rows(folder / "data", query) == [
        ("20160101000000", "warc", URI, name.format(1), sha1(OLD)[5:], 1),
        ("20160901000000", "warc", URI, name.format(9), sha1(PACKED)[5:], 2),
    ]
    assert rows(folder / "data", "SELECT count(*) FROM observations") == [(5,)]
    assert rows(folder / "data", "SELECT DISTINCT archive_source FROM mementos") == [
        ("late.warc.gz",)
    ]


def test_the_same_files_again_add_nothing(folder: Path) -> None:
    facts = "SELECT * FROM captures JOIN mementos USING (policy_id, timestamp) ORDER BY ALL"
    before = rows(folder / "data", facts)

    again = take(folder, folder / "early.warc", folder / "late.warc.gz")
    shelf = take(folder, folder / "data" / "warc")

    assert again.stderr.startswith("0 new captures, 15 known; 1 records")
    assert shelf.stderr == "0 new captures, 2 known\n"
    assert rows(folder / "data", facts) == before
    assert not broken(folder)


def test_damage_ends_a_file_and_nothing_else(tmp_path: Path) -> None:
    gone = record(date="2016-01-01T00:00:00Z", block=answer(b"", "404 Not Found"))
    bad = write(tmp_path / "a.warc.gz", gone, record(block=answer(PAGE)))
    bad.write_bytes(bad.read_bytes()[:-30])
    busy = record(date="2017-01-01T00:00:00Z", block=answer(b"", "503 Busy"))

    result = take(tmp_path, bad, write(tmp_path / "b.warc.gz", busy))

    offset = len(gzip.compress(gone, mtime=0))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"a.warc.gz cannot be read from byte {offset} on: the file ends" in result.stderr
    assert "what lies before is imported: 2 new captures" in result.stderr
    assert [state for _, state, _ in rows(tmp_path / "data", STATES)] == ["absent", "error"]
    assert not broken(tmp_path)


def test_a_file_that_is_no_warc_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    good = write(tmp_path / "a.warc", record(block=answer(OLD)))
    (tmp_path / "notes.warc").write_text("not an archive")
    (tmp_path / "empty").mkdir()

    refused = take(tmp_path, good, tmp_path / "notes.warc")
    empty = take(tmp_path, tmp_path / "empty")

    assert (refused.exit_code, empty.exit_code) == (2, 2)
    assert "notes.warc is no WARC file" in refused.stderr
    assert "empty holds no file whose name ends in .warc or .warc.gz" in empty.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_a_capture_that_was_not_to_be_had_gets_its_body(tmp_path: Path) -> None:
    facts = {"date": "2016-01-01T00:00:00Z", "block": answer(OLD), "WARC_Payload_Digest": sha1(OLD)}
    take(tmp_path, write(tmp_path / "a.warc", record(**facts, WARC_Truncated="time")))
    before = [state for _, state, _ in rows(tmp_path / "data", STATES)]

    take(tmp_path, write(tmp_path / "b.warc", record(**facts)))

    assert before == ["damaged"]
    assert [state for _, state, _ in rows(tmp_path / "data", STATES)] == ["fetched"]
    assert not broken(tmp_path)


@pytest.mark.slow
def test_what_was_exported_is_observed_alike_where_it_is_imported(
    folder: Path, tmp_path: Path
) -> None:
    asked = ["--data", str(folder / "data"), "export", str(tmp_path / "out"), "--format", "warc"]
    assert CliRunner().invoke(cli, asked).exit_code == 0

    result = take(tmp_path, tmp_path / "out")

    same = "SELECT * EXCLUDE (crawl_id) FROM observations ORDER BY ALL"
    lines = (
        "SELECT * EXCLUDE (listed_at, settled_at) FROM captures "
        "WHERE state IN ('fetched', 'unchanged') ORDER BY ALL"
    )
    assert result.stderr == "5 new captures, 0 known (2 fetched, 3 unchanged)\n"
    assert rows(tmp_path / "data", same) == rows(folder / "data", same)
    assert rows(tmp_path / "data", lines) == rows(folder / "data", lines)
    assert not broken(tmp_path)
