"""Which of the dates in a text are given by the document to itself. Standard library only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.extraction.contexts import (
    OLD,
    OPENS,
    OTHER,
    PASSED,
    PRIVACY,
    SUBJECT,
    goes_on,
    heading_of,
    is_short_line,
    sentence_of,
)
from pipelines.extraction.days import Day
from pipelines.extraction.labels import AFTER, EAST, GAP, LOG, MARK, STRONG, TITLE, WEAK
from pipelines.extraction.months import small

KINDS = ("updated", "effective", "version")
HEAD, TAIL = 3_000, 2_500
_TITLE_WITHIN = 800
_REACH = 120
_ENTRY = 600
_BEFORE = {
    (kind, strong): re.compile(rf"(?<!\w)(?:{words[kind]})(?!\w){GAP}")
    for kind in KINDS
    for strong, words in ((True, STRONG), (False, WEAK))
}
_EAST = {kind: re.compile(rf"(?:{EAST[kind]}){GAP}") for kind in KINDS}
_TITLE = re.compile(rf"(?:{TITLE}){MARK}{{0,12}}$")
_LOG = re.compile(rf"(?:{LOG}){GAP}")
_AFTER = {kind: re.compile(words, re.IGNORECASE) for kind, words in AFTER.items()}
# Whose date it is may come after the label: we updated this policy on ...
_OBJECT = re.compile(
    r"(?:this|our)\s+(?:\w+\s+)?(?:policy|notice|statement|version)", re.IGNORECASE
)
_OF_DATE_BEFORE = re.compile(r"\d\s*[日일]?[^\S\n]*\Z")
# Lines that only a style sheet parts stand together in the text: PolicyLast updated.
_GLUED = re.compile(r"[a-z](?=[A-Z][a-z])")
_DATED = re.compile(r"\d\s*[日일]\s*[\w]{2,6}[\s\u3001\uff0f/]*$")
_ENDS = re.compile(r"[^\S\n]*(?:[|.\n]|$)")
_ENDS_WITHIN = re.compile(r"\s*[,;)\uff09]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A date with the words beside it: the quote lies from `start` to `end`.

    `sure` says that the words can only mean the document; `own` that they name a privacy policy,
    `other` that they name another document. `early` dates stand near the beginning of the text.
    """

    day: Day
    kind: str
    start: int
    end: int
    sure: bool = True
    early: bool
    own: bool = False
    other: bool = False


def claims_of(text: str, day: Day, *, titled: bool = True) -> list[Claim]:
    """Give what the words around a date claim it to be; dates of earlier versions claim nothing.

    `titled` lets a date without a label claim something below a title.
    """
    before = _before(text, day)
    found = [*_labelled(text, day, before)]
    found = found or [*_labelled_after(text, day)]
    return found or ([*_titled(text, day, before)] if titled else [])


def logged(text: str, days: Iterable[Day]) -> Iterator[Claim]:
    """Give the dates of a list of changes, which begin their lines."""
    last = -_ENTRY
    for day in days:
        if label := _LOG.search(_before(text, day)):
            start = day.start - len(label[0])
        elif day.start - last < _ENTRY and OPENS.search(text[max(0, day.start - 9) : day.start]):
            start = day.start
        else:
            continue
        last = day.end
        early = day.start < HEAD
        yield Claim(day=day, kind="updated", start=start, end=day.end, early=early)


def _before(text: str, day: Day) -> str:
    return small(_GLUED.sub(" ", text[max(0, day.start - _REACH) : day.start]))


def _labelled(text: str, day: Day, before: str) -> Iterator[Claim]:
    for (kind, strong), pattern in _BEFORE.items():
        if (label := pattern.search(before)) and (
            claim := _claim(text, day, kind, day.start - len(label[0]), strong=strong)
        ):
            yield claim
    if before.isascii():
        return
    for kind, pattern in _EAST.items():
        label = pattern.search(before)
        if (
            label
            and not _OF_DATE_BEFORE.search(before[: label.start()])
            and (claim := _claim(text, day, kind, day.start - len(label[0]), strong=True))
        ):
            yield claim


def _claim(text: str, day: Day, kind: str, start: int, *, strong: bool) -> Claim | None:
    ahead = text[max(0, start - 200) : start]
    after = text[day.end : day.end + 80].partition("\n")[0]
    sentence = sentence_of(ahead)
    opens = bool(OPENS.search(ahead) or _GLUED.match(text, max(0, start - 1)))
    subject = bool(SUBJECT.search(sentence) or _OBJECT.search(text, start, day.start))
    stands = opens and not (kind != "updated" and goes_on(after))
    if not (strong or subject or stands):
        return None
    at_an_end = day.start < HEAD or day.end > len(text) - TAIL
    if not (at_an_end or subject or (opens and is_short_line(text, start, day.end))):
        return None
    named = sentence if sentence.strip(" -") else heading_of(text, start)
    if OLD.search(named) or PASSED.match(after):
        return None
    words = named + text[start : day.end]
    own = bool(PRIVACY.search(words))
    return Claim(
        day=day,
        kind=kind,
        start=start,
        end=day.end,
        sure=opens or subject,
        early=day.start < HEAD,
        own=own,
        other=bool(OTHER.search(words)) and not own,
    )


def _labelled_after(text: str, day: Day) -> Iterator[Claim]:
    """Find a label that follows its date, as in Japanese, and headings below a date."""
    start = text.rfind("\n", max(0, day.start - _REACH), day.start) + 1
    ahead = text[max(start, day.start - 60) : day.start]
    opens = not ahead.strip(" -|:\uff1a(\uff08\u30fb") or _DATED.search(ahead)
    alone = opens and is_short_line(text, start, day.end)
    if not (alone or SUBJECT.search(sentence_of(ahead))):
        return
    after = text[day.end : day.end + 60]
    for kind, pattern in _AFTER.items():
        if label := pattern.match(after):
            end = day.end + len(label[0].rstrip())
            early = day.start < HEAD
            yield Claim(day=day, kind=kind, start=day.start, end=end, early=early)


def _titled(text: str, day: Day, before: str) -> Iterator[Claim]:
    """Find a date that stands behind or below the title and has no other label."""
    label = _TITLE.search(before) if day.start < _TITLE_WITHIN else None
    if label is None:
        return
    ends = _ENDS_WITHIN if set(label[0]) & {"(", "\uff08"} else _ENDS
    if ends.match(text, day.end) and is_short_line(text, day.start - len(label[0]), day.end):
        start = day.start - len(label[0])
        yield Claim(day=day, kind="version", start=start, end=day.end, early=True, own=True)
