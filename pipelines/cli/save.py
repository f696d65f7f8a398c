"""The verb `save`: ask the archive to capture what it has not looked at for long."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

import click

from crawler.errors import AskedWrongly, PolicytrailError, StoppedEarly
from crawler.items import Save, SaveOutcome
from crawler.pace_file import barred
from crawler.saving import KEY, Key, read_key
from crawler.settings import ARCHIVE
from pipelines.cli.crawl import read_pairs
from pipelines.cli.rows import rows_format, show_rows
from pipelines.cli.tables import Column
from pipelines.cli.values import as_day
from pipelines.database.asking import Answer
from pipelines.database.file import reading, writing
from pipelines.database.lock import FolderLock
from pipelines.database.saves import Page, keep_save, standing_pages
from pipelines.history.policies import policy_ids

_KEYS = "https://archive.org/account/s3.php"
_NO_KEY = (
    f"no key in {KEY}: the archive refuses saves without one; set it to ACCESS:SECRET "
    f"(from {_KEYS}), or try --without-key"
)
_TURNS = 3  # of the pace, for most pages: the order, and two looks at it
_DONE = (SaveOutcome.SAVED, SaveOutcome.KNOWN)
_WOULD = ("policy_id", "uri_r", "captured_at", "days")
_DID = ("policy_id", "uri_r", "asked_at", "outcome", "timestamp", "uri_m", "reason")
_WOULD_TABLE = (
    Column(name="policy_id", heading="policy"),
    Column(name="uri_r", heading="address"),
    Column(name="captured_at", heading="newest capture", write=as_day),
    Column(name="days", heading="days"),
)
_DID_TABLE = tuple(
    Column(name=name, heading=name) for name in ("policy_id", "outcome", "timestamp", "reason")
)
_STOPPED = {
    "rate-limited": "the archive makes no more captures for us now: wait, then run again",
    "banned": "the archive refuses connections: nothing seems to run there; start it, run again",
    "unreachable": "the archive's name cannot be resolved: check the network, then run again",
    "shutdown": "interrupted: what was asked for is recorded; run again to go on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Which pages: what the options say."""

    data: Path
    policies: tuple[str, ...]
    older_than: int
    max_saves: int | None
    guessed: bool

    def due(self, now: datetime) -> list[Page]:
        """Choose what to ask for; say on stderr what is left out for a reason of its own."""
        with reading(self.data) as database:
            names = policy_ids(database, self.policies)
            pages = standing_pages(database, names, now, guessed=self.guessed)
        for page in pages:
            if page.excluded:
                _say(f"left out, the archive excludes it: {page.uri_r} ({page.policy_id})")
            elif not page.listed:
                _say(f"left out, never listed: {page.uri_r}: `policytrail crawl {page.policy_id}`")
        if self.policies and not pages:
            _say("no address of that is known to stand now; `policytrail vendors` shows them")
        return [page for page in pages if page.is_due(now, self.older_than)]


@click.command(epilog="Example: policytrail save hesk --older-than 180")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--yes", is_flag=True, help="Ask the archive; without it nothing is sent.")
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="Only pages whose newest capture is so many days old.",
)
@click.option("--max-saves", type=click.IntRange(min=1), help="Stop after so many pages.")
@click.option("--guessed", is_flag=True, help="Also addresses that the vendor list guesses.")
@click.option(
    "--without-key", is_flag=True, help="Try without POLICYTRAIL_SAVE_KEY; most often in vain."
)
@click.option("--archive", metavar="URL", envvar="POLICYTRAIL_ARCHIVE", help="Another archive.")
@click.option("-s", "--set", "pairs", multiple=True, metavar="NAME=VALUE", help="Change a setting.")
@rows_format
@click.pass_obj
def save(
    data: Path,
    /,
    policies: tuple[str, ...],
    *,
    yes: bool,
    layout: str,
    without_key: bool,
    archive: str | None,
    pairs: tuple[str, ...],
    **options: Any,
) -> None:
    """Ask the archive to capture each POLICY where it stands now, or all that are known.

    Says what it would ask for, and asks only with --yes. The archive makes captures for those
    who have an account: its key is read from POLICYTRAIL_SAVE_KEY, as ACCESS:SECRET. A new
    capture enters the ledger with the next crawl.
    """
    settings = _settings(data, archive, pairs)
    choice = _Choice(data=data, policies=policies, **options)
    key = None if without_key else read_key(os.environ, settings["ARCHIVE"])
    missing = key is None and not without_key
    if not yes:
        _say_what_would_be(choice, settings, layout, missing=missing)
    elif missing:
        raise AskedWrongly(_NO_KEY)
    else:
        _ask(choice, settings, key, layout)


def _settings(data: Path, archive: str | None, pairs: tuple[str, ...]) -> Any:
    from pipelines.cli.engine import read_settings
    from pipelines.database.job import check_settings

    settings = read_settings({"DATA": str(data), "ARCHIVE": archive or ARCHIVE} | read_pairs(pairs))
    check_settings(settings)
    return settings


def _say_what_would_be(choice: _Choice, settings: Any, layout: str, *, missing: bool) -> None:
    now = datetime.now(UTC)
    pages = choice.due(now)[: choice.max_saves]
    rows = ((page.policy_id, page.uri_r, page.captured_at, page.days(now)) for page in pages)
    show_rows(Answer(columns=_WOULD, rows=rows), layout, _WOULD_TABLE)
    _say(f"nothing was sent; pages to ask {settings['ARCHIVE']} for: {len(pages):,}")
    minutes = ceil(len(pages) * _TURNS / settings.getfloat("SAVE_REQUESTS_PER_MINUTE"))
    if pages:
        _say(f"the same command with --yes asks for them, in about {minutes:,} min")
    if pages and missing:
        _say(f"for that it needs a key in {KEY} (ACCESS:SECRET, from {_KEYS})")


def _ask(choice: _Choice, settings: Any, key: Key | None, layout: str) -> None:
    from pipelines.cli.engine import refuse_if_barred
    from pipelines.cli.save_engine import run_saves

    refuse_if_barred(settings)
    with reading(choice.data):  # a folder without a database stays as it is
        pass
    saves: dict[str, Save] = {}

    def keep(save: Save) -> None:
        with writing(choice.data) as database:
            keep_save(database, save)
        saves[save.uri_r] = save

    lock = FolderLock(choice.data)
    lock.take()
    try:
        due = choice.due(datetime.now(UTC))
        wanted = [(page.policy_id, page.uri_r) for page in due[: choice.max_saves]]
        ended = run_saves(settings, wanted, key, keep) if wanted else None
    finally:
        lock.release()
    rows = (tuple(getattr(save, name) for name in _DID) for save in saves.values())
    show_rows(Answer(columns=_DID, rows=rows), layout, _DID_TABLE)
    if ended:
        _end(ended, saves.values(), len(due) - len(wanted))
    else:
        _say("nothing is due: nothing was sent")


def _end(ended: Any, saves: Iterable[Save], left: int) -> None:
    if ended.error is not None:
        raise ended.error
    last = [save for save in saves if save.outcome not in _DONE]
    if ended.outcome in ("banned", "rate-limited") and (reason := barred(ended.archive, 0.0)):
        raise reason
    if ended.outcome in _STOPPED:
        raise StoppedEarly(_STOPPED[ended.outcome])
    if ended.outcome == "refused":
        raise AskedWrongly(f"{last[-1].reason}: make or check the key at {_KEYS}, or wait")
    if ended.outcome != "finished":
        raise PolicytrailError(f"the run ended with {ended.outcome!r}: see the lines above")
    if last:
        more = f" (and {len(last) - 1} more)" if len(last) > 1 else ""
        raise PolicytrailError(
            f"not known to be saved: {last[0].uri_r}{more}: {last[0].reason}; "
            "a later crawl shows it, a day later it can be asked for again"
        )
    if left:
        raise StoppedEarly(f"--max-saves is used up: {left:,} pages are left; run again to go on")


def _say(line: str) -> None:
    click.echo(line, err=True)
