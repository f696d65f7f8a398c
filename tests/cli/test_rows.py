"""Rows as tables, csv and json, and the verb `sql`, which may ask anything and change nothing."""

import csv
import io
import json
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipelines.cli.rows import show_rows
from pipelines.cli.tables import Column, write_table
from pipelines.database.asking import Answer
from pipelines.database.file import NAME

pytestmark = pytest.mark.database

MIXED = (
    "SELECT 1 AS n, NULL AS missing, '' AS empty, TIMESTAMP '2016-10-18 22:57:56' AS seen, "
    "DATE '2016-10-18' AS day, 0.5 AS half, 1.50::DECIMAL(5, 2) AS price, [1, 2] AS listed, "
    "'nan'::DOUBLE AS nan, 'a\"b,c\nd' AS text, true AS yes, 'x'::BLOB AS raw"
)


def test_json_keeps_missing_and_empty_apart_and_times_in_utc(run) -> None:
    result = run("sql", MIXED, "--format", "json")

    assert json.loads(result.stdout) == [
        {
            "n": 1,
            "missing": None,
            "empty": "",
            "seen": "2016-10-18T22:57:56Z",
            "day": "2016-10-18",
            "half": 0.5,
            "price": 1.5,
            "listed": [1, 2],
            "nan": None,
            "text": 'a"b,c\nd',
            "yes": True,
            "raw": "78",
        }
    ]


def test_a_time_with_a_zone_is_turned_into_utc(run) -> None:
    query = "SELECT TIMESTAMPTZ '2016-10-18 22:57:56+02' AS seen"

    result = run("sql", query, "--format", "jsonl")

    assert json.loads(result.stdout) == {"seen": "2016-10-18T20:57:56Z"}


def test_csv_reads_back_as_it_was(run) -> None:
    result = run("sql", MIXED, "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["missing"], row["seen"], row["text"], row["listed"]) == (
        "",
        "2016-10-18T22:57:56Z",
        'a"b,c\nd',
        "[1, 2]",
    )


def test_jsonl_is_a_line_a_row_and_nothing_for_none(run) -> None:
    some = run("sql", "SELECT i FROM range(3) AS r(i)", "--format", "jsonl")
    none = run("sql", "SELECT 1 WHERE false", "--format", "jsonl")

    assert some.stdout == '{"i": 0}\n{"i": 1}\n{"i": 2}\n'
    assert none.stdout == ""


def test_columns_of_one_name_are_told_apart_in_json(run) -> None:
    result = run("sql", "SELECT 1 AS a, 2 AS a, 3 AS a", "--format", "jsonl")

    assert json.loads(result.stdout) == {"a": 1, "a_2": 2, "a_3": 3}


def test_a_piped_table_is_plain_aligned_and_uncut(run) -> None:
    result = run("sql", "SELECT 'x' AS a, 7 AS number, repeat('y', 200) AS long, 'p\nq' AS lines")

    assert result.stdout == (
        f"a  number  {'long'.ljust(200)}  lines\nx       7  {'y' * 200}  p\\nq\n"
    )


def test_what_would_steer_a_terminal_is_not_written() -> None:
    stream = io.StringIO()

    write_table(("a",), [("\x1b[31mred\x07",)], [Column(name="a", heading="A")], stream)

    assert stream.getvalue() == "A\n\ufffd[31mred\ufffd\n"


class Screen(io.StringIO):
    """A terminal of 80 columns."""

    def isatty(self) -> bool:
        return True


def test_rows_too_wide_for_a_terminal_are_written_a_column_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    names = [f"column_{number}" for number in range(12)]
    rows = [(1, None, "x" * 400, *range(9)), tuple(range(12))]
    screen = Screen()

    write_table(names, rows, (), screen)

    lines = screen.getvalue().splitlines()
    assert lines[:4] == [
        "row 1 of 2",
        "  column_0   1",
        "  column_1",
        f"  column_2   {'x' * 300}… (400 characters)",
    ]
    assert lines[13:16] == ["", "row 2 of 2", "  column_0   0"]


def test_rows_that_fit_a_terminal_stay_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    screen = Screen()

    write_table(("a", "b", "c"), [("x" * 200, 1, 2)], (), screen)

    assert screen.getvalue() == ""  # drawn, on standard output
    assert capsys.readouterr().out.split()[:3] == ["a", "b", "c"]


def test_a_query_may_come_from_stdin(run) -> None:
    result = run("sql", "-", "--format", "csv", stdin="SELECT versions\nFROM coverage\nLIMIT 1;\n")

    assert result.stdout == "versions\n4\n"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELEC 1", id="no SQL"),
        pytest.param("SELECT * FROM nothing", id="no table"),
        pytest.param("", id="nothing"),
        pytest.param("DROP TABLE captures", id="drop"),
        pytest.param("SELECT 1; DELETE FROM captures", id="delete after a select"),
        pytest.param("INSERT INTO vendors VALUES ('a', 'b', 'c')", id="insert"),
        pytest.param("UPDATE captures SET state = 'failed'", id="update"),
        pytest.param("CREATE TABLE mine (a INTEGER)", id="create"),
        pytest.param("CREATE OR REPLACE VIEW coverage AS SELECT 1", id="replace a view"),
        pytest.param("COPY (SELECT 1) TO 'out.csv'", id="write a file"),
        pytest.param("SELECT * FROM read_text('/etc/hostname')", id="read a file"),
        pytest.param("ATTACH 'other.duckdb'", id="another database"),
        pytest.param("SET enable_external_access = true", id="unlock"),
        pytest.param("SELECT error('no\nway')", id="an error while it runs"),
    ],
)
def test_sql_refuses_in_one_line_and_changes_nothing(
    run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = (archive / NAME).read_bytes()

    result = run("sql", query)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("policytrail: ")
    assert result.stderr.count("\n") == 1
    assert (archive / NAME).read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_that_a_library_lost_ends_at_the_next_row() -> None:
    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        yield (2,)

    with pytest.raises(KeyboardInterrupt):
        show_rows(Answer(columns=("n",), rows=rows()), "csv")
