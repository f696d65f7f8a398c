"""queries/: the questions as SQL, and what makes the tables that they ask from the files.

A plain DuckDB in the dataset's folder needs nothing else: no extension, no network, no policytrail.
"""

from pathlib import Path

from pipelines.database.copying import quoted
from pipelines.database.file import Connection
from pipelines.database.schema import opinions_sql, table_sql
from pipelines.export.papers.release import File, Release
from pipelines.export.rows import read
from pipelines.history.catalogue import questions

SETUP = "queries/setup.sql"
_HEAD = """\
-- The tables, views and macros that the questions ask, made from the files of this dataset.
-- In the dataset's folder: duckdb -init queries/setup.sql
-- Facts are views of the files, so little is kept in memory; `readings`, which every question
-- begins with, is made once and takes a while for a large dataset. Named as it is here, that is
-- kept as well:          duckdb questions.duckdb < queries/setup.sql
"""
_EMPTY = {"VARCHAR": "''", "BIGINT": "0::BIGINT"}
# Derived, or an index that helps no plain client: made empty, the first one then filled.
_MADE = ("readings", "word_segments", "words")
_FILL = """
-- What everything is asked of: each capture that has a body, as each extractor reads it.
INSERT INTO readings BY NAME
SELECT *
FROM readings_afresh
ORDER BY ALL;
"""


def queries(connection: Connection, part: Path, release: Release) -> dict[str, str]:
    """Give the files of `queries/` by their paths."""
    asked = {f"queries/{each.name}.sql": each.sql for each in questions().values()}
    return {SETUP: setup(connection, part, release)} | asked


def setup(connection: Connection, part: Path, release: Release) -> str:
    """Write the script that makes the database's tables, views and macros from the files."""
    facts = [_view(connection, part, file) for file in release.files if not file.table.derived]
    made = [table_sql(name).replace("CREATE TABLE", "CREATE OR REPLACE TABLE") for name in _MADE]
    return "\n".join([_HEAD, *facts, *made, opinions_sql(), _FILL])


def _view(connection: Connection, part: Path, file: File) -> str:
    """Make a table's view: what the file has, and what the file has no room for as nothing."""
    name, stored = file.table.name, {column.name for column in file.table.stored}
    types = connection.execute("SELECT name, type FROM pragma_table_info(?)", [name]).fetchall()
    columns = [
        column if column in stored else f"{_EMPTY[kind]} AS {column}" for column, kind in types
    ]
    listed = ",\n       ".join(columns)
    source = read(part, file.table).replace(quoted(part / file.path), quoted(file.path))
    return f"CREATE OR REPLACE VIEW {name} AS\nSELECT {listed}\nFROM {source};\n"
