"""Kept bodies read again: stopped at any moment it goes on, and only a whole reading is adopted."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.database.bodies import (
    MissingBodies,
    NotComplete,
    adopt_current,
    count_unread,
    read_again,
)
from pipelines.database.file import reading
from pipelines.database.opening import adopted_extractor
from pipelines.extraction.fingerprint import current_extractor

# The facts are written by the same helpers as in the tests of the answers.
sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from kept_pages import EARLIER, keep_pages

pytestmark = pytest.mark.database
READING = """
import sys
from pathlib import Path
from pipelines.database import bodies

if __name__ == "__main__":
    bodies.read_again(Path(sys.argv[1]), lambda _: (print("read", flush=True)), batch=2)
"""


def page(number: int) -> bytes:
    return (
        f"<html><head><title>Privacy policy</title></head><body><p>This privacy policy number "
        f"{number} says which personal information we collect, how we use it and with whom we "
        "share your personal data: with nobody.</p></body></html>"
    ).encode()


def stamp(number: int) -> str:
    return f"{2000 + number}0101000000"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep_pages(tmp_path, {stamp(number): page(number) for number in range(12)})
    return tmp_path


def extractions(data: Path) -> list[tuple[object, ...]]:
    with reading(data) as connection:
        return connection.execute(
            "SELECT * FROM extractions JOIN texts USING (text_id) ORDER BY ALL"
        ).fetchall()


def adopted(data: Path) -> str | None:
    with reading(data) as connection:
        return adopted_extractor(connection)


def test_every_body_is_read_once_and_what_was_read_is_told(data: Path) -> None:
    told: list[int] = []

    done = (read_again(data, told.append), read_again(data, told.append))

    assert (done, sum(told), count_unread(data)) == ((12, 0), 12, 0)
    assert len(extractions(data)) == 12


@pytest.mark.slow
def test_killed_in_between_it_loses_a_batch_at_most_and_goes_on(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = tmp_path_factory.mktemp("program") / "reading.py"
    program.write_text(READING, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(program), str(data)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(5):
        assert process.stdout.readline() == "read\n"

    process.kill()
    process.wait()
    process.stdout.close()
    left = count_unread(data)
    done = read_again(data)

    assert left <= 12 - 4
    assert done == left
    assert len(extractions(data)) == 12


def test_an_interrupt_keeps_everything_that_was_read(data: Path) -> None:
    told: list[int] = []

    with pytest.raises(KeyboardInterrupt):
        read_again(data, _interrupting(told, 5))

    assert len(told) == 5
    assert count_unread(data) == 12 - 5


def _interrupting(told: list[int], after: int) -> Callable[[int], None]:
    def hear(count: int) -> None:
        told.append(count)
        if len(told) == after:
            raise KeyboardInterrupt

    return hear


def test_what_is_not_all_read_is_not_adopted(data: Path) -> None:
    with pytest.raises(NotComplete, match="12 bodies are not read yet"):
        adopt_current(data)

    assert adopted(data) == EARLIER


def test_what_is_all_read_is_adopted(data: Path) -> None:
    read_again(data)
    before = adopted(data)

    adopt_current(data)

    assert (before, adopted(data)) == (EARLIER, current_extractor().extractor_id)


def test_a_body_that_is_gone_stops_no_other_and_is_named(data: Path) -> None:
    (file,) = (data / "warc").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])

    with pytest.raises(MissingBodies, match=rf"1 of 12 .*{file.name}: no whole record.* rebuild"):
        read_again(data)

    assert count_unread(data) == 1
    file.write_bytes(whole)
    assert read_again(data) == 1
