"""What an archive is a part of: one row for each choice that it was narrowed by. Owns duckdb.

A whole archive has no such row. They are kept because a part cannot prove everything that a whole
can, and must say so: the lines of a listing add up no more, a text that was taken out cannot be
compared with its id.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.database.file import Connection
from pipelines.database.rows import insert

_DATED = ("since", "until")
_WORDS_AWAY = ("text_free", "redact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One narrowing: what was chosen, by the names of the options, and what was redacted."""

    chosen: Mapping[str, Any]
    redacted: Mapping[str, int] = field(default_factory=dict)


def excerpts(connection: Connection) -> list[Excerpt]:
    """Give what the archive was narrowed by, in the order in which it was; [] for a whole one."""
    rows = connection.execute("SELECT chosen, redacted FROM excerpts ORDER BY number").fetchall()
    return [
        Excerpt(chosen=json.loads(chosen), redacted=json.loads(redacted))
        for chosen, redacted in rows
    ]


def is_narrowed_by(connection: Connection, option: str) -> bool:
    """Say whether the archive was ever narrowed by an option, such as `redact`."""
    return any(one.chosen.get(option) for one in excerpts(connection))


def note_excerpts(connection: Connection, found: list[Excerpt]) -> None:
    """Write narrowings behind those that are there."""
    before = len(excerpts(connection))
    rows = [
        {
            "number": number,
            "chosen": json.dumps(one.chosen, sort_keys=True),
            "redacted": json.dumps(one.redacted, sort_keys=True),
        }
        for number, one in enumerate(found, before + 1)
    ]
    insert(connection, "excerpts", rows)


def unprovable(found: list[Excerpt]) -> dict[str, str]:
    """Say which invariants of checks.sql a part cannot prove, by how they begin, and why."""
    chosen = {name for one in found for name, value in one.chosen.items() if value}
    why: dict[str, str] = {}
    if chosen & {*_DATED, "languages"}:
        reason = "lines were left out by date or language"
        why |= dict.fromkeys(_LEDGER, reason)
    if chosen & {*_DATED}:
        why |= dict.fromkeys(_BODIES, "a body may lie outside the dates chosen")
    if chosen & {*_WORDS_AWAY}:
        why[_TEXTS] = "texts were left out or redacted, their ids are those of the originals"
    return why


_LEDGER = (
    "Lines listed for the first time",
    "Lines of each policy's first crawl",
    "Every line that a listing counts as withdrawn",
)
_BODIES = ("Every memento belongs", "Every unchanged capture")
_TEXTS = "Every text is the one"
