"""What a crawl is to observe, as a user spells it. Standard library only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.errors import AskedWrongly

PERIODS: Mapping[str, Callable[[datetime], str]] = {
    "day": lambda moment: moment.strftime("%Y-%m-%d"),
    "week": lambda moment: moment.strftime("%G-W%V"),
    "month": lambda moment: moment.strftime("%Y-%m"),
    "quarter": lambda moment: f"{moment.year}-Q{(moment.month + 2) // 3}",
    "half-year": lambda moment: f"{moment.year}-H{(moment.month + 5) // 6}",
    "year": lambda moment: str(moment.year),
}
_USUAL_DAYS = 90
_MOST_DAYS = 36_525


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """What to observe: every capture, one per period, or what it takes to date the changes.

    `bisect` is the width in days of the grid for the latter. Both dates are inclusive.
    """

    period: str | None = None
    bisect: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def includes(self, moment: datetime) -> bool:
        """Say whether a moment lies within the dates."""
        after = self.since is None or moment >= self.since
        return after and (self.until is None or moment <= self.until)


def read_strategy(text: str) -> Strategy:
    """Read `all`, `every:PERIOD`, `bisect` or `bisect:DAYS`; raises AskedWrongly."""
    word, colon, rest = text.partition(":")
    if text == "all":
        return Strategy()
    if word == "every" and rest in PERIODS:
        return Strategy(period=rest)
    if word == "bisect" and not colon:
        return Strategy(bisect=_USUAL_DAYS)
    if word == "bisect" and rest.isascii() and rest.isdecimal() and 0 < int(rest[:9]) <= _MOST_DAYS:
        return Strategy(bisect=int(rest))
    choice = ", ".join(f"every:{name}" for name in PERIODS)
    raise AskedWrongly(f"no strategy {text!r}: choose all, bisect, bisect:DAYS or one of {choice}")
