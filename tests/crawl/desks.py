"""A data folder, a vendor list and an archive, and the command that works on them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawl.commands import Ran, Running, begin
from crawler.sandbox.server import Sandbox
from pipelines.database.file import reading, writing

FAST = {
    "CDX_REQUESTS_PER_MINUTE": "60000",
    "PLAYBACK_REQUESTS_PER_MINUTE": "60000",
    "RETRY_WAITS_SECONDS": "0,0,0",
    "PAUSE_AFTER_429_SECONDS": "1",
}
# What a table holds but for times of our own, the crawl, and the place in a WARC file.
TABLES = {
    "captures": "* EXCLUDE (listed_at, settled_at)",
    "mementos": "* EXCLUDE (fetched_at, crawl_id, warc_file, warc_offset)",
    "texts": "*",
    "extractions": "*",
    "versions": "* EXCLUDE (crawl_id)",
    "changes": "*",
}
# The times that are ours and not the archive's.
OWN_TIMES = {
    "crawls": ("started_at", "finished_at"),
    "listings": ("listed_at",),
    "listing_changes": ("noticed_at",),
    "captures": ("listed_at", "settled_at"),
}
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything one crawl needs; `another` is a new data folder beside the same archive."""

    data: Path
    vendors: Path
    sandbox: Sandbox

    def another(self, name: str) -> "Desk":
        """The same archive and vendor list, with a new data folder."""
        return Desk(data=self.data.with_name(name), vendors=self.vendors, sandbox=self.sandbox)

    def crawl(self, *arguments: str, **settings: str) -> Ran:
        """Crawl without politeness, but for `settings`."""
        return self.run(*self.crawling(*arguments, **settings))

    def crawling(self, *arguments: str, **settings: str) -> list[str]:
        """The arguments of a crawl."""
        given = {**FAST, **settings}
        pairs = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        where = ["--vendors", str(self.vendors), "--archive", self.sandbox.url]
        return ["crawl", *where, *pairs, *arguments]

    def run(self, *arguments: str, largest_file: int | None = None) -> Ran:
        """Run the command to its end; `largest_file` bytes is all that the disk takes."""
        return self.start(*arguments, largest_file=largest_file).wait()

    def start(self, *arguments: str, largest_file: int | None = None) -> Running:
        """Start the command and let it run."""
        scratch = self.data.parent
        words = ["--data", str(self.data), *arguments]
        return begin(words, self.environment(), scratch, largest_file)

    def environment(self) -> dict[str, str]:
        """The environment of the command: this one's, with no word of policytrail in it."""
        kept = {key: value for key, value in os.environ.items() if "POLICYTRAIL" not in key}
        return {**kept, "XDG_STATE_HOME": str(self.data.with_name("state")), "NO_COLOR": "1"}

    def ask(self, query: str, *values: object) -> Rows:
        """Ask the database."""
        with reading(self.data) as connection:
            return connection.execute(query, list(values)).fetchall()

    def states(self, policy: str = "%") -> dict[str, int]:
        """Count the lines of the ledger by state."""
        return dict(
            self.ask(
                "SELECT state, count(*) FROM captures WHERE policy_id LIKE ? GROUP BY state",
                policy,
            )
        )

    def tables(self, **columns: str) -> dict[str, Rows]:
        """Every row of the tables that another crawl of the same archive should give again."""
        wanted: Mapping[str, str] = {**TABLES, **columns}
        with reading(self.data) as connection:
            return {
                table: connection.execute(f"SELECT {what} FROM {table} ORDER BY ALL").fetchall()
                for table, what in wanted.items()
            }

    def let_pass(self, days: int) -> None:
        """Let so many days pass, as far as the ledger is concerned."""
        with writing(self.data) as connection:
            for table, columns in OWN_TIMES.items():
                moved = ", ".join(f"{name} = {name} - INTERVAL {days} DAY" for name in columns)
                connection.execute(f"UPDATE {table} SET {moved}")

    def files(self) -> dict[str, bytes]:
        """Every file of the data folder."""
        return {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in sorted(self.data.rglob("*"))
            if path.is_file()
        }
