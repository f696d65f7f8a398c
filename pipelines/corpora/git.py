"""A git repository's history: what each commit wrote, and the bytes. Runs `git`, reads only.

One `git log` and one `git cat-file` for a whole repository, both read as they come. No setting of
the user, of the machine or of the repository can change what they say.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Self

from crawler.errors import AskedWrongly

_BLOCK = 1 << 16
_COMMIT = b"\x01"
_FILES = ("100644", "100755")
_LOG = (
    *("log", "-z", "--raw", "--no-abbrev", "--no-merges", "--no-color", "--no-show-signature"),
    *("--no-mailmap", "--no-notes", "--find-renames=90%", "-l0", "--no-ext-diff"),
    *("--encoding=UTF-8", "--format=%x01%H %at%n%B"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file as a commit wrote it. `moved_from` is where it lay before, if it was moved.

    `is_same`: the bytes are those that it had there.
    """

    path: str
    blob: str
    moved_from: str = ""
    is_same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit, without what it deleted. `written_at` is the author's date in Unix seconds."""

    commit: str
    written_at: int
    message: str
    changes: tuple[Change, ...]


class Repository:
    """The history of HEAD, without merges."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._blobs: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._blobs = _start(self.path, "cat-file", "--batch", stdin=subprocess.PIPE)
        return self

    def __exit__(self, *_: object) -> None:
        if self._blobs:
            _end(self._blobs)

    def revisions(self, *, oldest_first: bool) -> Iterator[Revision]:
        """Give each commit that wrote a file."""
        order = ("--reverse",) if oldest_first else ()
        with _running(self.path, *_LOG, *order, "HEAD") as log:
            yield from _revisions(_pieces(log))

    def read(self, blob: str) -> bytes:
        """Give the bytes of a file. Raises AskedWrongly where the repository lacks them."""
        asked, given = self._pipes
        asked.write(blob.encode() + b"\n")
        asked.flush()
        head = given.readline().split()
        if len(head) != len(("name", "type", "size")):
            raise AskedWrongly(f"{self.path} lacks the object {blob}: clone it whole")
        body = given.read(int(head[2]))
        given.read(1)
        return body

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._blobs is None or self._blobs.stdin is None or self._blobs.stdout is None:
            raise ValueError("the repository is not open")
        return self._blobs.stdin, self._blobs.stdout


def is_repository(path: Path) -> bool:
    """Say whether a folder is a repository, bare or with files."""
    return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())


def must_be_whole(path: Path) -> None:
    """Raise AskedWrongly for a repository without commits, or without its older ones."""
    _said(path, "rev-parse", "--verify", "HEAD^{commit}")
    if _said(path, "rev-parse", "--is-shallow-repository") == "true":
        raise AskedWrongly(
            f"{path} is a shallow clone, whose first commit is not what it says: "
            "run `git fetch --unshallow` there first"
        )


def _revisions(pieces: Iterator[bytes]) -> Iterator[Revision]:
    head, changes = b"", list[Change]()
    for piece in pieces:
        line = piece.lstrip(b"\n")
        if line.startswith(_COMMIT):
            if changes:
                yield _revision(head, changes)
            head, changes = line[1:], []
        elif line.startswith(b":"):
            changes += _changes(line.decode(), pieces)
    if changes:
        yield _revision(head, changes)


def _changes(line: str, pieces: Iterator[bytes]) -> list[Change]:
    _, mode, old, blob, status = line.split()
    first = next(pieces).decode("utf-8", "backslashreplace")
    moved = status[0] in "RC"
    path = next(pieces).decode("utf-8", "backslashreplace") if moved else first
    if status[0] == "D" or mode not in _FILES:
        return []
    before = first if status[0] == "R" else ""
    return [Change(path=path, blob=blob, moved_from=before, is_same=moved and old == blob)]


def _revision(head: bytes, changes: list[Change]) -> Revision:
    first, _, message = head.decode("utf-8", "replace").partition("\n")
    commit, _, seconds = first.partition(" ")
    return Revision(
        commit=commit,
        written_at=int(seconds),
        message=message.strip(),
        changes=tuple(changes),
    )


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Give what stands between the NULs."""
    rest = b""
    while block := stream.read(_BLOCK):
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
    if rest:
        yield rest


@contextmanager
def _running(path: Path, *words: str) -> Iterator[IO[bytes]]:
    process = _start(path, *words)
    is_read = False
    try:
        yield process.stdout or BytesIO()
        is_read = True
    finally:
        _end(process)
    if is_read and process.returncode:
        raise AskedWrongly(
            f"{path} has no history that git can read: see what `git log` says there"
        )


def _said(path: Path, *words: str) -> str:
    with _running(path, *words) as stream:
        return stream.read().decode().strip()


def _start(path: Path, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ours = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }
    # Whoever names a repository means it, whoever owns the folder.
    settings = ("-c", "safe.directory=*", "-c", "core.quotepath=off", "-c", "diff.renames=true")
    try:
        return subprocess.Popen(  # noqa: S603 - words of ours
            ["git", "-C", str(path), *settings, *words],  # noqa: S607 - the user's own git
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=plain | ours,
        )
    except OSError as error:
        raise AskedWrongly(f"cannot run git: {error.strerror}: install it") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
    process.wait()
