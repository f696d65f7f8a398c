"""The date a policy gives itself, with the words it gives it in. Standard library only.

A date is only read where it cannot be another one: 03/04/2018 stays a quote without a date
unless the rest of the text, the language or a dot says which is the day.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.extraction.claims import KINDS, Claim, claims_of, logged
from pipelines.extraction.contexts import PRIVACY
from pipelines.extraction.days import Day, days_in
from pipelines.extraction.labels import TITLE
from pipelines.extraction.orders import is_day_first

_MOST = 1_000_000
_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)")
_MARKS = (
    "*",
    "_",
    "\\",
    "`",
    "\u3010",
    "\u3011",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\ufeff",
)
_BRACKETS = ("#", "[", "]")
_NEAR = 160
_TITLE = 100
# Terms of use have sections on privacy too, but number them or name no document.
_HEADING = re.compile(rf"\s*(?:[^\W\d][\w.&'\u2019]*\s+){{0,4}}(?:{TITLE})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A stated date; `date` is None where the words in `quote` leave the day open."""

    date: dt.date | None
    kind: str
    quote: str


NO_DATE = Stated(date=None, kind="", quote="")


def stated_date(text: str, language: str = "und") -> Stated:
    """Find the date that a policy states of itself: of its update, else of effect, else version.

    `text` is Markdown, `language` ISO 639-1. Dates of laws, of earlier versions and of other
    documents on the page are passed over.
    """
    plain = _plain(text)
    days = days_in(plain)
    claims = [claim for day in days for claim in claims_of(plain, day)]
    claims = _own(plain, claims or [*logged(plain, days)])
    return _stated(plain, claims, lambda: is_day_first(plain, days, language))


def stated_beside(lines: str, text: str, language: str = "und") -> Stated:
    """Find that date in the lines of a page around the policy's text, which states none.

    There a date needs a label of its own: the page's clock may stand below its title.
    """
    plain = _plain(lines)
    days = days_in(plain)
    claims = [claim for day in days for claim in claims_of(plain, day, titled=False)]
    claims = [claim for claim in claims if claim.sure and not claim.other]
    both = [*days, *days_in(_plain(text))] if claims else []
    return _stated(plain, claims, lambda: is_day_first(text, both, language))


def _stated(text: str, claims: Sequence[Claim], order: Callable[[], bool | None]) -> Stated:
    if not claims:
        return NO_DATE
    doubtful = any(len(claim.day.readings) > 1 for claim in claims)
    day_first = order() if doubtful else None
    kinds = [[claim for claim in claims if claim.kind == kind] for kind in KINDS]
    best = [_current(group, day_first) for group in kinds if group]
    chosen = _chosen(best, day_first)
    quote = " ".join(text[chosen.start : chosen.end].split())
    return Stated(date=_date(chosen.day, day_first), kind=chosen.kind, quote=quote)


def _plain(text: str) -> str:
    """Drop link targets and marks, and the middle of a text longer than any policy."""
    if len(text) > _MOST:
        text = text[: _MOST // 2] + "\n\n" + text[-_MOST // 2 :]
    if "](" in text:
        text = _TARGET.sub("]", text)
    for mark in _MARKS:
        text = text.replace(mark, "")
    for bracket in _BRACKETS:
        text = text.replace(bracket, " ")
    return text


def _own(text: str, claims: list[Claim]) -> list[Claim]:
    """Leave out what other documents on the page say of themselves, and what is less sure."""
    mixed = any(claim.other for claim in claims)
    own = [claim for claim in claims if claim.own] if mixed else []
    own = own or [claim for claim in claims if not claim.other]
    if not own and _is_on_privacy(text):
        return []
    own = own or claims
    return [claim for claim in own if claim.sure] or own


def _is_on_privacy(text: str) -> bool:
    first = text.lstrip()[:_TITLE].partition("\n")[0]
    return bool(PRIVACY.search(first)) or any(map(_HEADING.fullmatch, text.split("\n")))


def _current(claims: Sequence[Claim], day_first: bool | None) -> Claim:
    """Of one kind, take the first; of a list of revisions that begins with it, the newest."""
    early = [claim for claim in claims if claim.early]
    group = [*(early or claims)][:1]
    for claim in (early or claims)[1:]:
        if early and claim.start - group[-1].end > _NEAR:
            break
        group.append(claim)
    return max(group, key=lambda claim: _age(claim.day, day_first))


def _chosen(best: Sequence[Claim], day_first: bool | None) -> Claim:
    """Take the first with a date, unless one before it names a later month without a day."""
    dated = [claim for claim in best if _date(claim.day, day_first)]
    if not dated or _age(best[0].day, None)[:2] > _age(dated[0].day, day_first)[:2]:
        return best[0]
    return dated[0]


def _age(day: Day, day_first: bool | None) -> tuple[int, int, int]:
    date = _date(day, day_first)
    if date:
        return date.year, date.month, date.day
    return (*(day.month or (0, 0)), 0)


def _date(day: Day, day_first: bool | None) -> dt.date | None:
    if len(day.readings) < 2 or day.dotted:
        return day.readings[0] if day.readings else None
    return None if day_first is None else day.readings[0 if day_first else 1]
