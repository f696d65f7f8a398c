"""A disk that takes no more, and Ctrl-C: the export before stays, and no half new one."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import duckdb
import pytest
from crawl.commands import Ran, begin
from export_archive import every_file

from pipelines.database.copying import copy_rows
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.dataset import export_csv, export_jsonl, export_parquet

ALL = Choices()
Export = Callable[..., Ran]


@pytest.fixture
def export(trap_folder: Path, tmp_path: Path) -> Export:
    def exporting(*options: str, largest_file: int | None = None) -> Ran:
        asked = ["--data", str(trap_folder), "export", str(tmp_path / "home" / "out"), *options]
        return begin(asked, os.environ, tmp_path, largest_file).wait()

    (tmp_path / "home").mkdir()
    return exporting


@pytest.mark.parametrize(
    ("layout", "largest", "reason"),
    [
        pytest.param("parquet", 1_000, ".parquet", id="in the middle of a table"),
        pytest.param("parquet", 12_000, "File too large", id="in the middle of the papers"),
        pytest.param("csv", 1_000, ".csv", id="in the middle of a table of text"),
    ],
)
def test_a_full_disk_leaves_the_export_before_and_says_so_in_one_line(
    export: Export, tmp_path: Path, layout: str, largest: int, reason: str
) -> None:
    export("--format", layout)
    before = every_file(tmp_path / "home")

    ran = export("--format", layout, largest_file=largest)

    assert (ran.code, ran.says_it_in_one_line) == (1, True), ran.err
    assert ran.err.startswith(f"policytrail: cannot write {tmp_path}/home/out: ")
    assert reason in ran.err
    assert "nothing was changed" in ran.err
    assert every_file(tmp_path / "home") == before


def test_a_full_disk_leaves_nothing_where_nothing_was(export: Export, tmp_path: Path) -> None:
    ran = export(largest_file=1_000)

    assert (ran.code, ran.says_it_in_one_line) == (1, True), ran.err
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("write", [export_parquet, export_csv, export_jsonl])
def test_ctrl_c_leaves_the_export_before(
    traps: Connection, tmp_path: Path, write: Callable[..., str]
) -> None:
    def interrupt(_: int) -> None:
        if (tmp_path / ".out.part" / "data").exists():
            raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write(traps, tmp_path / "out", ALL, interrupt)

    assert every_file(tmp_path) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_ctrl_c_ends_a_copy_that_would_take_long(tmp_path: Path) -> None:
    connection = duckdb.connect()
    soon = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))

    soon.start()
    with pytest.raises(KeyboardInterrupt):
        copy_rows(
            connection,
            "SELECT sum(i) FROM range(1_000_000_000_000) AS r(i)",
            tmp_path / "x",
            {"FORMAT": "csv"},
        )

    connection.close()
    soon.join()


def test_what_no_export_wrote_is_refused_before_anything_is_read(
    export: Export, tmp_path: Path
) -> None:
    (tmp_path / "home" / "out").mkdir()
    (tmp_path / "home" / "out" / "thesis.txt").write_text("mine")

    ran = export()

    assert (ran.code, ran.says_it_in_one_line) == (2, True), ran.err
    assert "holds what no export wrote" in ran.err
    assert every_file(tmp_path / "home") == {"out/thesis.txt": b"mine"}
