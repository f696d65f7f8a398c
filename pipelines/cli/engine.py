"""Scrapy started from the command line, and what it says on the way."""

import logging
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from rich.console import Console
from rich.logging import RichHandler
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawler.errors import AskedWrongly, PolicytrailError
from crawler.pace_file import barred
from crawler.politeness import LONGEST_PAUSE
from crawler.spiders.policies import PoliciesSpider
from pipelines.cli.progress import Progress
from pipelines.cli.stopping import run_until_stopped
from pipelines.cli.voice import json_lines
from pipelines.database.job import Job
from pipelines.database.ledger import CrawlLedger

_REQUESTS = "downloader/request_count"
_OPTIONS = ("SINCE", "UNTIL", "STRATEGY", "MAX_FETCHES", "ON_CHANGE")  # set by options of their own


@dataclass(slots=True, kw_only=True)
class Ended:
    """How a crawl ended: one word, and what it died of, if it did."""

    archive: str
    outcome: str = ""
    requests: int = 0
    error: BaseException | None = None
    ledger: CrawlLedger | None = None


class _Quiet(logging.Filter):
    """Drops what the command itself says in one line at its end."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, PolicytrailError | OSError)


def run(given: dict[str, Any], names: list[str]) -> Ended:
    """Crawl with the settings given, showing progress; returns when all is on disk."""
    settings = read_settings(given)
    Job.from_settings(settings)
    refuse_if_barred(settings)
    console = Console(stderr=True)
    ended = Ended(archive=settings["ARCHIVE"])
    process = CrawlerProcess(settings)
    log_to(console, settings["LOG_LEVEL"])
    crawler = process.create_crawler(PoliciesSpider)
    progress = Progress(console, settings)

    def opened(spider: PoliciesSpider) -> None:
        ended.ledger = cast("CrawlLedger", spider.ledger)
        if lines := json_lines():
            lines.crawl_id = ended.ledger.crawl_id
        progress.begin(ended.ledger)

    def closed(spider: PoliciesSpider, reason: str) -> None:
        ended.error = spider.error
        ended.outcome = spider.ledger.outcome or reason
        ended.requests = crawler.stats.get_value(_REQUESTS, 0) if crawler.stats else 0

    crawler.signals.connect(opened, signals.spider_opened)
    crawler.signals.connect(closed, signals.spider_closed)
    crawling = process.crawl(crawler, policy=",".join(names))
    crawling.addErrback(lambda failure: setattr(ended, "error", failure.value))
    with progress:
        run_until_stopped(process)
    progress.summary(ended)
    return ended


def read_settings(given: dict[str, Any]) -> Settings:
    """Read our settings, with those of the command line above them."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    _refuse_unknown(given, settings)
    settings.update(given, priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    return settings


def _refuse_unknown(given: dict[str, Any], settings: Settings) -> None:
    known = {*settings, *_OPTIONS}
    for name in given:
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            remedy = f": did you mean {near[0]}?" if near else ""
            raise AskedWrongly(f"no setting {name!r}{remedy}")
    level = given.get("LOG_LEVEL", "INFO")
    levels = logging.getLevelNamesMapping()
    if level not in levels:
        raise AskedWrongly(f"no LOG_LEVEL {level!r}: choose one of {', '.join(levels)}")


def refuse_if_barred(settings: Settings) -> None:
    """Raise Barred, before anything starts, while the archive is not to be asked."""
    if reason := barred(settings["ARCHIVE"], LONGEST_PAUSE):
        raise reason


def log_to(console: Console, level: str) -> None:
    """Send log lines to standard error: readable on a terminal, dated in a file, or as JSON."""
    if lines := json_lines():
        lines.least = logging.getLevelNamesMapping()[level]
        handler: logging.Handler = lines
    elif console.is_terminal:
        handler = RichHandler(console=console, show_path=False)
        handler.setFormatter(logging.Formatter("%(message)s"))
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Quiet())
    if not lines:
        handler.setLevel(level)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("scrapy").setLevel(level)  # Scrapy makes every record of DEBUG, to drop it
