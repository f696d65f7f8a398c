"""The ledger of an import: captures that are settled when they come, in batches. Owns duckdb.

It is written down as a crawl is, so that every line is accounted for. Bodies lie on the shelf,
and are on the disk, before a row speaks of them; a kill loses no more than the batch in hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from crawler.items import Listing, Outcome, Settlement, State
from crawler.memento import Capture, Memento
from crawler.planning import Line
from crawler.vendors import Policy, Vendor
from pipelines.database.file import reading, writing
from pipelines.database.load import key_row, listing_rows, load, memento_row
from pipelines.database.lock import FolderLock
from pipelines.database.opening import CrawlRow, close_crawl, enlist, open_crawl, remembered
from pipelines.database.relisting import Relisted
from pipelines.database.writer import Batch
from pipelines.extraction.fingerprint import current_extractor
from pipelines.reading import Reading
from pipelines.warc import Shelf

_BATCH = 500
Key = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Listed:
    """What one address brought in this batch."""

    captures: list[Capture] = field(default_factory=list)
    found: Relisted = field(default_factory=Relisted)


class ImportLedger:
    """Takes in captures with what became of them. Holds the data folder until it is left."""

    def __init__(
        self,
        data: Path,
        source: str,
        origin: str,
        vendors: Sequence[Vendor],
        options: Mapping[str, Any],
    ) -> None:
        self.data = data
        self.source = source
        began = datetime.now(UTC)
        self.crawl_id = f"{began:%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        self._crawl = CrawlRow(
            crawl_id=self.crawl_id,
            started_at=began,
            policytrail_version=version("policytrail"),
            archive=origin,
            options=json.dumps(dict(options) | {"source": source}, sort_keys=True),
        )
        self._vendors = vendors
        self._shelf = Shelf(data / "warc", self.crawl_id)
        self._lock = FolderLock(data)
        self._lines: dict[str, dict[Key, Line]] = {}
        self._batch = Batch()
        self._listed: dict[tuple[str, str], _Listed] = {}
        self._count = 0
        self._is_finished = False

    def __enter__(self) -> Self:
        """Take the data folder and write the import down."""
        self._lock.take()
        try:
            with writing(self.data) as connection:
                open_crawl(connection, self._crawl, self._vendors)
                enlist(connection, current_extractor())
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next one in; what was in hand when the user interrupted is written first."""
        try:
            if kind is KeyboardInterrupt and not self._is_finished:
                self.finish("shutdown")
        finally:
            self._lock.release()

    def finish(self, outcome: str) -> None:
        """Write what is in hand, and how the import ended."""
        self._flush()
        self._shelf.close()
        with writing(self.data) as connection:
            close_crawl(connection, self.crawl_id, outcome)
        self._is_finished = True

    def lines(self, policy: Policy) -> dict[Key, Line]:
        """Give what the ledger knows of a policy, this import included."""
        if policy.policy_id not in self._lines:
            with reading(self.data) as connection:
                known = remembered(connection, [policy])
            self._lines[policy.policy_id] = {line.capture.key: line for line in known}
        return self._lines[policy.policy_id]

    def record(self, policy: Policy, uri_r: str, capture: Capture) -> State:
        """Count a line that came of a location; say what became of it before, or pending."""
        lines = self.lines(policy)
        listed = self._listed.setdefault((capture.policy_id, uri_r), _Listed())
        listed.captures.append(capture)
        self._count += 1
        if capture.key in listed.found.added:
            listed.found.repeated[capture.key] += 1
        elif capture.key in lines:
            listed.found.known += 1
        else:
            listed.found.added[capture.key] = capture
            lines[capture.key] = Line(capture=capture, state=State.PENDING)
        return lines[capture.key].state

    def settle(self, settlement: Settlement) -> None:
        """Say what became of a line that has no body of its own."""
        self._set(settlement.capture, settlement.state, settlement.reason, settlement.settled_at)

    def keep(self, memento: Memento) -> None:
        """Keep the body of a line."""
        kept = Reading(memento=memento, place=self._shelf.keep(memento))
        row = memento_row(kept, memento.capture, self.crawl_id) | {"source": self.source}
        self._batch.rows.setdefault("mementos", []).append(row)
        self._set(memento.capture, State.FETCHED, "", datetime.now(UTC))

    def turn(self) -> None:
        """Write what is in hand if it is enough. Each line listed must be settled by then."""
        if self._count >= _BATCH:
            self._flush()

    def _set(self, capture: Capture, state: State, reason: str, at: datetime) -> None:
        lines = self._lines[capture.policy_id]
        lines[capture.key] = Line(capture=capture, state=state, reason=reason, settled_at=at)
        self._batch.states[capture.key] = {
            **key_row(capture.key),
            "state": state.value,
            "reason": reason,
            "settled_at": at,
        }

    def _flush(self) -> None:
        now = datetime.now(UTC)
        for (policy_id, uri_r), listed in self._listed.items():
            listing = Listing(
                policy_id=policy_id,
                uri_r=uri_r,
                outcome=Outcome.COMPLETE,
                captures=tuple(listed.captures),
                listed_at=now,
            )
            rows = listing_rows(self.crawl_id, listing, listed.found)
            for row in rows["listings"]:
                row["source"] = self.source
            for table, made in rows.items():
                self._batch.rows.setdefault(table, []).extend(made)
        if len(self._batch):
            self._shelf.sync()
            with writing(self.data) as connection:
                load(connection, self._batch)
        self._batch, self._listed, self._count = Batch(), {}, 0
