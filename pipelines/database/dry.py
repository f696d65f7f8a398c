"""A ledger that writes nothing: what would a crawl ask for?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from crawler.items import Listing, Outcome, Settlement, State, Window
from crawler.memento import Capture
from crawler.planning import Line, plan
from crawler.vendors import Policy, find_policies
from pipelines.database.file import NAME, reading
from pipelines.database.job import Job
from pipelines.database.opening import remembered
from pipelines.database.schedule import Past, due, read_past, windows

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a crawl of one policy would cost.

    `waiting` captures are asked for only if others fail or, in a search for changes, differ.
    `failed` says why its listing could not be had, in which case the fetches are not known.
    """

    policy_id: str
    listings: int
    captures: int
    fetches: int
    waiting: int
    failed: str = ""


class DryLedger:
    """Lists what was never listed, plans everything, asks for no memento."""

    def __init__(self, job: Job, policies: Sequence[Policy]) -> None:
        self.job = job
        self._failed: dict[str, str] = {}
        self._now = datetime.now(UTC)
        self._past = Past()
        self.outcome = ""
        lines: list[Line] = []
        if (job.data / NAME).exists():
            with reading(job.data) as connection:
                self._past = read_past(connection, policies, self._now)
                policies = due(policies, self._past, job.schedule, self._now)
                lines = remembered(connection, policies)
        self._policies = {policy.policy_id: policy for policy in policies}
        self._lines: dict[str, dict[Key, Line]] = {name: {} for name in self._policies}
        for line in lines:
            self._lines[line.capture.policy_id][line.capture.key] = line

    @classmethod
    def from_settings(cls, settings: Any, names: Sequence[str]) -> Self:
        """Read the ledger that Scrapy's settings name, if there is one."""
        job = Job.from_settings(settings)
        return cls(job, find_policies(job.vendors, names))

    def policies(self) -> Sequence[Policy]:
        """Give the policies that were never listed."""
        return [policy for name, policy in self._policies.items() if not self._lines[name]]

    def windows(self, policy: Policy) -> Sequence[Window]:
        """Give the addresses that a crawl would list now."""
        return windows(policy, self._past, self.job.schedule, self._now)

    def record(self, listing: Listing) -> None:
        """Remember a listing for the plan."""
        for capture in listing.captures:
            line = Line(capture=capture, state=State.PENDING)
            self._lines[listing.policy_id].setdefault(capture.key, line)
        if listing.outcome is Outcome.FAILED:
            self._failed[listing.policy_id] = listing.reason

    def wanted(self, policy_id: str) -> Sequence[Capture]:  # noqa: ARG002 - a Ledger's
        """Want nothing."""
        return []

    def settle(self, settlement: Settlement) -> None:
        """Nothing is asked for, so nothing can settle."""

    def close(self, outcome: str) -> None:
        """Remember whether every listing was had."""
        self.outcome = outcome

    def estimates(self) -> list[Estimate]:
        """Plan a crawl of each policy from what is known now."""
        now = datetime.now(UTC)
        rows = []
        for name, policy in self._policies.items():
            first = plan(policy, self._lines[name].values(), self.job.strategy, now)
            rows.append(
                Estimate(
                    policy_id=name,
                    listings=len(self.windows(policy)),
                    captures=len(self._lines[name]),
                    fetches=len(first.fetch),
                    waiting=first.waiting,
                    failed=self._failed.get(name, ""),
                )
            )
        return rows
