"""Text that was decoded twice, put right. Owns ftfy."""

import re

import ftfy

# What the first byte of a UTF-8 sequence looks like when read as windows-1252, and a follower.
_LEADS = "\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2\u00e3"
_FOLLOWERS = (
    "[\u0080-\u00bf\u20ac\u201a-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2013\u2014"
    "\u2018-\u201d\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u0192\u02c6\u02dc\u2122]"
)
# One pattern a letter: a literal beginning is found many times faster than a set of letters.
_TRACES = {lead: re.compile(lead + _FOLLOWERS) for lead in _LEADS}
_TRACES["\u00c2"] = re.compile(f"\u00c2(?:{_FOLLOWERS}|(?=[ <\\n]|$))")
_BETWEEN_TAGS = re.compile(r"[^<>]+")


def repair(characters: str) -> str:
    """Undo double encoding in each stretch between tags that shows a trace of it."""
    if not _shows_trace(characters):
        return characters
    return _BETWEEN_TAGS.sub(_repaired, characters)


def _repaired(match: re.Match[str]) -> str:
    stretch = match[0]
    return ftfy.fix_encoding(stretch) if _shows_trace(stretch) else stretch


def _shows_trace(characters: str) -> bool:
    if characters.isascii():
        return False
    return any(lead in characters and trace.search(characters) for lead, trace in _TRACES.items())
