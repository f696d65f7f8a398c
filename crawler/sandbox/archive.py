"""The captures that a sandbox serves, in the order of its index. Standard library only."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crawler.memento import is_timestamp
from crawler.sandbox.faults import Fault
from crawler.sandbox.formats import digest_of, http_date, phrase_of
from crawler.urlkeys import urlkey_of

HTML = "text/html; charset=utf-8"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCapture:
    """One capture: a line of the index and, unless it is a revisit, the bytes behind it.

    `body` is the payload as the site sent it: free of chunks, still in its Content-Encoding.
    `headers` are the site's. `faults` names what goes wrong whenever it is played back.
    """

    urlkey: str
    timestamp: str
    url: str
    mimetype: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    digest: str
    length: str
    source: str
    revisit: bool = False
    faults: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The seven fields of its line in the index."""
        status = "-" if self.revisit else str(self.status)
        mimetype = "warc/revisit" if self.revisit else self.mimetype
        return (
            self.urlkey,
            self.timestamp,
            self.url,
            mimetype,
            status,
            self.digest,
            self.length,
        )

    def header(self, name: str) -> str:
        """Give one of the site's headers, empty where it sent none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def as_sent(self, headers: Headers, *, revisit: bool) -> "ArchivedCapture":
        """Give the same capture with exactly these headers of the site, as a WARC keeps them."""
        return replace(self, headers=headers, revisit=revisit)


class Archive:
    """Captures sorted as an index is, what is excluded, and the faults that come with them."""

    def __init__(
        self,
        captures: Iterable[ArchivedCapture] = (),
        *,
        excluded: Iterable[str] = (),
        faults: Iterable[Fault] = (),
    ) -> None:
        self.captures = tuple(sorted(captures, key=lambda capture: capture.fields[:6]))
        self.excluded = tuple(excluded)
        self.faults = tuple(faults)
        self.rows = [capture.fields for capture in self.captures]
        self._keys = [capture.urlkey for capture in self.captures]

    def __len__(self) -> int:
        return len(self.captures)

    def __add__(self, other: "Archive") -> "Archive":
        """Serve two archives as one."""
        return Archive(
            (*self.captures, *other.captures),
            excluded=(*self.excluded, *other.excluded),
            faults=(*self.faults, *other.faults),
        )

    def span(self, first: str, beyond: str) -> range:
        """Give the places of all keys from `first` up to, not including, `beyond`."""
        return range(bisect_left(self._keys, first), bisect_left(self._keys, beyond))

    def captures_of(self, urlkey: str) -> tuple[ArchivedCapture, ...]:
        """Give the captures of one key, oldest first."""
        found = self.span(urlkey, urlkey + "\0")
        return self.captures[found.start : found.stop]

    def playable_of(self, urlkey: str) -> tuple[ArchivedCapture, ...]:
        """Give the captures of one key that have bytes and a moment that exists."""
        return self._playable.get(urlkey, ())

    def excludes(self, urlkey: str) -> bool:
        """Say whether the archive refuses to show an address."""
        return urlkey.startswith(self._shut) if self._shut else False

    def payload_of(self, capture: ArchivedCapture) -> ArchivedCapture | None:
        """Give the capture that holds the bytes: itself, or for a revisit what it repeats."""
        return self._payloads.get(capture.digest) if capture.revisit else capture

    @cached_property
    def _shut(self) -> tuple[str, ...]:
        return tuple(urlkey_of(url).removesuffix("/") for url in self.excluded)

    @cached_property
    def _playable(self) -> dict[str, tuple[ArchivedCapture, ...]]:
        found: dict[str, list[ArchivedCapture]] = {}
        for capture in self.captures:
            if is_timestamp(capture.timestamp) and self.payload_of(capture):
                found.setdefault(capture.urlkey, []).append(capture)
        return {urlkey: tuple(captures) for urlkey, captures in found.items()}

    @cached_property
    def _payloads(self) -> dict[str, ArchivedCapture]:
        held = [capture for capture in self.captures if not capture.revisit]
        return {capture.digest: capture for capture in reversed(held)}


def archive_of(
    *captures: ArchivedCapture, excluded: Iterable[str] = (), faults: Iterable[Fault] = ()
) -> Archive:
    """Make an archive of a few captures; `excluded` are addresses, or their beginnings."""
    return Archive(captures, excluded=excluded, faults=faults)


def capture(
    url: str,
    timestamp: str,
    body: bytes | str = b"",
    *,
    status: int = 200,
    reason: str = "",
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    content_type: str | None = None,
    location: str = "",
    digest: str = "",
    length: str = "",
    source: str = "",
    faults: Iterable[str] = (),
) -> ArchivedCapture:
    """Make a capture as a crawler would have written it, with what a real server sends.

    A text body is sent as UTF-8. `headers` replace those of the same name; `content_type=""`
    is a server that sent none. ValueError for a timestamp that is not 14 digits.
    """
    payload = body.encode() if isinstance(body, str) else body
    kind = HTML if content_type is None else content_type
    sent = _sent_headers(timestamp, payload, kind, location, headers)
    made = _made(url, timestamp, payload, status, sent)
    given = {"reason": reason, "digest": digest, "length": length, "source": source}
    told: dict[str, Any] = {name: value for name, value in given.items() if value}
    return replace(made, faults=tuple(faults), **told)


def _made(url: str, timestamp: str, payload: bytes, status: int, sent: Headers) -> ArchivedCapture:
    if len(timestamp) != 14 or not timestamp.isdecimal():
        raise ValueError(f"{timestamp!r} is not 14 digits")
    kind = next((value for name, value in sent if name.lower() == "content-type"), "")
    return ArchivedCapture(
        urlkey=urlkey_of(url),
        timestamp=timestamp,
        url=url,
        mimetype=kind.split(";")[0].strip().lower() or "unk",
        status=status,
        reason=phrase_of(status),
        headers=sent,
        body=payload,
        digest=digest_of(payload),
        length=str(420 + len(payload) // 4),  # about what gzip makes of a page and its headers
        source="SANDBOX-20000101/sandbox-00000.warc.gz",
    )


def revisit_of(
    capture: ArchivedCapture, timestamp: str, *, length: str = "428", url: str = ""
) -> ArchivedCapture:
    """Make a later capture whose body the archive did not store again: `warc/revisit`."""
    address = url or capture.url
    return replace(
        capture,
        url=address,
        urlkey=urlkey_of(address),
        timestamp=timestamp,
        body=b"",
        length=length,
        revisit=True,
        faults=(),
    )


def _sent_headers(
    timestamp: str,
    body: bytes,
    content_type: str,
    location: str,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
) -> Headers:
    given = tuple(headers.items() if isinstance(headers, Mapping) else headers)
    usual = (
        ("Date", http_date(timestamp) if is_timestamp(timestamp) else ""),
        ("Server", "nginx"),
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Location", location),
    )
    taken = {name.lower() for name, _ in given}
    return (
        *((name, value) for name, value in usual if value and name.lower() not in taken),
        *given,
    )
