"""One policy of very many versions, in an archive and as a history of git's. Owns git."""

import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks._bulk import Bulk, BulkPolicy

LONG = "long-desk/privacy"
VERSIONS = 2_000
_FIRST = datetime(2010, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC


def long_policy(bulk: Bulk) -> BulkPolicy:
    """Give a policy of 2,000 versions, one every second day, each with a sentence changed."""
    drawn = next(iter(bulk.policies(0, 1)))
    lines = drawn.texts[0].split("\n\n")
    spare = [line for policy in bulk.policies(1, 40) for line in policy.texts[0].split("\n\n")[1:]]
    texts, words, added = [], [], []
    for version in range(VERSIONS):
        come = spare[version % len(spare)]
        lines[1 + version % (len(lines) - 1)] = f"{come} Since {version}."
        texts.append("\n\n".join(lines))
        words.append(len(texts[-1].split()))
        added.append(come.count(" ") + 3)
    return BulkPolicy(
        number=-1,
        vendor_id=LONG.partition("/")[0],
        texts=tuple(texts),
        seen=tuple(_FIRST + timedelta(days=2 * version) for version in range(VERSIONS)),
        words=tuple(words),
        added=tuple(added),
        removed=tuple(added),
    )


def repository(folder: Path, rounds: Iterable[Sequence[tuple[datetime, str, str]]]) -> Path:
    """Make a packed repository, a commit for each round of (moment, path, text)."""
    _git(folder, "init", "--quiet", "--bare", str(folder), made=False)
    process = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    with process.stdin as stream:
        for files in rounds:
            stamp = int(files[0][0].replace(tzinfo=UTC).timestamp())
            stream.write(b"commit refs/heads/main\ncommitter a <a@b.example> %d +0000\n" % stamp)
            stream.write(b"data 1\nx\n")
            for _, path, text in files:
                body = text.encode()
                stream.write(b"M 644 inline %s\ndata %d\n" % (path.encode(), len(body)))
                stream.write(body + b"\n")
    if process.wait():
        raise SystemExit("git fast-import failed")
    _git(folder, "gc", "--quiet", "--prune=now")
    return folder


def size_of(folder: Path) -> int:
    """Give the bytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def seconds_of(folder: Path, *arguments: str) -> float:
    """Give how long one command of git's takes, its output read to the end."""
    began = perf_counter()
    _git(folder, *arguments)
    return perf_counter() - began


def last_before(folder: Path, moment: datetime, path: str) -> float:
    """Give how long git takes for a text as of a moment: which commit, then the file in it."""
    began = perf_counter()
    before = f"--before={moment:%Y-%m-%dT%H:%M:%SZ}"
    commit = _git(folder, "rev-list", "-1", before, "main", "--", path)
    _git(folder, "show", f"{commit.strip()}:{path}")
    return perf_counter() - began


def _git(folder: Path, *arguments: str, made: bool = True) -> str:
    where = ["-C", str(folder)] if made else []
    done = subprocess.run(["git", *where, *arguments], check=True, capture_output=True, text=True)
    return done.stdout
