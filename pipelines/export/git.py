"""Versions as a git repository, one commit each, in the order in which they were first seen.

The history is a function of the versions alone, so every export writes all of it again, beside
the repository that is there, and only what is not there yet is moved in. Where the old history is
not the beginning of the new one it is kept under refs/policytrail/before/.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from crawler.errors import AskedWrongly, PolicytrailError
from pipelines.database.excerpts import is_narrowed_by
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.folder import MARKER, CannotExport, new_folder
from pipelines.export.git_program import BRANCH, Repository, make_repository
from pipelines.export.git_stream import IDENTITY, stream
from pipelines.history.provenance import count

_BEFORE = "refs/policytrail/before/"
_UNFINISHED = "refs/policytrail/unfinished"


class NotOurs(AskedWrongly):
    """A folder that holds something else, or our repository with somebody's work in it."""


def export_git(
    connection: Connection,
    folder: Path,
    choices: Choices,
    step: Callable[[int], None],
) -> str:
    """Make the repository, or bring it up to date; say what became of it.

    Raises NotOurs, AskedWrongly, GitFailed, NoGit.
    """
    del choices  # the archive given is what was chosen
    if is_narrowed_by(connection, "text_free"):
        raise AskedWrongly(
            "a git history is made of texts, and this archive has none: leave out --text-free, or "
            "export in another --format"
        )
    if not count(connection):
        raise PolicytrailError("no version to write: nothing that was chosen has been observed")
    if not (folder / ".git").exists():
        with new_folder(folder) as part:
            made = make_repository(part / ".git", part, folder)
            versions = _fill(made, connection, step)
            made.ask("reset", "--quiet", "--hard", BRANCH)
        # Other formats may replace what has the marker; a repository is more than one export.
        (folder / MARKER).unlink(missing_ok=True)
        return f"{_counted(versions)} in {folder}"
    known = Repository(git_folder=folder / ".git", files=folder, place=folder)
    _check(known)
    try:
        with _beside(known) as part:
            _check_files(known)
            made = make_repository(part, None, folder)
            _fill(made, connection, step)
            return f"{folder}: {_grow(known, made)}"
    except OSError as error:
        raise CannotExport(folder, error.strerror or str(error)) from error


def _fill(made: Repository, connection: Connection, step: Callable[[int], None]) -> int:
    made.feed(
        "fast-import", "--quiet", "--done", "--date-format=raw", chunks=stream(connection, step)
    )
    return len(_commits(made))


def _check(known: Repository) -> None:
    """Raise NotOurs for a repository that no export made, or that shows something else."""
    folder = known.place
    first = known.try_ask("log", "-1", "--max-parents=0", "--format=%cn <%ce>", BRANCH, "--")
    if first != IDENTITY:
        raise NotOurs(f"{folder} is a git repository that no export made: name another folder")
    if known.try_ask("symbolic-ref", "HEAD") != BRANCH:
        raise NotOurs(f"{folder} shows another branch: run `git -C {folder} switch main` first")


def _check_files(known: Repository) -> None:
    """Raise NotOurs where somebody changed a file, unless it was an export that was stopped."""
    if known.try_ask("rev-parse", "--verify", "--quiet", _UNFINISHED):
        _show(known)
    elif known.ask("status", "--porcelain", "--untracked-files=no"):
        raise NotOurs(
            f"{known.place} has changes that are in no commit: keep them elsewhere, "
            f"or drop them with `git -C {known.place} reset --hard`"
        )


@contextmanager
def _beside(known: Repository) -> Iterator[Path]:
    """Give a folder on the same disk, for one export at a time; it is gone afterwards."""
    part = known.git_folder / "policytrail.part"
    held = os.open(known.git_folder, os.O_RDONLY)
    try:
        _hold(held, known.place)
        shutil.rmtree(part, ignore_errors=True)
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)
    finally:
        os.close(held)


def _hold(held: int, folder: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AskedWrongly(f"{folder} is being written by another export: let it end") from error


def _grow(known: Repository, made: Repository) -> str:
    """Move in what is new: objects first, then all refs at once, then the files."""
    old, new = _commits(known), _commits(made)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if same == len(old) == len(new):
        return f"nothing new: {_counted(len(new))}"
    _move_objects(known, made, new[-1], new[same - 1] if same else None)
    known.ask("read-tree", "-m", "-u", "--dry-run", old[-1], new[-1])
    lost = len(old) - same
    before = f"{_BEFORE}{_next(known)}"
    kept = f"create {before} {old[-1]}\n" if lost else ""
    known.ask(
        "update-ref",
        "--stdin",
        given=f"start\nupdate {BRANCH} {new[-1]} {old[-1]}\n{kept}"
        f"create {_UNFINISHED} {new[-1]}\nprepare\ncommit\n",
    )
    _show(known)
    added = f"{len(new) - same:,} added: {_counted(len(new))}"
    if not lost:
        return added
    since = known.ask("log", "-1", "--format=%s", new[min(same, len(new) - 1)])
    return (
        f"the history had to be rewritten from {since} on, because what was known of it changed "
        f"(an earlier capture, another extractor, other choices); {lost:,} commits were replaced, "
        f"the old history is {before}; {added}"
    )


def _move_objects(known: Repository, made: Repository, tip: str, common: str | None) -> None:
    packs = made.git_folder / "moving"
    packs.mkdir()
    wanted = f"{tip}\n^{common}\n" if common else f"{tip}\n"
    made.ask(
        "pack-objects",
        "--quiet",
        "--revs",
        "--non-empty",
        "--delta-base-offset",
        "--window=0",
        str(packs.absolute() / "pack"),
        given=wanted,
    )
    there = known.git_folder / "objects" / "pack"
    for suffix in (".pack", ".rev", ".idx"):  # git looks for the index, so it comes last
        for path in sorted(packs.glob(f"*{suffix}")):
            path.replace(there / path.name)


def _show(known: Repository) -> None:
    known.ask("reset", "--quiet", "--hard", BRANCH)
    known.ask("update-ref", "-d", _UNFINISHED)


def _commits(repository: Repository) -> list[str]:
    return repository.ask("rev-list", "--reverse", "--first-parent", BRANCH, "--").split()


def _next(known: Repository) -> int:
    names = known.ask("for-each-ref", "--format=%(refname)", _BEFORE).splitlines()
    return 1 + max((int(name.removeprefix(_BEFORE)) for name in names), default=0)


def _counted(versions: int) -> str:
    return "1 version" if versions == 1 else f"{versions:,} versions"
