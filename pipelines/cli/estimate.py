"""What a crawl would cost: the answer of `crawl --dry-run`."""

from typing import Any

import click
from rich.console import Console
from scrapy import signals
from scrapy.crawler import CrawlerProcess

from crawler.errors import PolicytrailError, StoppedEarly
from crawler.pace_file import barred
from crawler.spiders.policies import PoliciesSpider
from pipelines.cli.engine import log_to, read_settings, refuse_if_barred
from pipelines.cli.progress import spell_when
from pipelines.cli.stopping import run_until_stopped
from pipelines.cli.values import spell_minutes
from pipelines.database.dry import DryLedger, Estimate


def show_estimate(given: dict[str, Any], names: list[str]) -> None:
    """Print requests and time at the polite pace, for each policy and in all.

    Addresses never listed are listed now, at that pace; nothing is fetched, nothing is written.
    """
    settings = read_settings(given)
    ledger = DryLedger.from_settings(settings, names)
    if ledger.policies():
        _list_only(given, [policy.policy_id for policy in ledger.policies()], ledger)
    rows = ledger.estimates()
    for row in rows:
        click.echo(_line(row, spell_when(settings["STRATEGY"])))
    if not rows:
        click.echo("nothing is due: every address was listed within its time")
        return
    listings = sum(row.listings for row in rows)
    fetches = sum(row.fetches for row in rows)
    cdx, playback = (
        settings.getfloat(name)
        for name in ("CDX_REQUESTS_PER_MINUTE", "PLAYBACK_REQUESTS_PER_MINUTE")
    )
    minutes = max(listings / cdx, fetches / playback)
    click.echo(
        f"in all: {listings:,} listing requests and {fetches:,} mementos, "
        f"{listings + fetches:,} requests: about {spell_minutes(minutes)} "
        f"at {cdx:g} listings and {playback:g} mementos a minute"
    )
    failed = [row for row in rows if row.failed]
    if failed:
        others = f" (and {len(failed) - 1} more)" if failed[1:] else ""
        raise PolicytrailError(
            f"could not list {failed[0].policy_id}{others}: {failed[0].failed}; run again to retry"
        )


def _line(row: Estimate, when: str) -> str:
    if row.failed:
        return f"{row.policy_id}: listing failed: {row.failed}"
    more = f" ({row.waiting:,} more {when})" if row.waiting else ""
    return f"{row.policy_id}: {row.captures:,} captures, {row.fetches:,} to fetch{more}"


def _list_only(given: dict[str, Any], names: list[str], ledger: DryLedger) -> None:
    settings = read_settings(given)
    refuse_if_barred(settings)
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("LEDGER", "pipelines.database.dry.DryLedger", priority="cmdline")
    process = CrawlerProcess(settings)
    log_to(Console(stderr=True), settings["LOG_LEVEL"])
    crawler = process.create_crawler(PoliciesSpider)

    def opened(spider: PoliciesSpider) -> None:
        spider.ledger = ledger

    crawler.signals.connect(opened, signals.spider_opened)
    process.crawl(crawler, policy=",".join(names))
    run_until_stopped(process)
    if ledger.outcome != "finished":
        if reason := barred(settings["ARCHIVE"], 0.0):
            raise reason
        raise StoppedEarly(f"could not list everything: {ledger.outcome}: run again later")
