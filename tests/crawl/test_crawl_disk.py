"""A disk that takes no more: one clear line, and the next run completes all the same."""

import base64
import random

import pytest

from crawl.archives import address, history, moments, page
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import ArchivedCapture, capture

pytestmark = pytest.mark.database
MANY = {"BATCH_CAPTURES": "4", "BATCH_SECONDS": "0.05"}


def incompressible(seed: int, size: int) -> str:
    noise = base64.b64encode(random.Random(seed).randbytes(size)).decode()
    return "".join(f"<!-- {noise[at : at + 1000]} -->\n" for at in range(0, len(noise), 1000))


def large_pages() -> list[ArchivedCapture]:
    """Pages whose bodies outgrow the database by far."""
    return [
        capture(address("acme"), stamp, page(letter) + incompressible(place, 3_000_000))
        for place, (stamp, letter) in enumerate(zip(moments(4), "ABCD", strict=True))
    ]


@pytest.fixture(scope="module")
def large(make_desk: MakeDesk) -> tuple[Desk, dict[str, Rows]]:
    desk = make_desk(large_pages(), ["acme"])
    assert desk.crawl().code == 0
    return desk, desk.tables()


@pytest.fixture(scope="module")
def small(make_desk: MakeDesk) -> tuple[Desk, dict[str, Rows]]:
    desk = make_desk(history("acme", "ABCDEFGHIJKLMNOPQRST" * 2), ["acme"])
    assert desk.crawl(**MANY).code == 0
    return desk, desk.tables()


def is_one_clear_line(desk: Desk, ran_code: int, err: str, what: str) -> None:
    """Exit code 1, a last line with what and where, and no trace of the program's insides."""
    last = err.strip().splitlines()[-1]
    assert ran_code == 1
    assert last.startswith("policytrail: cannot ")
    assert str(desk.data) in last
    assert what in last
    assert "Traceback" not in err


@pytest.mark.checkpoint
def test_a_disk_full_while_bodies_are_kept_loses_nothing(
    large: tuple[Desk, dict[str, Rows]],
) -> None:
    calm, tables = large
    desk = calm.another("full-warc")

    stopped = desk.run(*desk.crawling(**MANY), largest_file=8_000_000)

    is_one_clear_line(desk, stopped.code, stopped.err, ".warc.gz")
    assert desk.states() == {"fetched": 2, "pending": 2}
    assert desk.run("check").code == 0
    assert desk.crawl().code == 0
    assert desk.tables() == tables
    assert desk.run("check").code == 0


@pytest.mark.parametrize("largest", [5_000, 20_000, 40_000, 60_000])
def test_a_disk_full_while_the_database_is_written_loses_nothing(
    small: tuple[Desk, dict[str, Rows]], largest: int
) -> None:
    calm, tables = small
    desk = calm.another(f"full-database-{largest}")

    stopped = desk.run(*desk.crawling(**MANY), largest_file=largest)

    is_one_clear_line(desk, stopped.code, stopped.err, "")
    assert desk.crawl().code == 0
    assert desk.tables() == tables
    assert desk.run("check").code == 0


@pytest.mark.checkpoint
@pytest.mark.parametrize("largest", [700_000, 1_200_000])
def test_a_disk_too_full_to_tidy_the_database_loses_nothing(
    small: tuple[Desk, dict[str, Rows]], largest: int
) -> None:
    calm, tables = small
    desk = calm.another(f"untidy-database-{largest}")

    crawled = desk.run(*desk.crawling(**MANY), largest_file=largest)

    assert crawled.code == 0
    assert desk.tables() == tables
    assert desk.crawl().code == 0
    assert desk.tables() == tables
    assert desk.run("check").code == 0


@pytest.mark.checkpoint
def test_a_disk_full_while_a_known_archive_is_crawled_again_loses_nothing(
    small: tuple[Desk, dict[str, Rows]],
) -> None:
    calm, tables = small
    desk = calm.another("full-later")
    assert desk.crawl("--max-fetches", "20", **MANY).code == 75
    before = desk.tables()

    stopped = desk.run(*desk.crawling(**MANY), largest_file=5_000)

    is_one_clear_line(desk, stopped.code, stopped.err, "")
    assert all(set(before[table]) <= set(desk.tables()[table]) for table in ("mementos", "texts"))
    assert desk.crawl().code == 0
    assert desk.tables() == tables


def test_a_disk_full_during_a_backup_leaves_no_half_export(
    small: tuple[Desk, dict[str, Rows]],
) -> None:
    calm, _ = small
    export = calm.data.with_name("export.jsonl.gz")

    stopped = calm.run("backup", str(export), largest_file=500)

    assert stopped.code != 0
    assert stopped.says_it_in_one_line
    assert not [path for path in export.parent.iterdir() if "export" in path.name]
