"""Observations, versions and changes: what the views make of the facts."""

from datetime import date, datetime

import pytest
from archive_facts import (
    NOW,
    Sight,
    adopt,
    digest_of,
    extract,
    remember,
    rows,
    settle,
    texts_of_versions,
)

from pipelines.database.file import Connection
from pipelines.database.readings import refresh

pytestmark = pytest.mark.database


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_captures_with_the_same_text_in_a_row_are_one_version(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"), ("2019-01-01", "old"), ("2020-01-01", "new"))

    found = rows(
        database,
        "SELECT version, first_seen, last_seen, not_before, observations, words FROM versions "
        "ORDER BY version",
    )

    assert found == [
        (1, day("2018-01-01"), day("2019-01-01"), None, 2, 1),
        (2, day("2020-01-01"), day("2020-01-01"), day("2019-01-01"), 1, 1),
    ]


def test_a_text_that_comes_back_is_a_version_of_its_own(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"), ("2019-01-01", "new"), ("2020-01-01", "old"))

    assert texts_of_versions(database) == ["old", "new", "old"]


def test_a_late_arrival_in_the_middle_splits_a_version(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"), ("2020-01-01", "old"))
    before = texts_of_versions(database)

    remember(database, ("2019-01-01", "new"))

    assert before == ["old"]
    assert texts_of_versions(database) == ["old", "new", "old"]


def test_texts_that_normalize_alike_are_one_version_with_the_first_text(
    database: Connection,
) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="We  care", normalized="we care", stated_date=None),
        Sight(when="2019-01-01", text="We care", normalized="we care", stated_date="2018-12-01"),
    )

    found = rows(database, "SELECT text_id, stated_date, observations FROM versions")

    assert found == [(digest_of("We  care"), None, 2)]


def test_each_language_has_its_own_versions(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="old"),
        Sight(when="2018-02-01", text="alt", language="de"),
        Sight(when="2018-03-01", text="old"),
        Sight(when="2018-04-01", text="neu", language="de"),
    )

    found = rows(database, "SELECT language, version, observations FROM versions ORDER BY ALL")

    assert found == [("de", 1, 1), ("de", 2, 1), ("en", 1, 2)]


def test_an_unchanged_capture_extends_its_version_with_the_earliest_body(
    database: Connection,
) -> None:
    remember(
        database,
        Sight(when="2018-05-05", text="old"),
        Sight(when="2018-01-01", text="old"),
        Sight(when="2019-01-01", text="old", state="unchanged"),
    )

    found = rows(database, "SELECT last_seen, observations FROM versions")
    source = rows(database, "SELECT uri_m, state FROM observations ORDER BY timestamp DESC LIMIT 1")

    assert found == [(day("2019-01-01"), 3)]
    assert source == [
        ("https://archive.example/web/20180101000000id_/http://acme.example/privacy", "unchanged")
    ]


def test_an_unchanged_capture_of_another_address_does_not_borrow_the_body(
    database: Connection,
) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="old"),
        Sight(
            when="2019-01-01", text="old", state="unchanged", uri_r="http://other.example/privacy"
        ),
    )

    assert rows(database, "SELECT count(*) FROM observations") == [(1,)]


@pytest.mark.parametrize(
    "state",
    ["pending", "skipped", "redirect", "absent", "error", "drifted", "unplayable", "failed"],
)
def test_a_capture_without_a_body_never_ends_a_version(database: Connection, state: str) -> None:
    remember(database, ("2018-01-01", "old"), ("2020-01-01", "old"))

    settle(database, "2019-01-01", state)

    assert rows(database, "SELECT version, observations FROM versions") == [(1, 2)]


def test_a_page_that_is_no_policy_never_ends_a_version(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="old"),
        Sight(when="2019-01-01", text="Page not found", verdict="not-policy"),
        Sight(when="2020-01-01", text="old"),
    )

    assert rows(database, "SELECT version, observations FROM versions") == [(1, 2)]


def test_an_extractor_changes_nothing_until_it_is_adopted(database: Connection) -> None:
    sights = [Sight(when="2018-01-01", text="one"), Sight(when="2019-01-01", text="two")]
    remember(database, *sights)
    adopt(database, "x2", None)
    for sight in sights:
        extract(database, sight, "x2", "the same in both")
    before = texts_of_versions(database)

    database.execute("UPDATE extractors SET adopted_at = '2025-01-01' WHERE extractor_id = 'x2'")

    assert before == ["one", "two"]
    assert texts_of_versions(database) == ["the same in both"]


@pytest.mark.parametrize(
    "timestamp", ["20190199000000", "20190101000061", "00001231000000", "2019010100000x"]
)
def test_a_timestamp_that_is_no_moment_is_no_observation(
    database: Connection, timestamp: str
) -> None:
    remember(database, ("2018-01-01", "old"))
    sight = Sight(when="2018-06-01", text="new")
    remember(database, sight)

    for table in ("captures", "mementos"):
        database.execute(
            f"UPDATE {table} SET timestamp = ? WHERE timestamp = '20180601000000'", [timestamp]
        )
    refresh(database)

    assert texts_of_versions(database) == ["old"]


def test_captures_of_the_same_second_are_ordered_by_address(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="second", uri_r="http://b.example/"),
        Sight(when="2018-01-01", text="first", uri_r="http://a.example/"),
    )

    assert texts_of_versions(database) == ["first", "second"]


def test_a_change_lies_between_the_last_sight_of_the_old_and_the_first_of_the_new(
    database: Connection,
) -> None:
    remember(database, ("2018-01-01", "old"), ("2018-03-01", "old"), ("2018-03-31T12:00", "new"))

    found = rows(database, "SELECT version, not_before, not_after, width_days FROM changes")

    assert found == [(2, day("2018-03-01"), day("2018-03-31T12:00"), 30.5)]


def test_a_change_without_a_comparison_is_there_all_the_same(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"), ("2019-01-01", "new"))

    found = rows(database, "SELECT version, words_added, similarity, significance FROM changes")

    assert found == [(2, None, None, None)]


def test_a_version_carries_the_provenance_of_its_first_observation(database: Connection) -> None:
    remember(
        database,
        Sight(when="2018-01-01", text="old", stated_date="2017-12-24"),
        Sight(when="2019-01-01", text="old", digest="OTHER", stated_date="2018-12-24"),
    )

    found = rows(
        database,
        "SELECT stated_date, uri_m, memento_datetime, digest, extractor_id, crawl_id FROM versions",
    )

    assert found == [
        (
            date(2017, 12, 24),
            "https://archive.example/web/20180101000000id_/http://acme.example/privacy",
            NOW,
            digest_of("old")[:32].upper(),
            "x1",
            "crawl-1",
        )
    ]
