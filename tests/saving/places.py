"""A desk with a key to the archive, and a ledger that is written without a crawl."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawl.archives import address, page
from crawl.commands import Ran
from crawl.desks import FAST, Desk, Rows

from crawler.memento import to_timestamp
from crawler.sandbox.archive import Archive, capture
from crawler.vendors import load_vendors
from pipelines.database.file import Connection, writing
from pipelines.database.opening import write_vendors
from pipelines.database.rows import insert

KEY = "acc3ss:s3cr3t"
LONG_AGO = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Desk):
    """A desk from which captures are asked for; `key` empty: without one."""

    key: str = KEY

    def environment(self) -> dict[str, str]:
        """The environment of the command, with the key in it."""
        return {**Desk.environment(self), "POLICYTRAIL_SAVE_KEY": self.key}

    def saving(self, *arguments: str, **settings: str) -> list[str]:
        """The arguments of `save --yes`."""
        given = {**FAST, "SAVE_REQUESTS_PER_MINUTE": "60000", **settings}
        pairs = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        return ["save", "--yes", "--archive", self.sandbox.url, *pairs, *arguments]

    def save(self, *arguments: str, **settings: str) -> Ran:
        """Ask for captures without politeness, but for `settings`."""
        return self.run(*self.saving(*arguments, **settings))

    def saves(self) -> Rows:
        """What is recorded: the vendor, what came of it, and its moment."""
        return self.ask(
            "SELECT split_part(policy_id, '/', 1), outcome, timestamp FROM saves ORDER BY asked_at"
        )


def archive_of_old(*names: str) -> Archive:
    """One old capture of each vendor's page."""
    stamp = to_timestamp(datetime.now(UTC) - timedelta(days=LONG_AGO))
    return Archive(capture(address(name), stamp, page("A")) for name in names)


def enter_listing(
    connection: Connection, policy_id: str, uri_r: str, outcome: str = "complete"
) -> None:
    """Write that an address was listed."""
    counts = dict.fromkeys(("rows", "added", "known", "duplicates"), 0)
    row = {"crawl_id": "c1", "policy_id": policy_id, "uri_r": uri_r, "outcome": outcome}
    told = {"reason": "", "listed_at": datetime.now(UTC)}
    insert(connection, "listings", [{**row, **counts, **told}])


def enter_capture(
    connection: Connection,
    policy_id: str,
    original: str,
    captured_at: datetime,
    state: str = "fetched",
) -> None:
    """Write one line of the ledger."""
    row: dict[str, Any] = {
        "policy_id": policy_id,
        "urlkey": "key",
        "timestamp": to_timestamp(captured_at),
        "original": original,
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": "D",
        "duplicates": 0,
        "state": state,
        "reason": "",
        "listed_at": captured_at,
    }
    insert(connection, "captures", [row])


def enter_known(data: Path, vendors: Path, *names: str) -> None:
    """Write what a crawl of one old capture of each vendor would leave, as far as it matters."""
    long_ago = datetime.now(UTC) - timedelta(days=LONG_AGO)
    with writing(data) as connection:
        write_vendors(connection, load_vendors(vendors))
        for name in names:
            enter_listing(connection, f"{name}/privacy", address(name))
            enter_capture(connection, f"{name}/privacy", address(name), long_ago)
