"""CSV and JSON lines: exact again after a round trip, and harmless in a spreadsheet."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from export_archive import every_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.database.copying import copy_rows
from pipelines.database.file import Connection
from pipelines.database.model import column, table
from pipelines.export.choices import Choices
from pipelines.export.dataset import export_csv, export_jsonl, export_parquet
from pipelines.export.rows import (
    COPIES,
    FORMULA,
    MARK,
    NULL,
    read,
    row_query,
)
from pipelines.export.tables import TABLES, Table

ALL = Choices()
WRITERS = {"parquet": export_parquet, "csv": export_csv, "jsonl": export_jsonl}
ODD = [
    "",
    NULL,
    "NULL",
    MARK,
    "'=1+1",
    '"',
    ",",
    "a\r\nb",
    "\r",
    "\n",
    "-1",
    "\ufeffa",
    " a ",
    "\\",
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.sampled_from([*ODD, *FORMULA, *(f"{sign}1+1" for sign in FORMULA)]),
)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        TEXTS,
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
        st.none() | st.dates(),
        st.none() | st.datetimes(),
    ),
    min_size=1,
    max_size=8,
)
ODDITIES = table(
    "oddities",
    "Values that are hard to write.",
    (
        column("a", "VARCHAR?", "a text, or none"),
        column("b", "VARCHAR", "a text"),
        column("c", "BIGINT?", "a number"),
        column("d", "DOUBLE?", "a measure"),
        column("e", "BOOLEAN?", "yes or no"),
        column("f", "DATE?", "a day"),
        column("g", "TIMESTAMP?", "a moment"),
    ),
)
KEPT_IN_ORDER = replace(ODDITIES, order=("rowid",))


@pytest.fixture(scope="module")
def odd() -> Iterator[Connection]:
    connection = duckdb.connect()
    kinds = ", ".join(f"{each.name} {each.type}" for each in ODDITIES.columns)
    connection.execute(f"CREATE TABLE oddities ({kinds})")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "data").mkdir()
    return folder


def write(connection: Connection, rows: list[tuple[Any, ...]], folder: Path, layout: str) -> Path:
    connection.execute("DELETE FROM oddities")
    marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(rows))
    values = [value for row in rows for value in row]
    connection.execute(f"INSERT INTO oddities VALUES {marks}", values)
    path = folder / "data" / f"oddities.{layout}"
    copy_rows(connection, row_query(KEPT_IN_ORDER, layout), path, COPIES[layout])
    return path


def everything(connection: Connection, folder: Path, of: Table) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT * FROM {read(folder, of)}").fetchall()


@pytest.mark.parametrize("layout", ["csv", "jsonl"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_every_value_is_the_same_after_a_round_trip(
    odd: Connection, scratch: Path, layout: str, rows: list[tuple[Any, ...]]
) -> None:
    path = write(odd, rows, scratch, layout)

    found = everything(odd, scratch, ODDITIES)

    path.unlink()
    assert found == rows


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_a_plain_csv_reader_has_the_texts_by_the_convention_alone(
    odd: Connection, scratch: Path, rows: list[tuple[Any, ...]]
) -> None:
    path = write(odd, rows, scratch, "csv")

    with path.open(encoding="utf-8", newline="") as file:
        head, *fields = csv.reader(file)

    assert head == [each.name for each in ODDITIES.columns]
    assert [[told(field) for field in row[:2]] for row in fields] == [list(row[:2]) for row in rows]
    assert not [row for row in fields for field in row[:2] if field.startswith(FORMULA)]


def told(field: str) -> str | None:
    """Read a text by the convention, as docs/data.md says it."""
    return None if field == NULL else field.removeprefix(MARK)


def test_a_missing_value_is_no_empty_text(odd: Connection, scratch: Path) -> None:
    nothing = (None,) * 5

    in_csv = write(odd, [(None, "", *nothing)], scratch, "csv").read_text()
    in_json = write(odd, [(None, "", *nothing)], scratch, "jsonl").read_text()

    assert in_csv == "a,b,c,d,e,f,g\n\\N,,\\N,\\N,\\N,\\N,\\N\n"
    assert json.loads(in_json) == dict(zip("abcdefg", (None, "", *nothing), strict=True))


@pytest.mark.parametrize("layout", ["csv", "jsonl"])
def test_a_moment_is_written_in_utc_and_said_to_be(
    odd: Connection, scratch: Path, layout: str
) -> None:
    moment = datetime(2016, 10, 18, 22, 57, 56)  # noqa: DTZ001 - the tables hold naive UTC
    row = (None, "", None, None, None, date(2016, 10, 18), moment)

    written = write(odd, [row], scratch, layout).read_text()

    assert "2016-10-18T22:57:56Z" in written


@pytest.mark.parametrize("layout", WRITERS)
def test_every_table_is_read_again_as_it_was_and_in_its_order(
    traps: Connection, tmp_path: Path, layout: str
) -> None:
    WRITERS[layout](traps, tmp_path / "out", ALL, lambda _: None)

    differing = [
        each.name
        for each in TABLES
        if everything(traps, tmp_path / "out", each) != traps.execute(each.ordered_query).fetchall()
    ]

    assert differing == []


@pytest.mark.parametrize("layout", ["csv", "jsonl"])
def test_every_row_is_stepped_through_and_the_same_rows_are_the_same_bytes(
    traps: Connection, tmp_path: Path, layout: str
) -> None:
    steps: list[int] = []

    closing = WRITERS[layout](traps, tmp_path / "one", ALL, steps.append)
    WRITERS[layout](traps, tmp_path / "two", ALL, steps.append)

    assert closing == f"{sum(steps) // 2:,} rows of {len(TABLES)} tables in {tmp_path / 'one'}"
    assert every_file(tmp_path / "one") == every_file(tmp_path / "two")


def test_a_table_that_is_in_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="data/oddities is not there"):
        read(tmp_path, ODDITIES)
