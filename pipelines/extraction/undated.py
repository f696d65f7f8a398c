"""A text without what it says of its own age: the last rung of sameness. Standard library only.

What goes: dates that the document gives itself (with their labels), years of a copyright, the
document's version, page numbers, counters. What stays: every date and number of the policy's own
words. A date in a sentence is only the document's own near the top or the end of the text, where
dates.py looks for it; elsewhere it has to fill its line.
"""

import re
from collections.abc import Iterator
from itertools import chain

from pipelines.extraction.counters import without_counters
from pipelines.extraction.labels import EAST, STRONG, WEAK
from pipelines.extraction.months import MONTH
from pipelines.extraction.normalize import fold, id_of

Span = tuple[int, int]

_HEAD, _TAIL = 3_000, 1_500
_SHORT = 120
_FEWEST_WORDS = 4  # a line with so many words beside the date is a sentence
_FLAGS = re.IGNORECASE | re.MULTILINE

_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|°|\.)?"
_NAME = rf"(?:{MONTH})\b\.?"
_FULL = (
    rf"(?:{_NAME}\s+{_DAY},?\s+{_YEAR}|{_DAY}\s*(?:de\s+|of\s+)?[-\s]?{_NAME},?[-\s]+"
    rf"(?:de\s+|of\s+)?{_YEAR}|\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}日?"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{_YEAR}|\d\d)|{_NAME},?\s+(?:de\s+)?{_YEAR}"
    rf"|{_YEAR}年\d{{1,2}}月)"
)
_AGO = (
    r"(?:(?:\d{1,3}|an?)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago"
    r"|(?:vor|il\s+y\s+a|hace|há)\s+\d{1,3}\s+\w{3,9}|\d{1,3}\s+\w{3,9}\s+(?:fa|geleden|siden))"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,\s*)?"
_HOUR = (
    r"(?:,?\s*(?:at|um|à|@|-|\u2013)?\s*\d{1,2}[:h.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?"
    r"(?:\s*\(?(?:UTC|GMT|[CEMP][DS]T|CES?T|Uhr)\b\)?)?)?"
)
_GAP = r"[\s:\uff1a*_|(\uff08,.\-\u2013\u2014/\[\]#]{0,12}"
_BETWEEN = (
    rf"{_GAP}(?:\b(?:on|as\s+of|is|was|from|since|the|le|du|au|am|vom|den|el|em|il|del|op|of|date"
    rf"|v?\d+(?:\.\d+)+)\b{_GAP}){{0,3}}"
)
_MORE = r"(?:modified|edited|posted|published|created)\s+(?:on|at)"
_STRONG = "|".join((*STRONG.values(), *EAST.values(), _MORE))
_WEAK = "|".join(WEAK.values())
_LABELLED = re.compile(
    rf"(?:(?<![a-z\d_\u00c0-\u024f])(?:{_STRONG})|(?:^[ \t*_#>]*|[|(\u00b7\u2013\u2014-]\s*)"
    rf"(?:{_WEAK})){_BETWEEN}{_WEEKDAY}"
    rf"(?:{_FULL}|{_NAME}\s+{_DAY}|{_DAY}\s*(?:de\s+)?{_NAME}|{_AGO}|{_YEAR})(?!\d){_HOUR}",
    _FLAGS,
)
_BARE = re.compile(rf"^[ \t*_#|>(-]*{_WEEKDAY}{_FULL}(?!\d){_HOUR}[ \t*_|).]*$", _FLAGS)
_YEARS = rf"{_YEAR}(?!\d)(?:\s*[-\u2013\u2014,/]\s*(?:{_YEAR}|\d\d|present|today|heute)(?![\d\w]))*"
_COPYRIGHT = re.compile(
    rf"(?:\u00a9[^\d\n]{{0,60}}|(?:\(c\)|\bcopyright)[\s:,-]{{0,4}}(?:\(c\)|\u00a9)?\s{{0,4}})"
    rf"(?P<own>{_YEARS})",
    _FLAGS,
)
_VERSION = re.compile(
    r"(?:^[ \t*_#|>(-]*|[-\u2013\u2014|(,;:\u00b7]\s*"
    r"|\b(?:policy|notice|statement|terms|document)\s+)"
    r"(?P<own>(?:(?:version|revision|rev\.|fassung|versión|versione|versão)"
    r"\s*(?:no\.?|number|nr\.?)?\s*:?\s*v?\d+(?:\.\d+){0,3}|v\d+(?:\.\d+){1,3}))"
    r"(?=[ \t*_]*(?:$|[-\u2013\u2014|(),;.\u00b7]))",
    _FLAGS,
)
_PAGE = re.compile(
    r"(?:^[ \t*_#|>-]*|[ \t|-]{1,4})(?P<own>(?:page|seite|página|pagina|strona|sida|side)\s+\d{1,4}"
    r"\s*(?:of|/|von|sur|de|di|van|z|av|af)\s*\d{1,4})[ \t*_|.-]*$",
    _FLAGS,
)
_MARKS = (_LABELLED, _BARE, _COPYRIGHT, _VERSION, _PAGE)
# Cheaper than the marks, for the many short lines of a long text: a year, a date, a word of them.
_HINT = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[-/.]\d"
    r"|\d[^\n]*\b(?:ago|geleden|siden|fa)\b|\b(?:vor|hace|há|y\s+a|version|revision|rev|fassung)\b"
    r"|(?:page|seite|página|pagina|strona|sida|side)\s+\d",
    re.IGNORECASE,
)


def undated_id(text: str, folded: str | None = None) -> str:
    """Identify a text by its words without stated dates and counters: SHA-256, hexadecimal.

    `folded` is the text folded, where that is known and holds no counters any more.
    """
    return id_of(undated(text, folded))


def undated(text: str, folded: str | None = None) -> str:
    """Fold a text to its words without stated dates and counters, one blank between them."""
    spans = spans_of_dates(text)
    if folded is not None and not spans:
        return folded
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces.append(text[done:start])
        done = max(done, end)
    return fold(without_counters("".join((*pieces, text[done:]))))


def spans_of_dates(text: str) -> list[Span]:
    """Give where a text speaks of its own age, as start and end, in order of their starts."""
    head = _line_end(text, _HEAD)
    tail = max(head, text.rfind("\n", 0, max(0, len(text) - _TAIL)) + 1)
    return sorted(chain(_found(text, 0, head), _in_lines(text, head, tail), _found(text, tail)))


def _found(text: str, start: int, end: int | None = None) -> Iterator[Span]:
    for mark in _MARKS:
        for match in mark.finditer(text, start, len(text) if end is None else end):
            yield match.span("own" if "own" in mark.groupindex else 0)


def _in_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Look through the short lines between two places for marks that fill theirs."""
    while start < end:
        stop = min(_line_end(text, start), end)
        if stop - start <= _SHORT and _HINT.search(text, start, stop):
            spans = sorted(_found(text, start, stop))
            if spans and _is_filled(text, start, stop, spans):
                yield from spans
        start = stop + 1


def _is_filled(text: str, start: int, stop: int, spans: list[Span]) -> bool:
    rest = "".join(
        character
        for place, character in enumerate(text[start:stop], start)
        if not any(first <= place < last for first, last in spans)
    )
    return len(fold(rest).split()) < _FEWEST_WORDS


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
