"""Timelines: every sighting has its place, and what is not known looks different."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from trap_archive import ACME, BOLT, CRATE, DELTA, trap_archive

from pipelines.cli.lanes import DRAWN, TYPED, draw, legend
from pipelines.database.file import Connection
from pipelines.history.policies import NothingObserved
from pipelines.history.timelines import Lane, Stay, lanes

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


def test_a_version_has_every_sighting_of_it(traps: Connection) -> None:
    (lane,) = lanes(traps, [ACME], None)

    assert [[f"{moment:%Y-%m}" for moment in stay.sightings] for stay in lane.stays] == [
        ["2010-03", "2012-06"],
        ["2014-02", "2015-05"],
        ["2016-09"],
        ["2018-06"],
        ["2021-06"],
    ]
    assert lane.stays[0].last_seen == datetime.fromisoformat("2012-06-01")


def test_a_text_that_came_back_is_a_stay_of_its_own_in_its_language(traps: Connection) -> None:
    found = lanes(traps, [BOLT], None)

    assert [(lane.language, [stay.version for stay in lane.stays]) for lane in found] == [
        ("de", [1, 2]),
        ("en", [1, 2, 3]),
    ]
    assert [lane.label for lane in lanes(traps, [BOLT], "en")] == [
        "bolt/privacy (en): 3 versions, 3 sightings"
    ]


def test_a_policy_never_observed_has_no_lane(traps: Connection) -> None:
    assert [lane.policy_id for lane in lanes(traps, [CRATE, DELTA], None)] == [CRATE]
    with pytest.raises(NothingObserved, match="nothing of delta/privacy was observed"):
        lanes(traps, [DELTA], None)


def test_a_gap_a_span_and_the_open_ends_look_different(traps: Connection) -> None:
    found = draw(lanes(traps, [CRATE], None), 80, DRAWN)

    # Sightings on days 0, 181 and 3103 of 3103, on 78 columns that begin at column 1: columns
    # 1, 1 + 4.5 = 5, and the last one, 78.
    assert found[:4] == [
        "crate/privacy (en): 2 versions, 3 sightings",
        "◂●═══●" + "░" * 72 + "○▸",
        " " * 78 + "|",
        " |2011    |2012    |2013    |2014    |2015    |2016     |2017    |2018    |2019",
    ]


def stay(version: int, *days: int, significance: str | None = None, flip: bool = False) -> Stay:
    sightings = tuple(datetime(2010, 1, 1) + timedelta(days=day) for day in days)  # noqa: DTZ001
    return Stay(version=version, sightings=sightings, significance=significance, flip=flip)


@pytest.mark.parametrize(
    ("stays", "line", "marks"),
    [
        pytest.param([stay(1, 0, 99)], "◂●════════●▸", [], id="one text"),
        pytest.param(
            [stay(1, 0, 30), stay(2, 40, 99, significance="minor")],
            "◂●══●○────○▸",
            ["     m"],
            id="no room between two sightings",
        ),
        pytest.param(
            [stay(1, 0), stay(2, 50, flip=True, significance="minor"), stay(3, 99, flip=True)],
            "◂●░░░░○░░░●▸",
            ["      f   f"],
            id="a flip",
        ),
        pytest.param(
            [stay(1, 0), stay(2, 51), stay(3, 52, significance="substantive"), stay(4, 99)],
            "◂●░░░░2░░░○▸",
            ["      *   ?"],
            id="two versions in one column",
        ),
    ],
)
def test_changes_are_marked_where_the_new_text_was_first_seen(
    stays: list[Stay], line: str, marks: list[str]
) -> None:
    lane = Lane(policy_id="a/b", language="en", stays=tuple(stays))

    found = draw([lane], 12, DRAWN)  # 99 days on ten columns

    assert found[1 : found.index("") - 1] == [line, *marks]


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        pytest.param("2010-01-09", "2010-01-20", "|2010-01-09", id="days"),
        # 200 days on 58 columns: a month is 9, too few for its name; July begins in the 53rd.
        pytest.param(
            "2010-01-01",
            "2010-07-20",
            " |2010-01" + " " * 18 + "|2010-04" + " " * 18 + "|",
            id="months",
        ),
        # 54 years on 58 columns: a decade is 10 or 11 of them.
        pytest.param(
            "2010-01-01",
            "2064-01-01",
            " |2010     |2020      |2030      |2040     |2050      |2060",
            id="decades",
        ),
    ],
)
def test_the_axis_has_as_many_years_or_months_as_can_be_read(
    first: str, last: str, label: str
) -> None:
    sightings = tuple(map(datetime.fromisoformat, (first, last)))
    only = Stay(version=1, sightings=sightings, significance=None, flip=False)
    lane = Lane(policy_id="a/b", language="en", stays=(only,))

    assert draw([lane], 60, DRAWN)[2] == label


def test_all_signs_can_be_typed(traps: Connection) -> None:
    text = "\n".join(draw(lanes(traps, [ACME, BOLT, CRATE], None), 80, TYPED))

    assert text.isascii()


def test_no_line_is_wider_than_asked(traps: Connection) -> None:
    found = lanes(traps, [ACME, BOLT, CRATE], None)

    assert max(map(len, draw(found, 60, DRAWN)[:-5])) == 60
    assert max(map(len, legend(DRAWN))) <= 80
