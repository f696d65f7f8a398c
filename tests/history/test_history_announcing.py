"""Which changes are still to be told: each once, however its interval or its texts move."""

import json

import pytest
from archive_facts import POLICY, Sight, adopt, extract, remember, rows, settle

from pipelines.database.announcing import record, take_baseline, untold
from pipelines.database.file import Connection
from pipelines.database.opening import CrawlRow, open_crawl

pytestmark = pytest.mark.database


def versions(database: Connection) -> list[int]:
    return sorted(version for _, _, version in untold(database))


def tell_all(database: Connection) -> None:
    for key in untold(database):
        record(database, key)


def begin_crawl(database: Connection, name: str, on_change: bool) -> None:
    crawl = CrawlRow(
        crawl_id=name,
        started_at="2026-01-01",
        policytrail_version="0",
        archive="a",
        options=json.dumps({"on_change": on_change}),
    )
    open_crawl(database, crawl, [])


def test_a_change_is_told_once_and_a_new_one_as_well(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    before = versions(database)
    tell_all(database)
    after = versions(database)

    remember(database, ("2020-01-01", "c"))

    assert (before, after) == ([2], [])
    assert versions(database) == [3]


def test_what_was_told_is_written_down(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"), ("2020-01-01", "c"))

    record(database, (POLICY, "en", 3))

    assert rows(
        database,
        "SELECT * EXCLUDE (old_normalized_id, announced_at, new_normalized_id) "
        "REPLACE (year(not_before) AS not_before, year(not_after) AS not_after) FROM announcements",
    ) == [(POLICY, "en", 2019, 2020, "told")]
    assert versions(database) == [2]


@pytest.mark.parametrize(
    ("later", "rest"),
    [
        pytest.param(("2018-06-01", "a"), [], id="old text seen later"),
        pytest.param(("2018-06-01", "b"), [], id="new text seen earlier"),
        pytest.param(("2017-01-01", "b"), [2], id="the other step before it"),
    ],
)
def test_a_change_with_a_narrower_interval_or_another_number_is_not_told_again(
    database: Connection, later: tuple[str, str], rest: list[int]
) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    tell_all(database)

    remember(database, later)

    assert versions(database) == rest


def test_a_step_taken_again_is_told_again(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    tell_all(database)

    remember(database, ("2020-01-01", "a"), ("2021-01-01", "b"))

    assert versions(database) == [3, 4]


def test_of_a_change_that_turns_out_to_be_three_the_first_counts_as_told(
    database: Connection,
) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    tell_all(database)

    remember(database, ("2018-03-01", "b"), ("2018-06-01", "a"))
    rest = versions(database)
    tell_all(database)

    assert rest == [3, 4]
    assert versions(database) == []


def test_captures_of_one_second_are_told_once_too(database: Connection) -> None:
    for place, text in enumerate("abab"):
        remember(database, Sight(when="2018-01-01", text=text, uri_r=f"http://{place}.example/"))
    before = versions(database)

    tell_all(database)

    assert before == [2, 3, 4]
    assert versions(database) == []


def test_another_extractor_retells_nothing_that_stands_where_it_stood(
    database: Connection,
) -> None:
    sights = [Sight(when="2018-01-01", text="a"), Sight(when="2019-01-01", text="b")]
    remember(database, *sights)
    tell_all(database)

    adopt(database, "x2", "2025-01-01")
    for sight in sights:
        extract(database, sight, "x2", f"{sight.text} in other words")

    assert rows(database, "SELECT count(*) FROM changes") == [(1,)]
    assert versions(database) == []


def test_a_policy_with_pending_captures_waits(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    settle(database, "2018-06-01", "pending")
    waiting = versions(database)

    database.execute("UPDATE captures SET state = 'failed' WHERE state = 'pending'")

    assert (waiting, versions(database)) == ([], [2])


def test_the_first_crawl_that_tells_takes_what_was_there_as_known(database: Connection) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    begin_crawl(database, "quiet", on_change=False)
    before = versions(database)

    begin_crawl(database, "first", on_change=True)
    remember(database, ("2020-01-01", "c"))

    assert before == [2]
    assert versions(database) == [3]
    assert rows(database, "SELECT outcome FROM announcements") == [("known",)]


def test_a_crawl_that_was_killed_before_it_told_loses_nothing(database: Connection) -> None:
    begin_crawl(database, "first", on_change=True)
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))

    begin_crawl(database, "second", on_change=True)

    assert versions(database) == [2]


def test_the_known_stay_out_whether_or_not_their_captures_are_all_in(
    database: Connection,
) -> None:
    remember(database, ("2018-01-01", "a"), ("2019-01-01", "b"))
    settle(database, "2018-06-01", "pending")

    take_baseline(database)
    database.execute("UPDATE captures SET state = 'failed' WHERE state = 'pending'")

    assert versions(database) == []
