"""One crawl at a time on a data folder."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import PolicytrailError
from pipelines.database.lock import AnotherCrawl, FolderLock

Hold = Callable[[str, Path], "subprocess.Popen[str]"]


def test_another_process_is_named_to_the_second_crawl(tmp_path: Path, hold: Hold) -> None:
    holder = hold("lock", tmp_path)

    with pytest.raises(AnotherCrawl) as caught:
        FolderLock(tmp_path).take()

    assert caught.value.holder == str(holder.pid)
    assert f"process {holder.pid}" in str(caught.value)
    assert caught.value.exit_code == 75


def test_the_lock_of_a_killed_crawl_is_free(tmp_path: Path, hold: Hold) -> None:
    holder = hold("lock", tmp_path)

    holder.kill()
    holder.wait()

    lock = FolderLock(tmp_path)
    lock.take()
    assert (tmp_path / ".crawl.pid").read_text() == str(os.getpid())
    lock.release()


def test_a_crawl_in_the_same_process_waits_its_turn_too(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.take()

    with pytest.raises(AnotherCrawl, match=str(os.getpid())):
        second.take()

    first.release()
    second.take()
    second.release()


def test_a_lock_let_go_of_leaves_no_note(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "new" / "folder")
    lock.take()

    lock.release()
    lock.release()

    assert not (tmp_path / "new" / "folder" / ".crawl.pid").exists()


def test_letting_go_of_what_another_holds_changes_nothing(tmp_path: Path, hold: Hold) -> None:
    hold("lock", tmp_path)
    lock = FolderLock(tmp_path)

    lock.release()

    with pytest.raises(AnotherCrawl):
        lock.take()


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        pytest.param(None, "unknown", id="missing"),
        pytest.param(b"", "unknown", id="empty"),
        pytest.param(b"\xff\xfe", "\ufffd\ufffd", id="garbage"),
    ],
)
def test_a_note_that_cannot_be_read_does_not_open_the_lock(
    tmp_path: Path, hold: Hold, note: bytes | None, holder: str
) -> None:
    hold("lock", tmp_path)
    (tmp_path / ".crawl.pid").unlink()
    if note is not None:
        (tmp_path / ".crawl.pid").write_bytes(note)

    with pytest.raises(AnotherCrawl) as caught:
        FolderLock(tmp_path).take()

    assert caught.value.holder == holder


def test_a_file_in_place_of_the_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(PolicytrailError) as caught:
        FolderLock(tmp_path / "data").take()

    assert str(tmp_path / "data") in str(caught.value)
    assert "--data" in str(caught.value)
    assert not isinstance(caught.value, AnotherCrawl)
