"""Whoever hears how far a crawl is. Standard library only."""

from typing import Protocol

from crawler.items import Listing, State


class Observer(Protocol):
    """Whoever shows a person how far the crawl is."""

    def listed(self, listing: Listing, added: int) -> None:
        """Hear of a listing and how many of its captures are new."""

    def planned(self, policy_id: str, fetches: int, waiting: int) -> None:
        """Hear how many captures are asked for now, and how many wait for one of those."""

    def settled(self, policy_id: str, state: State) -> None:
        """Hear of a capture that was asked for and how it ended."""
