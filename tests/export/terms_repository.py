"""Git repositories of invented services, written by `git fast-import`."""

import os
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(slots=True, kw_only=True)
class Commit:
    """A commit on a branch; `files` are written, `gone` deleted, `moved` renamed first."""

    at: datetime
    message: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)
    committed_at: datetime | None = None
    branch: str = "main"
    merges: str = ""


def when(day: str, clock: str = "00:00:00") -> datetime:
    """Give a moment in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def write_repository(path: Path, commits: list[Commit], *, bare: bool = True) -> Path:
    """Make a repository of these commits."""
    run(path.parent, "init", "-q", *(["--bare"] if bare else []), "-b", "main", str(path))
    stream = b"".join(map(_stream, commits)) + b"done\n"
    run(path, "fast-import", "--quiet", "--done", stdin=stream)
    if not bare:
        run(path, "reset", "-q", "--hard")
    return path


def run(path: Path, *words: str, stdin: bytes = b"") -> str:
    """Run git with nobody's settings."""
    ours = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    done = subprocess.run(
        ["git", "-C", str(path), *words],
        input=stdin,
        capture_output=True,
        check=True,
        env=os.environ | ours,
        timeout=60,
    )
    return done.stdout.decode()


def _stream(commit: Commit) -> bytes:
    author = f"Archivist <archivist@bot.example> {_seconds(commit.at)} +0000"
    later = commit.committed_at or commit.at
    committer = f"Archivist <archivist@bot.example> {_seconds(later)} +0200"
    parts = [
        f"commit refs/heads/{commit.branch}\nauthor {author}\ncommitter {committer}\n".encode(),
        _data(commit.message.encode()),
        f"merge {commit.merges}\n".encode() if commit.merges else b"",
        *(f'R "{old}" "{new}"\n'.encode() for old, new in commit.moved.items()),
        *(f'D "{name}"\n'.encode() for name in commit.gone),
    ]
    for name, text in commit.files.items():
        body = text if isinstance(text, bytes) else text.encode()
        parts += [f'M 100644 inline "{name}"\n'.encode(), _data(body)]
    return b"".join(parts) + b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
