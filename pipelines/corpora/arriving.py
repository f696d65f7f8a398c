"""The one way in for what others collected: kept, read and written down as a crawl's finds are.

An import is a crawl whose listings are what it brought. It holds the data folder; it writes in
short turns; stopped at any moment it loses the batch in hand, and the same import goes on there.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from crawler.items import State
from crawler.memento import Memento
from pipelines.corpora.arrivals import Arrival, Undated
from pipelines.corpora.arriving_rows import (
    document_row,
    line_row,
    listing_rows,
    memento_of,
    memento_row,
    owner_rows,
    state_row,
)
from pipelines.database.arrivals import bodies_read, known_documents, known_lines, take_in
from pipelines.database.file import reading, writing
from pipelines.database.load import Row, extraction_rows
from pipelines.database.lock import FolderLock
from pipelines.database.opening import CrawlRow, close_crawl, enlist, open_crawl
from pipelines.database.writer import Batch
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.parallel import read_all
from pipelines.extraction.reader import Body
from pipelines.history.upkeep import keep_up
from pipelines.warc import Place, Shelf

_ITEMS, _BYTES = 200, 16_000_000
_KEPT = (State.FETCHED, State.UNCHANGED)
Item = Arrival | Undated
Key = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Arrived:
    """What an import came to. `unadopted`: observations are read by another extractor."""

    new: int = 0
    known: int = 0
    undated: int = 0
    undated_known: int = 0
    policies: set[str] = field(default_factory=set)
    unadopted: bool = False


def arrive(
    data: Path,
    source: str,
    items: Iterable[Item],
    options: Mapping[str, object],
    step: Callable[[int], None] = lambda _: None,
) -> Arrived:
    """Take everything in that `items` brings; `step` hears how many more are done.

    What is there already stays as it was. Raises AnotherCrawl, CannotWrite, DamagedShelf.
    """
    lock = FolderLock(data)
    lock.take()
    try:
        return _Import(data, source).run(items, options, step)
    finally:
        lock.release()


class _Import:
    def __init__(self, data: Path, source: str) -> None:
        self.data = data
        self.began = datetime.now(UTC)
        self.crawl_id = f"{self.began:%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        self.facts: Row = {"crawl_id": self.crawl_id, "source": source}
        self.source = source
        self.shelf = Shelf(data / "warc", self.crawl_id)
        self.extractor = current_extractor()
        self.arrived = Arrived()

    def run(
        self, items: Iterable[Item], options: Mapping[str, object], step: Callable[[int], None]
    ) -> Arrived:
        """Take in one batch after another, then compare what are neighbours now."""
        self._open(options)
        outcome = "failed"
        try:
            for given in _batches(items):
                self._take(given)
                step(len(given))
            keep_up(self.data, self.arrived.policies)
            outcome = "finished"
        except KeyboardInterrupt:
            outcome = "shutdown"
            raise
        finally:
            self.shelf.close()
            with writing(self.data, patience=float("inf")) as connection:
                close_crawl(connection, self.crawl_id, outcome)
        return self.arrived

    def _open(self, options: Mapping[str, object]) -> None:
        crawl = CrawlRow(
            crawl_id=self.crawl_id,
            started_at=self.began,
            policytrail_version=version("policytrail"),
            archive=self.source,
            options=json.dumps(dict(options), sort_keys=True),
        )
        with writing(self.data) as connection:
            open_crawl(connection, crawl, ())
            adopted = enlist(connection, self.extractor)
        self.arrived.unadopted = adopted != self.extractor.extractor_id

    def _take(self, given: list[Item]) -> None:
        now = datetime.now(UTC)
        keyed = [(item.capture.key, item) for item in given if isinstance(item, Arrival)]
        undated = {
            (self.source, item.path, _sha256(item.body)): item
            for item in given
            if isinstance(item, Undated)
        }
        bodies = {_sha256(item.body): item for item in given if item.body}
        with reading(self.data) as connection:
            known = known_lines(connection, dict(keyed))
            old = known_documents(connection, undated)
            read = bodies_read(connection, self.extractor.extractor_id, bodies)
        batch = self._settle(keyed, known, now)
        new = [item for key, item in undated.items() if key not in old]
        documents = [document_row(*self._keep(item, now), self.facts) for item in new]
        self._read({sha256: item for sha256, item in bodies.items() if sha256 not in read}, batch)
        self.shelf.sync()
        with writing(self.data, patience=float("inf")) as connection:
            take_in(connection, owner_rows([item for _, item in keyed]), documents, batch)
        self.arrived.undated += len(new)
        self.arrived.undated_known += len(undated) - len(new)
        self.arrived.policies |= {item.owner.policy_id for _, item in keyed}

    def _settle(
        self, keyed: Sequence[tuple[Key, Arrival]], known: Mapping[Key, str], now: datetime
    ) -> Batch:
        """Write lines that are new, and those that were listed and have a body only now."""
        batch, times = Batch(), Counter(key for key, _ in keyed)
        lines, mementos = [], []
        for key, item in dict(reversed(keyed)).items():
            is_kept = item.state is State.FETCHED
            if key not in known:
                lines.append(line_row(item, key, now, times[key] - 1))
            elif is_kept and known[key] not in _KEPT:
                batch.states[key] = state_row(item, key, now)
            else:
                continue
            if is_kept:
                facts = self.facts | ({"source": item.source} if item.source else {})
                mementos.append(memento_row(*self._keep(item, now), facts))
        listings = listing_rows(self.facts | {"listed_at": now}, keyed, known)
        batch.rows |= {"captures": lines, "mementos": mementos, "listings": listings}
        self.arrived.new += len(lines) + len(batch.states)
        self.arrived.known += len(keyed) - len(lines) - len(batch.states)
        return batch

    def _keep(self, item: Item, now: datetime) -> tuple[Memento, Place]:
        memento = memento_of(item, now)
        source = item.source if isinstance(item, Arrival) else ""
        return memento, self.shelf.keep(memento, source or self.source)

    def _read(self, bodies: Mapping[str, Item], batch: Batch) -> None:
        asked = [
            Body(
                key=sha256,
                body=item.body,
                content_type=item.content_type,
                url=item.uri_r if isinstance(item, Arrival) else "",
            )
            for sha256, item in bodies.items()
        ]
        for body, found in read_all(asked):
            made = extraction_rows(body.key, self.extractor.extractor_id, found)
            for table, rows in made.items():
                batch.rows.setdefault(table, []).extend(rows)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.body)
        if len(batch) >= _ITEMS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
