"""Since when and until when something was said: the intervals of spells."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from archive_facts import POLICY, Sight, compare_neighbours, digest_of, remember, rows
from trap_archive import ACME, ACME_2, BOLT, CRATE, SIGHTS, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database

BOUNDS = "first_seen, last_seen, not_before, ended_after, ended_before"


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def spells_of(connection: Connection, pattern: str, policy_id: str) -> list[tuple[object, ...]]:
    return rows(
        connection,
        "SELECT spell, present, first_version, last_version FROM spells(?) "
        "WHERE policy_id = ? AND language = 'en'",
        pattern,
        policy_id,
    )


def test_what_was_said_dropped_and_said_again_is_three_spells(traps: Connection) -> None:
    assert spells_of(traps, "under 13", BOLT) == [
        (1, True, 1, 1),
        (2, False, 2, 2),
        (3, True, 3, 3),
    ]


def test_a_spell_goes_on_over_versions_that_all_say_it(traps: Connection) -> None:
    # Acme says it in its versions 3 and 4, then no more.
    assert spells_of(traps, "Privacy Shield", ACME) == [
        (1, False, 1, 2),
        (2, True, 3, 4),
        (3, False, 5, 5),
    ]


def test_a_policy_that_never_says_it_is_one_spell_without_it(traps: Connection) -> None:
    assert spells_of(traps, "no such words", CRATE) == [(1, False, 1, 2)]


@pytest.mark.parametrize(
    ("spell", "bounds"),
    [
        pytest.param(
            1, ("2010-03-01", "2012-06-01", None, "2012-06-01", "2014-02-01"), id="from the start"
        ),
        pytest.param(
            2,
            ("2014-02-01", "2015-05-01", "2012-06-01", "2015-05-01", "2016-09-01"),
            id="in between",
        ),
        pytest.param(3, ("2016-09-01", "2021-06-01", "2015-05-01", None, None), id="to the end"),
    ],
)
def test_the_bounds_of_a_spell_are_the_sightings_around_it(
    traps: Connection, spell: int, bounds: tuple[str | None, ...]
) -> None:
    found = rows(
        traps,
        f"SELECT {BOUNDS} FROM spells('Safe Harbor') WHERE policy_id = ? AND spell = ?",
        ACME,
        spell,
    )

    assert found == [tuple(day(each) for each in bounds)]


def test_a_spell_is_quoted_from_the_first_version_that_says_it(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT quote, text_id, uri_m, observations FROM spells('Safe Harbor') WHERE present",
    )

    quote = "… or rent your personal information. Acme complies with the Safe Harbor framework."
    uri_m = "https://archive.example/web/20140201000000id_/http://acme.example/privacy.html"
    assert found == [(quote, digest_of(ACME_2), uri_m, 2)]


def test_a_spell_of_one_language_is_not_ended_by_another(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT language, spell, present, not_before FROM spells('DSGVO') WHERE policy_id = ?",
        BOLT,
    )

    # The English sightings of 2017 and 2018 lie between the two German ones.
    assert found == [
        ("de", 1, False, None),
        ("de", 2, True, day("2016-02-01")),
        ("en", 1, False, None),
    ]


def test_a_spell_of_nothing_but_flips_is_marked(database: Connection) -> None:
    whole = "We care.\n\nWe never sell data.\n\nWrite to us."
    remember(
        database,
        ("2018-01-01", whole),
        ("2018-02-01", "We care.\n\nWrite to us."),
        Sight(when="2018-03-01", text=whole, state="unchanged"),
    )
    compare_neighbours(database)

    found = rows(
        database, "SELECT present, flip FROM spells('never sell') WHERE policy_id = ?", POLICY
    )

    assert found == [(True, False), (False, True), (True, False)]


def test_terms_have_spells_like_patterns(traps: Connection) -> None:
    found = rows(
        traps,
        f"SELECT language, spell, present, first_version, last_version, {BOUNDS} "
        "FROM term_spells WHERE term = 'GDPR' AND policy_id = ? ORDER BY ALL",
        BOLT,
    )

    # The dictionary knows the German name of the law; the English text never has it.
    first, last = day("2016-02-01"), day("2018-08-01")
    assert found == [
        ("de", 1, False, 1, 1, first, first, None, first, last),
        ("de", 2, True, 2, 2, last, last, first, None, None),
        ("en", 1, False, 1, 3, day("2016-01-01"), day("2018-01-01"), None, None, None),
    ]


def test_the_spell_of_a_term_is_quoted_where_it_is_said(traps: Connection) -> None:
    found = rows(
        traps,
        "SELECT policy_id, quote, text_id, observations FROM term_spells "
        "WHERE term = 'Safe Harbor' AND present",
    )

    quote = "… or rent your personal information. Acme complies with the Safe Harbor framework."
    assert found == [(ACME, quote, digest_of(ACME_2), 2)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("We do not  sell\nthem.", "We do not sell them.", id="over two spaces"),
        pytest.param(
            "No resale, *ever*. Never sell.", "No resale, *ever*. Never sell.", id="dress"
        ),
        pytest.param("Never sell. We do not sell.", "Never sell. We do not sell.", id="the first"),
        pytest.param("unsold, never\u00a0sell", "unsold, never\u00a0sell", id="no-break space"),
    ],
)
def test_a_phrase_is_quoted_with_the_words_around_it(
    database: Connection, text: str, quote: str
) -> None:
    remember(database, ("2018-01-01", text))

    found = rows(database, "SELECT quote FROM term_spells WHERE term = 'no sale'")

    assert found == [(quote,)]


@pytest.fixture(scope="module")
def backwards() -> Iterator[Connection]:
    with trap_archive(SIGHTS[::-1]) as connection:
        yield connection


@pytest.mark.parametrize(
    "source",
    ["spells('sell|13')", "(FROM term_spells WHERE term = 'GDPR')", "panel('month')", "lineage"],
)
def test_an_answer_does_not_depend_on_the_order_of_arrival(
    traps: Connection, backwards: Connection, source: str
) -> None:
    query = f"FROM {source} ORDER BY ALL"

    assert rows(backwards, query) == rows(traps, query)
