"""What cannot be asked: one clear line, its exit code, and nothing half-written."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from crawl.archives import history
from crawl.commands import ROOT, Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from pipelines.database.file import NAME, writing

ORDINARY_USER = [
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
]

WRONG = [
    (["acmee"], ["acmee", "did you mean acme"]),
    (["acme/terms"], ["acme/terms", "acme/privacy"]),
    (["--since", "yesterday"], ["'yesterday'", "2016-10-18"]),
    (["--until", "2016-02-30"], ["2016-02-30"]),
    (["--since", "2017", "--until", "2016-12"], ["--since 2017", "--until 2016-12"]),
    (["--strategy", "every:fortnight"], ["every:fortnight", "every:week"]),
    (["--strategy", "sometimes"], ["sometimes", "all"]),
    (["--archive", "web.archive.org"], ["web.archive.org", "https://"]),
    (["--archive", "ftp://archive.example"], ["ftp://archive.example"]),
    (["--archive", "http://"], ["http://"]),
    (["--archive", "http://[half"], ["http://[half"]),
    (["-s", "ARCHIVE=archive.example"], ["archive.example"]),
    (["-s", "CONTACT"], ["CONTACT", "NAME=VALUE"]),
    (["-s", "=1"], ["NAME=VALUE"]),
    (["-s", "CDX_REQUESTS_PER_MINUT=5"], ["CDX_REQUESTS_PER_MINUT", "CDX_REQUESTS_PER_MINUTE"]),
    (["-s", "CDX_REQUESTS_PER_MINUTE=0"], ["CDX_REQUESTS_PER_MINUTE", "above 0"]),
    (["-s", "PLAYBACK_REQUESTS_PER_MINUTE=-5"], ["PLAYBACK_REQUESTS_PER_MINUTE"]),
    (["-s", "PLAYBACK_REQUESTS_PER_MINUTE=many"], ["PLAYBACK_REQUESTS_PER_MINUTE", "many"]),
    (["-s", "PLAYBACK_REQUESTS_PER_MINUTE=nan"], ["PLAYBACK_REQUESTS_PER_MINUTE"]),
    (["-s", "PLAYBACK_CONCURRENCY=0.5"], ["PLAYBACK_CONCURRENCY"]),
    (["-s", "CDX_PAGE_ROWS=none"], ["CDX_PAGE_ROWS"]),
    (["-s", "CDX_PAGE_ROWS=0"], ["CDX_PAGE_ROWS"]),
    (["-s", "BATCH_CAPTURES=x"], ["BATCH_CAPTURES"]),
    (["-s", "BATCH_SECONDS=x"], ["BATCH_SECONDS"]),
    (["-s", "MAX_BODY_BYTES=big"], ["MAX_BODY_BYTES"]),
    (["-s", "RETRY_WAITS_SECONDS=1,soon"], ["RETRY_WAITS_SECONDS"]),
    (["-s", "MAX_FETCHES=few"], ["MAX_FETCHES"]),
    (["-s", "DUE=maybe"], ["DUE", "maybe"]),
    (["-s", "DUE_AFTER_DAYS=-1"], ["DUE_AFTER_DAYS", "0 to 36525"]),
    (["-s", "RELIST_AFTER_DAYS=nan"], ["RELIST_AFTER_DAYS"]),
    (["-s", "LISTING_OVERLAP_DAYS=a month"], ["LISTING_OVERLAP_DAYS", "a month"]),
    (["-s", "LOG_LEVEL=LOUD"], ["LOG_LEVEL", "LOUD"]),
]


@pytest.fixture(scope="module")
def crawled(make_desk: MakeDesk) -> Desk:
    """An archive with something in it, which no test here may change."""
    desk = make_desk(history("acme", "AB"), ["acme"])
    assert desk.crawl().code == 0
    return desk


def is_refused(ran: Ran, code: int, *words: str) -> None:
    """One line, the right code, and these words in it."""
    assert ran.code == code, ran.err
    assert ran.says_it_in_one_line, ran.err
    assert all(word in ran.err for word in words), ran.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["vendors.toml:"]),
        ("[[vendor]\n", ["vendors.toml:1:"]),
        ('[[vendor]]\nid = "a"\nname = "A"\nhomepag = "http://a.example/"\n', [":4:", "homepag"]),
        ('[[vendor]]\nid = "A B"\nname = "A"\nhomepage = "http://a.example/"\n', [":2:"]),
        ("\x00\xff", ["vendors.toml:1:"]),
    ],
    ids=["missing", "broken", "an unknown key", "a bad id", "no text"],
)
def test_a_vendor_list_that_cannot_be_used_is_refused_with_its_line(
    crawled: Desk, tmp_path: Path, content: str | None, words: list[str]
) -> None:
    path = tmp_path / "vendors.toml"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    desk = Desk(data=tmp_path / "data", vendors=path, sandbox=crawled.sandbox)
    crawled.sandbox.log.clear()

    refused = desk.crawl()

    is_refused(refused, 2, *words)
    assert not desk.data.exists()
    assert len(crawled.sandbox.log) == 0


@pytest.mark.parametrize(
    ("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG]
)
@pytest.mark.parametrize("dry", [False, True], ids=["crawl", "dry run"])
def test_what_cannot_be_asked_is_refused_before_anything_happens(
    crawled: Desk, tmp_path: Path, arguments: list[str], words: list[str], dry: bool
) -> None:
    desk = Desk(data=tmp_path / "data", vendors=crawled.vendors, sandbox=crawled.sandbox)
    crawled.sandbox.log.clear()

    refused = desk.crawl(*arguments, *(["--dry-run"] if dry else []))

    is_refused(refused, 2, *words)
    assert not desk.data.exists()
    assert len(crawled.sandbox.log) == 0


@pytest.mark.parametrize("dry", [[], ["--dry-run"]], ids=["crawl", "dry run"])
def test_an_archive_that_does_not_answer_stops_the_run(crawled: Desk, dry: list[str]) -> None:
    desk = crawled.another("nobody-there")
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        port = closed_soon.getsockname()[1]

    stopped = desk.crawl("--archive", f"http://127.0.0.1:{port}", *dry)

    assert stopped.code == 75
    assert stopped.last_line.startswith("policytrail: ")
    assert "Traceback" not in stopped.err


@pytest.mark.database
@pytest.mark.parametrize("verb", ["crawl", "dry", "status", "check", "extract", "backup", "sql"])
@pytest.mark.parametrize("what", ["newer", "text", "foreign"])
def test_a_database_that_is_not_ours_is_refused_and_left_alone(
    crawled: Desk, what: str, verb: str
) -> None:
    desk = crawled.another("strange")
    shutil.rmtree(desk.data, ignore_errors=True)
    desk.data.mkdir()
    if what == "newer":
        with writing(desk.data) as connection:
            connection.execute("UPDATE schema_versions SET version = 99")
    elif what == "foreign":
        with writing(desk.data) as connection:
            connection.execute("DROP TABLE schema_versions")
    else:
        (desk.data / NAME).write_text("this is no database\n" * 1000, "utf-8")
    before = (desk.data / NAME).read_bytes()
    asked = {
        "crawl": desk.crawling(),
        "dry": [*desk.crawling(), "--dry-run"],
        "backup": ["backup", str(desk.data / "export")],
        "sql": ["sql", "SELECT 1"],
    }

    refused = desk.run(*asked.get(verb, [verb]))

    is_refused(refused, 1, NAME, "newer" if what == "newer" else "")
    assert (desk.data / NAME).read_bytes() == before
    assert {name for name in desk.files() if not name.startswith(".")} == {NAME}


@pytest.mark.parametrize("verb", ["status", "check", "versions", "extract", "backup"])
def test_without_a_database_the_remedy_is_named(crawled: Desk, verb: str, tmp_path: Path) -> None:
    desk = Desk(data=tmp_path / "data", vendors=crawled.vendors, sandbox=crawled.sandbox)
    words = {"versions": ["acme"], "backup": [str(tmp_path / "export")]}

    refused = desk.run(verb, *words.get(verb, []))

    is_refused(refused, 1, "policytrail crawl")
    assert not desk.data.exists()


@pytest.mark.database
def test_a_read_only_folder_is_one_clear_line_and_can_still_be_read(crawled: Desk) -> None:
    desk = crawled.another("read-only")
    shutil.copytree(crawled.data, desk.data)
    before = desk.files()
    for path in (*desk.data.rglob("*"), desk.data):
        path.chmod(path.stat().st_mode & ~0o222)

    crawl = run_without_privileges(desk, *desk.crawling())
    read = run_without_privileges(desk, "versions", "acme")

    is_refused(crawl, 1, "cannot write in", str(desk.data))
    assert read.code == 0
    assert desk.files() == before


def run_without_privileges(desk: Desk, *arguments: str) -> Ran:
    """Run the command as somebody for whom the modes of files count."""
    code = "from pipelines.cli.main import main; main()"
    ended = subprocess.run(
        [
            *(ORDINARY_USER if os.geteuid() == 0 else []),
            *(sys.executable, "-c", code, "--data", str(desk.data), *arguments),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=desk.environment(),
        check=False,
    )
    return Ran(code=ended.returncode, out=ended.stdout, err=ended.stderr)
