"""What the spider hands on. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.memento import Capture


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
class Listing:
    """All lines that the archive listed for one address, in its order, doubles included."""

    policy_id: str
    uri_r: str
    outcome: Outcome
    captures: tuple[Capture, ...]
    listed_at: datetime
    reason: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A capture that ended in a state without a kept memento, and why."""

    capture: Capture
    state: State
    reason: str
    settled_at: datetime
