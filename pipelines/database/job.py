"""What one crawl was asked to do, read from Scrapy's settings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from crawler.errors import AskedWrongly
from crawler.memento import moment_of
from crawler.strategy import Strategy, read_strategy
from crawler.vendors import Vendor, default_vendors, load_vendors
from pipelines.database.schedule import Schedule

Number = TypeVar("Number", int, float)

_RATES = (
    "CDX_REQUESTS_PER_MINUTE",
    "PLAYBACK_REQUESTS_PER_MINUTE",
    "SAVE_REQUESTS_PER_MINUTE",
    "SAVE_PATIENCE_SECONDS",
    "PAUSE_AFTER_429_SECONDS",
    "BATCH_SECONDS",
    "BAN_COOLDOWN_SECONDS",
)
_DAYS = ("DUE_AFTER_DAYS", "LISTING_OVERLAP_DAYS", "RELIST_AFTER_DAYS")
_COUNTS = ("PLAYBACK_CONCURRENCY", "CDX_PAGE_ROWS", "MAX_BODY_BYTES", "BATCH_CAPTURES")
_MOST_DAYS = 36_525
_REMEMBERED = (*_RATES[:2], "PAUSE_AFTER_429_SECONDS", _COUNTS[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A crawl's task. `max_fetches` None: no limit."""

    data: Path
    vendors: tuple[Vendor, ...]
    archive: str
    strategy: Strategy
    max_fetches: int | None
    batch_captures: int
    batch_seconds: float
    schedule: Schedule
    options: dict[str, Any]

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Read and check Scrapy's settings; raises AskedWrongly, VendorListError, BadDate."""
        check_settings(settings)
        for name in _DAYS:
            if not 0 <= _number(name, settings[name], float) <= _MOST_DAYS:
                raise AskedWrongly(f"{name} must be 0 to {_MOST_DAYS} days, not {settings[name]!r}")
        schedule = _schedule(settings)
        since, until = settings.get("SINCE") or None, settings.get("UNTIL") or None
        strategy = settings.get("STRATEGY") or "all"
        most = settings.get("MAX_FETCHES")
        data = Path(settings["DATA"])
        return cls(
            data=data,
            vendors=load_vendors(Path(settings.get("VENDORS") or default_vendors(data))),
            archive=settings["ARCHIVE"],
            strategy=replace(
                read_strategy(strategy),
                since=moment_of(since) if since else None,
                until=moment_of(until, end=True) if until else None,
            ),
            max_fetches=None if most is None else _number("MAX_FETCHES", most, int),
            batch_captures=settings.getint("BATCH_CAPTURES"),
            batch_seconds=settings.getfloat("BATCH_SECONDS"),
            schedule=schedule,
            options={
                "due": schedule.only_due,
                "strategy": strategy,
                "since": since,
                "until": until,
                "max_fetches": most,
                "on_change": settings.getbool("ON_CHANGE"),
                **{name: settings[name] for name in _REMEMBERED},
            },
        )


def _schedule(settings: Any) -> Schedule:
    every, overlap, relist = (timedelta(days=settings.getfloat(name)) for name in _DAYS)
    try:
        only_due = settings.getbool("DUE")
    except ValueError as error:
        raise AskedWrongly(f"DUE must be 0 or 1, not {settings['DUE']!r}") from error
    return Schedule(only_due=only_due, every=every, overlap=overlap, relist=relist)


def check_settings(settings: Any) -> None:
    """Check what every request to the archive depends on; raises AskedWrongly."""
    for name in (*_RATES, *_COUNTS):
        _positive(settings, name, int if name in _COUNTS else float)
    for wait in settings.getlist("RETRY_WAITS_SECONDS"):
        _number("RETRY_WAITS_SECONDS", wait, float)
    _check_address(settings["ARCHIVE"])


def _positive(settings: Any, name: str, kind: Callable[[Any], float]) -> None:
    if not _number(name, settings[name], kind) > 0:
        raise AskedWrongly(f"{name} must be above 0, not {settings[name]!r}")


def _number(name: str, value: Any, kind: Callable[[Any], Number]) -> Number:
    try:
        return kind(value)
    except (TypeError, ValueError) as error:
        what = "a whole number" if kind is int else "a number"
        raise AskedWrongly(f"{name} must be {what}, not {value!r}") from error


def _check_address(archive: str) -> None:
    try:
        parts = urlsplit(archive)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AskedWrongly(f"{archive!r} is no address of an archive: write https://...")
