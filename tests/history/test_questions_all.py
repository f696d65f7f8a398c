"""What holds of every question, whoever wrote it: it can be asked, repeated and drawn."""

import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

import pytest
from archive_facts import empty_database
from questions_asked import ask_question, columns_of
from trap_archive import SIGHTS, trap_archive

from pipelines.database.file import Connection
from pipelines.history.catalogue import Plot, Question, questions
from pipelines.pictures.intervals import bars_of
from pipelines.pictures.series import chart_of, repeats

pytestmark = pytest.mark.database

Answer: TypeAlias = Callable[[int], tuple[list[str], list[tuple[Any, ...]]]]
DRAWN = [(asked, asked.plot) for asked in questions().values() if asked.plot]
EVERY = pytest.mark.parametrize("asked", questions().values(), ids=lambda asked: asked.name)


@pytest.fixture(scope="module")
def answer() -> Iterator[Answer]:
    """Ask the archive of traps: columns and rows, each question once."""
    with trap_archive() as connection:
        yield cache(
            lambda number: (columns_of(connection, number), ask_question(connection, number))
        )


@pytest.fixture(scope="module")
def shuffled() -> Iterator[Connection]:
    sights = list(SIGHTS)
    random.Random(5).shuffle(sights)
    with trap_archive(tuple(sights)) as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET TimeZone = 'Asia/Tokyo'")
        yield connection


@pytest.fixture(scope="module")
def empty() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


@EVERY
def test_an_answer_is_the_same_in_whatever_order_rows_arrived(
    answer: Answer, shuffled: Connection, asked: Question
) -> None:
    assert ask_question(shuffled, asked.number) == answer(asked.number)[1]


@EVERY
def test_an_empty_archive_has_no_policies_to_tell_of(empty: Connection, asked: Question) -> None:
    rows = ask_question(empty, asked.number)

    assert not [row for row in rows if isinstance(row[0], str) and "/" in row[0]]


@pytest.mark.parametrize(("asked", "plot"), DRAWN, ids=lambda each: getattr(each, "name", ""))
def test_a_question_can_be_drawn_as_it_says(answer: Answer, asked: Question, plot: Plot) -> None:
    columns, rows = answer(asked.number)

    if plot.kind == "interval":
        bars, nowhere = bars_of(columns, rows, plot)
        assert len(bars) + nowhere == len(rows)
    else:
        chart = chart_of(columns, rows, plot)
        assert not [each.label for each in chart.series if repeats(each)]


def test_languages_are_drawn_apart_where_an_answer_has_them(answer: Answer) -> None:
    mixed = [
        asked.name
        for asked, plot in DRAWN
        if "language" in answer(asked.number)[0]
        and any("policy_id" in (axis or "").split("+") for axis in (*plot.x, plot.y, plot.by))
        and not any("language" in (axis or "").split("+") for axis in (*plot.x, plot.y, plot.by))
    ]

    assert not mixed
