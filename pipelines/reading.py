"""What is known of one fetched capture on its way to the ledger."""

from dataclasses import dataclass

from crawler.bisecting import NOT_POLICY
from crawler.memento import Memento
from pipelines.extraction.extract import Extraction
from pipelines.warc import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A checked memento, where it is kept, and what the extractor made of it, once it did."""

    memento: Memento
    place: Place
    extraction: Extraction | None = None

    @property
    def reads(self) -> str | None:
        """What two readings of one version have in common: see `crawler.bisecting.Point`."""
        found = self.extraction
        if found is None:
            return None
        if found.verdict != "policy" or found.normalized_id is None:
            return NOT_POLICY
        return f"{found.language} {found.normalized_id}"
