"""What a dataset's tables must be, asked of the files themselves. Owns duckdb.

Each table of the dataset is a relation in the schema `given` of the memory, under its own name,
with the types that it should have; the questions are asked of these, so that they know nothing of
formats.
"""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import duckdb

from pipelines.database.checking import Finding
from pipelines.database.copying import quoted
from pipelines.database.file import Connection
from pipelines.database.model import Table

GIVEN = "memory.given"
LONGEST = 2**26  # bytes of a row
KEYS = "no key stands twice, and no value is missing where there must be one"
FOREIGN = "whatever names a row of another table finds it there"
_FOLLOWS = "{}: what follows from the other tables, and nothing else"


def give(connection: Connection, table: Table, relation: str, *, keep: bool) -> str:
    """Name a relation as a table of the dataset; `keep` reads it once and for all.

    Says why it cannot be read as what it should be; nothing where it can.
    """
    kind = "TABLE" if keep else "VIEW"
    try:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {GIVEN}")
        connection.execute(f"CREATE {kind} {GIVEN}.{table.name} AS FROM {relation}")
    except duckdb.Error as error:
        return first_line(error)
    return ""


def kinds_of(connection: Connection, path: Path, columns: Sequence[tuple[str, str]]) -> str:
    """Say how the columns of a Parquet file differ from these, by name and type."""
    try:
        rows = connection.execute(f"DESCRIBE FROM read_parquet({quoted(path)})").fetchall()
    except duckdb.Error as error:
        return first_line(error)
    found = [(str(name), str(kind)) for name, kind, *_ in rows]
    for has, needs in zip_longest(found, columns):
        if has != needs:
            return f"{_column(has)} where {_column(needs)} must be"
    return ""


def names_in_objects(connection: Connection, path: Path, names: Sequence[str]) -> str:
    """Say how the names in the objects of a file of JSON lines differ from these."""
    try:
        rows = connection.execute(
            f"SELECT DISTINCT json_keys(json) FROM read_json_objects({quoted(path)}, "  # noqa: S608
            f"format = 'newline_delimited', maximum_object_size = {LONGEST}) "
            "ORDER BY ALL"
        ).fetchall()
    except duckdb.Error as error:
        return first_line(error)
    odd = [found for (found,) in rows if found != list(names)]
    return f"a line has {', '.join(odd[0])[:200]}" if odd else ""


def find_in_keys(connection: Connection, tables: Sequence[Table]) -> Finding:
    """Look for keys that stand twice, values that are missing, and rows that cannot be read."""
    try:
        return _find_in_keys(connection, tables)
    except duckdb.Error as error:
        return Finding(invariant=KEYS, broken=1, example=first_line(error))


def _find_in_keys(connection: Connection, tables: Sequence[Table]) -> Finding:
    found: list[str] = []
    broken = 0
    for table in tables:
        if table.key:
            keys = ", ".join(table.key)
            twice = connection.execute(
                f"SELECT {keys}, count(*) - 1 FROM {GIVEN}.{table.name} "  # noqa: S608 - ours
                f"GROUP BY {keys} HAVING count(*) > 1 ORDER BY ALL"
            ).fetchall()
            broken += sum(row[-1] for row in twice)
            found += [f"{table.name} {_spell(row[:-1])}" for row in twice[:1]]
        for name, missing in _missing(connection, table):
            broken += missing
            found.append(f"{table.name}.{name} of {missing:,} rows")
    return Finding(invariant=KEYS, broken=broken, example=found[0] if found else "")


def _missing(connection: Connection, table: Table) -> list[tuple[str, int]]:
    """Give the columns in which values are missing that must be there, and how many."""
    names = [column.name for column in table.columns if not column.nullable]
    counts = ", ".join(f"count(*) - count({name})" for name in names)
    row = connection.execute(f"SELECT {counts} FROM {GIVEN}.{table.name}").fetchall()[0]  # noqa: S608
    return [(name, count) for name, count in zip(names, row, strict=True) if count]


def find_lost_references(connection: Connection, tables: Sequence[Table]) -> Finding:
    """Look for rows that name a row of another table which is not there."""
    broken, example = 0, ""
    for table in tables:
        for foreign in table.foreign:
            own = ", ".join(foreign.columns)
            known = " AND ".join(f"{column} IS NOT NULL" for column in foreign.columns)
            match = " AND ".join(
                f"other.{there} = own.{here}"
                for here, there in zip(foreign.columns, foreign.references, strict=True)
            )
            lost = connection.execute(
                f"SELECT {own} FROM {GIVEN}.{table.name} AS own "  # noqa: S608 - ours
                f"ANTI JOIN {GIVEN}.{foreign.table} AS other ON {match} "
                f"WHERE {known} ORDER BY ALL"
            )
            rows = lost.fetchmany(1)
            if rows:
                example = example or f"{table.name} {_spell(rows[0])} in {foreign.table}"
                broken += 1
                while more := lost.fetchmany(10_000):
                    broken += len(more)
    return Finding(invariant=FOREIGN, broken=broken, example=example)


def find_what_does_not_follow(connection: Connection, table: Table) -> Finding:
    """Compare a table of the dataset with what the facts in the database in use say.

    Of a table of facts that is only what it holds beside them.
    """
    computed = [column.name for column in table.columns if column.computed]
    names = [column.name for column in table.columns] if table.derived else [*table.key, *computed]
    columns = ", ".join(names)
    said = f"SELECT {columns} FROM {GIVEN}.{table.name}"  # noqa: S608 - ours
    follows = f"SELECT {columns} FROM ({table.query})"  # noqa: S608 - ours
    rows = connection.execute(
        f"FROM ({said} EXCEPT ALL {follows}) UNION ALL FROM ({follows} EXCEPT ALL {said}) "
        "ORDER BY ALL"
    )
    first = rows.fetchmany(1)
    broken = len(first)
    while first and (more := rows.fetchmany(10_000)):
        broken += len(more)
    what = table.name if table.derived else f"{', '.join(computed)} of {table.name}"
    return Finding(
        invariant=_FOLLOWS.format(what),
        broken=broken,
        example=_spell(first[0]) if first else "",
    )


def first_line(error: duckdb.Error) -> str:
    """Give what DuckDB says, on one line of a bearable length."""
    return " ".join(str(error).partition("\n\nLINE ")[0].split())[:300]


def _column(described: tuple[str, str] | None) -> str:
    return " ".join(described) if described else "no column"


def _spell(values: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in values)
