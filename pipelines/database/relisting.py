"""What a listing says beside what was known: new lines, and lines late, gone or back. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.items import Listing, Outcome
from crawler.memento import Capture, address_key, to_timestamp
from pipelines.database.schedule import Key, Past

LATE, WITHDRAWN, RETURNED = "added late", "withdrawn", "returned"


@dataclass(slots=True, kw_only=True)
class Relisted:
    """A listing's lines: new ones, how often each was repeated, how many were known.

    `changes` holds the lines that earlier listings speak of differently, and how.
    """

    added: dict[Key, Capture] = field(default_factory=dict)
    repeated: Counter[Key] = field(default_factory=Counter)
    known: int = 0
    changes: list[tuple[str, Key]] = field(default_factory=list)

    @property
    def withdrawn(self) -> int:
        """How many lines the archive does not list any more."""
        return sum(1 for change, _ in self.changes if change == WITHDRAWN)


def compare(listing: Listing, lines: Collection[Key], past: Past, overlap: timedelta) -> Relisted:
    """Compare a listing with the keys of its policy's lines in the ledger.

    A line is late where a listing made more than `overlap` after its capture did not have it.
    It is gone where a listing that did not fail has it no more, within its window.
    """
    found = Relisted()
    for capture in listing.captures:
        if capture.key in found.added:
            found.repeated[capture.key] += 1
        elif capture.key in lines:
            found.known += 1
        else:
            found.added[capture.key] = capture
    if listing.outcome is not Outcome.FAILED:
        present = {capture.key for capture in listing.captures}
        found.changes += ((LATE, key) for key in _late(listing, found.added, past, overlap))
        found.changes += ((RETURNED, key) for key in sorted(present & past.withdrawn))
        gone = _within(listing, lines) - present - past.withdrawn
        # What was imported may be of another archive, which this one never listed.
        gone = {key for key in gone if key[:-1] not in past.imported}
        found.changes += ((WITHDRAWN, key) for key in sorted(gone))
    return found


def _late(listing: Listing, added: Iterable[Key], past: Past, overlap: timedelta) -> Iterator[Key]:
    before = past.listed(listing.policy_id, listing.uri_r)
    if before is None or before.listed is None:
        return
    indexed = to_timestamp(before.listed - overlap)
    yield from (key for key in added if key[2] < indexed)


def _within(listing: Listing, lines: Iterable[Key]) -> set[Key]:
    """Give the known lines that this listing ought to have: of its address, in its window."""
    address = address_key(listing.uri_r)
    urlkeys = {capture.urlkey for capture in listing.captures}
    originals: dict[str, bool] = {}
    found = set()
    for key in lines:
        _, urlkey, timestamp, original, *_ = key
        if original not in originals:
            originals[original] = address_key(original) == address
        if timestamp >= listing.since and (urlkey in urlkeys or originals[original]):
            found.add(key)
    return found
