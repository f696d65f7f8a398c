"""Rows that travel as JSON arrive as they were."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.database.file import Connection, writing
from pipelines.database.rows import insert, update

pytestmark = pytest.mark.database

COLUMNS = (
    "n BIGINT PRIMARY KEY, words VARCHAR, day DATE, moment TIMESTAMP, sure BOOLEAN, share DOUBLE"
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """An open file."""
    with writing(tmp_path_factory.mktemp("rows")) as connection:
        yield connection


@pytest.fixture
def database(opened: Connection) -> Connection:
    """The open file with an empty table of every type that the facts use."""
    opened.execute(f"CREATE OR REPLACE TABLE facts ({COLUMNS})")
    return opened


def stored(database: Connection, column: str) -> list[Any]:
    """A column of the table, in the order of its key."""
    return [row[0] for row in database.execute(f"SELECT {column} FROM facts ORDER BY n").fetchall()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("it's \"quoted\" \\ and 'doubly'", None, id="quotes"),
        pytest.param("$$ ? ?1 %s {} -- ; DROP TABLE facts", None, id="what looks like SQL"),
        pytest.param('{"a": [1, null]}', None, id="what looks like JSON"),
        pytest.param("null", None, id="the word null"),
        pytest.param("2015-01-01", None, id="what looks like a date"),
        pytest.param("007", None, id="what looks like a number"),
        pytest.param("", None, id="nothing"),
        pytest.param("  blanks \t\r\n ", None, id="blanks"),
        pytest.param("\x01\x08\x1b\x7f\x85\u2028\ufeff", None, id="control characters"),
        pytest.param("Dátenschutz 隐私 חיסיון", None, id="other scripts"),
        pytest.param("🔒👩‍💻", None, id="emoji"),
        pytest.param("a\u0301 \u00e1", None, id="the same letter in two forms"),
        pytest.param("x" * 2_000_000, None, id="two million letters"),
        pytest.param("a\0b", "a?b", id="NUL"),
        pytest.param("a\ud83db\udc00", "a?b?", id="lone surrogates"),
    ],
)
def test_words_are_kept_as_they_were(database: Connection, given: str, kept: str | None) -> None:
    insert(database, "facts", [{"n": 1, "words": given}])

    assert stored(database, "words") == [given if kept is None else kept]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8")), max_size=5)
)
def test_any_words_are_kept_as_they_were(database: Connection, words: list[str]) -> None:
    database.execute("DELETE FROM facts")

    insert(database, "facts", [{"n": n, "words": text} for n, text in enumerate(words)])

    assert stored(database, "words") == words


@pytest.mark.parametrize(
    ("column", "given", "kept"),
    [
        pytest.param("words", None, None, id="no words"),
        pytest.param("day", None, None, id="no day"),
        pytest.param("moment", None, None, id="no moment"),
        pytest.param("day", date(2016, 2, 29), date(2016, 2, 29), id="day"),
        pytest.param("day", date(1, 1, 1), date(1, 1, 1), id="first day"),
        pytest.param("day", date(9999, 12, 31), date(9999, 12, 31), id="last day"),
        pytest.param(
            "moment",
            datetime(2015, 1, 1, 12, 30, 15, 123456, tzinfo=UTC),
            datetime(2015, 1, 1, 12, 30, 15, 123456),  # noqa: DTZ001 - a plain TIMESTAMP
            id="moment",
        ),
        pytest.param(
            "moment",
            datetime(2015, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))),
            datetime(2014, 12, 31, 22, 30),  # noqa: DTZ001
            id="moment of another zone",
        ),
        pytest.param("sure", True, True, id="yes"),
        pytest.param("sure", False, False, id="no"),
        pytest.param("share", 1 / 3, 1 / 3, id="share"),
        pytest.param("share", 0, 0.0, id="whole share"),
    ],
)
def test_values_are_kept_in_their_type(
    database: Connection, column: str, given: object, kept: object
) -> None:
    insert(database, "facts", [{"n": 1, column: given}])

    assert stored(database, column) == [kept]


@pytest.mark.parametrize("number", [0, -1, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_a_whole_number_keeps_every_digit(database: Connection, number: int) -> None:
    insert(database, "facts", [{"n": number}])

    assert stored(database, "n") == [number]


def test_a_column_left_out_stays_null(database: Connection) -> None:
    insert(database, "facts", [{"n": 1, "words": "a"}, {"n": 2}])

    assert stored(database, "words") == ["a", None]
    assert stored(database, "day") == [None, None]


def test_a_column_that_only_a_later_row_has_is_kept(database: Connection) -> None:
    insert(database, "facts", [{"n": 1}, {"n": 2, "words": "later"}])

    assert stored(database, "words") == [None, "later"]


def test_a_column_that_the_table_has_not_is_an_error(database: Connection) -> None:
    with pytest.raises(KeyError, match="colour"):
        insert(database, "facts", [{"n": 1}, {"n": 2, "colour": "red"}])


def test_no_rows_are_no_statement(database: Connection) -> None:
    insert(database, "nowhere", [])
    update(database, "nowhere", ["n"], [])

    assert stored(database, "n") == []


def test_a_row_that_is_there_may_stay_as_it_was(database: Connection) -> None:
    insert(database, "facts", [{"n": 1, "words": "first"}])

    insert(database, "facts", [{"n": 1, "words": "x"}, {"n": 2, "words": "y"}], "DO NOTHING")

    assert stored(database, "words") == ["first", "y"]


def test_a_batch_with_one_bad_row_adds_none(database: Connection) -> None:
    insert(database, "facts", [{"n": 1, "words": "first"}])
    database.execute("COMMIT")
    database.execute("BEGIN")

    with pytest.raises(duckdb.ConstraintException):
        insert(database, "facts", [{"n": 2, "words": "x"}, {"n": 1, "words": "y"}])

    database.execute("ROLLBACK")
    database.execute("BEGIN")
    assert stored(database, "n") == [1]


def test_only_the_rows_named_by_the_keys_change(database: Connection) -> None:
    insert(database, "facts", [{"n": n, "words": "old", "sure": True} for n in range(4)])

    update(
        database,
        "facts",
        ["n"],
        [{"n": 1, "words": "it's new", "sure": None}, {"n": 9, "words": "nobody", "sure": True}],
    )

    assert stored(database, "words") == ["old", "it's new", "old", "old"]
    assert stored(database, "sure") == [True, None, True, True]


def test_a_key_of_several_columns_is_matched_in_all_of_them(database: Connection) -> None:
    insert(database, "facts", [{"n": 1, "words": "a", "share": 1}, {"n": 2, "words": "a"}])

    update(database, "facts", ["n", "words"], [{"n": 2, "words": "a", "share": 5}])
    update(database, "facts", ["n", "words"], [{"n": 1, "words": "b", "share": 7}])

    assert stored(database, "share") == [1, 5]
