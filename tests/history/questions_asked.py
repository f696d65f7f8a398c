"""Asking one of the questions in a test, as an analyst would in the plain client.

A name is quoted, because one of them (`at`) is a keyword.
"""

from typing import Any

from pipelines.database.file import Connection
from pipelines.history.catalogue import question


def ask_question(connection: Connection, number: int, **values: object) -> list[tuple[Any, ...]]:
    """Set the variables, run the question, set them back; a value travels as text."""
    asked = question(number)
    known = {parameter.name for parameter in asked.parameters}
    assert values.keys() <= known, f"question {number} has {sorted(known)}"
    for name, value in values.items():
        connection.execute(f'SET VARIABLE "{name}" = ?', [str(value)])
    try:
        return connection.execute(asked.sql).fetchall()
    finally:
        for name in values:
            connection.execute(f'RESET VARIABLE "{name}"')


def columns_of(connection: Connection, number: int) -> list[str]:
    """Give the names of a question's columns, in their order."""
    described = connection.execute(f"DESCRIBE {question(number).query}").fetchall()
    return [column[0] for column in described]
