"""The dataset as Parquet: instants in UTC, one order, and the same bytes for the same facts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from archive_facts import empty_database
from export_archive import ROOT, every_file
from trap_archive import SIGHTS, trap_archive

from pipelines.database.copying import copy_rows
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.dataset import copy_options, export_parquet, parquet_query
from pipelines.export.rows import read
from pipelines.export.tables import TABLES, table_of

ALL = Choices()
EXPORTS = """
import sys
from pipelines.cli.main import cli

for layout in ("parquet", "csv", "jsonl"):
    asked = ["--data", sys.argv[1], "export", f"{sys.argv[2]}/{layout}", "--format", layout]
    cli(asked, standalone_mode=False)
"""


def nothing(_: int) -> None:
    """Hear of a step and do nothing."""


@pytest.fixture(scope="module")
def dataset(traps: Connection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset") / "out"
    export_parquet(traps, folder, ALL, nothing)
    return folder


@pytest.fixture(scope="module")
def reader() -> Iterator[Connection]:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def many() -> Iterator[Connection]:
    """Give a database with more rows than a row group has, in no order."""
    connection = empty_database()
    connection.execute(
        "INSERT INTO captures SELECT 'a/' || hash(i), 'k', '20160101000000', 'http://a.example/', "
        "'', '200', 'D', i, 0, 'skipped', 'plan', TIMESTAMP '2026-01-01', NULL "
        "FROM range(250_000) AS rows(i)"
    )
    connection.execute(
        "INSERT INTO texts (text_id, normalized_id, text, words) "
        "SELECT sha256(i::VARCHAR), sha256(i::VARCHAR), 'We keep data for ' || i || ' days.', 4000 "
        "FROM range(40_000) AS rows(i)"
    )
    yield connection
    connection.close()


def test_a_folder_has_every_table_and_nothing_of_the_database(dataset: Path) -> None:
    files = {path.name for path in (dataset / "data").iterdir()}

    assert files == {f"{table.name}.parquet" for table in TABLES}


def test_a_moment_is_an_instant_in_utc_with_its_fourteen_digits_beside_it(
    dataset: Path, reader: Connection
) -> None:
    captures = f"'{dataset}/data/captures.parquet'"

    kinds = dict(
        reader.execute(
            f"SELECT name, logical_type FROM parquet_schema({captures}) "
            "WHERE name IN ('captured_at', 'listed_at')"
        ).fetchall()
    )
    differing = reader.execute(
        f"SELECT count(*) FROM {captures} "
        "WHERE strftime(captured_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S') <> timestamp"
    ).fetchone()

    assert len(kinds) == 2
    assert all("isAdjustedToUTC=1" in kind and "MICROS" in kind for kind in kinds.values())
    assert differing == (0,)


def test_a_missing_value_is_no_empty_text(dataset: Path, reader: Connection) -> None:
    found = reader.execute(
        f"SELECT count(*) FILTER (outcome IS NULL), count(*) FILTER (reason = '') "
        f"FROM '{dataset}/data/listings.parquet'"
    ).fetchone()

    assert found == (0, 2)


def test_texts_are_in_the_order_in_which_policies_had_them(
    dataset: Path, traps: Connection, reader: Connection
) -> None:
    places = dict(
        traps.execute(
            "SELECT text_id, min(policy_id || ' ' || timestamp) FROM readings GROUP BY text_id"
        ).fetchall()
    )

    texts = reader.execute(f"SELECT text_id FROM '{dataset}/data/texts.parquet'").fetchall()

    assert [places[text_id] for (text_id,) in texts] == sorted(places.values())


def test_every_text_says_which_extractor_and_which_schema(
    dataset: Path, reader: Connection
) -> None:
    found = reader.execute(
        f"SELECT DISTINCT extractor_id, schema_version FROM {read(dataset, table_of('texts'))}"
    ).fetchall()

    assert [extractor_id for extractor_id, _ in found] == ["x1"]
    assert found[0][1] >= 5


def test_facts_that_arrived_in_another_order_are_the_same_bytes(
    dataset: Path, tmp_path: Path
) -> None:
    connection = trap_archive(SIGHTS[::-1])

    export_parquet(connection, tmp_path / "out", ALL, nothing)

    connection.close()
    assert every_file(tmp_path / "out") == every_file(dataset)


@pytest.mark.slow
def test_another_machine_writes_the_same_bytes(trap_folder: Path, tmp_path: Path) -> None:
    one = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", "USER": "root"}
    two = {"TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1", "USER": "gast"}

    machines = [
        start_exports(trap_folder, tmp_path / "one", one, {min(os.sched_getaffinity(0))}),
        start_exports(trap_folder, tmp_path / "two", two, os.sched_getaffinity(0)),
    ]

    assert [machine.wait(60) for machine in machines] == [0, 0]
    assert len(every_file(tmp_path / "one")) > 3 * len(TABLES)
    assert every_file(tmp_path / "one") == every_file(tmp_path / "two")


def start_exports(
    data: Path, folder: Path, environment: dict[str, str], cores: set[int]
) -> subprocess.Popen[bytes]:
    """Start a process that exports in every layout, on some of the cores."""
    return subprocess.Popen(
        [sys.executable, "-c", EXPORTS, str(data), str(folder)],
        cwd=ROOT,
        env=os.environ | environment,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["captures", "texts"])
def test_any_number_of_threads_writes_the_same_bytes_in_many_row_groups(
    many: Connection, tmp_path: Path, name: str
) -> None:
    written = []
    for threads in (1, 2, 5):
        many.execute(f"SET threads = {threads}")
        path = tmp_path / f"{threads}.parquet"
        table = table_of(name)
        copy_rows(many, parquet_query(table), path, copy_options(many, table))
        written.append(path.read_bytes())

    groups = many.execute(
        f"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{path}')"
    ).fetchone()
    assert groups is not None
    assert groups[0] > 2
    assert written[0] == written[1] == written[2]
