"""Counts of versions and changes (7, 15, 27, 30), worked out by hand on the archive of traps."""

from collections.abc import Iterator
from datetime import date

import pytest
from archive_facts import Sight, compare_neighbours, digest_of, remember, rows
from counted_questions import FERN, chosen, fern, plant
from questions_asked import ask_question
from trap_archive import (
    ACME,
    ACME_1,
    ACME_OLD,
    BOLT,
    BOLT_A,
    CRATE,
    DELTA,
    ECHO,
    trap_archive,
)

from pipelines.database.file import Connection

pytestmark = pytest.mark.database
TEN = "one two three four five six seven eight nine ten"
FLIP = (fern("2018-01-01", TEN), fern("2018-02-01", "one"), fern("2018-03-01", TEN))


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


def test_a_year_counts_what_was_seen_in_it_and_nothing_where_nothing_was(
    traps: Connection,
) -> None:
    found = chosen(traps, 7, "year observations versions changes substantive", policy=ACME)

    unseen = (0, None, None, None)
    assert found == [
        (2010, 1, 1, 0, 0),
        (2011, *unseen),
        (2012, 1, 1, 0, 0),
        (2013, *unseen),
        (2014, 1, 1, 1, 1),
        (2015, 1, 1, 0, 0),
        (2016, 1, 1, 1, 1),
        (2017, *unseen),
        (2018, 1, 1, 1, 1),
        (2019, *unseen),
        (2020, *unseen),
        (2021, 1, 1, 1, 1),
    ]


def test_a_years_counts_are_apart_for_each_language(traps: Connection) -> None:
    found = chosen(traps, 7, "language year versions changes maybe_earlier", policy=BOLT)

    assert found == [
        ("de", 2016, 1, 0, 0),
        ("de", 2017, None, None, None),
        ("de", 2018, 1, 1, 1),
        ("en", 2016, 1, 0, 0),
        ("en", 2017, 1, 1, 1),
        ("en", 2018, 1, 1, 1),
    ]


def test_a_change_of_dates_is_minor_in_its_year(traps: Connection) -> None:
    found = chosen(traps, 7, "year changes substantive minor", policy=ECHO)

    assert found == [(2019, 0, 0, 0), (2020, 1, 0, 1)]


def test_a_years_lower_bound_names_the_gap_and_what_was_not_read(archive: Connection) -> None:
    # Seen on 2011-01-01 and 07-01, with 181 days between; from then to the year's end are 184.
    # In 2015 one capture failed, and in 2019 a second sighting leaves 07-01 to 12-31, 183 days.
    remember(archive, Sight(when="2019-12-31", text="Other.", policy_id=CRATE))

    found = chosen(archive, 7, "year unseen_days unread lower_bound", policy=CRATE)

    assert [row for row in found if row[0] in (2011, 2015, 2016, 2019)] == [
        (2011, 184, 0, "unseen for 184 days"),
        (2015, 365, 1, "not seen; captures not read: 1"),
        (2016, 366, 0, "not seen"),
        (2019, 183, 0, "unseen for 183 days"),
    ]


def test_another_dress_of_the_same_words_is_a_change_of_format(archive: Connection) -> None:
    same = {"normalized": ACME_1, "policy_id": ACME, "uri_r": ACME_OLD}
    remember(archive, Sight(when="2012-07-01", text=ACME_1.upper(), **same))

    found = chosen(archive, 7, "year observations versions changes format", policy=ACME)

    assert [row for row in found if row[-1]] == [(2012, 2, 1, 0, 1)]


def test_a_flip_is_counted_apart_from_the_edits(archive: Connection) -> None:
    plant(archive, *FLIP)
    compare_neighbours(archive)

    found = chosen(archive, 7, "versions flips changes substantive in_flips", policy=FERN)

    assert found == [(3, 1, 2, 0, 2)]


def test_the_largest_change_has_its_interval_and_the_number_of_the_others(
    traps: Connection,
) -> None:
    # crate: "as long as your account exists" went (6 words), "6 months" and a sentence of seven
    # came. bolt: 13 became 16 and 13 again, so that the earlier of two equal ones is told.
    # German bolt and echo have one change each, of four words and of a year.
    found = chosen(
        traps, 15, "policy_id language version not_before not_after words_changed changes"
    )

    assert found[0][:5] == (ACME, "en", 4, date(2016, 9, 1), date(2018, 6, 1))
    assert found[0][6] == 4
    assert found[1:] == [
        (CRATE, "en", 2, date(2011, 7, 1), date(2019, 7, 1), 15, 1),
        (BOLT, "de", 2, date(2016, 2, 1), date(2018, 8, 1), 4, 1),
        (BOLT, "en", 2, date(2016, 1, 1), date(2017, 1, 1), 2, 2),
        (ECHO, "en", 2, date(2019, 6, 1), date(2020, 6, 1), 2, 1),
    ]


@pytest.mark.parametrize(
    ("asked", "version", "words", "flip", "changes"),
    [
        pytest.param({}, 4, 1, False, 1, id="left out"),
        pytest.param({"flips": True}, 2, 9, True, 3, id="asked for"),
    ],
)
def test_a_flip_is_the_largest_change_only_when_asked_for(
    archive: Connection, asked: dict[str, bool], version: int, words: int, flip: bool, changes: int
) -> None:
    plant(archive, *FLIP, fern("2018-04-01", f"{TEN} eleven"))
    compare_neighbours(archive)

    found = chosen(archive, 15, "version words_changed flip changes", policy=FERN, **asked)

    assert found == [(version, words, flip, changes)]


def test_the_widths_of_intervals_stand_for_each_policy_each_language_and_all(
    traps: Connection,
) -> None:
    # acme: 610, 489, 638, 1096. bolt: 366, 365 and in German 912. crate: 2922. echo: 366.
    found = chosen(
        traps, 27, "policy_id language changes median_width_days max_width_days under_365_days"
    )

    assert found == [
        ("(all)", "(all)", 9, 610, 2922, 0),
        ("(all)", "de", 1, 912, 912, 0),
        ("(all)", "en", 8, (489 + 610) / 2, 2922, 0),
        (ACME, "en", 4, (610 + 638) / 2, 1096, 0),
        (BOLT, "de", 1, 912, 912, 0),
        (BOLT, "en", 2, 365.5, 366, 0),
        (CRATE, "en", 1, 2922, 2922, 0),
        (ECHO, "en", 1, 366, 366, 0),
    ]


def test_a_change_dated_to_seven_days_is_not_dated_to_less(archive: Connection) -> None:
    days = ("01-01", "01-07", "01-14", "02-12", "03-14", "06-13")  # 6, 7, 29, 30 and 91 days
    plant(archive, *(fern(f"2018-{each}", f"text {each}") for each in days))

    found = chosen(
        archive,
        27,
        "changes under_7_days under_30_days under_90_days under_365_days",
        policy=FERN,
        language="en",
    )

    assert found[-1] == (5, 1, 3, 4, 5)


def test_widths_are_asked_of_one_kind_of_change(traps: Connection) -> None:
    found = chosen(traps, 27, "policy_id changes", significance="minor", language="en")

    assert found == [("(all)", 1), ("(all)", 1), (ECHO, 1)]


def test_a_text_that_came_back_tells_how_long_it_was_away(traps: Connection) -> None:
    found = ask_question(traps, 30)

    first, second, third = date(2016, 1, 1), date(2017, 1, 1), date(2018, 1, 1)
    where = (digest_of(BOLT_A), "https://archive.example/web/20160101000000id_/")
    assert [row[:-1] for row in found] == [
        (BOLT, "en", 3, 1, 1, first, second, second, third, 0, 366 + 365, False, where[0])
    ]
    assert found[0][-1].startswith(where[1])


def test_a_text_may_come_back_after_several_others_and_more_than_once(
    archive: Connection,
) -> None:
    texts = ("a b c", "d e f", "g h i", "a b c", "d e f", "a b c")
    plant(archive, *(fern(f"2018-0{month}-01", text) for month, text in enumerate(texts, 1)))
    compare_neighbours(archive)

    found = chosen(archive, 30, "version returns_to versions_between flip", policy=FERN)

    # Version 5 lies between two equal ones, but its line stands in the place of theirs: no flip.
    assert found == [(4, 1, 2, False), (5, 2, 2, False), (6, 4, 1, False)]


def test_a_return_from_a_flip_is_marked(archive: Connection) -> None:
    plant(archive, *FLIP)
    compare_neighbours(archive)

    assert chosen(archive, 30, "version returns_to flip", policy=FERN) == [(3, 1, True)]


def test_a_policy_never_seen_has_no_row_in_counts_of_versions(traps: Connection) -> None:
    (known,) = rows(traps, "SELECT count(*) FROM policies WHERE policy_id = ?", DELTA)

    assert known == (1,)
    assert [ask_question(traps, number, policy=DELTA) for number in (7, 9, 11, 15, 30)] == [[]] * 5
