"""Every question that says how it is drawn can be drawn so, without mixing what is apart."""

from collections.abc import Iterator

import pytest
from questions_asked import ask_question, columns_of
from trap_archive import trap_archive

from pipelines.database.file import Connection
from pipelines.history.catalogue import Plot, Question, questions
from pipelines.pictures.intervals import bars_of
from pipelines.pictures.series import chart_of, repeats

pytestmark = pytest.mark.database

DRAWN = [(asked, asked.plot) for asked in questions().values() if asked.plot]


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


@pytest.mark.parametrize(("asked", "plot"), DRAWN, ids=lambda each: getattr(each, "name", ""))
def test_a_question_can_be_drawn_as_it_says(traps: Connection, asked: Question, plot: Plot) -> None:
    columns, rows = columns_of(traps, asked.number), ask_question(traps, asked.number)

    if plot.kind == "interval":
        bars, nowhere = bars_of(columns, rows, plot)
        assert len(bars) + nowhere == len(rows)
    else:
        chart = chart_of(columns, rows, plot)
        assert not [each.label for each in chart.series if repeats(each)]


def test_languages_are_drawn_apart_where_an_answer_has_them(traps: Connection) -> None:
    mixed = [
        asked.name
        for asked, plot in DRAWN
        if "language" in columns_of(traps, asked.number)
        and any("policy_id" in (axis or "").split("+") for axis in (*plot.x, plot.y, plot.by))
        and not any("language" in (axis or "").split("+") for axis in (*plot.x, plot.y, plot.by))
    ]

    assert not mixed
