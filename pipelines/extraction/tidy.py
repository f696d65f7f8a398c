"""Dirt that archives, word processors and templates leave in a text. Standard library only."""

import re
from urllib.parse import unquote

from crawler.memento import parse_uri_m
from pipelines.extraction.counters import without_counters
from pipelines.extraction.mojibake import repair
from pipelines.extraction.tags import CONTROL

_TARGET = re.compile(r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,3}(?=\s|\))")
_ARCHIVED = re.compile(r"https?://[^\s()<>\"'/]{1,200}/web/\d{14}[^\s<>\"']*")
_HARD_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\r\x0b\x0c\x85"
)
_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
# Dots, symbols of Word's own fonts, and what stands before a space of its lists.
_DOTS = "\u00b7\u2022\u25aa\u25cf\u25e6\u2023\uf076\uf0a7\uf0b7\uf0d8\uf0fc"
_LETTERS = ("\u00a7  ", "\no  ")
_WORD_BULLET = re.compile(
    rf"^( *)(?:[-*] +)?(?:[{_DOTS}]+ *|\u00a7 {{2,}}|o {{2,}})(?=\S)", re.MULTILINE
)
_SPACES = re.compile(r"  (?<=\S  ) *")
_EMPTY_MARKS = frozenset({"-", "*", "**", "****", "#", "##", "###", "####"})
_DEAD_LINK = re.compile(
    r"\[([^\[\]]{0,600})\]\(javascript:[^()]{0,300}"
    r"(?:\([^()]{0,300}(?:\([^()]{0,300}\)[^()]{0,300}){0,3}\)[^()]{0,300}){0,3}\)"
)
_BLANK_LINES = re.compile(r"\n{3,}")
_HEADING_MARK = re.compile(r"^[#\s*_]+|[\s*_]+$")


def tidy(text: str) -> str:
    """Clean a Markdown text: spaces, bullets, archive addresses, counters, doubled title."""
    if not text:
        return ""
    if "/web/" in text:
        text = _ARCHIVED.sub(_restored, _TARGET.sub(_restored, text))
    text = _without_odd_spaces(repair(_without_unseen(text)))
    if any(bullet in text for bullet in (*_DOTS, *_LETTERS)):
        text = _WORD_BULLET.sub(r"\1- ", text)
    text = _SPACES.sub(" ", _DEAD_LINK.sub(r"\1", text))
    lines = [line.rstrip() for line in text.split("\n")]
    lines = ["" if len(line) < 5 and line in _EMPTY_MARKS else line for line in lines]
    text = without_counters("\n".join(_one_title(lines)))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _without_unseen(text: str) -> str:
    """Drop what no letter decoded twice can hold, so that those letters stand side by side."""
    # A page can write control characters as numbers.
    text = CONTROL.sub("", text)
    for unseen in _INVISIBLE:
        text = text.replace(unseen, "")
    return text


def _without_odd_spaces(text: str) -> str:
    for odd in _HARD_SPACES:
        text = text.replace(odd, " ")
    return text.replace(_SOFT_HYPHEN, "")


def _restored(found: re.Match[str]) -> str:
    """Put the original address in the place of one of the archive, link mark and all."""
    mark = "](" if found[0].startswith("](") else ""
    played = parse_uri_m(found[0].removeprefix(mark))
    if played is None:
        return found[0]
    uri_r = unquote(played.uri_r) if "%3A//" in played.uri_r else played.uri_r
    whole = "://" in uri_r or uri_r.startswith("mailto:")
    return f"{mark}{uri_r}" if whole else f"{mark}http://{uri_r}"


def _one_title(lines: list[str]) -> list[str]:
    """Drop the second of two equal first lines, keeping the heading of the two."""
    filled = [place for place, line in enumerate(lines) if line.strip()][:2]
    if len(filled) < 2:
        return lines
    first, second = filled
    if _HEADING_MARK.sub("", lines[first]) != _HEADING_MARK.sub("", lines[second]):
        return lines
    lesser = first if lines[second].startswith("#") else second
    return [line for place, line in enumerate(lines) if place != lesser]
