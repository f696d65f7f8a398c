"""The door between the spider and whoever keeps the ledger. Standard library only.

The spider knows no table: settings name a class that keeps these promises, as a string.
"""

from collections.abc import Sequence
from typing import Protocol

from crawler.items import Listing, Settlement, Window
from crawler.memento import Capture
from crawler.vendors import Policy


class Ledger(Protocol):
    """Remembers what was listed and what became of it; says what to fetch next.

    `outcome` is empty until the crawl ends, then one word for how it ended.
    """

    outcome: str

    def policies(self) -> Sequence[Policy]:
        """Give the policies to crawl, in order."""

    def windows(self, policy: Policy) -> Sequence[Window]:
        """Give the addresses of a policy to list now, each once, and from when on."""

    def record(self, listing: Listing) -> None:
        """Take in a listing and its captures; written with the next batch."""

    def wanted(self, policy_id: str) -> Sequence[Capture]:
        """Settle what needs no request and give the captures to fetch now; empty when done."""

    def settle(self, settlement: Settlement) -> None:
        """Take in how a capture ended; written with the next batch."""

    def close(self, outcome: str) -> None:
        """Write what is still in hand and how the crawl ended."""
