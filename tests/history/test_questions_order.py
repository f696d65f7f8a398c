"""No answer depends on the order in which rows arrived, on the session, or on there being rows."""

import random
from collections.abc import Iterator

import pytest
from archive_facts import empty_database
from questions_asked import ask_question
from trap_archive import SIGHTS, trap_archive

from pipelines.database.file import Connection
from pipelines.history.catalogue import Question, questions

pytestmark = pytest.mark.database

EVERY = pytest.mark.parametrize("asked", questions().values(), ids=lambda asked: asked.name)


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


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
    traps: Connection, shuffled: Connection, asked: Question
) -> None:
    assert ask_question(shuffled, asked.number) == ask_question(traps, asked.number)


@EVERY
def test_an_empty_archive_has_no_policies_to_tell_of(empty: Connection, asked: Question) -> None:
    rows = ask_question(empty, asked.number)

    assert not [row for row in rows if isinstance(row[0], str) and "/" in row[0]]
