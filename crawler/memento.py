"""Captures, mementos and their addresses in the archive. Standard library only.

A `timestamp` is always the archive's 14 digits; an aware datetime is called
`..._datetime`. The names are those of RFC 7089 and of the CDX index.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from crawler.errors import BadDate

_URI_M = re.compile(
    r"^(?:https?:)?(?://[^/]+)?/web/(?P<timestamp>\d{14})(?P<mode>[a-z]{2}_)?/(?P<uri_r>.+)$",
    re.DOTALL,
)
_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?Z?)?)?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One line of the archive's CDX index, for one policy. All but `length` as listed."""

    policy_id: str
    urlkey: str
    timestamp: str
    original: str
    mimetype: str
    statuscode: str
    digest: str
    length: int | None = None
    malformed: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes a line of the ledger: policy, urlkey, timestamp, original, digest, status."""
        return (
            self.policy_id,
            self.urlkey,
            self.timestamp,
            self.original,
            self.digest,
            self.statuscode,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the address of a memento says about it."""

    timestamp: str
    uri_r: str

    @property
    def memento_datetime(self) -> datetime:
        """The moment of the capture, aware, in UTC."""
        return to_datetime(self.timestamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """An archived 200, checked: `body` is decoded from its Content-Encoding, else untouched.

    `digest` is the archive's kind of hash, of the bytes that came.
    """

    capture: Capture
    uri_m: str
    memento_datetime: datetime
    statuscode: int
    content_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    digest: str
    archive_source: str
    fetched_at: datetime


def to_datetime(timestamp: str) -> datetime:
    """Read 14 digits as an aware datetime in UTC; ValueError where no such moment exists."""
    if len(timestamp) != 14 or not (timestamp.isascii() and timestamp.isdecimal()):
        raise ValueError(f"{timestamp!r} is not 14 digits")
    # Not strptime, which takes ten times as long: planning reads every line anew in each round.
    month, day, hour, minute, second = (int(timestamp[at : at + 2]) for at in range(4, 14, 2))
    return datetime(int(timestamp[:4]), month, day, hour, minute, second, tzinfo=UTC)


def to_timestamp(moment: datetime) -> str:
    """Write an aware datetime as 14 digits in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S").zfill(14)


def is_timestamp(text: str) -> bool:
    """Say whether `text` is 14 digits and a moment that exists."""
    try:
        to_datetime(text)
    except ValueError:
        return False
    return True


def moment_of(text: str, *, end: bool = False) -> datetime:
    """Read a user's date (year, month, day, moment or 14 digits) as UTC.

    A date without a time is its first second, or its last one with `end`. Raises BadDate.
    """
    try:
        if re.fullmatch(r"\d{14}", text):
            return to_datetime(text)
        found = _DATE.match(text.strip())
        if not found:
            raise BadDate(text)
        return _bound([int(part) if part else None for part in found.groups()], end)
    except ValueError as error:
        raise BadDate(text) from error


def _bound(parts: list[int | None], end: bool) -> datetime:
    year, month, day, hour, minute, second = parts
    year = year or 0
    month = month if month is not None else (12 if end else 1)
    bounds = (monthrange(year, month)[1], 23, 59, 59) if end else (1, 0, 0, 0)
    given = zip((day, hour, minute, second), bounds, strict=True)
    day, hour, minute, second = (bound if part is None else part for part, bound in given)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def to_uri_m(archive: str, timestamp: str, uri_r: str) -> str:
    """Write the raw-playback address of a capture."""
    return f"{archive.rstrip('/')}/web/{timestamp}id_/{uri_r}"


def parse_uri_m(uri_m: str) -> Played | None:
    """Read an address of the archive, absolute, scheme-less or path-only; None for any other."""
    found = _URI_M.match(uri_m)
    if not found:
        return None
    return Played(timestamp=found["timestamp"], uri_r=found["uri_r"])


def address_key(uri_r: str) -> str:
    """Fold an address as the archive's index does where it matters for telling two apart.

    Scheme, `www.`, default port, user, fragment, case, doubled and trailing slashes go; the
    query's arguments are sorted. Not a full SURT: enough to see that two locations are one.
    """
    try:
        parts = urlsplit(uri_r.strip() if "//" in uri_r else f"http://{uri_r.strip()}")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # the index lists addresses that nobody could ask for; they equal themselves
        return uri_r.strip()
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    path = re.sub(r"/+", "/", unquote(parts.path)).lower().rstrip("/") or "/"
    query = "&".join(sorted(part for part in parts.query.lower().split("&") if part))
    return f"{host}{port}{path}" + (f"?{query}" if query else "")
