"""The invariants of an archive, each one a question that must have no answer. Owns duckdb."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.database.excerpts import excerpts, unprovable
from pipelines.database.file import Connection
from pipelines.database.schema import read_sql
from pipelines.warc import DamagedShelf, read_body

_READINGS = "The readings are what"
_KEPT = "(FROM mementos UNION ALL BY NAME FROM documents)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One invariant: what must hold, how many rows break it, and the first of them.

    `unchecked` says why nobody could look.
    """

    invariant: str
    broken: int = 0
    example: str = ""
    unchecked: str = ""


def check_facts(connection: Connection, *, fresh: bool = False) -> list[Finding]:
    """Ask every question of checks.sql; a heading comment is the invariant, a row breaks it.

    A part of an archive cannot prove everything that a whole can, and says so. `fresh` readings,
    made a moment ago, are not compared with those that would be made now.
    """
    reasons = unprovable(excerpts(connection))
    findings = []
    for words, query in questions():
        if fresh and words.startswith(_READINGS):
            continue
        why = next((why for begin, why in reasons.items() if words.startswith(begin)), "")
        findings.append(
            Finding(invariant=words, unchecked=why) if why else _finding(connection, words, query)
        )
    return findings


def check_bodies(connection: Connection, data: Path) -> Iterator[Finding | None]:
    """Read every kept body and compare its hash. Yields None for each body, then the findings.

    An imported memento has no body here: that is said, and breaks nothing.
    """
    places = connection.execute(
        f"SELECT DISTINCT warc_file, warc_offset, body_sha256 FROM {_KEPT} "  # noqa: S608 - ours
        "WHERE warc_file <> '' ORDER BY ALL"
    ).fetchall()
    broken: list[str] = []
    for warc_file, warc_offset, body_sha256 in places:
        try:
            body = read_body(data / "warc", warc_file, warc_offset)
        except DamagedShelf as error:
            broken.append(str(error))
        else:
            if hashlib.sha256(body).hexdigest() != body_sha256:
                broken.append(f"{warc_file} at byte {warc_offset} holds another body")
        yield None
    yield Finding(
        invariant="every memento's body lies where the ledger says, byte for byte",
        broken=len(broken),
        example=broken[0] if broken else "",
    )
    if elsewhere := count_elsewhere(connection):
        yield Finding(
            invariant="every memento's body is kept here",
            unchecked=f"the bodies of {elsewhere:,} mementos are kept elsewhere",
        )


def count_bodies(connection: Connection) -> int:
    """Count the bodies that `check_bodies` reads."""
    row = connection.execute(
        "SELECT count(DISTINCT (warc_file, warc_offset)) "  # noqa: S608 - ours
        f"FROM {_KEPT} WHERE warc_file <> ''"
    ).fetchone()
    return int(row[0]) if row else 0


def count_elsewhere(connection: Connection) -> int:
    """Count the mementos that were imported without their bodies."""
    row = connection.execute(
        f"SELECT count(*) FROM {_KEPT} WHERE warc_file = ''"  # noqa: S608 - ours
    ).fetchone()
    return int(row[0]) if row else 0


def questions() -> list[tuple[str, str]]:
    """Give the invariants and the queries that look for what breaks them."""
    parts = [part.strip() for part in read_sql("checks.sql").split(";")]
    return [_split(part) for part in parts if "SELECT" in part]


def _split(part: str) -> tuple[str, str]:
    lines = part.splitlines()
    words = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))
    query = "\n".join(line for line in lines if not line.startswith("--"))
    return words.rstrip("."), query


def _finding(connection: Connection, words: str, query: str) -> Finding:
    rows = connection.execute(query).fetchall()
    example = " ".join(str(value) for value in rows[0]) if rows else ""
    return Finding(invariant=words, broken=len(rows), example=example)
