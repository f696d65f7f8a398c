"""One pace and one pause for all requests to the archive.

Three budgets, for listings, playback and saves, spend themselves evenly and without bursts, shared
with every other process that asks the same archive. A 429 stops everything; a refused connection
is a ban, which is remembered, and ends the crawl. What the archive itself archived (it carries a
Memento-Datetime) is data, whatever its status, and passes untouched.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self, TypeVar

from scrapy import Request, signals
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

from crawler.errors import PolicytrailError
from crawler.pace import LATENESS, LONGEST_BAN
from crawler.pace_file import Busy, Pace, barred

LISTING = "cdx"
PLAYBACK = "playback"
SAVE = "save"
LONGEST_PAUSE = 3600.0  # a longer one is left to whoever runs the crawl again
_FAULTS = (DownloadFailedError, DownloadTimeoutError, ResponseDataLossError, OSError)
_MOST_PAUSES = 3
_NAP = 0.25
_BUSY = 0.002
_ending: set[asyncio.Future[None]] = set()

_Told = TypeVar("_Told")

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Lane:
    """One kind of requests: how many may be under way, and who is next to take a turn."""

    free: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)


class Politeness:
    """Downloader middleware: waits its turn before a request, and after a refusal."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.archive = settings["ARCHIVE"]
        self.pace = Pace(
            self.archive,
            {
                LISTING: settings.getfloat("CDX_REQUESTS_PER_MINUTE"),
                PLAYBACK: settings.getfloat("PLAYBACK_REQUESTS_PER_MINUTE"),
                SAVE: settings.getfloat("SAVE_REQUESTS_PER_MINUTE"),
            },
        )
        self.lanes = {
            LISTING: _Lane(free=asyncio.Semaphore(1)),
            PLAYBACK: _Lane(free=asyncio.Semaphore(settings.getint("PLAYBACK_CONCURRENCY"))),
            SAVE: _Lane(free=asyncio.Semaphore(1)),
        }
        self.pause_seconds = settings.getfloat("PAUSE_AFTER_429_SECONDS")
        self.cooldown_seconds = settings.getfloat("BAN_COOLDOWN_SECONDS")
        self.waits = [float(wait) for wait in settings.getlist("RETRY_WAITS_SECONDS")]
        self.paused_until = 0.0
        self.pauses = 0
        self.stopping = self.ended = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a Scrapy crawler's settings."""
        polite = cls(crawler)
        crawler.signals.connect(polite.leave, signals.spider_closed)
        return polite

    async def process_request(self, request: Request) -> None:
        """Hold the request back until its turn; drop it when the crawl is ending.

        What passes here is sent at once: a queue behind this point (Scrapy's slots have one)
        would go on sending through a pause, and in bursts.
        """
        lane = self.lanes[request.meta["download_slot"]]
        await lane.free.acquire()
        request.meta["under_way"] = True
        async with lane.gate:
            request.meta["sent_at"] = await self._turn(request.meta["download_slot"])

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Pause after a 429, try again after a 5xx; let everything else pass."""
        self._arrived(request)
        await self._write(lambda: self.pace.hear(answered=True))
        if b"Memento-Datetime" in response.headers:
            return response
        if response.status == 429:
            await self._pause(request, response)
            return request.replace(dont_filter=True)
        if response.status >= 500:
            return await self._again(request, f"HTTP {response.status}") or response
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """End the crawl on a refused connection; try again after other faults of the line."""
        self._arrived(request)
        if isinstance(exception, DownloadConnectionRefusedError):
            self.stopping = True  # at once, before the record of it is on disk
            await self._write(lambda: self.pace.ban(self.cooldown_seconds))
            self.stop("banned", "the archive refuses connections (a ban, or nothing is there)")
            raise IgnoreRequest("banned") from exception
        if isinstance(exception, CannotResolveHostError):
            self.stop("unreachable", f"the archive's name cannot be resolved: {exception}")
            raise IgnoreRequest("unreachable") from exception
        if isinstance(exception, DownloadFailedError | ResponseDataLossError):
            await self._write(lambda: self.pace.hear(answered=False))
        if isinstance(exception, _FAULTS):
            return await self._again(request, str(exception) or type(exception).__name__)
        return None

    async def leave(self) -> None:
        """Give back what turns are left, when the spider has closed."""
        with suppress(IgnoreRequest):
            await self._write(self.pace.give_back)

    def stop(self, reason: str, words: str) -> None:
        """End the crawl; what is not answered yet stays pending for the next run."""
        self.stopping = True
        if not self.ended:
            self.ended = True
            log.warning("stopping: %s", words)
            end_crawl(self.crawler, reason)

    def _arrived(self, request: Request) -> None:
        if request.meta.pop("under_way", False):
            self.lanes[request.meta["download_slot"]].free.release()

    async def _turn(self, kind: str) -> float:
        while True:
            turn = await self._write(lambda: self.pace.turn(kind))
            self._say_pause()
            await self._sleep(_countdown(turn - time.time()))
            now = time.time()
            if self._paused_until() <= now and abs(now - turn) <= LATENESS:
                return now

    async def _write(self, change: Callable[[], _Told]) -> _Told:
        while True:
            try:
                return change()
            except Busy:
                await asyncio.sleep(random.uniform(_BUSY / 2, _BUSY))  # noqa: S311
            except PolicytrailError as error:  # the disk misbehaves: stop at once
                self.crawler.spider.error = error  # type: ignore[union-attr]
                self.stop("failed", str(error))
                raise IgnoreRequest("failed") from error

    async def _pause(self, request: Request, response: Response) -> None:
        now, told = time.time(), _retry_after(response)
        counts = request.meta["sent_at"] >= self._paused_until()  # else sent before this pause
        self.pauses += counts
        seconds = told or (self.pause_seconds * 2 ** (self.pauses - 1) if counts else 0.0)
        self.paused_until = max(self.paused_until, now + seconds)  # at once, as with a ban
        await self._write(lambda: self.pace.pause(now + seconds))
        if not counts:
            return
        if self.pauses >= _MOST_PAUSES:
            self.stop("rate-limited", "the archive limited the rate for the third time")
            raise IgnoreRequest("rate-limited")
        log.warning("HTTP 429: every request pauses for %.0f seconds", seconds)

    def _say_pause(self) -> None:
        until = self.pace.look().paused_until
        if until > max(self.paused_until, time.time()):
            self.paused_until = until
            moment = datetime.fromtimestamp(until, UTC)
            log.warning(
                "a 429 to another process or run: paused until %s",
                f"{moment:%Y-%m-%d %H:%M:%S} UTC",
            )

    def _paused_until(self) -> float:
        return max(self.paused_until, self.pace.look().paused_until)

    async def _again(self, request: Request, reason: str) -> Request | None:
        tries, waits = request.meta.get("tries", 0), request.meta.get("retry_waits", self.waits)
        if tries >= len(waits):
            log.warning("given up after %d tries: %s: %s", tries + 1, request.url, reason)
            return None
        wait = waits[tries] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads, hides nothing
        log.info("trying again in %.0f seconds: %s: %s", wait, request.url, reason)
        await self._sleep(_countdown(wait))
        return request.replace(dont_filter=True, meta={**request.meta, "tries": tries + 1})

    async def _sleep(self, left: Callable[[], float]) -> None:
        while (seconds := left()) > 0:
            self._leave_if_ending()
            await asyncio.sleep(min(seconds, _NAP))
        self._leave_if_ending()

    def _leave_if_ending(self) -> None:
        engine = self.crawler.engine
        if self.stopping or engine is None or not engine.running:
            raise IgnoreRequest("the crawl is ending")
        record, now = self.pace.look(), time.time()
        if record.banned_until > now or record.paused_until > now + LONGEST_PAUSE:
            reason = "banned" if record.banned_until > now else "rate-limited"
            self.stop(reason, str(barred(self.archive, LONGEST_PAUSE)))
            raise IgnoreRequest(reason)


def end_crawl(crawler: Crawler, reason: str) -> None:
    """End a running crawl soon; Scrapy's word for it is `reason`."""
    if crawler.engine is not None:
        task = asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason))
        _ending.add(task)
        task.add_done_callback(_ending.discard)


def _countdown(seconds: float) -> Callable[[], float]:
    end = time.monotonic() + seconds  # a clock that is set meanwhile changes no wait
    return lambda: end - time.monotonic()


def _retry_after(response: Response) -> float | None:
    text = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_BAN)
    try:
        wait = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, wait), LONGEST_BAN)
