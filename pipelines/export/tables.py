"""The dataset: its tables, and what of the database is no part of it. Everything that describes
or writes a dataset is generated from here."""

from pipelines.database.file import Connection
from pipelines.database.model import Column, Foreign, Table
from pipelines.export import derived_tables, ledger_tables, text_tables

__all__ = ["LEFT_OUT", "TABLES", "Column", "Foreign", "Table", "table_of", "text_bytes"]

TABLES: tuple[Table, ...] = (
    ledger_tables.VENDORS,
    ledger_tables.POLICIES,
    ledger_tables.LOCATIONS,
    ledger_tables.CRAWLS,
    ledger_tables.LISTINGS,
    ledger_tables.LISTING_CHANGES,
    ledger_tables.CAPTURES,
    ledger_tables.MEMENTOS,
    text_tables.DOCUMENTS,
    text_tables.EXTRACTORS,
    text_tables.EXTRACTIONS,
    text_tables.TEXTS,
    text_tables.DIFFS,
    derived_tables.VERSIONS,
    derived_tables.CHANGES,
    derived_tables.COVERAGE,
)

# A table or column of the database that is not in the dataset has its reason here.
LEFT_OUT = {
    "mementos.warc_file": "where the bytes lie on this machine",
    "mementos.warc_offset": "where the bytes lie on this machine",
    "documents.warc_file": "where the bytes lie on this machine",
    "documents.warc_offset": "where the bytes lie on this machine",
    "texts.block": "which 512 texts it came with: for searches, by order of arrival",
    "word_segments": "an index, made again from the texts",
    "words": "an index, made again from the texts",
    "readings": "derived, and made again from the facts",
    "readings_state": "what the readings were made of",
    "saves": "what was asked of the archive from here; says nothing of a policy",
    "announcements": "what a command was told here; says nothing of a policy",
    "excerpts": "what it was narrowed by; the package names it",
    "schema_versions": "the history of this file; the package names its schema",
}

_WORD_BYTES = 6.5
_BY_NAME = {table.name: table for table in TABLES}


def table_of(name: str) -> Table:
    """Give a table by its name; KeyError where the dataset has none of that name."""
    return _BY_NAME[name]


def text_bytes(connection: Connection, table: Table) -> float:
    """Give about how long a row's text is: by its words, so that no text need be read.

    0 where the table holds none.
    """
    if not table.texts:
        return 0.0
    row = connection.execute(f"SELECT avg(words) FROM {table.name}").fetchone()  # noqa: S608 - ours
    return max(1.0, row[0] if row and row[0] else 0.0) * _WORD_BYTES
