"""What a playback answer is, decided before anything else looks at it. No network, no Scrapy.

No Memento-Datetime: not a capture, whatever the status. With it, the answer is the archive's
record of the past, whatever the status: an archived 429 is a page of history.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from crawler.content import Undecodable, decode, is_gzip
from crawler.items import Settlement, State
from crawler.memento import Capture, Memento, parse_uri_m, to_timestamp

_ORIGINAL = "x-archive-orig-"
_EXCLUDED = re.compile(rb"excluded from the Wayback Machine", re.IGNORECASE)
_FOUND = re.compile(r"found capture at (\d{14})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A playback answer as it came: header names in lower case, body still coded."""

    uri_m: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    received_at: datetime

    def header(self, name: str) -> str:
        """Give the last value of a header, or nothing."""
        return next((value for key, value in reversed(self.headers) if key == name), "")

    def all(self, name: str) -> list[str]:
        """Give every value of a header, those joined by commas apart."""
        return [part for key, value in self.headers if key == name for part in value.split(",")]


def judge(capture: Capture, answer: Answer, limit: int) -> Memento | Settlement:
    """Say what became of a capture that was asked for: a checked memento, or a state and why."""
    state, reason = _state(capture, answer)
    if state is not State.FETCHED:
        return _settled(capture, answer, state, reason)
    try:
        body = _body(answer, limit)
    except Undecodable as error:
        return _settled(capture, answer, State.DAMAGED, str(error))
    damage = _damage(answer, body)
    if damage:
        return _settled(capture, answer, State.DAMAGED, damage)
    return Memento(
        capture=capture,
        uri_m=answer.uri_m,
        memento_datetime=_moment(answer.header("memento-datetime")),
        statuscode=answer.status,
        content_type=answer.header("content-type"),
        headers=_historic(answer),
        body=body,
        digest=_digest(capture, answer.body, body),
        archive_source=answer.header("x-archive-src"),
        fetched_at=answer.received_at,
    )


def digest_of(body: bytes) -> str:
    """Hash bytes as the archive's index does: SHA-1 in base 32."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def _digest(capture: Capture, coded: bytes, body: bytes) -> str:
    plain = digest_of(body)
    if plain != capture.digest and digest_of(coded) == capture.digest:
        return capture.digest
    return plain


def _state(capture: Capture, answer: Answer) -> tuple[State, str]:
    stamp = answer.header("memento-datetime")
    if not stamp:
        return _not_a_capture(capture, answer)
    try:
        served = to_timestamp(_moment(stamp))
    except ValueError:
        return State.UNPLAYABLE, f"the archive sent an unreadable Memento-Datetime: {stamp!r}"
    if served != capture.timestamp:
        return State.DRIFTED, f"the archive served {served}"
    if 300 <= answer.status < 400:
        return State.REDIRECT, _target(capture, answer)
    if answer.status in (404, 410):
        return State.ABSENT, f"archived HTTP {answer.status}"
    if answer.status >= 400:
        return State.ERROR, f"archived HTTP {answer.status}"
    return State.FETCHED, ""


def _moment(stamp: str) -> datetime:
    """Read an HTTP date as UTC, which it is also where it does not say so; or ValueError."""
    try:
        moment = parsedate_to_datetime(stamp)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def _not_a_capture(capture: Capture, answer: Answer) -> tuple[State, str]:
    runtime_error = answer.header("x-archive-wayback-runtime-error")
    excluded = "AccessControlException" in runtime_error or _EXCLUDED.search(_readable(answer))
    if excluded:
        return State.EXCLUDED, f"the archive excludes the address (HTTP {answer.status})"
    if 300 <= answer.status < 400:
        reason = answer.header("x-archive-redirect-reason")
        found = _FOUND.search(reason)
        played = parse_uri_m(answer.header("location"))
        other = found[1] if found else played.timestamp if played else ""
        if other and other != capture.timestamp:
            return State.DRIFTED, f"the archive offered {other}"
        return (
            State.UNPLAYABLE,
            f"the archive redirected without a capture: {reason or 'no reason'}",
        )
    if answer.status == 404:
        return State.UNPLAYABLE, "the archive lists the capture and says that it is not archived"
    if answer.status >= 500 or answer.status == 429:
        return State.FAILED, f"the archive answered HTTP {answer.status}"
    return State.UNPLAYABLE, f"HTTP {answer.status} without Memento-Datetime: not a capture"


def _readable(answer: Answer) -> bytes:
    try:
        return decode(answer.body, answer.all("content-encoding"), 1 << 20)
    except Undecodable:
        return b""


def _body(answer: Answer, limit: int) -> bytes:
    body = decode(answer.body, answer.all("content-encoding"), limit)
    coded_then = [part.strip().lower() for part in answer.all(f"{_ORIGINAL}content-encoding")]
    if coded_then and (is_gzip(body) or not answer.header("content-encoding")):
        body = decode(body, coded_then, limit)
    return body


def _damage(answer: Answer, body: bytes) -> str:
    declared = answer.header(f"{_ORIGINAL}content-length")
    coded_then = answer.header(f"{_ORIGINAL}content-encoding")
    if declared.isdecimal() and not coded_then and len(body) < int(declared):
        return f"cut off when it was captured: {len(body)} of {declared} bytes"
    if body.startswith(b"%PDF-") and b"%%EOF" not in body[-max(2048, len(body) // 4) :]:
        return "a PDF without its end"  # servers pad it; one made for the web has an early end too
    return ""


def _target(capture: Capture, answer: Answer) -> str:
    location = answer.header("location") or answer.header(f"{_ORIGINAL}location")
    played = parse_uri_m(location)
    if played or not location:
        return played.uri_r if played else "a redirect without a target"
    try:
        return urljoin(capture.original, location)
    except ValueError:
        return location


def _historic(answer: Answer) -> tuple[tuple[str, str], ...]:
    dropped = ("content-encoding", "content-length", "transfer-encoding", "content-type")
    kept = [("content-type", answer.header("content-type"))]
    for key, value in answer.headers:
        name = key.removeprefix(_ORIGINAL)
        if key.startswith(_ORIGINAL) and name not in dropped:
            kept.append((name, value))
    return tuple(kept)


def _settled(capture: Capture, answer: Answer, state: State, reason: str) -> Settlement:
    return Settlement(capture=capture, state=state, reason=reason, settled_at=answer.received_at)
