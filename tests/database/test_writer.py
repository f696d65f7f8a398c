"""Batches on their way to the file: in order, whole, and never silently lost."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pytest

from crawler.errors import PolicytrailError
from pipelines.database.file import NAME, CannotOpen, Connection, reading, writing
from pipelines.database.writer import Batch, CannotWrite, Writer

pytestmark = pytest.mark.database
Hold = Callable[[str, Path], "subprocess.Popen[str]"]
Load = Callable[[Connection, Batch], None]


def note(connection: Connection, batch: Batch) -> None:
    """Write a batch as numbered facts, and its length as a turn."""
    connection.execute("CREATE TABLE IF NOT EXISTS facts (n BIGINT)")
    connection.execute("CREATE TABLE IF NOT EXISTS turns (facts BIGINT)")
    numbers = [row["n"] for row in batch.rows.get("facts", [])]
    connection.execute("INSERT INTO facts SELECT unnest(?::BIGINT[])", [numbers])
    connection.execute("INSERT INTO turns VALUES (?)", [len(batch)])


@contextmanager
def writer_of(
    data: Path,
    load: Load = note,
    before: Callable[[], None] = lambda: None,
    size: int = 1000,
    seconds: float = 60,
) -> Iterator[Writer]:
    """A writer that is closed at the end, whatever it died of."""
    writer = Writer(data, load, before, size, seconds)
    with ExitStack() as stack:
        stack.callback(writer._thread.join)
        stack.callback(setattr, writer, "_closing", True)
        yield writer


def give(writer: Writer, *numbers: int) -> None:
    """Hand facts to a writer, one by one."""
    for number in numbers:
        writer.change(lambda batch, n=number: batch.rows.setdefault("facts", []).append({"n": n}))  # type: ignore[misc]


def kept(data: Path, table: str = "facts") -> list[int]:
    """What is in the file, in the order in which it came."""
    if not (data / NAME).exists():
        return []
    with reading(data) as connection:
        try:
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
        except duckdb.CatalogException:
            return []
    return [row[0] for row in rows]


def wait_for(holds: Callable[[], bool]) -> bool:
    """Wait up to ten seconds for something to hold."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_flush_returns_when_everything_given_is_in_the_file(tmp_path: Path) -> None:
    with writer_of(tmp_path) as writer:
        give(writer, *range(10))

        writer.flush()

        assert kept(tmp_path) == list(range(10))


def test_facts_stand_in_the_file_in_the_order_given(tmp_path: Path) -> None:
    with writer_of(tmp_path, size=7) as writer:
        for start in range(0, 60, 20):
            give(writer, *range(start, start + 20))
            writer.flush()

        writer.close()

    assert kept(tmp_path) == list(range(60))


def test_enough_facts_are_a_turn(tmp_path: Path) -> None:
    with writer_of(tmp_path, size=3) as writer:
        give(writer, 1, 2)
        time.sleep(0.3)
        assert kept(tmp_path) == []

        give(writer, 3)

        assert wait_for(lambda: kept(tmp_path) == [1, 2, 3])


def test_a_few_facts_are_a_turn_after_a_moment(tmp_path: Path) -> None:
    with writer_of(tmp_path, seconds=0.2) as writer:
        give(writer, 1)

        assert wait_for(lambda: kept(tmp_path) == [1])


def test_without_facts_the_file_is_left_alone(tmp_path: Path) -> None:
    with writer_of(tmp_path, seconds=0.01) as writer:
        time.sleep(0.3)
        writer.flush()
        writer.close()

    assert not (tmp_path / NAME).exists()


def test_closing_writes_what_is_left(tmp_path: Path) -> None:
    with writer_of(tmp_path) as writer:
        give(writer, 1, 2)

        writer.close()

    assert kept(tmp_path) == [1, 2]


def test_states_count_as_facts_and_the_last_one_holds(tmp_path: Path) -> None:
    states: list[dict[str, object]] = []

    def load(connection: Connection, batch: Batch) -> None:
        states.extend(batch.states.values())

    with writer_of(tmp_path, load, size=2) as writer:
        for state in ("pending", "fetched"):
            writer.change(lambda batch, s=state: batch.states.update({("key",): {"state": s}}))  # type: ignore[misc]
        writer.flush()

    assert states == [{"state": "fetched"}]


def test_bodies_are_on_disk_before_the_rows_that_speak_of_them(tmp_path: Path) -> None:
    seen: list[str] = []

    def load(connection: Connection, batch: Batch) -> None:
        seen.append("rows")

    with writer_of(tmp_path, load, lambda: seen.append("bodies")) as writer:
        for number in range(3):
            give(writer, number)
            writer.flush()

    assert seen == ["bodies", "rows"] * 3


def test_many_threads_give_at_once_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with writer_of(tmp_path, size=50, seconds=0.05) as writer:
        threads = [
            threading.Thread(target=give, args=(writer, *range(start, start + 100)))
            for start in range(0, 800, 100)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        writer.close()

    assert sorted(kept(tmp_path)) == list(range(800))
    assert sum(kept(tmp_path, "turns")) == 800


def test_a_reader_elsewhere_delays_the_writer_and_costs_it_nothing(
    tmp_path: Path, hold: Hold
) -> None:
    with writer_of(tmp_path, size=2) as writer:
        give(writer, 1, 2)
        writer.flush()
        reader = hold("reading", tmp_path)

        give(writer, *range(3, 20))
        time.sleep(0.4)
        with reading(tmp_path) as connection:
            during = connection.execute("SELECT count(*) FROM facts").fetchall()
        assert reader.stdin is not None
        reader.stdin.close()
        writer.flush()

    assert during == [(2,)]
    assert kept(tmp_path) == list(range(1, 20))


def test_what_a_turn_dies_of_is_told_to_whoever_comes_next(tmp_path: Path) -> None:
    def load(connection: Connection, batch: Batch) -> None:
        note(connection, batch)
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with writer_of(tmp_path, load) as writer:
        give(writer, 1)

        with pytest.raises(CannotWrite, match="nowhere"):
            writer.flush()
        with pytest.raises(CannotWrite) as caught:
            give(writer, 2)
        with pytest.raises(CannotWrite):
            writer.close()

    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_turn_that_dies_leaves_nothing_half_written(tmp_path: Path) -> None:
    def load(connection: Connection, batch: Batch) -> None:
        note(connection, batch)
        if batch.rows["facts"][0]["n"] > 1:
            connection.execute("INSERT INTO facts VALUES ('no number')")

    with writer_of(tmp_path, load) as writer:
        give(writer, 1)
        writer.flush()
        give(writer, 2, 3)

        with pytest.raises(CannotWrite):
            writer.flush()

    assert kept(tmp_path) == [1]
    assert kept(tmp_path, "turns") == [1]


@pytest.mark.parametrize("error", [OSError(28, "No space left"), PolicytrailError("no shelf")])
def test_bodies_that_could_not_be_kept_hold_back_their_rows(
    tmp_path: Path, error: Exception
) -> None:
    def before() -> None:
        raise error

    with writer_of(tmp_path, before=before) as writer:
        give(writer, 1)

        with pytest.raises(type(error)) as caught:
            writer.flush()

    assert caught.value is error
    assert not (tmp_path / NAME).exists()


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("no database " * 1000)

    with writer_of(tmp_path) as writer:
        give(writer, 1)

        with pytest.raises(CannotOpen):
            writer.flush()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_of_ours_in_a_turn_is_told_too(tmp_path: Path) -> None:
    def load(connection: Connection, batch: Batch) -> None:
        note(connection, batch)
        raise KeyError("a bug")

    with writer_of(tmp_path, load) as writer:
        give(writer, 1)

        with pytest.raises(KeyError):
            writer.flush()
        with pytest.raises(KeyError):
            writer.close()

    assert kept(tmp_path) == []


def test_what_comes_after_the_end_is_refused(tmp_path: Path) -> None:
    with writer_of(tmp_path) as writer:
        give(writer, 1)
        writer.close()

        with pytest.raises(ValueError, match="closed"):
            give(writer, 2)
        writer.flush()

    assert kept(tmp_path) == [1]


def test_others_write_between_two_turns(tmp_path: Path) -> None:
    with writer_of(tmp_path) as writer:
        give(writer, 1)
        writer.flush()

        with writing(tmp_path, patience=0) as connection:
            connection.execute("INSERT INTO facts VALUES (2)")
        give(writer, 3)
        writer.flush()

    assert kept(tmp_path) == [1, 2, 3]
