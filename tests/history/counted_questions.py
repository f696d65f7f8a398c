"""Asking a question for some of its columns, and a policy of one's own beside the traps."""

from typing import Any

from archive_facts import Sight, enlist, remember
from questions_asked import ask_question, columns_of

from pipelines.database.file import Connection

FERN = "fern/privacy"
FERN_URI_R = "http://fern.example/privacy"
_columns: dict[int, list[str]] = {}


def chosen(connection: Connection, number: int, columns: str, **values: object) -> list[Any]:
    """Ask; give the columns named, one alone without its tuple; days as they are written."""
    if number not in _columns:
        _columns[number] = columns_of(connection, number)
    places = [_columns[number].index(name) for name in columns.split()]
    found = [
        tuple(row[place] for place in places) for row in ask_question(connection, number, **values)
    ]
    return [row[0] for row in found] if len(places) == 1 else found


def fern(when: str, text: str, **facts: Any) -> Sight:
    """Make a sighting of a policy that the archive of traps does not have."""
    return Sight(when=when, text=text, policy_id=FERN, uri_r=FERN_URI_R, **facts)


def plant(connection: Connection, *sights: Sight) -> None:
    """Put that policy into the list, and its sightings into the archive."""
    enlist(connection, FERN, uri_r=FERN_URI_R)
    remember(connection, *sights)
