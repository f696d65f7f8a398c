"""The database file: opened by one at a time, whole or not at all, and never mistaken."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from crawler.errors import PolicytrailError
from pipelines.database.file import NAME, CannotOpen, NoDatabase, reading, writing
from pipelines.database.schema import VERSION, WrongVersion

pytestmark = pytest.mark.database
Hold = Callable[[str, Path], "subprocess.Popen[str]"]


def remember(data: Path, vendor_id: str) -> None:
    """Write one fact."""
    with writing(data) as connection:
        connection.execute(
            "INSERT INTO vendors VALUES (?, 'Acme', 'http://x.example/')", [vendor_id]
        )


def remembered(data: Path) -> list[str]:
    """Read all facts."""
    with reading(data) as connection:
        rows = connection.execute("SELECT vendor_id FROM vendors ORDER BY ALL").fetchall()
    return [row[0] for row in rows]


def foreign(path: Path, *statements: str) -> None:
    """Make a DuckDB file with other contents."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{path}' AS other (STORAGE_VERSION 'v1.2.0')")
    connection.execute("USE other")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    remember(tmp_path / "new" / "folder", "acme")
    remember(tmp_path / "new" / "folder", "brook")

    assert remembered(tmp_path / "new" / "folder") == ["acme", "brook"]


@pytest.mark.parametrize("name", ["it's", "two words", "clock and block", "datos-ñ-隐", "a;b--c"])
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    remember(tmp_path / name, "acme")

    assert remembered(tmp_path / name) == ["acme"]


def test_a_turn_that_fails_writes_nothing(tmp_path: Path) -> None:
    remember(tmp_path, "acme")

    with pytest.raises(KeyError), writing(tmp_path) as connection:  # noqa: PT012
        connection.execute("DELETE FROM vendors")
        raise KeyError

    assert remembered(tmp_path) == ["acme"]


def test_a_first_turn_that_fails_leaves_a_file_that_can_be_used(tmp_path: Path) -> None:
    with pytest.raises(KeyError), writing(tmp_path):
        raise KeyError

    assert remembered(tmp_path) == []


def test_a_table_that_is_missing_is_none_of_ours_in_python(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        no_such_table = connection.execute("SELECT 1")
        assert no_such_table

    with reading(tmp_path) as connection, pytest.raises(duckdb.CatalogException):
        connection.execute("FROM no_such_table")


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    remember(tmp_path, "acme")

    with (
        reading(tmp_path) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("DELETE FROM vendors")


def test_where_nothing_was_crawled_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="policytrail crawl"), reading(tmp_path / "nowhere"):
        pass

    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("opening", [reading, writing])
@pytest.mark.parametrize("content", [b"just some text\n" * 600, b"x"], ids=["text", "a byte"])
def test_another_kind_of_file_is_named_in_one_line_and_left_alone(
    tmp_path: Path, opening: type[object], content: bytes
) -> None:
    (tmp_path / NAME).write_bytes(content)

    with pytest.raises(CannotOpen) as caught, opening(tmp_path):  # type: ignore[call-arg,attr-defined]
        pass

    assert str(tmp_path / NAME) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (tmp_path / NAME).read_bytes() == content


@pytest.mark.parametrize("opening", [reading, writing])
def test_a_folder_in_its_place_is_named(tmp_path: Path, opening: type[object]) -> None:
    (tmp_path / NAME).mkdir()

    with pytest.raises(CannotOpen, match=NAME), opening(tmp_path):  # type: ignore[call-arg,attr-defined]
        pass


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(CannotOpen, match="data"), writing(tmp_path / "data"):
        pass


def test_a_damaged_file_is_told_at_once(tmp_path: Path) -> None:
    remember(tmp_path, "acme")
    path = tmp_path / NAME
    spoilt = bytearray(path.read_bytes())
    spoilt[4096:12288] = bytes(byte ^ 0xFF for byte in spoilt[4096:12288])
    path.write_bytes(spoilt)

    with pytest.raises(CannotOpen) as caught, writing(tmp_path, patience=60):
        pass

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("opening", [reading, writing])
def test_a_newer_file_is_refused_with_both_versions(tmp_path: Path, opening: type[object]) -> None:
    newer = VERSION + 1
    with writing(tmp_path) as connection:
        connection.execute("INSERT INTO schema_versions VALUES (?, now()::TIMESTAMP)", [newer])

    with pytest.raises(WrongVersion) as caught, opening(tmp_path):  # type: ignore[call-arg,attr-defined]
        pass

    assert caught.value.found == newer
    assert f"schema {newer}, this one reads {VERSION}" in str(caught.value)
    assert "upgrade policytrail" in str(caught.value)


@pytest.mark.parametrize("opening", [reading, writing])
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("CREATE TABLE birds (name VARCHAR)", id="other tables"),
        pytest.param("CREATE TABLE vendors (vendor_id VARCHAR)", id="a table of our name"),
        pytest.param("CREATE TABLE schema_versions (day DATE)", id="another list of versions"),
    ],
)
def test_a_database_of_something_else_is_refused_and_left_alone(
    tmp_path: Path, opening: type[object], statement: str
) -> None:
    foreign(tmp_path / NAME, statement)

    with pytest.raises(WrongVersion, match="no policytrail database"), opening(tmp_path):  # type: ignore[call-arg,attr-defined]
        pass

    connection = duckdb.connect(str(tmp_path / NAME))
    assert len(connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()) == 1
    connection.close()


@pytest.mark.parametrize(
    ("holder", "opening"),
    [
        pytest.param("reading", writing, id="a writer behind a reader"),
        pytest.param("writing", reading, id="a reader behind a writer"),
        pytest.param("writing", writing, id="a writer behind a writer"),
    ],
)
def test_whoever_comes_second_waits_and_gets_in(
    tmp_path: Path, hold: Hold, holder: str, opening: type[object]
) -> None:
    remember(tmp_path, "acme")
    process = hold(holder, tmp_path)
    assert process.stdin is not None
    threading.Timer(0.4, process.stdin.close).start()

    with opening(tmp_path) as connection:  # type: ignore[call-arg,attr-defined]
        names = connection.execute("SELECT vendor_id FROM vendors").fetchall()

    assert names == [("acme",)]


def test_two_readers_read_at_once(tmp_path: Path, hold: Hold) -> None:
    remember(tmp_path, "acme")
    hold("reading", tmp_path)

    with reading(tmp_path, patience=0) as connection:
        assert connection.execute("SELECT count(*) FROM vendors").fetchall() == [(1,)]


def test_when_patience_is_over_the_holder_is_named(tmp_path: Path, hold: Hold) -> None:
    remember(tmp_path, "acme")
    process = hold("writing", tmp_path)

    with pytest.raises(CannotOpen) as caught, reading(tmp_path, patience=0.1):
        pass

    assert str(process.pid) in str(caught.value)
    assert isinstance(caught.value, PolicytrailError)


def test_threads_of_one_process_wait_for_one_another(tmp_path: Path) -> None:
    remember(tmp_path, "acme")
    held, names = threading.Event(), list[str]()

    def write() -> None:
        held.wait()
        remember(tmp_path, "brook")

    writer = threading.Thread(target=write)
    writer.start()
    with reading(tmp_path) as connection:
        held.set()
        writer.join(0.3)
        assert writer.is_alive()
        names += [row[0] for row in connection.execute("FROM vendors").fetchall()]
    writer.join()

    assert names == ["acme"]
    assert remembered(tmp_path) == ["acme", "brook"]


def test_the_death_of_a_writer_loses_only_its_own_turn(tmp_path: Path, hold: Hold) -> None:
    remember(tmp_path, "acme")
    process = hold("writing", tmp_path)

    process.kill()
    process.wait()

    remember(tmp_path, "brook")
    assert remembered(tmp_path) == ["acme", "brook"]
