"""Answers that no sandbox would give, byte for byte; and Scrapy's own command."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
Replies = Mapping[str, bytes]


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


def two_lines(name: str) -> str:
    return f"{line(2010, name=name)}\n{line(2011, 'B', name)}\n"


LINES = two_lines("acme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Replies by what their path contains, and how the listing shall end."""

    replies: Replies
    outcome: str
    rows: int
    reason: str = ""


def only(listing: bytes, outcome: str, rows: int, reason: str = "") -> Odd:
    return Odd(replies={"/cdx/": listing}, outcome=outcome, rows=rows, reason=reason)


def two_pages(lines: str, second: bytes, reason: str, rows: int = 2) -> Odd:
    first = reply(f"{lines}\nsome-key\n")
    replies = {LATER: second, "/cdx/": first}
    return Odd(replies=replies, outcome="failed", rows=rows, reason=reason)


def odd_listings(name: str) -> dict[str, Odd]:
    """Every case, as it is with that vendor."""
    lines, third = two_lines(name), line(2012, "C", name)
    no_moment = line(2012, "C", name, timestamp="20120199000000")
    cut = gzip.compress(lines.encode(), mtime=0)[:-12]
    rows = [HEADER, *(each.split(" ") for each in lines.splitlines())]
    return {
        "gzip cut off": only(reply(cut, Content_Encoding="gzip"), "failed", 0, "cut off"),
        "gzip broken": only(
            reply(b"\x1f\x8b\x08\x00" + b"x" * 40, Content_Encoding="gzip"), "failed", 0
        ),
        "words": only(reply("Rate limit exceeded\n"), "failed", 0, "no capture"),
        "html": only(reply("<html><h1>Oops</h1></html>\n"), "failed", 0, "web page"),
        "400": only(
            reply("url parameter is required\n", "400 Bad Request"), "failed", 0, "HTTP 400"
        ),
        "403 without a reason": only(reply("no\n", "403 Forbidden"), "failed", 0, "HTTP 403"),
        "404": only(reply("", "404 Not Found"), "failed", 0, "HTTP 404"),
        "302": only(reply("", "302 Found", Location="/elsewhere"), "failed", 0, "HTTP 302"),
        "204": only(reply("", "204 No Content"), "failed", 0, "HTTP 204"),
        "no key": only(reply(f"{lines}\n"), "failed", 0, "resume key"),
        "broken json": only(reply('[["urlkey",\n'), "failed", 0, "JSON"),
        "object": only(reply('{"error": "busy"}\n'), "failed", 0, "no capture"),
        "json words": only(reply('["busy"]\n'), "failed", 0, "JSON"),
        "empty json": only(reply("[]\n"), "empty", 0),
        "json": only(reply(json.dumps(rows)), "complete", 2),
        "repeated lines": only(reply(f"{lines}{lines}{third}\n"), "complete", 5),
        "page 2 busy": two_pages(lines, reply("busy", "503 Service Unavailable"), "HTTP 503"),
        "page 2 a web page": two_pages(lines, reply("<html>"), "web page"),
        "page 2 cut": two_pages(lines, reply(third[:40]), "middle of a line"),
        "a circle": two_pages(lines, reply(f"{third}\n\nsome-key\n"), "circle", rows=3),
        "no such moment": only(reply(f"{lines}{no_moment}\n"), "complete", 3),
        "too few fields": only(
            reply(f"{lines}example,{name})/privacy 20120101000000\n"), "complete", 3
        ),
    }


def vendor(case: str) -> str:
    """The vendor of a case; none of their hosts is the end of another's."""
    return f"odd-{case.replace(' ', '-')}"


def playing(letter: str, year: int) -> bytes:
    moment = f"Fri, 01 Jan {year} 00:00:00 GMT"
    return reply(page(letter), Content_Type="text/html", Memento_Datetime=moment)


ODD = {case: odd_listings(vendor(case))[case] for case in odd_listings("any")}
FAILED = [case for case, odd in ODD.items() if odd.outcome == "failed"]
PAGES = {
    f"/web/{year}0101": playing(letter, year)
    for year, letter in ((2010, "A"), (2011, "B"), (2012, "C"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """One crawl of several cases, and what `check` says of its data folder."""

    desk: Desk
    ran: Ran
    checked: Ran

    def ask(self, case: str, query: str) -> Rows:
        """Ask the database about the policy of a case."""
        return self.desk.ask(query, f"{vendor(case)}/privacy")

    def states(self, case: str) -> dict[str, int]:
        """Count the lines of a case by state."""
        return self.desk.states(f"{vendor(case)}/privacy")


def crawl_at(desk: Desk, url: str) -> Ran:
    words = ["--vendors", str(desk.vendors), "--archive", url, "-s", "RETRY_WAITS_SECONDS=0"]
    paces = ["-s", "CDX_REQUESTS_PER_MINUTE=60000", "-s", "PLAYBACK_REQUESTS_PER_MINUTE=60000"]
    return desk.run("crawl", *words, *paces)


def crawl_odd(folder: Path, cases: Iterable[str]) -> Crawled:
    """Crawl cases, a vendor each, at an archive that knows no other."""
    names = {case: vendor(case) for case in cases}
    vendors = write_vendors(folder / "vendors.toml", names.values())
    desk = Desk(data=folder / "data", vendors=vendors, sandbox=None)  # type: ignore[arg-type]
    replies = {f"{name}.example": {**ODD[case].replies, **PAGES} for case, name in names.items()}
    with OddArchive(replies) as archive:
        ran = crawl_at(desk, archive.url)
    return Crawled(desk=desk, ran=ran, checked=desk.run("check"))


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Crawled]:
    """By case: one crawl of all listings that shall fail, and one of all others.

    How a crawl exits is said of the whole of it: were they together, no case could tell.
    """
    others = [case for case in ODD if case not in FAILED]
    crawls: dict[str, Crawled] = {}
    for cases in (FAILED, others):
        crawls |= dict.fromkeys(cases, crawl_odd(tmp_path_factory.mktemp("odd"), cases))
    return crawls


@pytest.mark.parametrize("name", ODD)
def test_an_odd_listing_ends_as_it_must(crawls: dict[str, Crawled], name: str) -> None:
    odd, crawled = ODD[name], crawls[name]

    listings = crawled.ask(name, "SELECT outcome, rows, reason FROM listings WHERE policy_id = ?")

    (outcome, rows, reason), *more = listings
    assert more == []
    assert (outcome, rows) == (odd.outcome, odd.rows)
    assert odd.reason in reason
    assert bool(reason) == (outcome == "failed")
    assert crawled.ran.code == (1 if outcome == "failed" else 0), crawled.ran.err
    assert crawled.checked.code == 0


def test_every_odd_listing_that_failed_fails_the_crawl(crawls: dict[str, Crawled]) -> None:
    ran = crawls[FAILED[0]].ran

    assert ran.code == 1
    assert ran.last_line.startswith("policytrail: could not list http://odd-")
    assert f" (and {len(FAILED) - 1} more): " in ran.last_line


def test_one_odd_listing_is_enough_to_fail_the_crawl(tmp_path: Path) -> None:
    crawled = crawl_odd(tmp_path, ["words", "json"])

    failed = address(vendor("words"))
    assert crawled.ran.code == 1
    assert crawled.ran.last_line.startswith(f"policytrail: could not list {failed}: ")
    assert crawled.checked.code == 0


@pytest.mark.parametrize("name", [name for name in ODD if name.startswith("page 2")])
def test_a_listing_that_failed_on_page_2_keeps_page_1(
    crawls: dict[str, Crawled], name: str
) -> None:
    assert crawls[name].states(name) == {"fetched": 2}


def test_identical_lines_are_one_capture_with_duplicates(crawls: dict[str, Crawled]) -> None:
    name = "repeated lines"

    captures = crawls[name].ask(
        name, "SELECT duplicates FROM captures WHERE policy_id = ? ORDER BY timestamp"
    )

    assert captures == [(1,), (1,), (0,)]


@pytest.mark.parametrize("name", ["no such moment", "too few fields"])
def test_a_line_that_cannot_be_is_damaged_with_its_reason(
    crawls: dict[str, Crawled], name: str
) -> None:
    damaged = crawls[name].ask(
        name, "SELECT reason FROM captures WHERE policy_id = ? AND state = 'damaged'"
    )

    assert crawls[name].states(name) == {"fetched": 2, "damaged": 1}
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
