"""The verb `crawl`: list, plan, fetch, extract, load. The one place that starts Scrapy."""

from pathlib import Path
from typing import Any

import click

from crawler.errors import AskedWrongly, PolicytrailError, StoppedEarly
from crawler.memento import moment_of
from crawler.pace_file import barred
from crawler.settings import ARCHIVE
from crawler.strategy import read_strategy
from crawler.vendors import default_vendors

_FILE = click.Path(path_type=Path, dir_okay=False)
_STOPPED = {
    "budget": "--max-fetches is used up: run again to go on",
    "banned": "the archive refuses connections: nothing seems to run there; start it, run again",
    "rate-limited": "the archive limited the rate three times: wait some minutes, then run again",
    "unreachable": "the archive's name cannot be resolved: check the network, then run again",
    "shutdown": "interrupted: everything fetched is kept; run again to go on",
}


@click.command(epilog="Example: policytrail crawl hesk zendesk --strategy every:quarter --dry-run")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--vendors", type=click.Path(path_type=Path), help="Another vendor list.")
@click.option("--archive", metavar="URL", envvar="POLICYTRAIL_ARCHIVE", help="Another archive.")
@click.option("--since", metavar="DATE", help="Only captures from this date on (UTC).")
@click.option("--until", metavar="DATE", help="Only captures up to the end of this date (UTC).")
@click.option(
    "--strategy",
    default="all",
    show_default=True,
    metavar="all|every:PERIOD|bisect[:DAYS]",
    help="Every capture; one per day, week, month, quarter, half-year or year; or one per so many "
    "days (90), and between two that read differently as many as it takes to date the change.",
)
@click.option(
    "--due",
    is_flag=True,
    help="Only what is due, for a scheduler: policies whose newest listing is older than "
    "their `every` in the vendor list (30 days), or that have captures left.",
)
@click.option("--max-fetches", type=click.IntRange(min=0), help="Stop after so many mementos.")
@click.option("--dry-run", is_flag=True, help="Say how many requests and how long; fetch nothing.")
@click.option(
    "--on-change",
    metavar="COMMAND",
    help="At the end, run this for each change not told before, with it as JSON on stdin.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What is said on standard error: for a person, or a JSON object a line.",
)
@click.option("--summary", type=_FILE, help="Write how it ended, as JSON, to FILE (- is stdout).")
@click.option("--metrics", type=_FILE, help="Write OpenMetrics to FILE.prom, for node_exporter.")
@click.option("-s", "--set", "pairs", multiple=True, metavar="NAME=VALUE", help="Change a setting.")
@click.pass_obj
def crawl(
    data: Path,
    /,
    policies: tuple[str, ...],
    *,
    dry_run: bool,
    on_change: str | None,
    log_format: str,  # noqa: ARG001 - read before the verb is, so that refusals keep to it
    summary: Path | None,
    metrics: Path | None,
    **options: Any,
) -> None:
    """Crawl the history of each POLICY, or of the whole vendor list.

    Lists every capture of its addresses, fetches what it must, keeps the bodies, extracts and
    versions the text. Interrupted or stopped, the same command goes on where it was.
    """
    from pipelines.cli.engine import run
    from pipelines.cli.report import Reporting
    from pipelines.cli.telling import command_words, telling

    names = list(policies)
    if dry_run:
        from pipelines.cli.estimate import show_estimate

        if summary or metrics:
            raise click.UsageError("--dry-run crawls nothing: leave out --summary and --metrics")
        command_words(on_change)  # what a crawl would refuse is refused here too
        show_estimate(crawl_settings(data, **options), names)
        return
    with Reporting(data, summary, metrics) as report:
        settings = crawl_settings(data, **options)
        report.archive = settings.get("ARCHIVE", ARCHIVE)
        words = command_words(on_change)
        report.ended = run(settings | {"ON_CHANGE": bool(words)}, names)
        with telling(data, words, report.ended):
            _end(report.ended)


def crawl_settings(
    data: Path,
    *,
    vendors: Path | None,
    archive: str | None,
    since: str | None,
    until: str | None,
    strategy: str,
    due: bool,
    max_fetches: int | None,
    pairs: tuple[str, ...],
) -> dict[str, Any]:
    """Turn options into Scrapy settings; raises AskedWrongly for what cannot be."""
    read_strategy(strategy)
    begin = moment_of(since) if since else None
    end = moment_of(until, end=True) if until else None
    if begin and end and begin > end:
        raise AskedWrongly(f"--since {since} is later than --until {until}")
    given: dict[str, Any] = {
        "DATA": str(data),
        "VENDORS": str(vendors or default_vendors(data)),
        "ARCHIVE": archive,
        "SINCE": since,
        "UNTIL": until,
        "STRATEGY": strategy,
        "DUE": due or None,
        "MAX_FETCHES": max_fetches,
    }
    return {name: value for name, value in given.items() if value is not None} | read_pairs(pairs)


def read_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read what `-s` gives; raises AskedWrongly for what is not NAME=VALUE."""
    settings = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise AskedWrongly(f"-s {pair!r} is not NAME=VALUE")
        settings[name.strip()] = value.strip()
    return settings


def _end(ended: Any) -> None:
    if isinstance(ended.error, OSError):
        raise PolicytrailError(
            f"cannot go on: {ended.error}: mend it and run again, nothing before is lost"
        ) from ended.error
    if ended.error is not None:
        raise ended.error
    if ended.outcome in ("banned", "rate-limited") and (reason := barred(ended.archive, 0.0)):
        raise reason
    if ended.outcome in _STOPPED:
        raise StoppedEarly(_STOPPED[ended.outcome])
    if ended.outcome != "finished":
        raise PolicytrailError(f"the crawl ended with {ended.outcome!r}: see the lines above")
    failed = ended.ledger.failed_listings if ended.ledger else []
    if failed:
        listing = failed[0]
        more = len(failed) - 1
        others = f" (and {more} more)" if more else ""
        raise PolicytrailError(
            f"could not list {listing.uri_r}{others}: {listing.reason}; run again to retry"
        )
