"""Asking a question for some of its columns, moments as their days."""

from typing import Any

from questions_asked import ask_question, columns_of

from pipelines.database.file import Connection

_columns: dict[int, list[str]] = {}


def answers(
    connection: Connection, number: int, columns: str, **values: object
) -> list[tuple[Any, ...]]:
    """Ask, and keep the columns named."""
    if number not in _columns:
        _columns[number] = columns_of(connection, number)
    places = [_columns[number].index(column) for column in columns.split()]
    return [
        tuple(_as_day(row[place]) for place in places)
        for row in ask_question(connection, number, **values)
    ]


def _as_day(value: Any) -> Any:
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value
