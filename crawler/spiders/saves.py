"""Orders to Save Page Now into requests, its answers into words. Knows no file and no table."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.content import Undecodable, decode
from crawler.items import Save, SaveOutcome
from crawler.politeness import SAVE, end_crawl
from crawler.saving import Key, SavePage, Word
from crawler.spiders.policies import PoliciesSpider

_LARGEST_ANSWER = 1 << 20  # a job names every picture of the page
_LONGEST_ANSWER = 180  # without a key the archive answers when the capture is made
_ENDS = {SaveOutcome.LIMITED: "rate-limited", SaveOutcome.REFUSED: "refused"}
_UNTAKEN = {
    "rate-limited": Word(outcome=SaveOutcome.LIMITED, reason="HTTP 429, three times"),
    "banned": Word(outcome=SaveOutcome.REFUSED, reason="the archive refuses connections"),
}
Keep = Callable[[Save], None]


@dataclass(slots=True, kw_only=True)
class _Order:
    """A page on its way to be captured; `save` is what is known of it so far."""

    page: SavePage
    policy_id: str
    uri_r: str
    save: Save | None = None


class SavesSpider(Spider):
    """Asks for one page after the other, each to its end.

    Only the verb `save` hands it pages and something that keeps a record; else it asks nothing.
    """

    name = "saves"

    def __init__(
        self,
        pages: Iterable[tuple[str, str]] = (),
        key: Key | None = None,
        keep: Keep | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.left = deque(pages if keep else ())
        self.key = key
        self.keep = keep
        self.error: BaseException | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Turn our settings into those of Scrapy's that follow from them; no item is made."""
        PoliciesSpider.update_settings(settings)
        settings.set("DOWNLOAD_SLOTS", {SAVE: {"concurrency": 1}}, priority="spider")
        settings.set("DOWNLOAD_TIMEOUT", _LONGEST_ANSWER, priority="spider")
        settings.set("ITEM_PIPELINES", {}, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider; our own bugs and a full disk end it at once."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.give_up, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page; each end asks for the next."""
        for request in self._next():
            yield request

    def parse_redirect(self, response: Response, order: _Order) -> Iterator[Request]:
        """Take the one answer that a request without a key gets."""
        asked_at = _sent_at(response.meta)
        location = _header(response, "Location") or _header(response, "Content-Location")
        word = order.page.read_redirect(response.status, location, asked_at)
        yield from self._end(order, word, asked_at)

    def parse_order(self, response: Response, order: _Order) -> Iterator[Request]:
        """Take the answer to an order; look after it while it is not done."""
        asked_at = _sent_at(response.meta)
        word = order.page.read_order(response.status, _body(response), asked_at)
        if not word.job_id:
            yield from self._end(order, word, asked_at)
            return
        self._record(order, word, asked_at)
        yield self._look(order, word.job_id)

    def parse_status(self, response: Response, order: _Order, job_id: str) -> Iterator[Request]:
        """Take word of an order: done, or look again, or no longer."""
        asked_at = order.save.asked_at if order.save else _sent_at(response.meta)
        word = order.page.read_status(response.status, _body(response), asked_at)
        patience = self.settings.getfloat("SAVE_PATIENCE_SECONDS")
        waited = (datetime.now(UTC) - asked_at).total_seconds()
        if word is None and waited < patience:
            yield self._look(order, job_id)
            return
        late = Word(outcome=SaveOutcome.ASKED, reason=f"no word of its end in {waited:.0f} s")
        yield from self._end(order, word or late, asked_at)

    def fail(self, failure: Failure) -> Iterator[Request]:
        """Record what got no answer; what was dropped by the end of the run was never asked."""
        request: Request = failure.request  # type: ignore[attr-defined]
        order: _Order = request.cb_kwargs["order"]
        asked_at = order.save.asked_at if order.save else _sent_at(request.meta)
        if isinstance(failure.value, IgnoreRequest):
            word = _UNTAKEN.get(str(failure.value))
            if word and order.save is None and "sent_at" in request.meta:
                self._record(order, word, asked_at)
            return
        reason = str(failure.value) or type(failure.value).__name__
        word = Word(outcome=SaveOutcome.ASKED, reason=f"no answer ({reason}), perhaps a capture")
        yield from self._end(order, word, asked_at)

    def give_up(self, failure: Failure) -> None:
        """Stop at once when the database or we ourselves are at fault."""
        self.error = self.error or failure.value
        end_crawl(self.crawler, "failed")

    def _end(self, order: _Order, word: Word, asked_at: datetime) -> Iterator[Request]:
        self._record(order, word, asked_at)
        if word.outcome in _ENDS:
            end_crawl(self.crawler, _ENDS[word.outcome])
        else:
            yield from self._next()

    def _record(self, order: _Order, word: Word, asked_at: datetime) -> None:
        order.save = Save(
            policy_id=order.policy_id,
            uri_r=order.uri_r,
            asked_at=asked_at,
            outcome=word.outcome,
            timestamp=word.timestamp,
            uri_m=word.uri_m,
            reason=word.reason,
        )
        if self.keep:
            self.keep(order.save)

    def _next(self) -> Iterator[Request]:
        if not self.left:
            return
        policy_id, uri_r = self.left.popleft()
        page = SavePage(uri_r, archive=self.settings["ARCHIVE"])
        order = _Order(page=page, policy_id=policy_id, uri_r=uri_r)
        if self.key is None:
            request = self._request(page.request_url, self.parse_redirect, order)
            # Here an error is the end of a capture, and asking again would begin another one;
            # an order that is given twice within the hour stays one order.
            request.meta["retry_waits"] = ()
            yield request
            return
        yield self._request(page.order_url, self.parse_order, order).replace(
            method="POST", body=page.order_form
        )

    def _look(self, order: _Order, job_id: str) -> Request:
        request = self._request(order.page.status_url(job_id), self.parse_status, order)
        return request.replace(cb_kwargs={**request.cb_kwargs, "job_id": job_id})

    def _request(self, url: str, callback: Callable[..., Any], order: _Order) -> Request:
        headers = {"Accept": "*/*"}
        if self.key:
            headers = {
                "Accept": "application/json",
                "Authorization": self.key.header,
                "Content-Type": "application/x-www-form-urlencoded",
            }
        return Request(
            url,
            headers=headers,
            callback=callback,
            errback=self.fail,
            cb_kwargs={"order": order},
            meta={"download_slot": SAVE, "handle_httpstatus_all": True},
            dont_filter=True,
        )


def _body(response: Response) -> bytes:
    codings = _header(response, "Content-Encoding")
    try:
        return decode(response.body, codings.split(","), _LARGEST_ANSWER)
    except Undecodable:
        return b""  # no JSON, and said to be none


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")


def _sent_at(meta: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(meta["sent_at"], UTC) if "sent_at" in meta else datetime.now(UTC)
