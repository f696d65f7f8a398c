"""The ledger of one crawl: every line listed, and what became of it.

While the crawl runs it alone writes (the data folder is locked), so the lines of the policies
at hand are kept in memory, and every change goes to the file in batches.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from crawler.items import Listing, Outcome, Settlement, State, Window
from crawler.memento import Capture, address_key
from crawler.planning import Line, Plan, plan
from crawler.vendors import Policy, find_policies
from pipelines.database.file import writing
from pipelines.database.job import Job
from pipelines.database.load import extraction_rows, key_row, listing_rows, load, memento_row
from pipelines.database.lock import FolderLock
from pipelines.database.observer import Observer
from pipelines.database.opening import CrawlRow, close_crawl, enlist, open_crawl, remembered
from pipelines.database.relisting import compare
from pipelines.database.schedule import due, read_past, windows
from pipelines.database.writer import Batch, Writer
from pipelines.extraction.fingerprint import current_extractor
from pipelines.reading import Reading
from pipelines.warc import Shelf

Key = tuple[str, ...]


class CrawlLedger:
    """Keeps the promises of `crawler.ledger.Ledger` in DuckDB, and takes in readings."""

    def __init__(self, data: Path, policies: Sequence[Policy], job: Job) -> None:
        self.data = data
        self.job = job
        self._began = datetime.now(UTC)
        self.crawl_id = f"{self._began:%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        self.shelf = Shelf(data / "warc", self.crawl_id)
        self.extractor = current_extractor()
        self.observer: Observer | None = None
        self.outcome = ""
        self.fetches_left = job.max_fetches
        self.failed_listings: list[Listing] = []
        self._policies: dict[str, Policy] = {}
        self._lines: dict[str, dict[Key, Line]] = {}
        self._asked: set[Key] = set()
        self._given_up: set[Key] = set()
        self._lock = FolderLock(data)
        self._lock.take()
        try:
            self._open(policies)
        except BaseException:
            self._lock.release()
            raise
        self._writer = Writer(data, load, self.shelf.sync, job.batch_captures, job.batch_seconds)

    @classmethod
    def from_settings(cls, settings: Any, names: Sequence[str]) -> Self:
        """Open the ledger that Scrapy's settings describe, for the policies named (or all)."""
        job = Job.from_settings(settings)
        return cls(job.data, find_policies(job.vendors, names), job)

    @property
    def adopted_differs(self) -> bool:
        """Whether observations are read by another extractor than the one at work."""
        return self._adopted != self.extractor.extractor_id

    def policies(self) -> Sequence[Policy]:
        """Give the policies to crawl, in the order of the vendor list."""
        return list(self._policies.values())

    def windows(self, policy: Policy) -> Sequence[Window]:
        """Give the addresses to list now, and from when on."""
        return windows(policy, self._past, self.job.schedule, self._began)

    def record(self, listing: Listing) -> None:
        """Take in a listing and its lines; each line is new, known, or a repetition."""
        lines = self._lines[listing.policy_id]
        found = compare(listing, lines, self._past, self.job.schedule.overlap)
        for key, capture in found.added.items():
            lines[key] = Line(capture=capture, state=State.PENDING)
        self._write(**listing_rows(self.crawl_id, listing, found))
        if listing.excluded:
            self._exclude(listing)
        elif listing.outcome is Outcome.FAILED:
            self.failed_listings.append(listing)
        if self.observer:
            self.observer.listed(listing, len(found.added))

    def wanted(self, policy_id: str) -> Sequence[Capture]:
        """Settle what needs no request and give the captures to fetch now; empty when done."""
        result = self._plan(policy_id)
        now = datetime.now(UTC)
        for line in result.settled:
            self._set(line.capture, line.state, line.reason, now, told=False)
        fetch = [capture for capture in result.fetch if not self._asked_before(capture)]
        if self.fetches_left is not None:
            if len(fetch) > self.fetches_left:
                self.outcome = "budget"
            fetch = fetch[: self.fetches_left]
            self.fetches_left -= len(fetch)
        self._asked.update(capture.key for capture in fetch)
        if self.observer:
            self.observer.planned(policy_id, len(fetch), result.waiting)
        return fetch

    def settle(self, settlement: Settlement) -> None:
        """Take in a capture that ended without a kept memento."""
        if settlement.state is State.FAILED:
            self._given_up.add(settlement.capture.key)
        self._set(settlement.capture, settlement.state, settlement.reason, settlement.settled_at)

    def keep(self, reading: Reading) -> None:
        """Take in a fetched memento, and what was read of it."""
        capture = self._played(reading)
        rows = {"mementos": [memento_row(reading, capture, self.crawl_id)]}
        if reading.extraction:
            sha256 = reading.place.body_sha256
            rows |= extraction_rows(sha256, self.extractor.extractor_id, reading.extraction)
        self._write(**rows)
        self._set(capture, State.FETCHED, "", reading.memento.fetched_at)
        if not self.adopted_differs:
            lines = self._lines[capture.policy_id]
            lines[capture.key] = replace(lines[capture.key], reads=reading.reads)

    def count_states(self) -> Counter[State]:
        """Count the lines of the crawled policies by state."""
        return Counter(line.state for lines in self._lines.values() for line in lines.values())

    def flush(self) -> None:
        """Return when everything taken in so far is on disk."""
        self._writer.flush()

    def close(self, outcome: str) -> None:
        """Write what is still in hand and how the crawl ended; let the next crawl in."""
        self.outcome = self.outcome or outcome
        try:
            self._writer.close()
            self.shelf.close()
            with writing(self.data, patience=float("inf")) as connection:
                close_crawl(connection, self.crawl_id, self.outcome)
        finally:
            self._lock.release()

    def _open(self, policies: Sequence[Policy]) -> None:
        crawl = CrawlRow(
            crawl_id=self.crawl_id,
            started_at=self._began,
            policytrail_version=version("policytrail"),
            archive=self.job.archive,
            options=json.dumps(self.job.options, sort_keys=True),
        )
        with writing(self.data) as connection:
            open_crawl(connection, crawl, self.job.vendors)
            self._adopted = enlist(connection, self.extractor)
            self._past = read_past(connection, policies, self._began)
            for policy in due(policies, self._past, self.job.schedule, self._began):
                self._policies[policy.policy_id] = policy
                self._lines[policy.policy_id] = {}
            for line in remembered(connection, self.policies()):
                self._lines[line.capture.policy_id][line.capture.key] = line

    def _plan(self, policy_id: str) -> Plan:
        return plan(
            self._policies[policy_id],
            self._lines[policy_id].values(),
            self.job.strategy,
            datetime.now(UTC),
            frozenset(self._given_up),
        )

    def _asked_before(self, capture: Capture) -> bool:
        if capture.key not in self._asked:
            return False
        self._given_up.add(capture.key)
        self._set(capture, State.FAILED, "the request got no answer", datetime.now(UTC))
        return True

    def _played(self, reading: Reading) -> Capture:
        asked, digest = reading.memento.capture, reading.memento.digest
        if digest == asked.digest:
            return asked
        for line in self._lines[asked.policy_id].values():
            other = line.capture
            if (other.timestamp, other.original, other.digest) == (
                asked.timestamp,
                asked.original,
                digest,
            ):
                return other
        return asked

    def _exclude(self, listing: Listing) -> None:
        excluded = address_key(listing.uri_r)
        for line in list(self._lines[listing.policy_id].values()):
            is_open = line.state in (State.PENDING, State.FAILED, State.EXCLUDED)
            if is_open and address_key(line.capture.original) == excluded:
                self._set(line.capture, State.EXCLUDED, listing.reason, listing.listed_at)

    def _set(
        self, capture: Capture, state: State, reason: str, at: datetime, *, told: bool = True
    ) -> None:
        settled_at = None if state is State.PENDING else at
        line = Line(capture=capture, state=state, reason=reason, settled_at=settled_at)
        self._lines[capture.policy_id][capture.key] = line
        row = {
            **key_row(capture.key),
            "state": state.value,
            "reason": reason,
            "settled_at": settled_at,
        }
        self._writer.change(lambda batch: batch.states.__setitem__(capture.key, row))
        if told and self.observer:
            self.observer.settled(capture.policy_id, state)

    def _write(self, **rows: list[dict[str, Any]]) -> None:
        def add(batch: Batch) -> None:
            for table, listed in rows.items():
                batch.rows.setdefault(table, []).extend(listed)

        self._writer.change(add)
