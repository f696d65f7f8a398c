"""What `status` says beside its rows: the ledger by state, what went wrong, what to do next."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from crawler.pace_file import Barred, barred
from crawler.settings import ARCHIVE
from pipelines.database.asking import Answer
from pipelines.database.file import Connection
from pipelines.history import status

_MOST = 10


def say_what_is_due(
    database: Connection, data: Path, names: Sequence[str], asked: Sequence[str]
) -> None:
    """Say on stderr how the policies stand; `asked` are the names as the person wrote them."""
    states = status.states(database, names)
    if states:
        _say("ledger: " + ", ".join(f"{state} {count:,}" for state, count in states.items()))
    if flips := status.flips(database, names):
        _say(f"flips: {flips:,} of the versions came and went at once; `versions` marks them ~")
    _list("could not be listed", status.failed_listings(database, names), "{1} ({0}): {2}")
    _list(
        "redirects lead to an address that is no location of the policy yet",
        status.candidates(database, names),
        "{1} ({0}; captures: {2})",
    )
    for reason in bars(database):
        _say(f"paused: {reason}")
    _say(f"next: {next_step(status.due(database, names), data, ' '.join(asked))}")


def bars(database: Connection) -> list[Barred]:
    """Say why the archives that a crawl would ask are not to be asked now."""
    archives = sorted({ARCHIVE, status.latest_archive(database) or ARCHIVE})
    return [reason for archive in archives if (reason := barred(archive, 0.0))]


def _list(what: str, answer: Answer, line: str) -> None:
    rows = list(answer.rows)
    if rows:
        _say(f"{what}:")
    for row in rows[:_MOST]:
        _say(f"  {line.format(*row)}")
    if len(rows) > _MOST:
        _say(f"  and {len(rows) - _MOST} more")


def next_step(due: status.Due, data: Path, asked: str) -> str:
    """Say what to do next; `asked` are the policies as a person wrote them, empty for all."""
    command = f"policytrail crawl {asked}".rstrip()
    if due.running and is_at_work(data):
        return f"crawl {due.running} is running; ask again later"
    if due.running:
        return f"`{command}` (crawl {due.running} ended without its last word)"
    parts = left_open(due)
    if parts:
        return f"`{command}` ({', '.join(parts)})"
    if not due.observed:
        return "nothing is due, and nothing was observed: check the addresses in the list"
    return "nothing is due; `policytrail versions POLICY` shows a history"


def left_open(due: status.Due) -> list[str]:
    """Name what the next crawl takes up, with its number."""
    return [
        f"{what}: {count:,}"
        for count, what in (
            (due.unlisted, "addresses to list"),
            (due.failed_listings, "listings to try again"),
            (due.pending, "pending captures"),
            (due.failed, "failed captures to try again"),
            (due.again, "unplayable or drifted captures to ask for again"),
        )
        if count
    ]


def is_at_work(data: Path) -> bool:
    """Say whether the process that took the data folder for a crawl still lives."""
    try:
        os.kill(int((data / ".crawl.pid").read_text(encoding="ascii")), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _say(line: str) -> None:
    click.echo(line, err=True)
