"""What the spider hands on. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.memento import Capture

SITE_EXCLUDED = "the archive excludes the site"  # the reason of a listing that is not to be had


class State(StrEnum):
    """The states of a line of the ledger; each line is in exactly one."""

    PENDING = "pending"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REDIRECT = "redirect"
    ABSENT = "absent"
    ERROR = "error"
    DRIFTED = "drifted"
    UNPLAYABLE = "unplayable"
    EXCLUDED = "excluded"
    DAMAGED = "damaged"
    FAILED = "failed"


class Outcome(StrEnum):
    """How a listing ended. A failed listing is never an empty one."""

    COMPLETE = "complete"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An address to list, from a timestamp of 14 digits on; empty: from the beginning."""

    uri_r: str
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All lines that the archive listed for one address, in its order, doubles included.

    `since` is where its window begins, empty for a listing of the whole.
    """

    policy_id: str
    uri_r: str
    outcome: Outcome
    captures: tuple[Capture, ...]
    listed_at: datetime
    since: str = ""
    reason: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A capture that ended in a state without a kept memento, and why."""

    capture: Capture
    state: State
    reason: str
    settled_at: datetime


class SaveOutcome(StrEnum):
    """What came of asking the archive to capture a page now.

    `asked`: it took the order, and how that ended is not known here. `known`: it has a capture
    that is so new that it made no other. `limited`: it made none because too much was asked.
    `refused`: it takes no order from us at all.
    """

    ASKED = "asked"
    SAVED = "saved"
    KNOWN = "known"
    FAILED = "failed"
    LIMITED = "limited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One request to the archive to capture a page now. `timestamp` is the capture's, if any."""

    policy_id: str
    uri_r: str
    asked_at: datetime
    outcome: SaveOutcome
    timestamp: str = ""
    uri_m: str = ""
    reason: str = ""
