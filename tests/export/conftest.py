"""What the tests of the exports share: the facts are written by the helpers of the answers."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "history"))

from export_archive import keep
from trap_archive import trap_archive

from pipelines.database.file import Connection


@pytest.fixture(scope="session")
def traps() -> Iterator[Connection]:
    """Give the database of all traps, in memory; nobody writes to it."""
    connection = trap_archive()
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def trap_folder(traps: Connection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with the database of all traps; nobody writes to it."""
    data = tmp_path_factory.mktemp("traps")
    keep(traps, data)
    return data
