"""A Scrapy spider that asks for mementos and throws them away: the most that Scrapy can do.

It has the settings of the crawl's project and its concurrency; politeness and pipelines are
gone. `tuned` gives it also what the crawl's spider sets for speed beyond those settings.
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from benchmarks._common import UNPACED


class BareSpider(Spider):
    """Asks for the addresses of a file, a line each."""

    name = "bare"
    addresses: str = ""

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every address."""
        for uri_m in Path(self.addresses).read_text(encoding="utf-8").splitlines():
            yield Request(uri_m, callback=self.forget, dont_filter=True)

    def forget(self, response: Response) -> None:
        """Throw a page away."""


def main(addresses: str, *, tuned: bool) -> None:
    """Ask for the addresses that a file lists."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    playback = int(UNPACED["PLAYBACK_CONCURRENCY"])
    settings.set("ITEM_PIPELINES", {})
    settings.set("DOWNLOADER_MIDDLEWARES", _impolite(settings))
    if tuned:
        settings.set("CONCURRENT_ITEMS", 1)
    settings.set("CONCURRENT_REQUESTS", playback + 4)
    settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", playback)
    process = CrawlerProcess(settings)
    process.crawl(BareSpider, addresses=addresses)
    process.start()


def _impolite(settings: Settings) -> dict[str, int | None]:
    return {
        name: place
        for name, place in settings.getdict("DOWNLOADER_MIDDLEWARES").items()
        if not name.startswith("crawler.")
    }


if __name__ == "__main__":
    main(sys.argv[1], tuned="tuned" in sys.argv[2:])
