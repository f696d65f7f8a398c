"""The papers of a dataset: all that lies beside its tables and is generated from them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.database.copying import copy_rows
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.papers.card import COVERED, card
from pipelines.export.papers.citation import citation
from pipelines.export.papers.croissant import croissant
from pipelines.export.papers.datapackage import datapackage
from pipelines.export.papers.legal import license_text, notice
from pipelines.export.papers.queries import queries
from pipelines.export.papers.release import Release, release
from pipelines.export.papers.sums import NAME, sums
from pipelines.export.rows import COPIES, read, row_query
from pipelines.export.tables import table_of
from pipelines.history.contents import best_covered


def write_papers(connection: Connection, part: Path, choices: Choices, contact: str = "") -> None:
    """Write the papers beside the tables, which lie in `part / "data"` already, and the sums.

    `contact` is who publishes the dataset: a name, an address, or `Name <address>`.
    """
    del choices  # the database itself says what it was narrowed by
    told = release(connection, part, contact)
    for path, words in _papers(connection, part, told).items():
        (part / path).parent.mkdir(exist_ok=True)
        (part / path).write_text(words, encoding="utf-8", newline="\n")
    _write_coverage(connection, part)
    known = {file.path: file.sha256 for file in told.files}
    (part / NAME).write_text(sums(part, known), encoding="utf-8", newline="\n")


def _write_coverage(connection: Connection, part: Path) -> None:
    """Write coverage.csv from the file that is there: the view would be asked all over again."""
    table = table_of("coverage")
    written = replace(table, query=f"SELECT * FROM {read(part, table)} AS coverage")  # noqa: S608 - ours
    copy_rows(connection, row_query(written, "csv"), part / "coverage.csv", COPIES["csv"])


def _papers(connection: Connection, part: Path, told: Release) -> dict[str, str]:
    return {
        "datapackage.json": _json(datapackage(told)),
        "croissant.json": _json(croissant(told)),
        "README.md": card(told, list(best_covered(connection, COVERED))),
        "CITATION.cff": citation(told),
        "LICENSE": license_text(told),
        "NOTICE": notice(told),
        **queries(connection, part, told),
    }


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
