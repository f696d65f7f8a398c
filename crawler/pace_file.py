"""The record of an archive's pace on disk, shared by all processes of this user. Owns filelock.

One small file per archive in the user's state folder, replaced whole under a lock that is held
for a fraction of a millisecond, so that whoever only looks never waits.
"""

import ipaddress
import logging
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from crawler.errors import PolicytrailError, StoppedEarly
from crawler.pace import Record, Turns, Unreadable, read_record

_LONGEST_SILENCE = 3600.0  # heard from within it, a loopback server that refuses means it
_SELDOM = 300.0
_TICK = 0.02
_Told = TypeVar("_Told")

log = logging.getLogger(__name__)


class Busy(Exception):  # noqa: N818 - the name is the sentence
    """Another process holds the record at this very moment."""


class Barred(StoppedEarly):
    """The archive is not to be asked before a moment that `until` gives (UTC)."""

    def __init__(self, words: str, until: datetime) -> None:
        super().__init__(words)
        self.until = until


class Pace:
    """One process's share of the pace that an archive is asked at."""

    def __init__(self, archive: str, rates: Mapping[str, float]) -> None:
        """Open the record of an archive; `rates` are requests a minute by kind.

        Raises PolicytrailError where the state folder cannot be written.
        """
        self.archive = archive
        self.path = record_path(archive)
        self._place = str(self.path)
        self.rates = rates
        self._turns: dict[str, Turns] = {}
        self._heard_at = self._answered_at = 0.0
        self._seen: tuple[int, int] | None = None
        self._record = Record()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.path.with_suffix(".lock"))
            with self._lock:
                pass
        except OSError as error:
            raise _unwritable(self.path.parent, error) from error

    def look(self) -> Record:
        """Read the record, if it changed since the last look. Never waits."""
        try:
            stat = os.stat(self._place)  # noqa: PTH116 - before each request, so it must be quick
            seen = (stat.st_mtime_ns, stat.st_ino)
            if seen != self._seen:
                now = time.time()
                self._record = read_record(self.path.read_text(encoding="utf-8"), now)
                # Clocks of file systems tick slowly: a fresh file may change within its tick.
                self._seen = seen if now - stat.st_mtime > _TICK else None
        except FileNotFoundError:
            self._seen, self._record = None, Record()
        except (Unreadable, UnicodeDecodeError):  # the next who writes sets it aside
            self._record = Record()
        return self._record

    def turn(self, kind: str) -> float:
        """Take the next turn: when to send, in seconds since 1970. Raises Busy."""
        now = time.time()
        held = self._turns.get(kind)
        turn = held.take(now) if held else None
        while turn is None:
            held = self._turns[kind] = self._change(lambda record: self._more(record, kind, now))
            turn = held.take(now)
        return turn

    def pause(self, until: float) -> None:
        """Let no process send before a moment. Raises Busy."""
        self._change(lambda record: record.pause(until), lasting=True)

    def ban(self, cooldown: float) -> None:
        """Remember a refused connection, unless nothing ever ran there. Raises Busy.

        On the loopback a refusal is most often a server that is not started: it counts only
        where the archive was heard of within the last hour, or a row of bans has begun.
        """

        def remember(record: Record) -> None:
            now = time.time()
            silent = now - record.heard_at > _LONGEST_SILENCE and not record.bans
            if not (silent and _is_loopback(self.archive)):
                record.ban(now, cooldown)

        self._change(remember, lasting=True)

    def hear(self, *, answered: bool) -> None:
        """Note a sign of life: an answer, or less. Written with the next turn, or if it matters."""
        self._heard_at = now = time.time()
        if answered:
            self._answered_at = now
        record = self.look()
        ended = answered and record.bans and now > record.banned_until
        if ended or now - record.heard_at > _SELDOM:
            with suppress(Busy):  # the next answer says it again
                self._change(lambda record: record.bans)

    def give_back(self) -> None:
        """Give back the turns never used, at the end. Raises Busy."""
        spare = {kind: turns for kind, turns in self._turns.items() if turns.left}
        if spare:
            self._change(lambda record: record.give_back(spare))

    def _more(self, record: Record, kind: str, now: float) -> Turns:
        record.give_back({held: turns for held, turns in self._turns.items() if held == kind})
        return record.take(kind, self.rates[kind], now)

    def _change(self, change: Callable[[Record], _Told], *, lasting: bool = False) -> _Told:
        try:
            with self._lock.acquire(timeout=0):
                record = self._read()
                if self._heard_at > record.heard_at:
                    record.hear(self._heard_at, self._answered_at)
                told = change(record)
                self._write(record, lasting=lasting)
        except Timeout as error:
            raise Busy(str(self.path)) from error
        except OSError as error:
            raise _unwritable(self.path.parent, error) from error
        return told

    def _read(self) -> Record:
        try:
            return read_record(self.path.read_text(encoding="utf-8"), time.time())
        except FileNotFoundError:
            return Record()
        except (Unreadable, UnicodeDecodeError) as error:
            aside = self.path.with_suffix(".unreadable")
            self.path.replace(aside)
            log.warning("the pace of %s starts afresh: %s (kept as %s)", self.archive, error, aside)
            return Record()

    def _write(self, record: Record, *, lasting: bool) -> None:
        record.written_at = time.time()
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(record.to_json())
            if lasting:  # a ban must outlive a power cut; a turn need not
                file.flush()
                os.fsync(file.fileno())
        beside.replace(self.path)


def record_path(archive: str) -> Path:
    """Find where the record of an archive lies: by its host, and its port unless it is usual."""
    parts = urlsplit(archive)
    host = (parts.hostname or "unknown").rstrip(".").replace(":", "_")
    port = "" if parts.port in (None, 80, 443) else f"-{parts.port}"
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    home = given if given.is_absolute() else Path.home() / ".local" / "state"
    return home / "policytrail" / f"{host}{port}.json"


def barred(archive: str, patience: float) -> Barred | None:
    """Say why an archive is not to be asked now and until when; None where it may be.

    `patience` is how many seconds of a pause do not count; a ban always does.
    """
    try:
        now, path = time.time(), record_path(archive)
        record = read_record(path.read_text(encoding="utf-8"), now)
    except (OSError, Unreadable, UnicodeDecodeError):
        return None
    host = urlsplit(archive).netloc
    if record.banned_until > now:
        until = _moment(record.banned_until)
        return Barred(
            f"{host} refuses connections, which is how it bans: no request before {_spell(until)}; "
            f"run again after that (if it was no ban, delete {path})",
            until,
        )
    if record.paused_until > now + patience:
        until = _moment(record.paused_until)
        return Barred(
            f"{host} limited the rate (HTTP 429): no request before {_spell(until)}; "
            "run again after that",
            until,
        )
    return None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds) + 1, UTC)


def _spell(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _is_loopback(archive: str) -> bool:
    host = urlsplit(archive).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unwritable(folder: Path, error: OSError) -> PolicytrailError:
    reason = error.strerror or str(error)
    return PolicytrailError(
        f"cannot keep the pace in {folder}: {reason}: name another folder with XDG_STATE_HOME"
    )
