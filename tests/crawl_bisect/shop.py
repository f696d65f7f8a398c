"""An invented vendor's policy over eight years, and the command that crawls it."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawl.commands import Running, begin

from crawler.memento import to_timestamp
from crawler.sandbox.archive import Archive, ArchivedCapture, archive_of, capture
from crawler.sandbox.server import Sandbox
from pipelines.database.file import reading

HERE = "http://lamp.example/privacy"
OPTIONS = {
    "CDX_REQUESTS_PER_MINUTE": "60000",
    "PLAYBACK_REQUESTS_PER_MINUTE": "60000",
    "RETRY_WAITS_SECONDS": "0",
    "BATCH_CAPTURES": "5",
    "BATCH_SECONDS": "0.05",
}
# A capture every eleven days, `s` a page that is no policy, `x` one that breaks off.
LETTERS = "".join(
    "s" if place in (9, 52) else "x" if place in (29, 30, 90) else "ABCD"[place // 30]
    for place in range(120)
)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A data folder, and the archive it is filled from."""

    data: Path
    sandbox: Sandbox

    def crawl(self, strategy: str, *arguments: str) -> tuple[int, int]:
        """Crawl to the end; give the exit code and how many mementos were asked for."""
        before = self.sandbox.log.count("playback")
        ran = self.start(strategy, *arguments).wait()
        return ran.code, self.sandbox.log.count("playback") - before

    def say(self, *arguments: str) -> str:
        """Run a search for what it prints."""
        return self.start("bisect", *arguments).wait().out

    def start(self, strategy: str, *arguments: str) -> Running:
        """Start a crawl and let it run."""
        given = self._command(strategy, *arguments)
        return begin(given, self._environment(), self.data.parent)

    def kill_after(self, strategy: str, requests: int) -> int:
        """Start a crawl and kill it once so many mementos were asked for; give its exit code."""
        goal = self.sandbox.log.count("playback") + requests
        running = self.start(strategy)
        until = time.monotonic() + 30
        while self.sandbox.log.count("playback") < goal and time.monotonic() < until:
            time.sleep(0.002)
        running.send(signal.SIGKILL)
        return running.wait().code

    def ask(self, query: str) -> Rows:
        """Ask the database."""
        with reading(self.data) as connection:
            return connection.execute(query).fetchall()

    def history(self) -> dict[str, Rows]:
        """What a crawl makes of the archive, but for when and by whom."""
        return {
            "versions": self.ask("SELECT * EXCLUDE (crawl_id) FROM versions ORDER BY ALL"),
            "changes": self.ask("SELECT * FROM changes ORDER BY ALL"),
            "captures": self.ask(
                "SELECT * EXCLUDE (listed_at, settled_at) FROM captures ORDER BY ALL"
            ),
        }

    def _command(self, strategy: str, *arguments: str) -> list[str]:
        pairs = [word for name, value in OPTIONS.items() for word in ("-s", f"{name}={value}")]
        return [
            *("--data", str(self.data), "crawl"),
            *("--vendors", str(self.data.with_name("vendors.toml"))),
            *("--archive", self.sandbox.url, "--strategy", strategy, *pairs, *arguments),
        ]

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if "POLICYTRAIL" not in key}
        state = str(self.data.with_name("state"))
        return {**kept, "XDG_STATE_HOME": state, "NO_COLOR": "1"}


def open_shop(folder: Path, sandbox: Sandbox) -> Shop:
    """Write the vendor list; the data folder is made by the first crawl."""
    folder.mkdir(parents=True)
    (folder / "vendors.toml").write_text(
        '[[vendor]]\nid = "lamp"\nname = "Lamp Desk"\nhomepage = "http://lamp.example/"\n\n'
        f'[[vendor.policy]]\nkind = "privacy"\nlocations = [{{ uri_r = "{HERE}" }}]\n',
        encoding="utf-8",
    )
    return Shop(data=folder / "data", sandbox=sandbox)


def lamp() -> Archive:
    """The archive: each body has bytes of its own, and redirects lie between."""
    start = datetime(2012, 3, 4, 5, 6, 7, tzinfo=UTC)
    return archive_of(*_captures(start))


def _captures(start: datetime) -> Iterator[ArchivedCapture]:
    for place, letter in enumerate(LETTERS):
        moment = start + timedelta(days=11 * place)
        faults = ("short-body",) if letter == "x" else ()
        body = _missing(place) if letter == "s" else _policy(letter, place)
        yield capture(HERE, to_timestamp(moment), body, faults=faults)
        for days in (1, 2) if place % 20 == 5 else ():
            moved = to_timestamp(moment + timedelta(days=days))
            yield capture(HERE, moved, status=301, location=f"{HERE}/{place}")


def _policy(letter: str, seen: int) -> str:
    paragraphs = "".join(
        f"<p>Article {number} of edition {letter}: the lamp desk keeps the personal data you "
        f"write into its form {letter}{number} for {number + 2} months, and shares it with nobody."
        "</p>"
        for number in range(12)
    )
    return (
        "<!DOCTYPE html><html lang='en'><head><title>Privacy Policy</title></head><body><main>"
        f"<h1>Privacy Policy</h1><p>This privacy policy is edition {letter}: which personal "
        f"information we collect.</p>{paragraphs}</main><!-- {seen} --></body></html>"
    )


def _missing(seen: int) -> str:
    return (
        "<!DOCTYPE html><html lang='en'><head><title>404 Page not found</title></head><body>"
        "<h1>404 Page not found</h1><p>Sorry, the page you are looking for could not be found."
        f"</p><!-- {seen} --></body></html>"
    )
