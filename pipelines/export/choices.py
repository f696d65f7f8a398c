"""What of an archive is exported. Standard library only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is asked for; without any choice, everything.

    `policies` are whole ids; `since` and `until` are days of capture, inclusive; `as_of` is a
    moment in UTC: only what was known then. `text_free` leaves the texts away, `redact` what
    names people in them.
    """

    policies: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    as_of: datetime | None = None
    text_free: bool = False
    redact: bool = False

    @property
    def is_all(self) -> bool:
        """Whether everything is exported as it is."""
        return self == Choices()
