"""The archive as WARC files and their index: what other people's readers find in them."""

import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept_answers import URI_R, Shown, keep_shown, page
from warcio.archiveiterator import ArchiveIterator

from crawler.errors import AskedWrongly
from crawler.items import State
from pipelines.cli.main import cli
from pipelines.database.file import reading
from pipelines.export.choices import Choices
from pipelines.export.sorting import SortedLines
from pipelines.export.warc import export_warc, write_records
from pipelines.export.warc_readme import Written

OLD, NEW = page("We keep what you send."), page("We keep and sell what you send. " * 40)
OTHER = "https://www.acme.example/Legal/our policy?b=1&a=2"
SHOWN = (
    Shown(timestamp="20150101000000", body=OLD),
    Shown(timestamp="20150601000000", body=OLD, state=State.UNCHANGED, statuscode="-"),
    Shown(timestamp="20160101000000", body=NEW),
    Shown(timestamp="20140101000000", body=NEW, state=State.UNCHANGED),
    Shown(timestamp="20170101000000", body=b"", original=OTHER),
    Shown(timestamp="20170201000000", body=b"moved", state=State.REDIRECT, statuscode="301"),
    Shown(timestamp="20170301000000", body=NEW, original=OTHER, digest="ASARCHIVED"),
)
FILE = "policytrail-00001.warc.gz"


def exported(data: Path, folder: Path, limit: int = 10**9) -> Written:
    """Write the records of a data folder."""
    folder.mkdir()
    with reading(data) as connection:
        return write_records(connection, data, folder, limit=limit)


def read_all(folder: Path) -> list[dict[str, str]]:
    """Read every record with the standard's own reader, its digests checked."""
    found = []
    for path in sorted((folder / "archive").iterdir()):
        with path.open("rb") as file:
            records = ArchiveIterator(file, check_digests="raise")
            for record in records:
                body = record.content_stream().read().decode()
                about = dict(record.rec_headers.headers) | {"body": body, "file": path.name}
                about["status"] = record.http_headers.statusline if record.http_headers else ""
                about["offset"] = str(records.get_record_offset())
                about["length"] = str(records.get_record_length())
                found.append(about)
    return found


def index_of(folder: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Read the index."""
    lines = (folder / "indexes" / "index.cdxj").read_text(encoding="utf-8").splitlines()
    return [
        (key, stamp, json.loads(facts))
        for key, stamp, facts in (line.split(" ", 2) for line in lines)
    ]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with two addresses of one policy."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    keep_shown(folder, SHOWN)
    return folder


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the archive as WARC."""
    folder = tmp_path_factory.mktemp("warc") / "out"
    assert exported(data, folder) == Written(responses=4, revisits=2, files=1)
    return folder


def test_every_memento_is_a_response_and_every_equal_capture_a_revisit(folder: Path) -> None:
    records = read_all(folder)

    assert [(r["WARC-Type"], r["WARC-Date"], r["body"]) for r in records[1:]] == [
        ("response", "2017-01-01T00:00:00Z", ""),
        ("response", "2017-03-01T00:00:00Z", NEW.decode()),
        ("response", "2015-01-01T00:00:00Z", OLD.decode()),
        ("revisit", "2015-06-01T00:00:00Z", ""),
        ("response", "2016-01-01T00:00:00Z", NEW.decode()),
        ("revisit", "2014-01-01T00:00:00Z", ""),
    ]
    assert records[0]["WARC-Type"] == "warcinfo"
    assert records[0]["WARC-Filename"] == FILE
    assert [r["status"] for r in records[1:]] == ["200 OK", "200 OK", "200 OK", "", "200 OK", ""]


def test_a_record_says_where_its_body_comes_from(folder: Path) -> None:
    record = read_all(folder)[3]

    sha1 = base64.b32encode(hashlib.sha1(OLD).digest()).decode()
    wanted = {
        "WARC-Target-URI": URI_R,
        "WARC-Source-URI": f"https://archive.example/web/20150101000000id_/{URI_R}",
        "WARC-Payload-Digest": f"sha1:{sha1}",
        "WARC-Archive-Digest": sha1,
        "WARC-Body-SHA256": hashlib.sha256(OLD).hexdigest(),
        "WARC-Archive-Source": "spn2-2015/part.warc.gz",
        "WARC-Creation-Date": "2026-01-02T03:04:05+00:00",
        "WARC-Crawl-ID": "crawl-1",
        "WARC-Archive-CDX": f"example,acme)/privacy 20150101000000 {URI_R} text/html 200 {sha1} "
        f"{len(OLD)}",
    }
    assert {name: record[name] for name in wanted} == wanted


def test_a_revisit_names_the_record_that_has_its_body(folder: Path) -> None:
    records = read_all(folder)
    by_id = {record["WARC-Record-ID"]: record for record in records}

    revisits = [record for record in records if record["WARC-Type"] == "revisit"]

    assert len(by_id) == len(records)
    assert len(revisits) == 2
    for revisit in revisits:
        kept = by_id[revisit["WARC-Refers-To"]]
        assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
        assert revisit["WARC-Refers-To-Target-URI"] == kept["WARC-Target-URI"]
        assert revisit["WARC-Refers-To-Date"] == kept["WARC-Date"]
        assert revisit["WARC-Payload-Digest"] == kept["WARC-Payload-Digest"]


def test_what_the_archive_said_of_a_body_does_not_pass_for_its_digest(folder: Path) -> None:
    record = read_all(folder)[2]

    assert record["WARC-Archive-Digest"] == "ASARCHIVED"
    assert record["WARC-Payload-Digest"][5:] == index_of(folder)[1][2]["digest"] != "ASARCHIVED"


def test_the_index_is_sorted_by_its_bytes_and_leads_to_every_record(folder: Path) -> None:
    lines = (folder / "indexes" / "index.cdxj").read_bytes().splitlines()
    records = {(r["file"], r["offset"], r["length"]): r for r in read_all(folder)[1:]}

    listed = index_of(folder)

    assert lines == sorted(lines)
    assert [(key, stamp) for key, stamp, _ in listed] == [
        ("example,acme)/legal/our%20policy?a=2&b=1", "20170101000000"),
        ("example,acme)/legal/our%20policy?a=2&b=1", "20170301000000"),
        ("example,acme)/privacy", "20140101000000"),
        ("example,acme)/privacy", "20150101000000"),
        ("example,acme)/privacy", "20150601000000"),
        ("example,acme)/privacy", "20160101000000"),
    ]
    for _, stamp, facts in listed:
        record = records.pop((facts["filename"], facts["offset"], facts["length"]))
        assert record["WARC-Date"].translate({ord(sign): None for sign in "-T:Z"}) == stamp
        assert record["WARC-Target-URI"] == facts["url"]
    assert not records
    assert [facts["mime"] for *_, facts in listed][2:5] == [
        "warc/revisit",
        "text/html",
        "warc/revisit",
    ]
    assert listed[0][2]["url"] == "https://www.acme.example/Legal/our%20policy?b=1&a=2"


def test_each_record_can_be_unpacked_by_itself(folder: Path) -> None:
    content = (folder / "archive" / FILE).read_bytes()

    for _, _, facts in index_of(folder):
        start, length = int(facts["offset"]), int(facts["length"])
        assert gzip.decompress(content[start : start + length]).startswith(b"WARC/1.1\r\n")


def test_the_same_facts_in_any_order_and_place_are_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    keep_shown(tmp_path / "data", SHOWN[::-1])

    exported(tmp_path / "data", tmp_path / "out")

    for name in (f"archive/{FILE}", "indexes/index.cdxj"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_files_end_at_their_limit_and_are_numbered(
    data: Path, folder: Path, tmp_path: Path
) -> None:
    written = exported(data, tmp_path / "out", limit=1)

    assert written.files == 6
    names = [facts["filename"] for *_, facts in index_of(tmp_path / "out")]
    assert sorted(names) == [f"policytrail-{number:05}.warc.gz" for number in range(1, 7)]
    kinds = [record["WARC-Type"] for record in read_all(tmp_path / "out")]
    assert kinds.count("warcinfo") == 6
    bodies = [r["body"] for r in read_all(tmp_path / "out") if r["WARC-Type"] != "warcinfo"]
    assert bodies == [r["body"] for r in read_all(folder)[1:]]


def test_a_capture_of_two_policies_is_one_record(tmp_path: Path) -> None:
    twice = [Shown(timestamp="20150101000000", body=OLD, policy_id=name) for name in ("a/b", "c/d")]
    keep_shown(tmp_path / "data", twice)

    assert exported(tmp_path / "data", tmp_path / "out") == Written(responses=1, files=1)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-20]), id="cut"),
    ],
)
def test_a_body_that_is_not_to_be_had_is_named_with_all_captures_of_it(
    tmp_path: Path, spoil: object
) -> None:
    keep_shown(tmp_path / "data", SHOWN[:1])
    keep_shown(tmp_path / "data", SHOWN[2:4], crawl_id="crawl-2")
    spoil(tmp_path / "data" / "warc" / "crawl-2.warc.gz")

    written = exported(tmp_path / "data", tmp_path / "out")

    assert written == Written(
        responses=1,
        files=1,
        missing=[f"20160101000000 {URI_R}", f"20140101000000 {URI_R}"],
    )
    assert [stamp for _, stamp, _ in index_of(tmp_path / "out")] == ["20150101000000"]


def test_a_body_that_is_another_one_is_not_written(tmp_path: Path) -> None:
    keep_shown(tmp_path / "data", SHOWN[:1])
    place = tmp_path / "data" / "warc" / "crawl-1.warc.gz"
    keep_shown(tmp_path / "other", [Shown(timestamp="20150101000000", body=NEW)])
    place.write_bytes((tmp_path / "other" / "warc" / "crawl-1.warc.gz").read_bytes())

    assert exported(tmp_path / "data", tmp_path / "out").missing == [f"20150101000000 {URI_R}"]


def test_lines_are_sorted_in_chunks_as_they_would_be_at_once(tmp_path: Path) -> None:
    lines = [f"{number * 7919 % 1000} é\n".encode() for number in range(1000)]
    small = SortedLines(tmp_path, chunk=7)

    for line in [*lines, *lines[:50]]:
        small.add(line)

    assert list(small) == sorted(lines)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def export(data: Path, tmp_path: Path) -> Callable[..., Result]:
    """Export as WARC, as a user does."""

    def exporting(*options: str, data: Path = data) -> Result:
        asked = ["--data", str(data), "export", str(tmp_path / "out"), "--format", "warc"]
        return CliRunner().invoke(cli, [*asked, *options])

    return exporting


def test_the_export_says_what_it_holds_and_its_sums_prove_it(
    export: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    result = export()

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"4 mementos and 2 captures of the same bodies in {tmp_path / 'out'} (WARC files: 1)\n"
    )
    sums = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert sums == [
        f"{hashlib.sha256((tmp_path / 'out' / name).read_bytes()).hexdigest()}  {name}"
        for name in ("README.md", f"archive/{FILE}", "indexes/index.cdxj")
    ]
    for name in (f"archive/{FILE}", "indexes/index.cdxj"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_what_is_missing_is_told_and_listed(export: Callable[..., Result], tmp_path: Path) -> None:
    keep_shown(tmp_path / "data", SHOWN[:3])
    (tmp_path / "data" / "warc" / "crawl-1.warc.gz").write_bytes(b"")

    result = export(data=tmp_path / "data")

    assert result.exit_code == 0
    assert "the bodies of 3 captures are not to be had" in result.stderr
    assert (tmp_path / "out" / "missing.txt").read_text().splitlines() == [
        f"{shown.timestamp} {URI_R}" for shown in SHOWN[:3]
    ]
    assert "3 captures that should be here" in (tmp_path / "out" / "README.md").read_text()


@pytest.mark.parametrize(
    ("choices", "option"),
    [(Choices(redact=True), "--redact"), (Choices(text_free=True), "--text-free")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pages_are_not_exported_without_what_they_say(
    data: Path, tmp_path: Path, choices: Choices, option: str
) -> None:
    with (
        reading(data) as connection,
        pytest.raises(AskedWrongly, match=f"{option} does not go with --format warc"),
    ):
        export_warc(connection, tmp_path / "out", choices, lambda _: None, data=data)

    assert not list(tmp_path.iterdir())


def test_dates_choose_captures_and_the_mementos_that_they_need(
    export: Callable[..., Result], tmp_path: Path
) -> None:
    export("--since", "2014", "--until", "2014")

    records = read_all(tmp_path / "out")[1:]
    assert [(record["WARC-Type"], record["WARC-Date"][:4]) for record in records] == [
        ("response", "2016"),
        ("revisit", "2014"),
    ]
