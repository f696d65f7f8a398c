"""Hostile pages and answers: each ends in a state with its reason, and its neighbours are had."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl.archives import address, history, write_vendors
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawl.odd_archive import OddArchive, reply
from crawl.test_crawl_oddities import LINES, PAGES, crawl_at, line

from crawl_storm.hostile import HOSTILE, MIDDLE, gzip_bomb, gzipped, served
from crawler.sandbox.faults import Fault

pytestmark = [pytest.mark.database, pytest.mark.slow]
MOST_MEMORY = 500 << 20  # bytes, above what ordinary pages take; docs/operations.md says it too
MIDDLES = """
SELECT captures.state, captures.reason, extractions.verdict, extractions.reason, texts.text
FROM captures
LEFT JOIN mementos USING (policy_id, timestamp)
LEFT JOIN extractions USING (body_sha256)
LEFT JOIN texts USING (text_id)
WHERE captures.policy_id = ? AND timestamp = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A crawl through all hostile pages, and one through as many ordinary ones."""

    desk: Desk
    crawled: Ran
    ordinary: Ran

    def middle(self, name: str) -> tuple[str, ...]:
        """State, reason, verdict, its reason and text of the hostile capture."""
        return self.desk.ask(MIDDLES, f"{name}/privacy", MIDDLE)[0]


@pytest.fixture(scope="module")
def met(make_desk: MakeDesk) -> Met:
    ordinary = make_desk([each for name in HOSTILE for each in history(name, "AAA")], list(HOSTILE))
    desk = make_desk([each for name in HOSTILE for each in served(name)], list(HOSTILE))
    return Met(desk=desk, crawled=desk.crawl(), ordinary=ordinary.crawl())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_its_state_and_its_neighbours_are_had(met: Met, name: str) -> None:
    state, reason, verdict, why, _ = met.middle(name)

    had = met.desk.states(f"{name}/privacy")
    assert state == HOSTILE[name].state
    assert HOSTILE[name].reason in (reason or why or "")
    assert bool(reason) == (state != "fetched")
    assert bool(verdict) == (state == "fetched")
    assert had["fetched"] == 2 + (state == "fetched")


def test_hostile_pages_end_no_crawl_and_take_little_memory(met: Met) -> None:
    assert met.crawled.code == 0
    assert "Traceback" not in met.crawled.err
    assert met.ordinary.peak > 0
    assert met.crawled.peak - met.ordinary.peak < MOST_MEMORY
    assert met.desk.run("check").code == 0


@pytest.mark.parametrize("name", ["nested-tags", "nul-bytes", "utf-7", "many-headers"])
def test_a_hostile_page_that_can_be_read_is_read(met: Met, name: str) -> None:
    _, _, verdict, _, text = met.middle(name)

    assert verdict == "policy"
    assert "which personal information we collect" in text
    assert "\0" not in text
    assert ("+ADw-b+AD4-" in text.replace("\\", "")) == (name == "utf-7")


def test_an_archived_redirect_is_never_followed(met: Met) -> None:
    asked = [request.path for request in met.desk.sandbox.log.of("playback")]

    assert len(asked) == len(set(asked)) + 3  # the long header is tried again three times
    assert not [path for path in asked if "/on/" in path]


def test_an_answer_that_drips_is_given_up_and_the_others_are_had(make_desk: MakeDesk) -> None:
    captures = history("acme", "ABC")
    drip = Fault("drip", timestamp=captures[1].timestamp, seconds=0.2)
    desk = make_desk(captures, ["acme"], [drip])

    crawled = desk.crawl(DOWNLOAD_TIMEOUT="4", RETRY_WAITS_SECONDS="0")

    assert crawled.code == 0
    assert desk.ask("SELECT timestamp, state FROM captures WHERE reason <> ''") == [
        (captures[1].timestamp, "failed")
    ]
    assert desk.states() == {"fetched": 2, "failed": 1}


def test_listings_that_never_end_fail_and_the_others_are_had(make_desk: MakeDesk) -> None:
    names = ["acme", "bolt", "cove"]
    faults = [
        Fault("endless", on="cdx", where=address("acme")),
        Fault("circle", on="cdx", where=address("bolt")),
    ]
    desk = make_desk([each for name in names for each in history(name, "A")], names, faults)

    crawled = desk.crawl()

    failed = desk.ask("SELECT policy_id, reason FROM listings WHERE outcome = 'failed' ORDER BY 1")
    assert crawled.code == 1
    assert 0 < crawled.peak < 1 << 30
    assert failed == [
        ("acme/privacy", "the answer is over 33554432 bytes"),
        ("bolt/privacy", "the archive answered HTTP 302"),
    ]
    assert desk.states() == {"fetched": 1}


@pytest.fixture
def odd_desk(tmp_path: Path) -> Desk:
    """A desk whose archive is given with each crawl."""
    vendors = write_vendors(tmp_path / "vendors.toml", ["acme"])
    return Desk(data=tmp_path / "data", vendors=vendors, sandbox=None)  # type: ignore[arg-type]


LONG = f"{LINES}example,acme)/ 20120101000000 http://acme.example/{'a' * 30_000_000} - - - -\n"


@pytest.mark.parametrize(
    ("listing", "reason"),
    [
        pytest.param(gzip_bomb(128), "over 33554432 bytes when decoded", id="a bomb"),
        pytest.param(gzipped(LONG.encode()), "has a line of 30000", id="a line without end"),
    ],
)
def test_a_hostile_listing_fails_within_its_measure(
    odd_desk: Desk, listing: bytes, reason: str
) -> None:
    with OddArchive({"/cdx/": reply(listing, Content_Encoding="gzip")}) as archive:
        crawled = crawl_at(odd_desk, archive.url)

    assert crawled.code == 1
    assert 0 < crawled.peak < 1 << 30
    assert reason in odd_desk.ask("SELECT reason FROM listings")[0][0]
    assert odd_desk.states() == {}


def test_a_line_that_no_database_keeps_as_it_is_is_the_same_line_in_the_next_crawl(
    odd_desk: Desk,
) -> None:
    listing = LINES + line(2012, "C", urlkey="example,acme)/priv\0acy") + "\n"
    with OddArchive({"/cdx/": reply(listing), **PAGES}) as archive:
        crawl_at(odd_desk, archive.url)
        first = odd_desk.tables()

        crawl_at(odd_desk, archive.url)

    assert odd_desk.states() == {"fetched": 3}
    assert odd_desk.tables() == first


@pytest.mark.parametrize("seconds", [1e12, 1e30], ids=["30,000 years", "beyond all numbers"])
def test_no_pause_is_longer_than_a_week(make_desk: MakeDesk, seconds: float) -> None:
    desk = make_desk(history("acme", "A"), ["acme"], [Fault("429-seconds", seconds=seconds)])

    stopped = desk.crawl()

    until = re.findall(r"no request before (\S+)", stopped.last_line)
    assert stopped.code == 75, stopped.err
    week = datetime.now(UTC) + timedelta(days=7)
    assert until == [f"{week:%Y-%m-%d}"]
