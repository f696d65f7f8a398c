"""COPY of a query: memory that is enough, steps that add up, errors in plain words."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.database.copying import copy_rows, quoted
from pipelines.database.file import Connection

CSV = {"FORMAT": "csv", "HEADER": "false"}
ODD = "it's; --"


@pytest.fixture
def database() -> Iterator[Connection]:
    connection = duckdb.connect(config={"threads": 3})
    yield connection
    connection.close()


def threads(connection: Connection) -> str:
    return str(connection.execute("SELECT current_setting('threads')").fetchall()[0][0])


@pytest.mark.parametrize(
    ("row_bytes", "used"),
    [
        pytest.param(0.0, "3", id="rows of numbers"),
        pytest.param(10.0, "3", id="short texts"),
        pytest.param(1_000_000.0, "1", id="texts of which a thread holds too many"),
    ],
)
def test_long_rows_are_sorted_with_so_few_threads_that_they_have_room(
    database: Connection, tmp_path: Path, row_bytes: float, used: str
) -> None:
    path = tmp_path / "threads.csv"

    copy_rows(database, "SELECT current_setting('threads')", path, CSV, row_bytes=row_bytes)

    assert path.read_text().strip() == used
    assert threads(database) == "3"


def test_the_steps_add_up_to_the_rows(database: Connection, tmp_path: Path) -> None:
    steps: list[int] = []

    copy_rows(database, "SELECT i FROM range(9) AS r(i)", tmp_path / "x", CSV, steps.append, rows=9)

    assert sum(steps) == 9


def test_a_query_of_ours_that_is_wrong_is_no_full_disk(
    database: Connection, tmp_path: Path
) -> None:
    with pytest.raises(duckdb.ParserException):
        copy_rows(database, "SELECT FROM", tmp_path / "x", CSV)


def test_a_folder_that_is_not_there_is_named(database: Connection, tmp_path: Path) -> None:
    path = tmp_path / "it's" / "x"

    with pytest.raises(OSError, match="it's/x") as caught:
        copy_rows(database, "SELECT 1", path, CSV)

    assert "\n" not in str(caught.value)
    assert not str(caught.value).startswith("IO Error")


def test_a_quotation_mark_stays_within_its_literal(database: Connection) -> None:
    assert database.execute(f"SELECT {quoted(ODD)}").fetchall() == [(ODD,)]
