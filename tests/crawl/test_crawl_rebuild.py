"""The database made anew from the ledger's export and the WARC files."""

import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawl.archives import history
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import capture
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """An archive with a kill in its past, so that some bodies are kept twice; its export."""

    desk: Desk
    export: Path
    tables: dict[str, Rows]

    def restored(self, name: str) -> Desk:
        """A new data folder with nothing but the WARC files."""
        desk = self.desk.another(name)
        shutil.copytree(self.desk.data / "warc", desk.data / "warc")
        return desk


@pytest.fixture(scope="module")
def backed_up(make_desk: MakeDesk) -> BackedUp:
    absent = capture("http://acme.example/privacy", "20200101000000", status=404)
    captures = [*history("acme", "AABBCA"), absent, *history("bolt", "DDE", twins=True)]
    desk = make_desk(captures, ["acme", "bolt"])
    desk.sandbox.faults.add(Fault("slow", on="playback", seconds=0.2))
    running = desk.start(*desk.crawling(BATCH_CAPTURES="1000", BATCH_SECONDS="60"))
    while desk.sandbox.log.count("playback") < 6:
        time.sleep(0.01)
    running.send(signal.SIGKILL)
    running.wait()
    desk.sandbox.faults.faults.clear()
    assert desk.crawl().code == 0
    assert len(list((desk.data / "warc").iterdir())) == 2
    export = desk.data.with_name("ledger.jsonl.gz")
    assert desk.run("backup", str(export)).code == 0
    return BackedUp(desk=desk, export=export, tables=desk.tables())


def test_a_rebuilt_database_says_the_same(backed_up: BackedUp) -> None:
    desk = backed_up.restored("rebuilt")

    rebuilt = desk.run("rebuild", str(backed_up.export))

    assert rebuilt.code == 0
    assert desk.tables() == backed_up.tables
    for table in ("vendors", "policies", "locations", "crawls", "listings"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert desk.ask(query) == backed_up.desk.ask(query)
    assert desk.run("check").code == 0


def test_a_crawl_after_a_rebuild_fetches_nothing(backed_up: BackedUp) -> None:
    desk = backed_up.restored("rebuilt-and-crawled")
    desk.run("rebuild", str(backed_up.export))
    desk.sandbox.log.clear()

    crawled = desk.crawl()

    assert crawled.code == 0
    assert desk.sandbox.log.count("playback") == 0
    assert desk.tables() == backed_up.tables


def test_a_truncated_last_record_costs_that_record_alone(backed_up: BackedUp) -> None:
    desk = backed_up.restored("truncated")
    last = max((desk.data / "warc").iterdir())
    last.write_bytes(last.read_bytes()[:-40])

    rebuilt = desk.run("rebuild", str(backed_up.export))

    kept = desk.tables()["mementos"]
    assert rebuilt.code == 0
    assert len(kept) == len(backed_up.tables["mementos"]) - 1
    assert set(kept) < set(backed_up.tables["mementos"])


def test_what_a_rebuild_did_not_find_is_fetched_again(backed_up: BackedUp) -> None:
    desk = backed_up.restored("truncated-and-crawled")
    last = max((desk.data / "warc").iterdir())
    last.write_bytes(last.read_bytes()[:-40])
    desk.run("rebuild", str(backed_up.export))
    checked = desk.run("check")
    desk.sandbox.log.clear()

    crawled = desk.crawl()

    assert checked.code == 0
    assert crawled.code == 0
    assert desk.sandbox.log.count("playback") == 1
    assert desk.tables() == backed_up.tables


def test_half_a_record_that_no_ledger_knows_does_no_harm(backed_up: BackedUp) -> None:
    desk = backed_up.restored("torn")
    first = min((desk.data / "warc").iterdir())
    torn = first.read_bytes()
    (desk.data / "warc" / "torn.warc.gz").write_bytes(torn[: len(torn) // 2])

    rebuilt = desk.run("rebuild", str(backed_up.export))

    assert rebuilt.code == 0
    assert desk.tables() == backed_up.tables


def test_a_rebuild_refuses_a_folder_that_has_a_database(backed_up: BackedUp) -> None:
    before = backed_up.desk.files()

    refused = backed_up.desk.run("rebuild", str(backed_up.export))

    assert refused.code == 2
    assert refused.says_it_in_one_line
    assert backed_up.desk.files() == before


@pytest.mark.parametrize(
    "content", [b"", b"no export", b"\x1f\x8b\x08\x00cut"], ids=["empty", "text", "cut"]
)
def test_a_rebuild_from_something_else_leaves_no_database(
    backed_up: BackedUp, content: bytes, tmp_path: Path
) -> None:
    desk = backed_up.restored(tmp_path.name)
    export = tmp_path / "export"
    export.write_bytes(content)

    refused = desk.run("rebuild", str(export))

    assert refused.code == 2
    assert refused.says_it_in_one_line
    assert [name for name in desk.files() if ".duckdb" in name] == []


def test_a_missing_export_is_one_clear_line(backed_up: BackedUp) -> None:
    desk = backed_up.restored("without-export")

    refused = desk.run("rebuild", "nowhere.jsonl.gz")

    assert refused.code == 2
    assert refused.says_it_in_one_line
    assert "nowhere.jsonl.gz" in refused.err
