"""An invented vendor's policy over eight years, and the command that crawls it."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from crawler.memento import to_timestamp
from crawler.sandbox.archive import Archive, ArchivedCapture, archive_of, capture
from crawler.sandbox.server import Sandbox
from pipelines.database.file import reading

ROOT = Path(__file__).parents[2]
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
_LONGEST = 60.0
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["pipelines.cli.engine", "pipelines.cli.estimate", "pipelines.stages", "scrapy.core.scheduler"]
)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A data folder, and the archive it is filled from."""

    data: Path
    sandbox: Sandbox

    @property
    def out(self) -> Path:
        """What its crawls printed, one after the other."""
        return self.data.with_name("out")

    def crawl(self, strategy: str, *arguments: str) -> tuple[int, int]:
        """Crawl to the end; give the exit code and how many mementos were asked for."""
        before = self.sandbox.log.count("playback")
        running = self.start(strategy, *arguments)
        running.join(_LONGEST)
        if running.exitcode is None:
            running.kill()
            raise TimeoutError(f"no end within {_LONGEST} s")
        return running.exitcode, self.sandbox.log.count("playback") - before

    def say(self, *arguments: str) -> str:
        """Run a search for what it prints."""
        self.start("bisect", *arguments).join(_LONGEST)
        return self.out.read_text("utf-8")

    def start(self, strategy: str, *arguments: str) -> ForkServerProcess:
        """Start a crawl, forked from a process that has imported everything, and let it run."""
        given = self._command(strategy, *arguments)
        running = _FORKS.Process(target=_work, args=(given, self._environment(), str(self.out)))
        running.start()
        return running

    def kill_after(self, strategy: str, requests: int) -> int:
        """Start a crawl and kill it once so many mementos were asked for; give its exit code."""
        goal = self.sandbox.log.count("playback") + requests
        running = self.start(strategy)
        until = time.monotonic() + 30
        while self.sandbox.log.count("playback") < goal and time.monotonic() < until:
            time.sleep(0.002)
        if running.exitcode is None:
            os.kill(running.pid or 0, signal.SIGKILL)
        running.join(_LONGEST)
        return running.exitcode or 0

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
            *("policytrail", "--data", str(self.data), "crawl"),
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
        f"<p>Article {number} of edition {letter}: the lamp desk keeps what you write into its "
        f"form {letter}{number} for {number + 2} months, and tells nobody else about it.</p>"
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


def _work(arguments: list[str], environment: dict[str, str], out: str) -> None:
    opened = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(opened, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = arguments
    from pipelines.cli.main import main

    try:
        main()
    finally:
        sys.stdout.flush()
