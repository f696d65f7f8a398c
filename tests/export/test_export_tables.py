"""The model of the dataset says what the database says, and leaves nothing out unsaid."""

import re
from collections.abc import Iterator

import pytest
from archive_facts import empty_database
from export_archive import COLUMN_TYPES, columns_of

from pipelines.database.file import Connection
from pipelines.export.tables import LEFT_OUT, TABLES, Table, table_of

BY_NAME = [pytest.param(table, id=table.name) for table in TABLES]


@pytest.fixture(scope="module")
def database() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def test_every_table_and_column_of_the_database_is_exported_or_has_its_reason(
    database: Connection,
) -> None:
    names = database.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    views = [(table.name,) for table in TABLES if table.derived]
    exported = {table.name for table in TABLES}
    known = {f"{table.name}.{column.name}" for table in TABLES for column in table.stored}

    missing = []
    for (name,) in names + views:
        whole = name in LEFT_OUT
        columns = [] if whole else [f"{name}.{column}" for column in columns_of(database, name)]
        missing += [name] if name not in exported and not whole else []
        missing += [column for column in columns if column not in known | LEFT_OUT.keys()]

    assert missing == []


@pytest.mark.parametrize("table", BY_NAME)
def test_a_table_is_what_its_query_gives(database: Connection, table: Table) -> None:
    described = database.execute(f"DESCRIBE {table.ordered_query}").fetchall()

    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.type) for column in table.columns
    ]


@pytest.mark.parametrize("table", BY_NAME)
def test_a_stored_column_is_as_the_database_declares_it(database: Connection, table: Table) -> None:
    declared = columns_of(database, table.name)

    for column in table.stored:
        kind, nullable = declared[column.name]
        assert column.type == kind
        assert table.derived or column.nullable == nullable, column.name


@pytest.mark.parametrize("table", BY_NAME)
def test_keys_and_references_name_columns_that_are_there(table: Table) -> None:
    names = {column.name for column in table.columns}

    assert set(table.key) <= names
    for foreign in table.foreign:
        assert set(foreign.columns) <= names
        there = {column.name for column in table_of(foreign.table).columns}
        assert set(foreign.references) <= there
        assert len(foreign.columns) == len(foreign.references)


@pytest.mark.parametrize("table", BY_NAME)
def test_everything_is_described_in_one_line(table: Table) -> None:
    words = [table.description, *(column.description for column in table.columns)]

    assert not [each for each in words if not each.strip() or "\n" in each or "|" in each]
    assert {column.type for column in table.columns} <= COLUMN_TYPES
    assert re.fullmatch("[a-z_]+", table.name)


def test_what_is_left_out_is_really_there(database: Connection) -> None:
    for name in LEFT_OUT:
        table, _, column = name.partition(".")
        assert not column or column in columns_of(database, table)
        assert columns_of(database, table)
