"""A second export into the same repository: what is new is added, and nothing is ever lost."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_facts import POLICY, Sight, empty_database, enlist, remember
from git_repositories import git, subjects

from crawler.errors import AskedWrongly
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.git import export_git
from pipelines.export.git_program import GitFailed

FIRST, SECOND = "# Privacy\n\nWe keep data.", "# Privacy\n\nWe keep data for 30 days."
THIRD = "# Privacy\n\nWe keep data for 60 days."
FILE = "acme/privacy.en.md"
VERSIONS = [f"acme/privacy (en), version {number}" for number in (1, 2, 3)]


def again(connection: Connection, folder: Path) -> str:
    return export_git(connection, folder, Choices(), [].append)


@pytest.fixture(scope="module")
def shared() -> Iterator[Connection]:
    with empty_database() as connection:
        enlist(connection, POLICY)
        remember(connection, ("2016-10-18", FIRST), ("2018-05-25", SECOND))
        yield connection


@pytest.fixture
def database(shared: Connection) -> Iterator[Connection]:
    shared.execute("BEGIN")
    yield shared
    shared.execute("ROLLBACK")


@pytest.fixture
def history(database: Connection, tmp_path: Path) -> Path:
    """Give a repository with the two versions, as the first export left it."""
    again(database, tmp_path / "history")
    return tmp_path / "history"


def refs(folder: Path) -> dict[str, str]:
    listed = git(folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split() for line in listed)


def test_where_nothing_is_new_nothing_is_added(database: Connection, history: Path) -> None:
    before = refs(history)

    said = again(database, history)

    assert said == f"{history}: nothing new: 2 versions"
    assert refs(history) == before


def test_a_version_seen_once_more_is_no_other_commit(database: Connection, history: Path) -> None:
    before = refs(history)
    remember(database, ("2019-01-01", SECOND))

    again(database, history)

    assert refs(history) == before


def test_a_newer_version_is_added_to_what_is_there(database: Connection, history: Path) -> None:
    tip = git(history, "rev-parse", "main")
    remember(database, ("2020-01-01", THIRD))

    said = again(database, history)

    assert said == f"{history}: 1 added: 3 versions"
    assert git(history, "rev-parse", "main~") == tip
    assert list(refs(history)) == ["refs/heads/main"]
    assert (history / FILE).read_text(encoding="utf-8") == f"{THIRD}\n"
    assert git(history, "status", "--porcelain") == git(history, "fsck", "--strict") == ""


def test_an_earlier_version_rewrites_the_history_and_says_so(
    database: Connection, history: Path
) -> None:
    old, first = git(history, "rev-parse", "main", "main~").splitlines()
    remember(database, ("2017-01-01", THIRD))

    said = again(database, history)

    assert said.startswith(
        f"{history}: the history had to be rewritten from acme/privacy (en), version 2 on"
    )
    assert "1 commits were replaced, the old history is refs/policytrail/before/1" in said
    assert subjects(history) == VERSIONS
    assert git(history, "rev-parse", "main~2") == first
    assert refs(history)["refs/policytrail/before/1"] == old
    assert git(history, "status", "--porcelain") == git(history, "fsck", "--strict") == ""


def test_an_export_of_less_takes_versions_back_and_keeps_the_old_history(
    database: Connection, history: Path
) -> None:
    old = git(history, "rev-parse", "main")
    database.execute("DELETE FROM readings WHERE version = 2")

    said = again(database, history)

    assert "rewritten" in said
    assert subjects(history) == VERSIONS[:1]
    assert refs(history)["refs/policytrail/before/1"] == old
    assert (history / FILE).read_text(encoding="utf-8") == f"{FIRST}\n"


def test_the_same_repository_comes_of_one_export_and_of_many(
    database: Connection, history: Path, tmp_path: Path
) -> None:
    for when, text in (("2020-01-01", THIRD), ("2017-01-01", "Between."), ("2014-01-01", "Old.")):
        remember(database, (when, text))
        again(database, history)

    again(database, tmp_path / "at once")

    assert refs(history)["refs/heads/main"] == refs(tmp_path / "at once")["refs/heads/main"]
    assert [name for name in refs(history) if "before" in name] == [
        "refs/policytrail/before/1",
        "refs/policytrail/before/2",
    ]


def test_a_clone_grows_like_the_repository_it_is_of(
    database: Connection, history: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(history), "clone")
    remember(database, ("2020-01-01", THIRD))

    again(database, tmp_path / "clone")

    assert subjects(tmp_path / "clone") == VERSIONS
    assert git(tmp_path / "clone", "rev-parse", "main~") == git(history, "rev-parse", "main")
    assert git(tmp_path / "clone", "remote") == "origin"


def test_commits_of_somebody_else_are_kept_beside(database: Connection, history: Path) -> None:
    (history / "notes.md").write_text("Mine.", encoding="utf-8")
    git(history, "add", "notes.md")
    identity = ("-c", "user.name=Jane", "-c", "user.email=jane@acme.example")
    git(history, *identity, "commit", "--quiet", "--message", "Mine")
    mine = git(history, "rev-parse", "main")

    again(database, history)

    assert subjects(history) == VERSIONS[:2]
    assert refs(history)["refs/policytrail/before/1"] == mine


def test_a_repository_that_no_export_made_stays_as_it_is(
    database: Connection, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "-c", "user.name=J", "-c", "user.email=j@x.example", "commit", "--quiet",
        "--allow-empty", "--message", "Mine")  # fmt: skip
    before = refs(tmp_path)

    with pytest.raises(AskedWrongly, match="is a git repository that no export made"):
        again(database, tmp_path)

    assert refs(tmp_path) == before


def test_a_folder_with_other_files_stays_as_it_is(database: Connection, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")

    with pytest.raises(AskedWrongly, match="holds what no export wrote"):
        again(database, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_work_that_is_in_no_commit_is_not_written_over(database: Connection, history: Path) -> None:
    (history / FILE).write_text("My own words", encoding="utf-8")
    remember(database, ("2020-01-01", THIRD))

    with pytest.raises(AskedWrongly, match="has changes that are in no commit"):
        again(database, history)

    assert (history / FILE).read_text(encoding="utf-8") == "My own words"


def test_a_file_in_the_way_of_a_new_one_stops_it_before_anything_moves(
    database: Connection, history: Path
) -> None:
    before = refs(history)
    (history / "acme" / "privacy.de.md").write_text("My own words", encoding="utf-8")
    remember(database, Sight(when="2020-01-01", text="Wir speichern.", language="de"))

    with pytest.raises(GitFailed, match=r"file 'acme/privacy\.de\.md' would be overwritten"):
        again(database, history)

    assert refs(history) == before
    assert (history / "acme" / "privacy.de.md").read_text(encoding="utf-8") == "My own words"


def test_another_branch_that_is_checked_out_is_left_alone(
    database: Connection, history: Path
) -> None:
    git(history, "switch", "--quiet", "--create", "mine")

    with pytest.raises(AskedWrongly, match="shows another branch"):
        again(database, history)


def test_two_exports_do_not_write_at_once(database: Connection, history: Path) -> None:
    held = os.open(history / ".git", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)

    with pytest.raises(AskedWrongly, match="is being written by another export"):
        again(database, history)

    os.close(held)
    assert again(database, history).endswith("nothing new: 2 versions")


def test_files_that_a_stopped_export_left_behind_are_brought_up_to_date(
    database: Connection, history: Path
) -> None:
    git(history, "update-ref", "refs/policytrail/unfinished", "main")
    (history / FILE).write_text("half", encoding="utf-8")

    again(database, history)

    assert (history / FILE).read_text(encoding="utf-8") == f"{SECOND}\n"
    assert list(refs(history)) == ["refs/heads/main"]


def test_an_interrupted_export_leaves_the_old_history_whole(
    database: Connection, history: Path
) -> None:
    def interrupt(steps: int) -> None:
        raise KeyboardInterrupt

    before = refs(history)
    remember(database, ("2020-01-01", THIRD))

    with pytest.raises(KeyboardInterrupt):
        export_git(database, history, Choices(), interrupt)

    assert refs(history) == before
    assert git(history, "status", "--porcelain") == git(history, "fsck", "--strict") == ""
    assert not (history / ".git" / "policytrail.part").exists()
