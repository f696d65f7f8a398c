"""What `status` says of a whole archive: at most ten lines of 80 columns, for an operator."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler import settings
from crawler.items import State
from crawler.pace_file import Barred
from pipelines.cli.advice import bars, is_at_work, next_step
from pipelines.cli.disk import disk_use, spell_bytes
from pipelines.cli.values import as_day, spell_minutes
from pipelines.database.file import Connection
from pipelines.database.schedule import NEVER, Schedule
from pipelines.history import health, status
from pipelines.history.health import Health, LastCrawl, Standing

_COLUMNS = 80
_LABEL = 12


def usual_schedule() -> Schedule:
    """Give the schedule of a `crawl --due` whose settings are left alone."""
    return Schedule(
        only_due=True,
        every=timedelta(days=settings.DUE_AFTER_DAYS),
        overlap=timedelta(days=settings.LISTING_OVERLAP_DAYS),
        relist=timedelta(days=settings.RELIST_AFTER_DAYS),
    )


def show_overview(database: Connection, data: Path, names: Sequence[str]) -> None:
    """Print how the archive stands; what there is nothing to say of is left out."""
    now = datetime.now(UTC)
    for label, words in _lines(database, data, names, now):
        line = f"{label:<{_LABEL}}{' '.join(words.split())}"
        click.echo(line if len(line) <= _COLUMNS else f"{line[: _COLUMNS - 1]}…")


def _lines(
    database: Connection, data: Path, names: Sequence[str], now: datetime
) -> Iterator[tuple[str, str]]:
    ill: dict[Health, list[Standing]] = {kind: [] for kind in Health}
    for standing in health.standings(database, names, usual_schedule()):
        ill[standing.health(now)].append(standing)
    counts = [f"{len(ill[kind]):,} {kind.value}" for kind in reversed(Health) if ill[kind]]
    yield "policies", f"{len(names):,}: {', '.join(counts) or 'none'}"
    if late := ill[Health.LATE]:
        yield "late", _worst(late, min(late, key=lambda each: each.due_at))
    if failing := ill[Health.FAILING]:
        yield "failing", _worst(failing, min(failing, key=lambda each: not each.reason))
    if excluded := ill[Health.EXCLUDED]:
        yield "excluded", f"{excluded[0].policy_id}{_more(excluded)}: the archive excludes the site"
    if barred := bars(database):
        yield "paused", _bar(barred[0])
    yield "ledger", _ledger(database, names)
    last = health.last_crawl(database)
    yield "last crawl", _crawl(last, data) if last else "none yet"
    used = disk_use(data)
    sizes = f"database {spell_bytes(used.database)}, bodies {spell_bytes(used.warc)}"
    yield "disk", f"{sizes}, {spell_bytes(used.free)} free"
    if moved := list(status.candidates(database, names).rows):
        yield "candidates", f"{len(moved):,}: {moved[0][1]} ({moved[0][0]})"
    yield "next", _next(database, data, names, late=len(ill[Health.LATE]))


def _bar(bar: Barred) -> str:
    why = str(bar).partition(" ")[2].partition(":")[0].partition(",")[0]
    until = bar.until + timedelta(seconds=59)  # a minute that is over when it is over
    return f"until {until:%Y-%m-%d %H:%M} UTC: the archive {why}"


def _next(database: Connection, data: Path, names: Sequence[str], *, late: int) -> str:
    due = status.due(database, names)
    if late and not due.is_open:
        return f"`policytrail crawl --due` (policies late: {late:,})"
    return next_step(due, data, "" if due.failed_listings else "--due")


def _worst(ill: Sequence[Standing], worst: Standing) -> str:
    name = f"{worst.policy_id}{_more(ill)}"
    if worst.reason:
        return f"{name}: {worst.reason}"
    if worst.failed:
        return f"{name}: failed captures: {worst.failed:,}"
    if worst.due_at == NEVER:
        return f"{name}: never listed completely"
    return f"{name}: due since {as_day(worst.due_at)}"


def _more(ill: Sequence[Standing]) -> str:
    return f" and {len(ill) - 1:,} more" if ill[1:] else ""


def _ledger(database: Connection, names: Sequence[str]) -> str:
    held = health.balance(database)
    states = status.states(database, names)
    verdict = "balanced" if held.holds else "NOT BALANCED: run `policytrail check`"
    known = states.get(State.FETCHED, 0) + states.get(State.UNCHANGED, 0)
    open_ = states.get(State.PENDING, 0) + states.get(State.FAILED, 0)
    return f"{held.lines:,} lines, {verdict}; {known:,} with a body, {open_:,} open"


def _crawl(last: LastCrawl, data: Path) -> str:
    began = f"{last.started_at:%Y-%m-%d %H:%M} UTC"
    if last.outcome is None:
        return f"{began}, {'running' if is_at_work(data) else 'ended without its last word'}"
    if last.finished_at is None:
        return f"{began}, {last.outcome}"
    took = (last.finished_at - last.started_at).total_seconds() / 60
    return f"{began}, {last.outcome} after {spell_minutes(took)}"
