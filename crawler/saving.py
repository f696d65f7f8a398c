"""What is asked of Save Page Now, and what its answers mean. Owns waybackpy, beside `crawler.cdx`.

waybackpy writes the address, says whether an answer names a capture, and how old that is; the
requests are Scrapy's, so that one pace, one pause and one ban hold for all. There are two doors.
With a key it is the archive's own interface (an order, then a look at its job), which waybackpy
does not know; without one it is waybackpy's, and the archive has all but closed it.
"""

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from waybackpy.exceptions import WaybackError
from waybackpy.save_api import WaybackMachineSaveAPI

from crawler.errors import AskedWrongly
from crawler.items import SaveOutcome
from crawler.memento import address_key, parse_uri_m, to_uri_m

KEY = "POLICYTRAIL_SAVE_KEY"
_KEY = re.compile(r"(?P<access>[!-9;-~]+):(?P<secret>[!-~]+)")
_WAYBACK = "https://web.archive.org"  # the only archive that waybackpy recognises in an answer
_CLOCKS = timedelta(minutes=5)  # by which ours may be ahead of the archive's
_ENOUGH = "error:too-many-daily-captures"  # of this page, by anybody: it is captured well
_LIMITS = re.compile(r"limit of active|captures per day|daily not-logged-in captures", re.I)
_JOB = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An account's key to the archive; it shows itself in no message."""

    access: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def header(self) -> str:
        """The value of the header Authorization."""
        return f"LOW {self.access}:{self.secret}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one answer says; `job_id` names an order that was taken and is not done yet."""

    outcome: SaveOutcome
    timestamp: str = ""
    uri_m: str = ""
    reason: str = ""
    job_id: str = ""


def read_key(environment: Mapping[str, str], archive: str) -> Key | None:
    """Read the key of the environment; None where there is none.

    Raises AskedWrongly where it has another form, or would travel readable by everybody.
    """
    given = environment.get(KEY, "").strip()
    if not given:
        return None
    found = _KEY.fullmatch(given)
    if not found:
        raise AskedWrongly(f"{KEY} is not of the form ACCESS:SECRET: copy both from your account")
    parts = urlsplit(archive)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise AskedWrongly(f"{KEY} is not sent to {archive}: write https://, or unset it")
    return Key(access=found["access"], secret=found["secret"])


class SavePage(WaybackMachineSaveAPI):
    """The order to capture one page now."""

    def __init__(self, uri_r: str, *, archive: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it asks for the time with utcnow
            super().__init__(uri_r, max_tries=1)  # it would sleep between tries, deaf to Ctrl-C
        self.archive = archive.rstrip("/")
        self.request_url = f"{self.archive}/save/{self.url}"  # the door without a key
        self.order_url = f"{self.archive}/save"
        self.order_form = urlencode({"url": self.url, "skip_first_archive": "1"}).encode()

    def status_url(self, job_id: str) -> str:
        """Write the address that tells how far an order is."""
        return f"{self.archive}/save/status/{job_id}"

    def get_save_request_headers(self) -> None:
        """Ask nothing: what this would ask for has come already."""

    def read_redirect(self, status: int, location: str, asked_at: datetime) -> Word:
        """Read the answer to a request without a key; `location` is where the capture lies."""
        if status in (401, 403):
            return _refused(status)
        if not location or status >= 400:
            return _failed(f"the archive answered HTTP {status} and named no capture")
        return self._capture(location, asked_at)

    def read_order(self, status: int, body: bytes, asked_at: datetime) -> Word:
        """Read the answer to an order: taken, or a reason why not."""
        if status in (401, 403):
            return _refused(status)
        told = _read_json(body)
        if told is None or status >= 400:
            return _failed(f"the archive answered HTTP {status} and no order")
        if _JOB.fullmatch(job_id := str(told.get("job_id") or "")) and "status" not in told:
            return Word(outcome=SaveOutcome.ASKED, job_id=job_id)
        return self._end(told, asked_at) or _failed("the archive took the order without a job")

    def read_status(self, status: int, body: bytes, asked_at: datetime) -> Word | None:
        """Read how far an order is; None while the archive is at work, or does not say."""
        told = _read_json(body)
        return self._end(told, asked_at) if told and status == 200 else None

    def _end(self, told: Mapping[str, Any], asked_at: datetime) -> Word | None:
        if told.get("status") == "success":
            original = str(told.get("original_url") or self.url)
            return self._capture(f"/web/{told.get('timestamp')}/{original}", asked_at)
        kind, message = str(told.get("status_ext") or ""), str(told.get("message") or "")
        if told.get("status") != "error" and not (kind or message):
            return None
        reason = ": ".join(part for part in (kind, message) if part)[:300]
        if kind == _ENOUGH:
            return Word(outcome=SaveOutcome.KNOWN, reason=reason)
        if kind == "error:user-session-limit" or _LIMITS.search(message):
            return Word(outcome=SaveOutcome.LIMITED, reason=reason)
        return _failed(reason or "the archive gave no reason")

    def _capture(self, location: str, asked_at: datetime) -> Word:
        # waybackpy looks for a capture in headers too: for one of them it never finds it, and of
        # the links it takes the one after the memento's. An address it reads well.
        path = urljoin(f"{self.archive}/", location).removeprefix(self.archive)
        self.headers, self.response_url = None, urljoin(f"{_WAYBACK}/", path)
        self.instance_birth_time = asked_at.astimezone(UTC).replace(tzinfo=None) - _CLOCKS
        try:
            played = parse_uri_m(self.save())
        except (WaybackError, ValueError):
            played = None
        if played is None:
            return _failed(f"the archive named no capture but {location[:200]!r}")
        elsewhere = address_key(played.uri_r) != address_key(self.url)
        return Word(
            outcome=SaveOutcome.KNOWN if self.cached_save else SaveOutcome.SAVED,
            timestamp=played.timestamp,
            uri_m=to_uri_m(self.archive, played.timestamp, played.uri_r),
            reason=f"the page led to {played.uri_r}" if elsewhere else "",
        )


def _failed(reason: str) -> Word:
    return Word(outcome=SaveOutcome.FAILED, reason=reason)


def _refused(status: int) -> Word:
    return Word(outcome=SaveOutcome.REFUSED, reason=f"the archive takes no order (HTTP {status})")


def _read_json(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
