"""`crawl --on-change`: a command hears of each new change, as JSON on its standard input.

What it was told is written down after it took it, so a kill in between tells twice, never not.
"""

import json
import logging
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from crawler.errors import AskedWrongly, PolicytrailError, StoppedEarly
from pipelines.cli.running import Interrupts, run
from pipelines.cli.values import plain
from pipelines.cli.voice import LOG, json_lines
from pipelines.database import announcing
from pipelines.database.file import reading, writing
from pipelines.database.lock import FolderLock
from pipelines.history.changes import Change, changes
from pipelines.history.policies import policy_ids

if TYPE_CHECKING:
    from pipelines.cli.engine import Ended

LONGEST = 300.0  # seconds: a command that hangs must not keep the next crawl out
_LOG = logging.getLogger(__name__)


class NotTold(PolicytrailError):  # noqa: N818
    """The command did not take some of the changes; they are told again next time."""

    def __init__(self, missed: int, stopped: StoppedEarly | None = None) -> None:
        also = f"; {stopped}" if stopped else ""
        super().__init__(
            f"changes not told: {missed:,}; the next crawl with --on-change tells them{also}"
        )
        self.missed = missed


def command_words(command: str | None) -> tuple[str, ...]:
    """Split a command as a shell would; no words for no command. Raises AskedWrongly."""
    if command is None:
        return ()
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise AskedWrongly(f"--on-change {command!r}: {error}: mend the quotes") from error
    if not words:
        raise AskedWrongly("--on-change needs a command, not nothing")
    if shutil.which(words[0]) is None:
        raise AskedWrongly(
            f"--on-change: no program {words[0]!r} that may be run: give its path, or chmod +x it"
        )
    return words


@contextmanager
def telling(data: Path, words: Sequence[str], ended: "Ended") -> Iterator[None]:
    """Tell a command of each new change, before the crawl ends as it will.

    Raises NotTold instead of a StoppedEarly, or of nothing, where the command failed.
    """
    # Whoever interrupted the crawl wants an end; what a broken disk forgets would be told twice.
    in_order = ended.ledger is not None and ended.error is None and ended.outcome != "shutdown"
    missed = tell_changes(data, words) if words and in_order else 0
    try:
        yield
    except StoppedEarly as stopped:
        if missed:
            raise NotTold(missed, stopped) from stopped
        raise
    if missed:
        raise NotTold(missed)


def tell_changes(data: Path, words: Sequence[str], longest: float = LONGEST) -> int:
    """Run the command for each change not told yet, oldest first; give how many it refused.

    `longest` is the time for one, in seconds. Raises AnotherCrawl, and PolicytrailError where
    the command cannot be started. The database is closed while the command runs.
    """
    missed = 0
    lock = FolderLock(data)
    lock.take()
    try:
        with Interrupts() as interrupts:
            for change in _untold(data):
                reason = _run(words, _line(change), longest, interrupts)
                if reason is None:
                    with writing(data, patience=float("inf")) as connection:
                        announcing.record(connection, _key(change))
                    _LOG.info("told %s of %s", words[0], _name(change))
                else:
                    missed += 1
                    _LOG.error("%s %s: not told of %s", words[0], reason, _name(change))
    finally:
        lock.release()
    return missed


def _untold(data: Path) -> list[Change]:
    with reading(data) as connection:
        keys = announcing.untold(connection)
        if not keys:
            return []
        every = changes(connection, policy_ids(connection, []))
    return [change for change in every if _key(change) in keys]


def _line(change: Change) -> str:
    record = {name: plain(value) for name, value in change.row().items()}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _run(words: Sequence[str], line: str, longest: float, interrupts: Interrupts) -> str | None:
    """Run the command; where standard error is for JSON alone, log what it says.

    By way of a file: a pipe would stay open as long as anything that the command left behind.
    """
    if not json_lines():
        return run(words, line, longest, interrupts)
    with TemporaryFile() as said:
        wrong = run(words, line, longest, interrupts, said)
        said.seek(0)
        for spoken in said.read().decode("utf-8", "replace").splitlines():
            LOG.info("%s: %s", words[0], spoken)
    return wrong


def _key(change: Change) -> announcing.Key:
    return change.policy_id, change.language, change.version


def _name(change: Change) -> str:
    return f"{change.policy_id} ({change.language}), version {change.version}"
