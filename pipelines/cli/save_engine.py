"""Scrapy started for the verb `save`, on pages that were chosen before."""

from collections.abc import Sequence

from rich.console import Console
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawler.items import Save
from crawler.saving import Key
from crawler.spiders.saves import Keep, SavesSpider
from pipelines.cli.engine import Ended, log_to
from pipelines.cli.stopping import run_until_stopped


def run_saves(
    settings: Settings, pages: Sequence[tuple[str, str]], key: Key | None, keep: Keep
) -> Ended:
    """Ask for each page in turn, as (policy_id, uri_r); `keep` hears of each step at once."""
    console = Console(stderr=True)
    ended = Ended(archive=settings["ARCHIVE"])
    process = CrawlerProcess(settings)
    log_to(console, settings["LOG_LEVEL"])
    crawler = process.create_crawler(SavesSpider)

    def closed(spider: SavesSpider, reason: str) -> None:
        ended.error = spider.error
        ended.outcome = reason

    seen: set[str] = set()

    def heard(save: Save) -> None:
        keep(save)
        seen.add(save.uri_r)
        words = (save.outcome, save.uri_r, save.timestamp, save.reason)
        told = " ".join(word for word in words if word)
        console.print(f"{len(seen)} of {len(pages)}: {told}", markup=False, soft_wrap=True)

    crawler.signals.connect(closed, signals.spider_closed)
    crawling = process.crawl(crawler, pages=pages, key=key, keep=heard)
    crawling.addErrback(lambda failure: setattr(ended, "error", failure.value))
    run_until_stopped(process)
    return ended
