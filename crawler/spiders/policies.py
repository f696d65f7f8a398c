"""Captures into requests, answers into items. Knows no file, no table, no text extraction."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler.cdx import CdxQuery, SiteExcluded
from crawler.checks import Answer, judge
from crawler.content import Undecodable, decode
from crawler.errors import CdxError, PolicytrailError
from crawler.items import Listing, Outcome, Settlement
from crawler.ledger import Ledger
from crawler.memento import Capture, Memento, to_uri_m
from crawler.politeness import LISTING, PLAYBACK, end_crawl
from crawler.spiders.failures import asked, ending
from crawler.vendors import Policy

VERSION = version("policytrail")
_LONGEST_PAGE = 1 << 25  # bytes: 5,000 lines of more than 6,000 each
# None of these has anything to do here, and each wraps every item: statuses are our checks',
# addresses may be long, and there are no links to follow.
_IDLE = ("depth.Depth", "httperror.HttpError", "referer.Referer", "urllength.UrlLength")


@dataclass(slots=True, kw_only=True)
class _Listed:
    """A listing on its way: what its pages held so far."""

    policy: Policy
    query: CdxQuery
    captures: list[Capture] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def add(self, response: Response) -> str | None:
        """Take in one page; give the key of the next. Raises CdxError."""
        codings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        try:
            body = decode(response.body, codings.split(","), _LONGEST_PAGE)
        except Undecodable as error:
            raise CdxError(self.query.uri_r, str(error)) from error
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        page = self.query.parse_page(self.policy.policy_id, response.status, body, kind)
        self.captures.extend(page.captures)
        if page.resume_key in self.keys:
            raise CdxError(self.query.uri_r, "the index repeats a resume key: it goes in a circle")
        if page.resume_key:
            self.keys.add(page.resume_key)
        return page.resume_key


class PoliciesSpider(Spider):
    """Lists every address of each policy, then asks for the captures that the ledger wants."""

    name = "policies"
    ledger: Ledger

    def __init__(self, policy: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = [name for name in policy.split(",") if name]
        self.left: dict[str, int] = {}
        self.error: BaseException | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Turn our settings into those of Scrapy's that follow from them."""
        super().update_settings(settings)
        playback = settings.getint("PLAYBACK_CONCURRENCY")
        slots = {LISTING: {"concurrency": 1}, PLAYBACK: {"concurrency": playback}}
        settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        settings.set("CONCURRENT_REQUESTS", playback + 4, priority="spider")
        # Scrapy starts so many tasks for every answer, and an answer holds one item.
        settings.set("CONCURRENT_ITEMS", 1, priority="spider")
        idle = {f"scrapy.spidermiddlewares.{name}Middleware": None for name in _IDLE}
        settings.set("SPIDER_MIDDLEWARES", idle, priority="spider")
        # The check parses a callback's source anew for every answer.
        settings.set("WARN_ON_GENERATOR_RETURN_VALUE", False, priority="spider")
        settings.set("USER_AGENT", _user_agent(settings.get("CONTACT")), priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider and open the ledger that the settings name."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.ledger = load_object(crawler.settings["LEDGER"]).from_settings(
            crawler.settings, spider.names
        )
        crawler.signals.connect(spider.next_round, signals.spider_idle)
        crawler.signals.connect(spider.end, signals.spider_closed)
        crawler.signals.connect(spider.give_up, signals.spider_error)
        crawler.signals.connect(spider.give_up, signals.item_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of each listing; where none is due, for captures at once."""
        for policy in self.ledger.policies():
            windows = self.ledger.windows(policy)
            self.left[policy.policy_id] = len(windows)
            for window in windows:
                query = CdxQuery(
                    window.uri_r,
                    archive=self.settings["ARCHIVE"],
                    page_rows=self.settings.getint("CDX_PAGE_ROWS"),
                    since=window.since,
                )
                yield self._ask_page(_Listed(policy=policy, query=query))
            if not windows:
                for request in self._ask_mementos(policy.policy_id):
                    yield request

    def parse_page(self, response: Response, listed: _Listed) -> Iterator[Request]:
        """Take a page of a listing; ask for the next, or record the whole and fetch."""
        try:
            resume_key = listed.add(response)
        except CdxError as error:
            yield from self._end_listing(listed, error)
            return
        if resume_key:
            yield self._ask_page(listed, resume_key)
        else:
            yield from self._end_listing(listed, None)

    def parse_memento(self, response: Response, capture: Capture) -> Iterator[Memento | Settlement]:
        """Hand on what the checks made of an answer: a memento, or a state and its reason."""
        answer = Answer(
            uri_m=to_uri_m(self.settings["ARCHIVE"], capture.timestamp, capture.original),
            status=response.status,
            headers=_headers(response),
            body=response.body,
            received_at=datetime.now(UTC),
        )
        yield judge(capture, answer, self.settings.getint("MAX_BODY_BYTES"))

    def fail_page(self, failure: Failure) -> Iterator[Request]:
        """Record a listing that got no answer; one dropped by the crawl's end stays unlisted."""
        if not isinstance(failure.value, IgnoreRequest):
            listed: _Listed = asked(failure)["listed"]
            error = CdxError(listed.query.uri_r, ending(failure)[1])
            yield from self._end_listing(listed, error)

    def fail_memento(self, failure: Failure) -> Iterator[Settlement]:
        """Settle a capture that got no answer; one dropped by the crawl's end stays pending."""
        if not isinstance(failure.value, IgnoreRequest):
            state, reason = ending(failure)
            yield Settlement(
                capture=asked(failure)["capture"],
                state=state,
                reason=reason,
                settled_at=datetime.now(UTC),
            )

    def next_round(self) -> None:
        """When nothing is under way: fetch what the last round made necessary."""
        done = [policy for policy, left in self.left.items() if left == 0]
        requests = [request for policy in done for request in self._ask_mementos(policy)]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def give_up(self, failure: Failure) -> None:
        """Stop at once when the disk, the database or we ourselves are at fault."""
        if self.error is None:
            self.error = failure.value
            end_crawl(self.crawler, "failed")

    def end(self, reason: str) -> None:
        """Close the ledger with a word for how the crawl ended."""
        try:
            self.ledger.close(reason)
        except PolicytrailError as error:
            self.error = self.error or error

    def _end_listing(self, listed: _Listed, error: CdxError | None) -> Iterator[Request]:
        policy_id = listed.policy.policy_id
        outcome = Outcome.COMPLETE if listed.captures else Outcome.EMPTY
        self.ledger.record(
            Listing(
                policy_id=policy_id,
                uri_r=listed.query.uri_r,
                outcome=Outcome.FAILED if error else outcome,
                captures=tuple(listed.captures),
                listed_at=datetime.now(UTC),
                since=listed.query.since,
                reason=error.reason if error else "",
                excluded=isinstance(error, SiteExcluded),
            )
        )
        self.left[policy_id] -= 1
        if self.left[policy_id] == 0:
            yield from self._ask_mementos(policy_id)

    def _ask_page(self, listed: _Listed, resume_key: str | None = None) -> Request:
        return Request(
            listed.query.page_url(resume_key),
            callback=self.parse_page,
            errback=self.fail_page,
            cb_kwargs={"listed": listed},
            meta={
                "download_slot": LISTING,
                "download_maxsize": _LONGEST_PAGE,
                "handle_httpstatus_all": True,
            },
            priority=10,
            dont_filter=True,
        )

    def _ask_mementos(self, policy_id: str) -> Iterator[Request]:
        for capture in self.ledger.wanted(policy_id):
            yield Request(
                to_uri_m(self.settings["ARCHIVE"], capture.timestamp, capture.original),
                callback=self.parse_memento,
                errback=self.fail_memento,
                cb_kwargs={"capture": capture},
                meta={
                    "download_slot": PLAYBACK,
                    "download_maxsize": self.settings.getint("MAX_BODY_BYTES"),
                    "handle_httpstatus_all": True,
                },
                dont_filter=True,
            )


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def _user_agent(contact: str) -> str:
    return f"policytrail/{VERSION} (+{contact})" if contact else f"policytrail/{VERSION}"
