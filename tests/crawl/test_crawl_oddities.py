"""Answers that no sandbox would give, byte for byte; and Scrapy's own command."""

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawl.archives import address, history, page, write_vendors
from crawl.commands import ROOT, Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawl.odd_archive import OddArchive, reply
from crawler.checks import digest_of

pytestmark = pytest.mark.database
LATER = "resumeKey="
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def line(year: int, letter: str = "A", name: str = "acme", **changed: str) -> str:
    """A line of the index for a page of that letter."""
    digest = digest_of(page(letter).encode())
    fields = {
        "urlkey": f"example,{name})/privacy",
        "timestamp": f"{year}0101000000",
        "original": address(name),
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": digest,
        "length": "900",
    }
    return " ".join({**fields, **changed}.values())


LINES = f"{line(2010)}\n{line(2011, 'B')}\n"
CUT = gzip.compress(LINES.encode(), mtime=0)[:-12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Replies by what their path contains, and how the listing shall end."""

    replies: Mapping[str, bytes]
    outcome: str
    rows: int
    reason: str = ""
    states: Mapping[str, int] = field(default_factory=dict)


def only(listing: bytes, outcome: str, rows: int, reason: str = "") -> Odd:
    return Odd(replies={"/cdx/": listing}, outcome=outcome, rows=rows, reason=reason)


def two_pages(second: bytes, reason: str, rows: int = 2) -> Odd:
    first = reply(f"{LINES}\nsome-key\n")
    replies = {LATER: second, "/cdx/": first}
    return Odd(replies=replies, outcome="failed", rows=rows, reason=reason)


ODD = {
    "gzip cut off": only(reply(CUT, Content_Encoding="gzip"), "failed", 0, "cut off"),
    "gzip broken": only(
        reply(b"\x1f\x8b\x08\x00" + b"x" * 40, Content_Encoding="gzip"), "failed", 0
    ),
    "words": only(reply("Rate limit exceeded\n"), "failed", 0, "no capture"),
    "html": only(reply("<html><h1>Oops</h1></html>\n"), "failed", 0, "web page"),
    "400": only(reply("url parameter is required\n", "400 Bad Request"), "failed", 0, "HTTP 400"),
    "403 without a reason": only(reply("no\n", "403 Forbidden"), "failed", 0, "HTTP 403"),
    "404": only(reply("", "404 Not Found"), "failed", 0, "HTTP 404"),
    "302": only(reply("", "302 Found", Location="/elsewhere"), "failed", 0, "HTTP 302"),
    "204": only(reply("", "204 No Content"), "failed", 0, "HTTP 204"),
    "no key": only(reply(f"{LINES}\n"), "failed", 0, "resume key"),
    "broken json": only(reply('[["urlkey",\n'), "failed", 0, "JSON"),
    "object": only(reply('{"error": "busy"}\n'), "failed", 0, "no capture"),
    "json words": only(reply('["busy"]\n'), "failed", 0, "JSON"),
    "empty json": only(reply("[]\n"), "empty", 0),
    "json": only(
        reply(json.dumps([HEADER, *(each.split(" ") for each in LINES.splitlines())])),
        "complete",
        2,
    ),
    "repeated lines": only(reply(LINES + LINES + line(2012, "C") + "\n"), "complete", 5),
    "page 2 busy": two_pages(reply("busy", "503 Service Unavailable"), "HTTP 503"),
    "page 2 a web page": two_pages(reply("<html>"), "web page"),
    "page 2 cut": two_pages(reply(line(2012)[:30]), "middle of a line"),
    "a circle": two_pages(reply(f"{line(2012, 'C')}\n\nsome-key\n"), "circle", rows=3),
    "no such moment": only(
        reply(LINES + line(2012, "C", timestamp="20120199000000") + "\n"), "complete", 3
    ),
    "too few fields": only(reply(LINES + "example,acme)/privacy 20120101000000\n"), "complete", 3),
}


@pytest.fixture
def odd_desk(tmp_path: Path) -> Desk:
    """A desk whose archive is given with each crawl."""
    vendors = write_vendors(tmp_path / "vendors.toml", ["acme"])
    return Desk(data=tmp_path / "data", vendors=vendors, sandbox=None)  # type: ignore[arg-type]


def crawl_at(desk: Desk, url: str) -> Ran:
    words = ["--vendors", str(desk.vendors), "--archive", url, "-s", "RETRY_WAITS_SECONDS=0"]
    paces = ["-s", "CDX_REQUESTS_PER_MINUTE=60000", "-s", "PLAYBACK_REQUESTS_PER_MINUTE=60000"]
    return desk.run("crawl", *words, *paces)


def playing(letter: str, year: int) -> bytes:
    moment = f"Fri, 01 Jan {year} 00:00:00 GMT"
    return reply(page(letter), Content_Type="text/html", Memento_Datetime=moment)


PAGES = {
    f"/web/{year}0101": playing(letter, year)
    for year, letter in ((2010, "A"), (2011, "B"), (2012, "C"))
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_listing_ends_as_it_must(odd_desk: Desk, name: str) -> None:
    odd = ODD[name]

    with OddArchive({**odd.replies, **PAGES}) as archive:
        crawled = crawl_at(odd_desk, archive.url)

    (outcome, rows, reason), *more = odd_desk.ask("SELECT outcome, rows, reason FROM listings")
    assert more == []
    assert (outcome, rows) == (odd.outcome, odd.rows)
    assert odd.reason in reason
    assert bool(reason) == (outcome == "failed")
    assert crawled.code == (1 if outcome == "failed" else 0), crawled.err
    assert odd_desk.run("check").code == 0


@pytest.mark.parametrize("name", [name for name in ODD if name.startswith("page 2")])
def test_a_listing_that_failed_on_page_2_keeps_page_1(odd_desk: Desk, name: str) -> None:
    with OddArchive({**ODD[name].replies, **PAGES}) as archive:
        crawl_at(odd_desk, archive.url)

    assert odd_desk.states() == {"fetched": 2}


def test_identical_lines_are_one_capture_with_duplicates(odd_desk: Desk) -> None:
    with OddArchive({**ODD["repeated lines"].replies, **PAGES}) as archive:
        crawl_at(odd_desk, archive.url)

    assert odd_desk.ask("SELECT duplicates FROM captures ORDER BY timestamp") == [(1,), (1,), (0,)]


@pytest.mark.parametrize("name", ["no such moment", "too few fields"])
def test_a_line_that_cannot_be_is_damaged_with_its_reason(odd_desk: Desk, name: str) -> None:
    with OddArchive({**ODD[name].replies, **PAGES}) as archive:
        crawl_at(odd_desk, archive.url)

    damaged = odd_desk.ask("SELECT reason FROM captures WHERE state = 'damaged'")
    assert odd_desk.states() == {"fetched": 2, "damaged": 1}
    assert "malformed line of the index" in damaged[0][0]


@pytest.fixture(scope="module")
def ordinary(make_desk: MakeDesk) -> tuple[Desk, dict[str, Rows]]:
    desk = make_desk([*history("acme", "AAB"), *history("bolt", "CD")], ["acme", "bolt"])
    assert desk.crawl().code == 0
    return desk, desk.tables()


def scrapy_crawl(desk: Desk, *arguments: str, **environment: str) -> None:
    """Run Scrapy's own command at the root of the project."""
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "policies", *arguments],
        cwd=ROOT,
        env={**desk.environment(), **environment},
        capture_output=True,
        check=True,
    )


def test_scrapys_own_command_does_the_same(ordinary: tuple[Desk, dict[str, Rows]]) -> None:
    desk = ordinary[0].another("scrapy")
    settings = {
        "DATA": desk.data,
        "VENDORS": desk.vendors,
        "ARCHIVE": desk.sandbox.url,
        "CDX_REQUESTS_PER_MINUTE": 60000,
        "PLAYBACK_REQUESTS_PER_MINUTE": 60000,
    }
    pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]

    scrapy_crawl(desk, "-a", "policy=acme/privacy,bolt", *pairs)

    assert desk.tables() == ordinary[1]


def test_scrapys_own_command_hears_the_environment(
    ordinary: tuple[Desk, dict[str, Rows]],
) -> None:
    desk = ordinary[0].another("scrapy-environment")
    pairs = ["-s", f"VENDORS={desk.vendors}", "-s", "CDX_REQUESTS_PER_MINUTE=6000"]

    scrapy_crawl(
        desk,
        *("-a", "policy=acme/privacy", "-s", "PLAYBACK_REQUESTS_PER_MINUTE=6000", *pairs),
        POLICYTRAIL_DATA=str(desk.data),
        POLICYTRAIL_ARCHIVE=desk.sandbox.url,
    )

    assert desk.states() == {"fetched": 3}
