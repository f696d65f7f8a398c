"""What is prepared is written together, or not at all."""

from pathlib import Path

import pytest

from pipelines.database.file import CannotWrite, Connection, reading, writing
from pipelines.database.turn import Turn, take

pytestmark = pytest.mark.database


def naming(vendor_id: str) -> Turn:
    def write(connection: Connection) -> None:
        connection.execute("INSERT INTO vendors VALUES (?, 'A', 'http://a.example/')", [vendor_id])

    return Turn(2, write)


def named(data: Path) -> list[str]:
    with reading(data) as connection:
        found = connection.execute("SELECT vendor_id FROM vendors ORDER BY vendor_id").fetchall()
    return [vendor_id for (vendor_id,) in found]


def test_turns_are_written_in_their_order_and_what_was_done_is_told(tmp_path: Path) -> None:
    done = take(tmp_path, naming("acme"), naming("beta"))

    assert (done, named(tmp_path)) == (4, ["acme", "beta"])


def test_of_turns_taken_together_none_is_kept_where_one_fails(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass

    def fail(_: Connection) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises((OSError, CannotWrite)):
        take(tmp_path, naming("acme"), Turn(1, fail))

    assert named(tmp_path) == []
