"""A new extractor changes nothing until it is adopted."""

import json
import shutil
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from crawl.archives import address, history, page
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import Archive, capture
from pipelines.database.file import writing

pytestmark = pytest.mark.database
OTHER = "other-1"
OBSERVED = (
    "SELECT policy_id, timestamp, text_id, extractor_id, verdict FROM observations "
    "JOIN extractions USING (body_sha256, extractor_id, text_id) ORDER BY ALL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """An archive that another extractor reads: it takes every page for the same text."""

    desk: Desk
    by_ours: Rows
    by_other: Rows

    def copy(self, name: str) -> Desk:
        """The same archive once more."""
        desk = self.desk.another(name)
        shutil.copytree(self.desk.data, desk.data)
        return desk


@pytest.fixture(scope="module")
def adopted(make_desk: MakeDesk) -> Adopted:
    desk = make_desk(history("acme", "AABBC"), ["acme"])
    assert desk.crawl().code == 0
    by_ours = desk.ask(OBSERVED)
    with writing(desk.data) as connection:
        connection.execute(
            "INSERT INTO extractors VALUES (?, 'other', '1', '{}', ?::TIMESTAMP)",
            [OTHER, datetime.now(UTC).replace(tzinfo=None).isoformat()],
        )
        connection.execute(
            "INSERT INTO texts BY NAME "
            "SELECT sha256('one') AS text_id, text_id AS normalized_id, 'one' AS text, 1 AS words"
        )
        connection.execute(
            "INSERT INTO extractions SELECT * REPLACE (? AS extractor_id, "
            "sha256('one') AS text_id, sha256('one') AS normalized_id) FROM extractions",
            [OTHER],
        )
        connection.execute("DELETE FROM extractions WHERE extractor_id <> ?", [OTHER])
    return Adopted(desk=desk, by_ours=by_ours, by_other=desk.ask(OBSERVED))


def test_the_other_extractor_is_in_force(adopted: Adopted) -> None:
    assert {row[3] for row in adopted.by_other} == {OTHER}
    assert adopted.desk.ask("SELECT observations FROM versions") == [(5,)]


def test_extract_changes_no_observation(adopted: Adopted) -> None:
    desk = adopted.copy("extracted")

    extracted = desk.run("extract")

    assert extracted.code == 0
    assert "5 bodies read" in extracted.err
    assert "`policytrail extract --adopt` does it" in extracted.err
    assert desk.ask(OBSERVED) == adopted.by_other


def test_extract_says_what_adopting_would_change(adopted: Adopted) -> None:
    desk = adopted.copy("previewed")

    table = desk.run("extract")
    rows = [json.loads(line) for line in desk.run("extract", "--format", "jsonl").out.splitlines()]

    assert table.out.splitlines() == [
        "policy        differ  refused  accepted  versions  then  gone  new",
        "acme/privacy       5        0         0         1     3     0    2",
    ]
    assert table.err.splitlines()[:-1] == [
        "5 bodies read",
        "captures that read differently: 5 of 5",
        "versions: 1, then 3",
        "changes gone: 0, new: 2",
    ]
    assert [(row["policy_id"], row["versions_after"], row["changes_new"]) for row in rows] == [
        ("acme/privacy", 3, 2)
    ]


def test_an_interrupt_ends_with_75_and_the_next_one_goes_on(adopted: Adopted) -> None:
    desk = adopted.copy("interrupted")
    under_way = desk.start("extract")
    until = time.monotonic() + 30
    while not (desk.data / ".crawl.pid").exists() and time.monotonic() < until:
        time.sleep(0.005)

    under_way.send(signal.SIGINT)
    interrupted = under_way.wait()
    after = desk.run("extract")

    assert interrupted.code == 75
    # It may come before the first body is read.
    said = ("bodies are left", "the same command goes on")
    assert any(words in interrupted.last_line for words in said)
    assert "Traceback" not in interrupted.err
    assert after.code == 0
    assert desk.ask("SELECT count(*) FROM extractions") == [(10,)]


def test_adopting_switches_every_observation(adopted: Adopted) -> None:
    desk = adopted.copy("switched")

    switched = desk.run("extract", "--adopt")

    assert switched.code == 0
    assert switched.last_line == "adopted: 1 versions became 3"
    assert "adopted already" in desk.run("extract", "--adopt").last_line
    assert desk.ask(OBSERVED) == adopted.by_ours
    assert desk.ask("SELECT observations FROM versions ORDER BY version") == [(2,), (2,), (1,)]
    assert desk.run("check").code == 0


def test_reading_again_goes_on_where_it_was(adopted: Adopted) -> None:
    desk = adopted.copy("twice")
    desk.run("extract")

    assert "0 bodies read" in desk.run("extract").err


def test_a_crawl_with_a_new_extractor_changes_no_observation_and_says_so(
    adopted: Adopted,
) -> None:
    desk = adopted.copy("crawled")
    more = capture(address("acme"), "20200101000000", page("Z"))
    archive = desk.sandbox.archive
    desk.sandbox.serve(Archive([*archive.captures, more]))

    crawled = desk.crawl()
    desk.sandbox.serve(archive)

    assert crawled.code == 0
    assert desk.sandbox.log.count("playback") == 6
    assert desk.ask(OBSERVED) == adopted.by_other
    assert "policytrail extract --adopt" in crawled.err
    desk.run("extract", "--adopt")
    assert desk.ask("SELECT observations FROM versions ORDER BY version") == [
        (2,),
        (2,),
        (1,),
        (1,),
    ]
