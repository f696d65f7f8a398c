"""pandas, polars and pyarrow read the tables as DuckDB does: types, values, missing ones."""

import json
from datetime import datetime
from itertools import compress
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.database.copying import copy_rows
from pipelines.database.model import column, table
from pipelines.export.rows import COPIES, row_query
from pipelines.export.tables import TABLES, table_of

pytestmark = pytest.mark.peers

KINDS = {
    "VARCHAR": "string",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "DOUBLE": "double",
    "BOOLEAN": "bool",
    "DATE": "date32[day]",
    "TIMESTAMP": "timestamp[us, tz=UTC]",
}
SCHEMAS = """
import json, sys, pyarrow.parquet
from pathlib import Path
print(json.dumps({
    path.stem: [[field.name, str(field.type)] for field in pyarrow.parquet.read_schema(path)]
    for path in Path(sys.argv[1]).glob("*.parquet")
}))
"""
PANDAS = """
import json, sys, pandas as pd
frame = pd.read_parquet(sys.argv[1]).astype(object)
print(json.dumps(frame.where(frame.notna(), None).values.tolist(), default=str))
"""
POLARS = """
import json, sys, polars as pl
print(json.dumps([list(row) for row in pl.read_parquet(sys.argv[1]).iter_rows()], default=str))
"""
# As docs/data.md tells users of CSV.
PANDAS_CSV = """
import json, sys, pandas as pd
frame = pd.read_csv(sys.argv[1], dtype=str, na_values=["\\\\N"], keep_default_na=False)
texts = frame.apply(lambda column: column.str.removeprefix("'")).astype(object)
print(json.dumps(texts.where(texts.notna(), None).values.tolist()))
"""
ODD_TEXTS = st.none() | st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(
        ["", "\\N", "NULL", "NA", "nan", "'", "'=1", "=1+1", "-1", "@a", "\r", "a\r\nb"]
    ),
)
WORDS = table("words", "Odd texts.", (column("a", "VARCHAR?", "a"), column("b", "VARCHAR?", "b")))


def known(path: Path) -> list[list[Any]]:
    """Give what DuckDB reads, moments as the others print them."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    names = connection.execute(f"DESCRIBE FROM '{path}'").fetchall()
    columns = ", ".join(
        f"{name} AT TIME ZONE 'UTC' AS {name}" if kind.startswith("TIMESTAMP") else name
        for name, kind, *_ in names
    )
    rows = connection.execute(f"SELECT {columns} FROM '{path}'").fetchall()
    connection.close()
    return [[printed(value) for value in row] for row in rows]


def printed(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value}+00:00"
    return value if isinstance(value, str | int | float | None) else str(value)


def test_pyarrow_finds_the_types_that_the_model_says(export, peer) -> None:
    found = json.loads(peer(SCHEMAS, export() / "data"))

    assert found == {
        each.name: [[column.name, KINDS[column.type]] for column in each.columns] for each in TABLES
    }


@pytest.mark.parametrize(
    "code", [pytest.param(PANDAS, id="pandas"), pytest.param(POLARS, id="polars")]
)
@pytest.mark.parametrize("name", ["captures", "listings", "texts", "versions", "changes"])
def test_a_table_has_the_same_values_everywhere(export, peer, code: str, name: str) -> None:
    path = export() / "data" / f"{name}.parquet"

    found = json.loads(peer(code, path))

    assert found == known(path)


@pytest.mark.parametrize("name", ["vendors", "texts", "listings"])
def test_pandas_has_every_text_of_a_csv_file_by_the_convention(export, peer, name: str) -> None:
    texts = [each.type == "VARCHAR" for each in table_of(name).columns]
    written = known(export() / "data" / f"{name}.parquet")

    found = json.loads(peer(PANDAS_CSV, export("--format", "csv") / "data" / f"{name}.csv"))

    assert [list(compress(row, texts)) for row in found] == [
        list(compress(row, texts)) for row in written
    ]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.tuples(ODD_TEXTS, ODD_TEXTS), min_size=80, max_size=200))
def test_pandas_has_any_text_exactly(tmp_path_factory, peer, rows: list[tuple[Any, Any]]) -> None:
    path = tmp_path_factory.mktemp("odd") / "words.csv"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE words (a VARCHAR, b VARCHAR)")
    marks = ", ".join(["(?, ?)"] * len(rows))
    connection.execute(f"INSERT INTO words VALUES {marks}", [each for row in rows for each in row])

    copy_rows(connection, row_query(WORDS, "csv"), path, COPIES["csv"])

    connection.close()
    found = json.loads(peer(PANDAS_CSV, path))
    assert sorted(map(repr, found)) == sorted(repr(list(row)) for row in rows)
