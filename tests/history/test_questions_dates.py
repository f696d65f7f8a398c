"""What policies state of their own age (9, 10, 11), worked out by hand on the archive of traps."""

from collections.abc import Iterator
from datetime import date

import pytest
from archive_facts import compare_neighbours, digest_of
from counted_questions import FERN, chosen, fern, plant
from questions_asked import ask_question
from trap_archive import ACME, BOLT, CRATE, ECHO, ECHO_2, trap_archive

from pipelines.database.file import Connection

pytestmark = pytest.mark.database


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


@pytest.mark.parametrize(
    ("stated", "consistency"),
    [
        pytest.param("2018-01-31", "before_interval", id="the day before the old text was seen"),
        pytest.param("2018-02-01", "inside", id="the day on which it was last seen"),
        pytest.param("2018-03-01", "inside", id="the day on which the new one was seen"),
        pytest.param("2018-03-02", "after_interval", id="the day after"),
        pytest.param(None, "absent", id="none"),
    ],
)
def test_a_stated_date_is_held_against_the_interval_of_the_change(
    archive: Connection, stated: str | None, consistency: str
) -> None:
    plant(
        archive,
        fern("20180201120000", "old"),
        fern("20180301120000", "new", stated_date=stated),
    )

    assert chosen(archive, 9, "version consistency", policy=FERN) == [
        (1, "absent"),
        (2, consistency),
    ]


@pytest.mark.parametrize(
    ("stated", "consistency", "lag"),
    [
        pytest.param("2017-12-31", "left-censored", 1, id="as old as it says, or younger"),
        pytest.param("2018-01-01", "left-censored", 0, id="of the day"),
        pytest.param("2018-01-03", "after_interval", -2, id="announced ahead"),
    ],
)
def test_a_first_version_has_no_least_lag(
    archive: Connection, stated: str, consistency: str, lag: int
) -> None:
    plant(archive, fern("2018-01-01", "text", stated_date=stated))

    found = chosen(archive, 9, "consistency lag_days_min lag_days_max", policy=FERN)

    assert found == [(consistency, None, lag)]


def test_a_date_that_is_left_standing_does_not_speak_of_the_change(traps: Connection) -> None:
    found = chosen(traps, 9, "version consistency repeated lag_days_min lag_days_max", policy=CRATE)

    # From 2010-01-01 to the first sighting, 2011-01-01, are 365 days.
    assert found == [
        (1, "left-censored", 0, None, 365),
        (2, "before_interval", 1, None, None),
    ]


def test_the_lag_of_a_date_is_bounded_by_the_interval(traps: Connection) -> None:
    found = ask_question(traps, 9, policy=ECHO)

    # 2019-06-01 lies 335 days before 2020-05-01 (a leap year's 366 less 31), 2020-06-01 31 after.
    may, june = date(2020, 5, 1), date(2020, 6, 1)
    uri_m = "https://archive.example/web/20200601000000id_/http://echo.example/privacy"
    interval = (date(2019, 6, 1), june, uri_m)
    assert found[1] == (ECHO, "en", 2, "inside", 1, 0.5, 0, -335, 31, may, "updated", *interval)


def test_the_shares_of_all_versions_are_apart_for_each_language(traps: Connection) -> None:
    found = chosen(traps, 9, "policy_id language version consistency versions share", per="all")

    # In English twelve versions: five of acme and three of bolt state no date.
    assert found == [
        ("(all)", "de", None, "absent", 2, 1),
        ("(all)", "en", None, "absent", 8, round(8 / 12, 3)),
        ("(all)", "en", None, "before_interval", 1, round(1 / 12, 3)),
        ("(all)", "en", None, "inside", 1, round(1 / 12, 3)),
        ("(all)", "en", None, "left-censored", 2, round(2 / 12, 3)),
    ]


def test_the_shares_of_a_policy_carry_the_median_lag(archive: Connection) -> None:
    # Versions 2, 3 and 4 are first seen 1, 2 and 9 days after the date they state.
    dated = {"2018-02-02": "2018-02-01", "2018-03-03": "2018-03-01", "2018-04-10": "2018-04-01"}
    plant(
        archive,
        fern("2018-01-01", "undated"),
        *(fern(when, when, stated_date=stated) for when, stated in dated.items()),
    )

    found = chosen(archive, 9, "consistency versions share lag_days_max", policy=FERN, per="policy")

    assert found == [("absent", 1, 0.25, None), ("inside", 3, 0.75, 2)]


def test_an_edit_under_a_standing_date_is_silent(traps: Connection) -> None:
    found = chosen(traps, 10, "policy_id language versions dated changes comparable silent")

    # crate's one change left its date as it was; echo's moved the date and nothing else, and is
    # no substantive change. acme and bolt state no date.
    assert found == [
        ("(all)", "de", 2, 0, 1, 0, 0),
        ("(all)", "en", 12, 4, 7, 1, 1),
        (ACME, "en", 5, 0, 4, 0, 0),
        (BOLT, "de", 2, 0, 1, 0, 0),
        (BOLT, "en", 3, 0, 2, 0, 0),
        (CRATE, "en", 2, 2, 1, 1, 1),
        (ECHO, "en", 2, 2, 0, 0, 0),
    ]


def test_silent_edits_are_named_and_shared_out_of_the_comparable(archive: Connection) -> None:
    dates = ("2018-01-01", "2018-01-01", "2018-03-01", None, "2018-03-01", "2018-03-01")
    texts = ("We take names.", "We sell names.", "We give names.", "No.", "We ask.", "We tell you.")
    plant(
        archive,
        *(
            fern(f"2018-0{month}-02", text, stated_date=stated)
            for month, (text, stated) in enumerate(zip(texts, dates, strict=True), 1)
        ),
    )
    compare_neighbours(archive)

    # Comparable are the steps to 2, 3 and 6: on those to 4 and from it there is no date to compare.
    found = chosen(
        archive,
        10,
        "dated share_dated changes comparable silent share_silent silent_versions",
        policy=FERN,
        language="en",
    )

    assert found[-1] == (5, round(5 / 6, 3), 5, 3, 2, round(2 / 3, 3), [2, 6])


def test_the_date_before_an_edit_is_the_one_that_was_last_seen(archive: Connection) -> None:
    # The words stood while the date moved to January 15; the edit in March left that date.
    plant(
        archive,
        fern("2018-01-01", "We take names.", stated_date="2017-01-01"),
        fern(
            "2018-02-01",
            "We  take names.",
            normalized="We take names.",
            stated_date="2018-01-15",
        ),
        fern("2018-03-01", "We sell names.", stated_date="2018-01-15"),
    )
    compare_neighbours(archive)

    assert chosen(archive, 10, "silent", policy=FERN, language="en") == [1, 1]


def test_a_flip_is_no_silent_edit(archive: Connection) -> None:
    long, short = "one two three four five six", "one"
    dated = {"stated_date": "2018-01-01"}
    plant(
        archive,
        fern("2018-02-01", long, **dated),
        fern("2018-03-01", short, **dated),
        fern("2018-04-01", long, **dated),
    )
    compare_neighbours(archive)

    assert chosen(archive, 10, "versions changes silent", policy=FERN) == [(3, 0, 0)] * 2


def test_a_date_that_moved_alone_is_told_with_its_interval(traps: Connection) -> None:
    found = ask_question(traps, 11)

    old, new = date(2019, 5, 1), date(2020, 5, 1)
    interval = (date(2019, 6, 1), date(2020, 6, 1), 366)
    uri_m = "https://archive.example/web/20200601000000id_/http://echo.example/privacy"
    provenance = (digest_of(ECHO_2), uri_m)
    told = ("minor change", old, new, 366, "updated", "Last updated: May 1, 2020", *interval)
    assert found == [(ECHO, "en", 2, *told, 1, *provenance)]


def test_a_date_outside_of_the_text_may_move_inside_a_version(archive: Connection) -> None:
    words = "We take names."
    dates = (None, "2018-02-20", "2018-02-20", "2018-04-25", "2018-04-20")
    plant(
        archive,
        *(
            fern(f"2018-0{month}-01", words + " " * month, normalized=words, stated_date=stated)
            for month, stated in enumerate(dates, 1)
        ),
    )

    found = chosen(
        archive, 11, "version where_seen new_date moved_days not_after steps", policy=FERN
    )

    # Of three steps with a date on both sides the first moved nothing; the second moved it from
    # February 20 by 8, 31 and 25 days, and the third back by five.
    inside = (1, "inside a version")
    assert found == [
        (*inside, date(2018, 4, 25), 8 + 31 + 25, date(2018, 4, 1), 3),
        (*inside, date(2018, 4, 20), -5, date(2018, 5, 1), 3),
    ]


def test_an_edit_with_its_date_is_no_date_without_words(archive: Connection) -> None:
    plant(
        archive,
        fern("2018-01-01", "We take names.", stated_date="2018-01-01"),
        fern("2018-02-01", "We sell names.", stated_date="2018-02-01"),
    )
    compare_neighbours(archive)

    assert chosen(archive, 11, "version", policy=FERN) == []
