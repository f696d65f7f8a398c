"""Save Page Now: orders in, new captures into the archive that is served. Standard library only.

With a key: `POST /save` takes an order and names a job, `GET /save/status/JOB` says how far it
is. Without one: `GET /save/ADDRESS` answers with a redirect to the new capture.
"""

import hashlib
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote

from crawler.memento import to_datetime, to_timestamp
from crawler.sandbox.archive import Archive, ArchivedCapture, capture
from crawler.sandbox.replies import common, notice
from crawler.sandbox.wire import Reply, Request
from crawler.urlkeys import urlkey_of

_PATH = re.compile(r"^/save(?:/(?P<rest>.*))?$", re.DOTALL)
_SOURCE = "spn2-20000101000000/spn2-20000101000000-sandbox-00000.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRules:
    """How the archive takes orders.

    `key` is the one it accepts, as `access:secret`; empty: anybody's, and none. `looks` is how
    often a job is pending before it is done; `again_after` how many seconds a capture is new
    enough that another order gets that one; `daily` how many captures of a page it makes a day.
    """

    key: str = ""
    looks: int = 1
    again_after: float = 3600.0
    daily: int = 10


ANYBODY = SaveRules()


@dataclass(slots=True, kw_only=True)
class _Job:
    timestamp: str
    url: str
    looks: int


class SavePageNow:
    """Captures what stands on a live web of the tests', or else the newest capture once more.

    `live` maps addresses to what stands there now and may change at any time; None is a page
    that is gone.
    """

    def __init__(
        self,
        live: Mapping[str, str | bytes | None],
        rules: SaveRules,
        keep: Callable[[ArchivedCapture], None],
    ) -> None:
        self.live = live
        self.rules = rules
        self._keep = keep
        self._jobs: dict[str, _Job] = {}
        self._made: Counter[str] = Counter()
        self._lock = threading.Lock()

    def answer(self, archive: Archive, request: Request) -> Reply:
        """Answer an order, a question about one, or a request without a key."""
        rest = asked_page(request) or ""
        if self.rules.key and request.headers.get("authorization") != f"LOW {self.rules.key}":
            return _told({"message": "You need to be logged in to use Save Page Now."}, 401)
        with self._lock:
            if request.method == "POST":
                return _told(self._order(archive, rest))
            if rest.startswith("status/"):
                return _told(self._status(rest.removeprefix("status/")))
            return self._redirect(archive, request, rest)

    def _order(self, archive: Archive, url: str) -> dict[str, object]:
        job_id = f"spn2-{hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()}"
        job = self._jobs.get(job_id)
        if job and _age(job) < timedelta(seconds=self.rules.again_after):
            minutes = _age(job).seconds // 60
            said = f"The same snapshot had been made {minutes} minutes ago."
            return {"url": url, "job_id": job_id, "message": said}
        if self._made[urlkey_of(url)] >= self.rules.daily:
            said = f"This URL has been already captured {self.rules.daily} times today."
            return _error("error:too-many-daily-captures", said)
        made = self._capture(archive, url)
        if made is None:
            return _error("error:not-found", f"The server cannot find {url} (HTTP status=404).")
        self._jobs[job_id] = _Job(timestamp=made.timestamp, url=url, looks=self.rules.looks)
        return {"url": url, "job_id": job_id}

    def _status(self, job_id: str) -> dict[str, object]:
        job = self._jobs.get(job_id)
        if job is None or job.looks > 0:  # one that nobody knows is pending too
            if job:
                job.looks -= 1
            return {"job_id": job_id, "resources": [], "status": "pending"}
        return {
            "job_id": job_id,
            "status": "success",
            "original_url": job.url,
            "timestamp": job.timestamp,
            "http_status": 200,
        }

    def _redirect(self, archive: Archive, request: Request, url: str) -> Reply:
        made = self._capture(archive, url)
        if made is None:
            return notice(523, "Unknown", "Sorry.", "This URL could not be captured.")
        uri_m = f"{request.archive}/web/{made.timestamp}/{made.url}"
        headers = (
            ("Content-Type", "text/html; charset=utf-8"),
            *common(302),
            ("location", uri_m),
            ("link", f'<{uri_m}>; rel="memento", <{made.url}>; rel="original"'),
        )
        return Reply(status=302, reason="FOUND", headers=headers, chunked=False)

    def _capture(self, archive: Archive, url: str) -> ArchivedCapture | None:
        playable = archive.playable_of(urlkey_of(url))
        body: str | bytes | None = playable[-1].body if playable else None
        body = self.live.get(url, body)
        if body is None:
            return None
        made = capture(url, to_timestamp(datetime.now(UTC)), body, source=_SOURCE)
        self._made[made.urlkey] += 1
        self._keep(made)
        return made


def asked_page(request: Request) -> str | None:
    """Give the address that a request orders, or `status/` and a job; None for any other."""
    found = _PATH.match(request.path)
    if not found:
        return None
    if request.method == "POST":
        return parse_qs(request.body.decode("latin-1")).get("url", [""])[0]
    rest = found["rest"] or ""
    return unquote(rest) if re.match(r"https?%3A", rest, re.IGNORECASE) else rest


def _age(job: _Job) -> timedelta:
    return datetime.now(UTC) - to_datetime(job.timestamp)


def _error(kind: str, said: str) -> dict[str, object]:
    return {"status": "error", "status_ext": kind, "message": said}


def _told(told: Mapping[str, object], status: int = 200) -> Reply:
    reason = {200: "OK", 401: "UNAUTHORIZED"}[status]
    headers = (("Content-Type", "application/json"), *common(status))
    return Reply(status=status, reason=reason, headers=headers, body=json.dumps(told).encode())
