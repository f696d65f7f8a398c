"""What is known of one fetched capture on its way to the ledger."""

from dataclasses import dataclass

from crawler.memento import Memento
from pipelines.extraction.extract import Extraction
from pipelines.warc import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A checked memento, where it is kept, and what the extractor made of it, once it did."""

    memento: Memento
    place: Place
    extraction: Extraction | None = None
