"""What the tests of the answers share."""

from collections.abc import Iterator

import pytest
from archive_facts import POLICY, empty_database, enlist

from pipelines.database.file import Connection


@pytest.fixture(scope="module")
def shared() -> Iterator[Connection]:
    """Give one database to a whole module, for tests that roll back what they write."""
    connection = empty_database()
    enlist(connection, POLICY)
    yield connection
    connection.close()


@pytest.fixture
def database(shared: Connection) -> Iterator[Connection]:
    """Give a database with one policy in its list and nothing captured; taken back afterwards."""
    shared.execute("BEGIN")
    yield shared
    shared.execute("ROLLBACK")
