"""How far a crawl is: a live line on a terminal, a line now and then where it is a file."""

import logging
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from crawler.items import Listing, Outcome, State
from pipelines.cli.values import spell_minutes
from pipelines.cli.voice import LOG, json_lines

_SAY_EVERY = 30.0


class Progress:
    """Hears from the ledger what was listed, planned and settled."""

    def __init__(self, console: Console, settings: Any) -> None:
        self.console = console
        self.log: logging.Logger | None = LOG if json_lines() else None
        self.rates = (
            settings.getfloat("CDX_REQUESTS_PER_MINUTE"),
            settings.getfloat("PLAYBACK_REQUESTS_PER_MINUTE"),
        )
        self.when = spell_when(settings["STRATEGY"])
        self.policies = 0
        self.seen: set[str] = set()
        self.asked = 0
        self.answered = 0
        self.started = time.monotonic()
        self.said = self.started
        self.bar: Bar | None = None
        self.task = TaskID(0)

    def begin(self, ledger: Any) -> None:
        """Start to listen to a ledger."""
        self.policies = len(ledger.policies())
        ledger.observer = self
        if not self.policies:
            self._say("Nothing is due: every address was listed within its time.")

    def __enter__(self) -> Self:
        if self.console.is_terminal and not self.log:
            columns = (TextColumn("{task.description}"), BarColumn(bar_width=14))
            self.bar = Bar(*columns, console=self.console, transient=True)
            self.task = self.bar.add_task("asking the archive", total=None)
            self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar:
            self.bar.stop()

    def listed(self, listing: Listing, added: int) -> None:
        """Say what a listing gave; a failed one is said even where a bar is shown."""
        what = f"{len(listing.captures):,} lines, {added:,} new"
        if listing.outcome is Outcome.FAILED:
            what = f"listing failed: {listing.reason}"
        if listing.outcome is Outcome.FAILED or not self.bar:
            self._say(f"{listing.policy_id}: {listing.uri_r}: {what}")

    def planned(self, policy_id: str, fetches: int, waiting: int) -> None:
        """Count a policy as listed, and what is asked for."""
        if policy_id not in self.seen and not self.bar:
            also = f", {waiting:,} more {self.when}" if waiting else ""
            self._say(f"{policy_id}: {fetches:,} mementos to fetch{also}")
        self.seen.add(policy_id)
        self.asked += fetches
        self._show()

    def settled(self, policy_id: str, state: State) -> None:  # noqa: ARG002 - an Observer's
        """Count an answer."""
        self.answered += 1
        self._show()

    def line(self) -> str:
        """Say in one line how far the crawl is, its pace, and what is left at the polite pace."""
        minutes = max(time.monotonic() - self.started, 1.0) / 60
        left = max(
            (self.policies - len(self.seen)) / self.rates[0],
            (self.asked - self.answered) / self.rates[1],
        )
        return (
            f"{len(self.seen)}/{self.policies} policies, "
            f"{self.answered:,}/{self.asked:,} captures, "
            f"{self.answered / minutes:,.0f}/min, {spell_minutes(left)} left"
        )

    def summary(self, ended: Any) -> None:
        """Show the ledger of the crawled policies by state."""
        if ended.ledger is None or not self.policies:
            return
        counts = ended.ledger.count_states()
        if self.log:
            told = {state.value: counts[state] for state in State}
            self.log.info("%d captures asked for", self.answered, extra={"captures": told})
        else:
            self._table(counts)
        self._remarks(ended, counts)

    def _table(self, counts: Counter[State]) -> None:
        table = Table(box=None, pad_edge=False)
        table.add_column("state")
        table.add_column("captures", justify="right")
        for state in State:
            if counts[state]:
                table.add_row(state.value, f"{counts[state]:,}")
        table.add_row("in all", f"{counts.total():,}")
        self.console.print(table)
        self.console.print(f"{self.answered:,} captures asked for in this run.", highlight=False)

    def _remarks(self, ended: Any, counts: Counter[State]) -> None:
        if counts[State.FAILED]:
            self._say(f"{counts[State.FAILED]:,} failed: the next run asks for them again.")
        if ended.ledger.adopted_differs:
            self._say(
                "The extractor is a new one: what was fetched now is not among the observations "
                "until `policytrail extract --adopt`."
            )

    def _show(self) -> None:
        if self.bar:
            self.bar.update(
                self.task, description=self.line(), total=self.asked, completed=self.answered
            )
        elif time.monotonic() - self.said >= _SAY_EVERY:
            self.said = time.monotonic()
            self._say(self.line())

    def _say(self, words: str) -> None:
        if self.log:
            self.log.info(words)
            return
        self.console.print(words, highlight=False, markup=False, soft_wrap=True)


def spell_when(strategy: str | None) -> str:
    """Spell when captures that wait for others are asked for."""
    is_search = (strategy or "").startswith("bisect")
    return "only where those differ or fail" if is_search else "only if those fail"
