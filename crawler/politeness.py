"""One pace and one pause for all requests to the archive.

Two budgets, for listings and for playback, spend themselves evenly and without bursts. A 429
stops everything; a refused connection is a ban and ends the crawl. What the archive itself
archived (it carries a Memento-Datetime) is data, whatever its status, and passes untouched.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

LISTING = "cdx"
PLAYBACK = "playback"
_FAULTS = (DownloadFailedError, DownloadTimeoutError, ResponseDataLossError, OSError)
_MOST_PAUSES = 3
_LONGEST_PAUSE = 3600.0
_NAP = 0.25
_ending: set[asyncio.Future[None]] = set()

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Lane:
    """One kind of requests: how many may be under way, and when the next one may leave."""

    interval: float
    free: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_turn: float = 0.0


class Politeness:
    """Downloader middleware: waits its turn before a request, and after a refusal."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.lanes = {
            LISTING: _Lane(
                interval=60.0 / settings.getfloat("CDX_REQUESTS_PER_MINUTE"),
                free=asyncio.Semaphore(1),
            ),
            PLAYBACK: _Lane(
                interval=60.0 / settings.getfloat("PLAYBACK_REQUESTS_PER_MINUTE"),
                free=asyncio.Semaphore(settings.getint("PLAYBACK_CONCURRENCY")),
            ),
        }
        self.pause_seconds = settings.getfloat("PAUSE_AFTER_429_SECONDS")
        self.waits = [float(wait) for wait in settings.getlist("RETRY_WAITS_SECONDS")]
        self.paused_until = 0.0
        self.pauses = 0
        self.stopping = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a Scrapy crawler's settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold the request back until its turn; drop it when the crawl is ending.

        What passes here is sent at once: a queue behind this point (Scrapy's slots have one)
        would go on sending through a pause, and in bursts.
        """
        lane = self.lanes[request.meta["download_slot"]]
        await lane.free.acquire()
        request.meta["under_way"] = True
        async with lane.gate:
            await self._sleep_until(lambda: max(lane.next_turn, self.paused_until))
            request.meta["sent_at"] = time.monotonic()
            lane.next_turn = request.meta["sent_at"] + lane.interval

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Pause after a 429, try again after a 5xx; let everything else pass."""
        self._arrived(request)
        if b"Memento-Datetime" in response.headers:
            return response
        if response.status == 429:
            self._pause(request, response)
            return request.replace(dont_filter=True)
        if response.status >= 500:
            return await self._again(request, f"HTTP {response.status}") or response
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """End the crawl on a refused connection; try again after other faults of the line."""
        self._arrived(request)
        if isinstance(exception, DownloadConnectionRefusedError):
            self.stop("banned", "the archive refuses connections (a ban, or nothing is there)")
            raise IgnoreRequest("banned") from exception
        if isinstance(exception, CannotResolveHostError):
            self.stop("unreachable", f"the archive's name cannot be resolved: {exception}")
            raise IgnoreRequest("unreachable") from exception
        if isinstance(exception, _FAULTS):
            return await self._again(request, str(exception) or type(exception).__name__)
        return None

    def stop(self, reason: str, words: str) -> None:
        """End the crawl; what is not answered yet stays pending for the next run."""
        if self.stopping:
            return
        self.stopping = True
        log.warning("stopping: %s", words)
        end_crawl(self.crawler, reason)

    def _arrived(self, request: Request) -> None:
        if request.meta.pop("under_way", False):
            self.lanes[request.meta["download_slot"]].free.release()

    def _pause(self, request: Request, response: Response) -> None:
        if request.meta["sent_at"] < self.paused_until:  # sent before the pause that holds now
            return
        self.pauses += 1
        if self.pauses >= _MOST_PAUSES:
            self.stop("rate-limited", "the archive limited the rate for the third time")
            raise IgnoreRequest("rate-limited")
        seconds = _retry_after(response) or self.pause_seconds * 2 ** (self.pauses - 1)
        seconds = min(seconds, _LONGEST_PAUSE)
        self.paused_until = time.monotonic() + seconds
        log.warning("HTTP 429: every request pauses for %.0f seconds", seconds)

    async def _again(self, request: Request, reason: str) -> Request | None:
        tries = request.meta.get("tries", 0)
        if tries >= len(self.waits):
            log.warning("given up after %d tries: %s: %s", tries + 1, request.url, reason)
            return None
        wait = self.waits[tries] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads, hides nothing
        log.info("trying again in %.0f seconds: %s: %s", wait, request.url, reason)
        until = time.monotonic() + wait
        await self._sleep_until(lambda: until)
        return request.replace(dont_filter=True, meta={**request.meta, "tries": tries + 1})

    async def _sleep_until(self, moment: Callable[[], float]) -> None:
        while (left := moment() - time.monotonic()) > 0:
            self._leave_if_ending()
            await asyncio.sleep(min(left, _NAP))
        self._leave_if_ending()

    def _leave_if_ending(self) -> None:
        engine = self.crawler.engine
        if self.stopping or engine is None or not engine.running:
            raise IgnoreRequest("the crawl is ending")


def end_crawl(crawler: Crawler, reason: str) -> None:
    """End a running crawl soon; Scrapy's word for it is `reason`."""
    if crawler.engine is not None:
        task = asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason))
        _ending.add(task)
        task.add_done_callback(_ending.discard)


def _retry_after(response: Response) -> float | None:
    text = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
