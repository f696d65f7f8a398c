"""When the next request may leave: the rules of the pace, of pauses and of bans.

Pure: no clock, no file. Times are seconds since 1970 in UTC, so that they outlive a process.
Standard library only.

Turns of one kind lie evenly apart, by the interval of whoever takes the next one, and each
counts for everybody: a process never sends where the 60 seconds that end there would then hold
more than its own budget, whoever sent them.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("cdx", "playback", "save")
_LATER = {"save": {"last": 0.0, "counts": {}}}  # kinds that earlier versions did not write
WINDOW = 60.0
MARGIN = 1.5  # what a window is longer for us than for the archive: requests travel unevenly
LATENESS = 0.5  # a turn not used so long after its time is void
CATCH_UP = 0.03  # so late may a process ask for a turn without losing time: its own clumsiness
FINEST = 0.002  # turns closer than this are taken many at a time, a spell's worth,
SPELL = 0.01
USABLE = 0.4  # and may be used so long after it
LONGEST_BAN = 7 * 86400.0
_BUCKET = 0.5  # turns are counted by half seconds, so that the record is small at any budget
_VERSION = 1


class Unreadable(ValueError):  # noqa: N818 - the name is the sentence
    """A record that is no record of ours, or one from the future."""


@dataclass(slots=True, kw_only=True)
class Turns:
    """Turns that one process holds: from the first to the last, the next, and how far apart."""

    first: float
    next: float
    last: float
    interval: float
    left: int

    def take(self, now: float) -> float | None:
        """Take the earliest turn that may still be used; None when there is none."""
        if self.left < 1 or now > self.last + USABLE:
            return None
        turn = max(self.next, now) if self.last > self.first else self.first
        self.next = turn + self.interval
        self.left -= 1
        return turn


@dataclass(slots=True, kw_only=True)
class Sends:
    """One kind of requests: the latest turn given away, and how many in each half second."""

    last: float = 0.0
    counts: dict[int, int] = field(default_factory=dict)

    def earliest(self, rate: float, now: float, many: int = 1) -> float:
        """Find when the next of `many` turns may be, at `rate` requests a minute."""
        turn = self.last + interval_of(rate)
        if turn < now - CATCH_UP:
            turn = now
        total = 0
        for bucket in sorted(self.counts, reverse=True):
            total += self.counts[bucket]
            if total > max(int(rate), 1) - many:
                return max(turn, bucket * _BUCKET + WINDOW + MARGIN)
        return turn

    def count(self, turn: float, many: int) -> None:
        """Count turns at a moment; a negative number gives some back."""
        bucket = int(turn / _BUCKET)
        left = self.counts.get(bucket, 0) + many
        self.counts[bucket] = left
        if left < 1:
            del self.counts[bucket]

    def forget(self, now: float) -> None:
        """Drop what no window can hold any more."""
        oldest = int((now - WINDOW - 2 * MARGIN) / _BUCKET)
        for bucket in [bucket for bucket in self.counts if bucket < oldest]:
            del self.counts[bucket]


@dataclass(slots=True, kw_only=True)
class Record:
    """What all processes that talk to one archive know together."""

    written_at: float = 0.0
    heard_at: float = 0.0  # the last sign of life of the archive, a reset too
    paused_until: float = 0.0
    banned_until: float = 0.0
    bans: int = 0  # in a row
    sends: dict[str, Sends] = field(default_factory=lambda: {kind: Sends() for kind in KINDS})

    def take(self, kind: str, rate: float, now: float) -> Turns:
        """Give away the next turn, or the turns of a short spell where they lie very close."""
        interval, sends = interval_of(rate), self.sends[kind]
        sends.forget(now)
        many = max(int(SPELL / interval), 1) if interval < FINEST else 1
        first = max(sends.earliest(rate, now, many), self.paused_until)
        sends.last = first + (many - 1) * interval
        sends.count(sends.last, many)
        return Turns(first=first, next=first, last=sends.last, interval=interval, left=many)

    def give_back(self, spare: Mapping[str, Turns]) -> None:
        """Take back turns that were never used."""
        for kind, turns in spare.items():
            if int(turns.last / _BUCKET) in self.sends[kind].counts:
                self.sends[kind].count(turns.last, -turns.left)
            turns.left = 0

    def pause(self, until: float) -> None:
        """Let nothing leave before a moment; a longer pause stays."""
        self.paused_until = max(self.paused_until, until)

    def ban(self, now: float, cooldown: float) -> None:
        """Remember a refused connection; each in a row doubles the cool-down.

        One that comes while a ban already holds is the same ban.
        """
        if self.banned_until <= now:
            self.bans += 1
            longest = max(cooldown, LONGEST_BAN)
            self.banned_until = now + min(cooldown * 2.0 ** min(self.bans - 1, 64), longest)

    def hear(self, now: float, answered_at: float) -> None:
        """Remember a sign of life; an answer that comes after a ban ends the row of bans."""
        self.heard_at = max(self.heard_at, now)
        if answered_at > self.banned_until:
            self.bans = 0

    def to_json(self) -> str:
        """Write the record; `read_record` reads it."""
        told = {
            "version": _VERSION,
            "written_at": self.written_at,
            "heard_at": self.heard_at,
            "paused_until": self.paused_until,
            "banned_until": self.banned_until,
            "bans": self.bans,
            "sends": {
                kind: {"last": sends.last, "counts": sends.counts}
                for kind, sends in self.sends.items()
            },
        }
        return json.dumps(told)


def interval_of(rate: float) -> float:
    """Give the seconds between two turns, at `rate` requests a minute."""
    return (WINDOW + MARGIN) / rate


def read_record(text: str, now: float) -> Record:
    """Read a record. Raises Unreadable for nonsense, and for one more than a minute ahead."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("version") != _VERSION:
            raise Unreadable("it is of another version")
        kinds = _LATER | told["sends"]
        sends = {kind: _sends(**kinds[kind]) for kind in KINDS}
        record = _checked(Record(**{**told, "sends": sends}))
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise Unreadable(str(error)) from error
    if record.written_at > now + WINDOW:
        raise Unreadable("it was written in the future: the clock was set back")
    return record


def _sends(last: float, counts: dict[str, int]) -> Sends:
    return Sends(
        last=_number(last),
        counts={int(bucket): int(_number(many)) for bucket, many in counts.items()},
    )


def _checked(record: Record) -> Record:
    for moment in (record.written_at, record.heard_at, record.paused_until, record.banned_until):
        _number(moment)
    record.bans = int(_number(record.bans))
    return record


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unreadable(f"{value!r} is no number")
    if value < 0:
        raise Unreadable(f"{value!r} is below zero")
    return float(value)
