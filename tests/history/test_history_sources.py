"""Who collected a text: what others made of a page is a witness, and never an edit of it."""

from datetime import datetime
from itertools import permutations

import pytest
from archive_facts import (
    URI_R,
    Sight,
    compare_neighbours,
    empty_database,
    enlist,
    remember,
    rows,
)

from pipelines.database.checking import check_facts
from pipelines.database.file import Connection

pytestmark = pytest.mark.database
OTA, LEUVEN, WARC = "open-terms-archive", "princeton-leuven", "warc"
VERSIONS = "SELECT text, source FROM versions JOIN texts USING (text_id) ORDER BY version"


def seen(when: str, text: str, source: str = "archive", language: str = "en") -> Sight:
    return Sight(when=when, text=text, source=source, language=language, digest=f"{source} {text}")


def archive(*sights: Sight) -> Connection:
    connection = empty_database()
    enlist(connection, "acme/privacy")
    remember(connection, *sights)
    compare_neighbours(connection)
    return connection


ARCHIVED = (seen("2012-01-01", "old"), seen("2016-01-01", "new"))
WITNESSES = (
    seen("2008-01-01", "first", LEUVEN),
    seen("2010-01-01", "second", OTA),
    seen("2011-01-01", "between", LEUVEN),
    seen("2014-01-01", "old, by another hand", OTA),
    seen("2015-01-01", "old, by a third hand", LEUVEN),
    seen("2018-01-01", "newer", OTA),
    seen("2019-01-01", "newer, by a third hand", LEUVEN),
    seen("2020-01-01", "newest", LEUVEN),
)


def test_a_better_source_has_the_word_from_its_first_sighting_to_its_last() -> None:
    connection = archive(*ARCHIVED, *WITNESSES)

    found = rows(connection, VERSIONS)

    assert found == [
        ("first", LEUVEN),
        ("second", OTA),
        ("old", "archive"),
        ("new", "archive"),
        ("newer", OTA),
        ("newer, by a third hand", LEUVEN),
        ("newest", LEUVEN),
    ]


def test_what_shows_no_version_is_an_observation_all_the_same() -> None:
    connection = archive(*ARCHIVED, *WITNESSES)

    found = rows(
        connection,
        "SELECT text, source FROM observations JOIN texts USING (text_id) "
        "WHERE version IS NULL ORDER BY observed_at",
    )

    assert found == [
        ("between", LEUVEN),
        ("old, by another hand", OTA),
        ("old, by a third hand", LEUVEN),
    ]
    assert rows(connection, "SELECT observations FROM coverage") == [(10,)]


def test_a_change_from_one_source_to_another_says_so() -> None:
    connection = archive(*ARCHIVED, *WITNESSES)

    found = rows(
        connection,
        "SELECT version, not_before, across_sources, old_source FROM changes ORDER BY version",
    )

    assert found == [
        (2, datetime(2008, 1, 1), True, LEUVEN),  # noqa: DTZ001 - the tables hold naive UTC
        (3, datetime(2010, 1, 1), True, OTA),  # noqa: DTZ001
        (4, datetime(2012, 1, 1), False, "archive"),  # noqa: DTZ001
        (5, datetime(2016, 1, 1), True, "archive"),  # noqa: DTZ001
        (6, datetime(2018, 1, 1), True, OTA),  # noqa: DTZ001
        (7, datetime(2019, 1, 1), False, LEUVEN),  # noqa: DTZ001
    ]


def test_the_same_words_of_two_sources_are_one_version() -> None:
    connection = archive(seen("2008-01-01", "old", LEUVEN), *ARCHIVED)

    found = rows(connection, "SELECT first_seen, last_seen, observations, source FROM versions")

    assert found[0] == (datetime(2008, 1, 1), datetime(2012, 1, 1), 2, LEUVEN)  # noqa: DTZ001


def test_kept_pages_of_any_archive_are_of_one_hand() -> None:
    connection = archive(*ARCHIVED, seen("2014-01-01", "middle", WARC))

    assert rows(connection, VERSIONS) == [("old", "archive"), ("middle", WARC), ("new", "archive")]
    assert rows(connection, "SELECT bool_or(across_sources) FROM changes") == [(False,)]


def test_a_source_covers_only_the_language_it_saw() -> None:
    connection = archive(*ARCHIVED, seen("2014-01-01", "mittendrin", LEUVEN, language="de"))

    assert rows(connection, "SELECT version FROM versions WHERE language = 'de'") == [(1,)]


def test_the_order_of_arrival_does_not_matter() -> None:
    sights = (ARCHIVED[0], *WITNESSES[:2], ARCHIVED[1], WITNESSES[3], WITNESSES[5])
    expected = rows(archive(*sights), "SELECT * FROM readings ORDER BY ALL")
    slips = []

    for order in list(permutations(range(len(sights))))[::241]:
        connection = archive()
        for place in order:
            remember(connection, sights[place])
        compare_neighbours(connection)
        found = rows(connection, "SELECT * EXCLUDE (block) FROM readings ORDER BY ALL")
        slips += [order] if found != [row[:24] + row[25:] for row in expected] else []

    assert not slips


def test_an_archive_with_other_sources_holds_every_invariant_of_versions() -> None:
    connection = archive(*ARCHIVED, *WITNESSES)

    broken = [found.invariant for found in check_facts(connection) if found.broken]

    assert [words for words in broken if "version" in words or "readings" in words] == []


def test_an_address_of_a_collection_without_addresses_is_in_no_lineage() -> None:
    connection = archive(*ARCHIVED)
    path = "Acme/Privacy Policy.md"

    remember(connection, Sight(when="2018-01-01", text="x", uri_r=path, source=OTA))

    assert rows(connection, "SELECT uri_r FROM lineage") == [(URI_R,)]


def test_a_panel_counts_what_shows_a_version() -> None:
    connection = archive(*ARCHIVED, *WITNESSES)

    found = rows(
        connection,
        "SELECT year(period), state, versions FROM panel('year') "
        "WHERE year(period) BETWEEN 2014 AND 2018",
    )

    assert found == [
        (2014, "unseen", 0),
        (2015, "unseen", 0),
        (2016, "observed", 1),
        (2017, "unseen", 0),
        (2018, "observed", 1),
    ]
