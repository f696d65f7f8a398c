"""Scrapy item pipelines: thin coats over the modules that do the work, off the reactor."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Self, cast

from scrapy.crawler import Crawler

from crawler.items import Settlement
from crawler.memento import Memento
from crawler.spiders.policies import PoliciesSpider
from pipelines.database.ledger import CrawlLedger
from pipelines.extraction.parallel import Crew
from pipelines.extraction.reader import Body
from pipelines.history.upkeep import keep_up
from pipelines.reading import Reading

Item = Memento | Reading | Settlement


class _Stage:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a Scrapy crawler, whose spider has opened the ledger."""
        return cls(crawler)

    @property
    def ledger(self) -> CrawlLedger:
        """The ledger that the spider opened."""
        return cast("CrawlLedger", cast("PoliciesSpider", self.crawler.spider).ledger)


class KeepMemento(_Stage):
    """Put a memento's body into the crawl's WARC file; let everything else pass."""

    async def process_item(self, item: Item) -> Item:
        """Turn a memento into a reading that knows where its body lies."""
        if not isinstance(item, Memento):
            return item
        place = await asyncio.to_thread(self.ledger.shelf.keep, item)
        return Reading(memento=item, place=place)


class ReadText(_Stage):
    """Add the main text to a kept memento; let everything else pass."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crew = Crew()
        # One thread: it only waits, for the one process that reads.
        self.reader = ThreadPoolExecutor(1, thread_name_prefix="policytrail-reader")

    async def process_item(self, item: Item) -> Item:
        """Extract the text of a reading's body."""
        if not isinstance(item, Reading):
            return item
        memento = item.memento
        body = Body(
            key=memento.uri_m,
            body=memento.body,
            content_type=memento.content_type,
            url=memento.capture.original,
        )
        loop = asyncio.get_running_loop()
        extraction = await loop.run_in_executor(self.reader, self.crew.read, body)
        return Reading(memento=memento, place=item.place, extraction=extraction)

    def close_spider(self) -> None:
        """Let the thread and the process go; nothing is under way any more."""
        self.reader.shutdown()
        self.crew.close()


class LoadLedger(_Stage):
    """Hand readings and settlements to the ledger; derive the changes when all are in."""

    def process_item(self, item: Item) -> Item:
        """Take in how a capture ended."""
        if isinstance(item, Reading):
            self.ledger.keep(item)
        elif isinstance(item, Settlement):
            self.ledger.settle(item)
        return item

    async def close_spider(self) -> None:
        """Write what is left, then compare the texts that are neighbours now."""
        await asyncio.to_thread(self.ledger.flush)
        names = [policy.policy_id for policy in self.ledger.policies()]
        await asyncio.to_thread(keep_up, self.ledger.data, names)
