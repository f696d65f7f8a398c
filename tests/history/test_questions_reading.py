"""What a reading makes of captures (28, 29), worked out by hand on the archive of traps."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from archive_facts import Sight, adopt, digest_of, extract, rows
from counted_questions import FERN, chosen, fern, plant
from questions_asked import ask_question
from trap_archive import (
    ACME,
    ACME_1,
    BOLT,
    BOLT_A,
    BOLT_B,
    CRATE,
    CRATE_1,
    DELTA,
    ECHO,
    SIGHTS,
    trap_archive,
)

from pipelines.database.file import Connection
from pipelines.database.readings import refresh

pytestmark = pytest.mark.database
CHECK, LOST = "Checking your browser.", "Page not found."


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


@pytest.fixture
def archive(traps: Connection) -> Iterator[Connection]:
    """Give the archive of traps to a test that adds to it; taken back afterwards."""
    traps.execute("BEGIN")
    yield traps
    traps.execute("ROLLBACK")


@pytest.fixture(scope="module")
def read_twice(traps: Connection) -> Iterator[Connection]:
    """Give the archive read by x2 as well, which is adopted: see the facts at each question."""
    with trap_archive() as connection:
        _read_again(connection)
        yield connection


def _read_again(connection: Connection) -> None:
    """Read all bodies but echo's. bolt's 13 and 16 years are one text, and so its versions.

    acme's first text has another dress, its last is refused; crate's first states another date.
    """
    for sight in SIGHTS:
        if sight.state == "fetched" and sight.policy_id != ECHO:
            text = {BOLT_B: BOLT_A, ACME_1: ACME_1.upper()}.get(sight.text, "")
            normalized = ACME_1 if sight.text == ACME_1 else None
            dated = "2010-02-02" if sight.text == CRATE_1 else sight.stated_date
            extract(
                connection, replace(sight, normalized=normalized, stated_date=dated), "x2", text
            )
    connection.execute(
        "UPDATE extractions SET verdict = 'not-policy', reason = 'other-page' "
        "WHERE extractor_id = 'x2' AND text_id IN "
        "(SELECT text_id FROM versions WHERE policy_id = ? AND version = 5)",
        [ACME],
    )
    refresh(connection)
    connection.execute("UPDATE extractors SET adopted_at = '2021-01-01' WHERE extractor_id = 'x2'")


def refused(when: str, text: str, reason: str, **facts: str) -> Sight:
    return fern(when, text, verdict="not-policy", reason=reason, **facts)


def test_a_refused_capture_of_a_policy_never_seen_has_no_place(traps: Connection) -> None:
    found = ask_question(traps, 28)

    text_ids = [digest_of("Checking your browser before you go on."), digest_of(LOST)]
    where = "https://archive.example/web/{}0301000000id_/http://delta.example/privacy"
    unseen = ("never seen", None, None, 1)
    assert found == [
        (
            DELTA,
            None,
            "20170301000000",
            "challenge",
            None,
            *unseen,
            text_ids[0],
            where.format(2017),
        ),
        (DELTA, None, "20180301000000", "soft-404", None, *unseen, text_ids[1], where.format(2018)),
    ]


@pytest.mark.parametrize(
    ("when", "place", "before", "after", "more"),
    [
        pytest.param("2017-12-01", "before the first", None, 1, 1, id="before the first"),
        pytest.param("2018-01-15", "inside a version", 1, 1, 2, id="inside a version"),
        pytest.param("2018-02-15", "inside a change", 1, 2, 1, id="inside a change"),
        pytest.param("2018-04-01", "after the last", 2, None, 1, id="after the last"),
    ],
)
def test_a_refused_capture_has_its_place_and_the_versions_it_would_have_made(
    archive: Connection, when: str, place: str, before: int | None, after: int | None, more: int
) -> None:
    days = {"2018-01-01": "old", "2018-02-01": "old", "2018-03-01": "new"}
    plant(archive, *(fern(day, text) for day, text in days.items()), refused(when, CHECK, "login"))

    found = chosen(
        archive, 28, "reason place version_before version_after false_versions", policy=FERN
    )

    assert found == [("login", place, before, after, more)]


def test_false_versions_are_those_that_there_would_be_without_the_verdict(
    archive: Connection,
) -> None:
    # Texts in their order: old, check, check, lost, old, lost, new, check. Read as policies they
    # are seven versions; known are two.
    plant(
        archive,
        fern("2018-01-01", "old"),
        refused("2018-01-02", CHECK, "challenge"),
        refused("2018-01-03", CHECK, "challenge", state="unchanged"),
        refused("2018-01-04", LOST, "soft-404"),
        fern("2018-01-05", "old", state="unchanged"),
        refused("2018-01-06", LOST, "soft-404", state="unchanged"),
        fern("2018-01-07", "new"),
        refused("2018-01-08", CHECK, "challenge", state="unchanged"),
    )

    found = chosen(archive, 28, "reason false_versions", policy=FERN)

    assert found == [
        ("challenge", 1),
        ("challenge", 0),
        ("soft-404", 2),
        ("soft-404", 1),
        ("challenge", 1),
    ]
    assert rows(archive, "SELECT count(*) FROM versions WHERE policy_id = ?", FERN) == [(2,)]
    archive.execute("UPDATE extractions SET verdict = 'policy'")
    refresh(archive)
    assert rows(archive, "SELECT count(*) FROM versions WHERE policy_id = ?", FERN) == [(7,)]


def test_a_page_in_another_language_is_a_stray_between_those_of_its_address(
    archive: Connection,
) -> None:
    # The German page at an address of its own, and what the address says for good, are none.
    plant(
        archive,
        fern("2018-01-01", "old"),
        fern("2018-02-01", "alt", language="de"),
        fern("2018-03-01", "old", state="unchanged"),
        fern("2018-04-01", "neu", language="de"),
    )

    found = chosen(archive, 28, "policy_id language timestamp place", reason="other language")

    assert found == [(FERN, "en", "20180201000000", "inside a version")]


def test_refused_captures_are_asked_for_by_reason(traps: Connection) -> None:
    assert chosen(traps, 28, "reason", reason="challenge") == ["challenge"]


def test_captures_that_were_never_read_are_no_false_versions(archive: Connection) -> None:
    plant(archive, fern("2018-01-01", "text", state="pending"))

    assert chosen(archive, 28, "policy_id") == [DELTA, DELTA]


def test_what_only_the_extractor_changed_is_told_for_each_policy(read_twice: Connection) -> None:
    found = ask_question(read_twice, 29)

    # Of the fifteen English and two German sightings two are echo's. acme: two sightings of the
    # first text, of which one is unchanged; crate: likewise. bolt: its versions 2 and 3 go.
    assert found == [
        ("(all)", "(all)", 15, 1, 0, 1, 2, 2, 12, 9, 3, 0, "x1", "x2"),
        (BOLT, "en", 3, 0, 0, 1, 0, 0, 3, 1, 2, 0, "x1", "x2"),
        (ACME, "en", 7, 1, 0, 0, 2, 0, 5, 4, 1, 0, "x1", "x2"),
        (CRATE, "en", 3, 0, 0, 0, 0, 2, 2, 2, 0, 0, "x1", "x2"),
    ]


def test_two_extractors_are_compared_the_other_way_round(read_twice: Connection) -> None:
    found = chosen(
        read_twice, 29, "policy_id only_new versions_lost versions_won", old="x2", new="x1"
    )

    assert found == [("(all)", 1, 0, 3), (BOLT, 0, 0, 2), (ACME, 1, 0, 1), (CRATE, 0, 0, 0)]


def test_a_page_read_in_another_language_leaves_the_one_and_comes_to_the_other(
    archive: Connection,
) -> None:
    plant(archive, fern("2018-01-01", "Menu. Die Daten."))
    extract(archive, fern("2018-01-01", "Menu. Die Daten."), "x2")
    archive.execute("UPDATE extractions SET language = 'de' WHERE extractor_id = 'x2'")
    refresh(archive)

    found = chosen(archive, 29, "policy_id language only_old only_new", old="x1", new="x2")

    assert found == [("(all)", "(all)", 1, 1), (FERN, "de", 0, 1), (FERN, "en", 1, 0)]


def test_without_a_second_extractor_nothing_is_compared(traps: Connection) -> None:
    found = chosen(traps, 29, "policy_id captures versions_old versions_new old new")

    assert found == [("(all)", 0, 0, 0, None, "x1")]


def test_an_extractor_adopted_last_is_held_against_the_one_before(archive: Connection) -> None:
    adopt(archive, "x3", "2022-01-01")

    assert chosen(archive, 29, "old new") == [("x1", "x3")]
    assert chosen(archive, 29, "old new", new="x2") == [("x3", "x2")]
    assert chosen(archive, 29, "old new", old="x2") == [("x2", "x3")]
