"""Where people are named as contacts in a text. Standard library only.

Nothing here knows what a name is. A name is two or more capitalised words, none of them a word of
offices, streets or companies, where a person is likely to be named: behind a title or an office
("Data Protection Officer: Jane Roe"), or before one ("Jane Roe is the sole owner").
"""

import re
from collections.abc import Iterator

from pipelines.export.redacting_words import (
    HINTS,
    HONORIFICS,
    LEADS,
    NOTES,
    OFFICES,
    OWNERS,
    PERSONS,
    TITLES,
    WORDS,
)
from pipelines.export.spans import Span, lowered, places, windows

_SEEN_OFTEN = 3
_UPPER = "".join(char for char in map(chr, range(0x41, 0x530)) if char.isupper())
_L = r"[^\W\d_]"  # a letter
_S = r"[ \xa0]"
_PART = (
    rf"(?:[{_UPPER}]['\u2019](?=[{_UPPER}]))?[{_UPPER}]{_L}+(?:['\u2019-]{_L}+)*+"
    rf"|[{_UPPER}]\."  # Jane, O'Neill, Anne-Marie, J.
)
_PARTICLES = r"van|von|vom|der|den|de|del|della|di|da|dos|du|la|le|el|bin|al|zu|ter|ten"
_MORE = rf"{_S}(?:(?:{_PARTICLES}){_S}){{0,2}}(?:{_PART})"
_FULL = rf"(?P<name>(?:{_PART})(?:{_MORE}){{1,3}}+)(?![\w@\[])(?!\.\w)"
_ONE = rf"(?P<name>(?:{_PART})(?:{_MORE}){{0,3}}+)(?![\w@\[])(?!\.\w)"
_TITLES = rf"(?:(?:{HONORIFICS}){_S})*+"
_IS = r"(?i:is|ist|est|es|è)"
_DRESS = r"[\s*_>#|]{0,12}"
_BEHIND = rf"{_DRESS}(?:[:\uff1a\u2013\u2014-]|,(?={_S})|(?<=\w){_S}{_IS}(?={_S})){_DRESS}"
_OUR = rf"(?:(?:our|the|its|acting|unser\w*|notre|nuestr\w*){_S})?"
_CALLED = rf"(?:(?i:name|nom|nombre|naam|nome){_S}?[:\uff1a]{_DRESS})?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Privacy Officer: Jane Roe; **Privacy Officer** (DPO) - Name: Jane Roe
        rf"(?<!\w)(?i:{OFFICES})(?:{_S}?\([^()\n]{{1,40}}\))?{_BEHIND}{_CALLED}{_TITLES}{_FULL}",
        # represented by Jane Roe
        rf"(?<!\w)(?i:{LEADS}){_S}{_TITLES}{_FULL}",
        # Jane Roe, our Privacy Officer
        rf"(?<![\w@.-]){_FULL}(?=,{_S}(?i:{_OUR}(?:{PERSONS}))(?!\w))",
        # Dr. Jane Roe
        rf"(?<![\w.])(?:(?:{HONORIFICS}){_S})++{_ONE}",
    )
)
# Companies stand there as well.
_DOUBTFUL = tuple(
    re.compile(pattern)
    for pattern in (
        # Jane Roe is the sole owner
        rf"(?<![\w@.-]){_FULL}(?={_S}{_IS}{_S}(?i:{OWNERS})(?!\w))",
        # Privacy Officer, and on the next line: Jane Roe
        rf"(?<!\w)(?i:{OFFICES}){_DRESS}\n{_DRESS}{_TITLES}{_FULL}(?=[\s*_]*(?:\n|\Z))",
        # Jane Roe, and on the next line: Privacy Officer
        rf"(?<=\n){_FULL}(?={_DRESS}\n{_DRESS}(?i:{PERSONS})[\s*_]*(?:\n|\Z))",
        # Contact us: Jane Roe, Acme
        rf"(?<!\w)(?i:{NOTES}):{_DRESS}{_TITLES}{_FULL}(?=,|[\s*_]*(?:\n|\Z))",
    )
)
# ... and John Doe
_AND = re.compile(rf"(?:,?{_S}(?:and|und|et|y|e|&)|,){_S}{_TITLES}{_FULL}")
_VERB = re.compile(
    rf"(?:Ask|Call|Contact|E-?mail|Tell|Write|Please|Bitte|By|With|From|To|Dear|Ich|I|Wir){_S}"
    rf"(?=\w[^ \xa0]*{_S})"
)
_COMPANY = re.compile(
    r",? ?(?:Inc|LLC|LLP|Ltd|Limited|GmbH|AG|Corp|Co|SAS|SARL|SA|S\.A|B\.V|BV|AB|KG|Pty|PLC)\b"
)


def find_names(text: str) -> Iterator[Span]:
    """Give where people are named, in order and apart from one another."""
    spans: set[Span] = set()
    for start, end in windows([*places(text, TITLES), *places(lowered(text), HINTS)], 100, 240):
        for pattern in _PATTERNS:
            spans.update(match.span("name") for match in pattern.finditer(text, start, end))
        for pattern in _DOUBTFUL:
            found = (match.span("name") for match in pattern.finditer(text, start, end))
            spans.update(span for span in found if _is_rare(text, span))
    reached = 0
    for span in sorted(spans):
        start, end = _trimmed(text, *span)
        if start >= reached and _is_name(text, start, end):
            yield start, end
            reached = end
            while (more := _AND.match(text, reached)) and _is_name(text, *more.span("name")):
                yield more.span("name")
                reached = more.end("name")


def _trimmed(text: str, start: int, end: int) -> Span:
    """Leave away the verb that a sentence begins with: Contact Jane Roe, our DPO."""
    verb = _VERB.match(text, start, end)
    return (verb.end(), end) if verb else (start, end)


def _is_name(text: str, start: int, end: int) -> bool:
    parts = [part.strip(".").lower() for part in re.split(_S, text[start:end])]
    named = [part for part in parts if part not in _PARTICLES.split("|")]
    if any(part in WORDS for part in named if len(part) > 1):
        return False
    # ACME DESK, Privacy Officer: as companies write themselves
    shouted = text[start:end].isupper() and text.startswith(",", end)
    return not shouted and not _COMPANY.match(text, end)


def _is_rare(text: str, span: Span) -> bool:
    """Say whether a name is rather a person's than that of the company, which owns things too.

    A policy names its company again and again, and in its addresses.
    """
    name = text[slice(*span)]
    together = "".join(char for char in name.lower() if char.isalnum())
    return text.count(name) < _SEEN_OFTEN and together not in text.lower()
