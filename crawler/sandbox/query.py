"""What a CDX query asks for, and which rows of the index answer it. Standard library only."""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_plus

from crawler.sandbox.archive import Archive
from crawler.sandbox.formats import seconds_of
from crawler.urlkeys import urlkey_of

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
MATCH_TYPES = ("exact", "prefix", "host", "domain")
MAX_ROWS = 150_000

Row = tuple[str, ...]
Test = Callable[[Row], bool]


class BadQuery(ValueError):  # noqa: N818 - the name is the sentence
    """A query that the server refuses with 400; the message is the body of its reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A CDX query, read. `limit` 0 is no limit, a negative one asks for the last rows."""

    url: str
    match_type: str = "exact"
    first: str = "0" * 14
    last: str = "9" * 14
    tests: tuple[Test, ...] = ()
    collapse: tuple[tuple[int, int | None], ...] = ()
    limit: int = 0
    offset: int = 0
    sort: str = ""
    closest: str = ""
    resume: str = ""

    @property
    def urlkey(self) -> str:
        """The key of the address asked for."""
        return urlkey_of(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows that answer a query, and the key to ask on with where the limit cut them."""

    rows: tuple[Row, ...]
    resume_key: str = ""


def read_query(params: dict[str, list[str]]) -> Query:
    """Read the parameters of a request. Raises BadQuery."""
    given = {name: values[0] for name, values in params.items()}
    if not given.get("url"):
        raise BadQuery("url parameter is required")
    url, match_type = _match_type(given["url"], given.get("matchType", ""))
    return Query(
        url=url,
        match_type=match_type,
        first=_timestamp(given, "from", "0"),
        last=_timestamp(given, "to", "9"),
        tests=tuple(map(_test, params.get("filter", []))),
        collapse=tuple(map(_collapse, params.get("collapse", []))),
        limit=_number(given, "limit"),
        offset=_number(given, "offset"),
        sort=given.get("sort", ""),
        closest=given.get("closest", ""),
        resume=given.get("resumeKey", ""),
    )


def answer(archive: Archive, query: Query) -> Answer:
    """Choose the rows: range, filters, order, collapse, offset, limit, in this order."""
    rows = archive.rows
    places = span(archive, query)
    if query.resume:
        places = range(max(places.start, resumed_at(archive, query.resume)), places.stop)
    kept: Iterable[int] = (
        place
        for place in places
        if _passes(rows[place], query) and not archive.excludes(rows[place][0])
    )
    if query.sort:
        kept = _sorted(list(kept), rows, query)
    for position, width in query.collapse:
        kept = _collapsed(kept, rows, position, width)
    kept = islice(kept, query.offset, None)
    if query.limit < 0:
        return Answer(rows=tuple(rows[place] for place in list(kept)[query.limit :]))
    return _cut(rows, kept, query)


def span(archive: Archive, query: Query) -> range:
    """Give the places in the index that an address and its match type reach."""
    key = query.urlkey
    if query.match_type == "exact":
        return archive.span(key, key + "\0")
    if query.match_type == "prefix":
        key = key.removesuffix("/") + ("/" if query.url.endswith("/") else "")
        return archive.span(key, _after(key))
    host = key.split(")")[0]
    first = f"{host})/" if query.match_type == "host" or "," in host else f"{host},"
    return archive.span(first, f"{host}*" if query.match_type == "host" else f"{host}-")


def resume_key_for(rows: Sequence[Row], place: int) -> str:
    """Write the key that goes on after a row, as the new server does.

    Where rows of the same key and second follow, how many were given already is added, so
    that none is lost; to clients the key is opaque.
    """
    urlkey, timestamp, *_ = rows[place]
    said = f"{urlkey} {timestamp}"
    if place + 1 < len(rows) and rows[place + 1][:2] == (urlkey, timestamp):
        start = place
        while start and rows[start - 1][:2] == (urlkey, timestamp):
            start -= 1
        said += f" {place - start + 1}"
    return base64.urlsafe_b64encode(zlib.compress(said.encode())).decode()


def resumed_at(archive: Archive, key: str) -> int:
    """Give the place to go on at, from a key of the new or the old kind. Raises BadQuery."""
    urlkey, timestamp, done = _read_key(key)
    found = archive.span(urlkey, urlkey + "\0")
    for place in found:
        row = archive.rows[place]
        if row[1] > timestamp or (row[1] == timestamp and done == 0):
            return place
        done -= row[1] == timestamp
    return found.stop


def _read_key(key: str) -> tuple[str, str, int]:
    try:
        packed = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        said = zlib.decompress(packed).decode()
    except (binascii.Error, zlib.error, ValueError):
        said = unquote_plus(unquote_plus(key))
    parts = said.rsplit(" ", 2) if said.count(" ") > 1 else [*said.rsplit(" ", 1), "-1"]
    if len(parts) != 3 or not parts[2].lstrip("-").isdecimal():
        raise BadQuery(f"Invalid resumeKey: {key}")
    return parts[0], parts[1], int(parts[2])


def _match_type(url: str, match_type: str) -> tuple[str, str]:
    if not match_type and url.startswith("*."):
        return url[2:], "domain"
    if not match_type and url.endswith("*"):
        return url[:-1], "prefix"
    if (match_type or "exact") not in MATCH_TYPES:
        raise BadQuery(f"Sorry, matchType={match_type} is not supported by this server")
    return url, match_type or "exact"


def _timestamp(given: dict[str, str], name: str, padding: str) -> str:
    digits = given.get(name, "")
    if digits and not re.fullmatch(r"\d{1,14}", digits):
        raise BadQuery(f"Invalid {name}: {digits}")
    return digits.ljust(14, padding)


def _number(given: dict[str, str], name: str) -> int:
    try:
        return int(given.get(name) or "0")
    except ValueError as error:
        raise BadQuery(f"Invalid {name}: {given[name]}") from error


def _test(said: str) -> Test:
    wanted = not said.startswith("!")
    name, colon, pattern = said.removeprefix("!").partition(":")
    place = _field(name) if colon else None
    try:
        expression = re.compile(pattern if colon else name)
    except re.error as error:
        raise BadQuery(f"Invalid filter: {said}") from error

    def passes(row: Row) -> bool:
        value = " ".join(row) if place is None else row[place]
        return (expression.fullmatch(value) is not None) is wanted

    return passes


def _collapse(said: str) -> tuple[int, int | None]:
    name, _, width = said.partition(":")
    if width and not width.isdecimal():
        raise BadQuery(f"Invalid collapse: {said}")
    return _field(name), int(width) if width else None


def _field(name: str) -> int:
    place = FIELDS.index(name) if name in FIELDS else int(name) if name.isdecimal() else -1
    if not 0 <= place < len(FIELDS):
        raise BadQuery(f"Invalid field: {name}")
    return place


def _passes(row: Row, query: Query) -> bool:
    return query.first <= row[1] <= query.last and all(test(row) for test in query.tests)


def _sorted(places: list[int], rows: Sequence[Row], query: Query) -> list[int]:
    if query.sort == "closest" and query.closest:
        wanted = seconds_of((query.closest + "00000101000000"[len(query.closest) :])[:14])
        return sorted(places, key=lambda place: abs(seconds_of(rows[place][1]) - wanted))
    return places[::-1] if query.sort == "reverse" else places


def _collapsed(
    places: Iterable[int], rows: Sequence[Row], position: int, width: int | None
) -> Iterator[int]:
    previous = None
    for place in places:
        value = rows[place][position][:width]
        if value != previous:
            yield place
        previous = value


def _cut(rows: Sequence[Row], places: Iterable[int], query: Query) -> Answer:
    limit = min(query.limit or MAX_ROWS, MAX_ROWS)
    kept = list(islice(places, limit + 1))
    more = len(kept) > limit and not query.sort
    return Answer(
        rows=tuple(rows[place] for place in kept[:limit]),
        resume_key=resume_key_for(rows, kept[limit - 1]) if more else "",
    )


def _after(key: str) -> str:
    return key[:-1] + chr(ord(key[-1]) + 1)
