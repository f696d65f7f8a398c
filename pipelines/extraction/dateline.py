"""The date of a policy on its page: in the text, or in the lines beside it. Uses lxml.

Templates set the date of a policy apart from it, in a banner above or in a line below, where no
main text reaches.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.dates import Stated, stated_beside, stated_date
from pipelines.extraction.page import Page

# Shorter lines also stand in menus and tables of contents.
_PROSE = 70
_SAME = 40
_TRIES = 3
_LINES_ABOVE, _LINES_WITHIN, _LINES_BELOW = 80, 12, 20
_LONGEST_LINE = 300
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark"}
    | {"nobr", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr"}
)
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "svg", "select", "iframe", "math"}
)
_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)")
_LETTERS = re.compile(r"[\W_]+")


def date_of(page: Page | None, text: str, language: str) -> Stated:
    """Find the stated date of the policy whose main text is `text`; a PDF has no `page`."""
    stated = stated_date(text, language)
    if stated.quote or page is None or page.tree is None or not text:
        return stated
    return stated_beside("\n".join(_beside(page, text)), text, language)


def _beside(page: Page, text: str) -> Iterator[str]:
    """Give the lines of the page where the main text begins and where it ends."""
    lines = list(_lines(page))
    folded = [_fold(line) for line in lines]
    paragraphs = text.split("\n")
    first = _found(folded, _prose(paragraphs))
    last = _found(folded[::-1], _prose(paragraphs[::-1]))
    if first is not None:
        yield from _around(lines, first - _LINES_ABOVE, first + _LINES_WITHIN)
    if last is not None:
        end = len(lines) - last
        yield from _around(lines, end - _LINES_WITHIN, end + _LINES_BELOW)


def _around(lines: list[str], start: int, stop: int) -> list[str]:
    return [line[:_LONGEST_LINE] for line in lines[max(0, start) : stop]]


def _prose(paragraphs: list[str]) -> Iterator[str]:
    """Give the beginnings of the first paragraphs that stand in no menu."""
    folded = (_fold(paragraph) for paragraph in paragraphs)
    return islice((words[:_SAME] for words in folded if len(words) > _PROSE), _TRIES)


def _found(lines: list[str], beginnings: Iterable[str]) -> int | None:
    for beginning in beginnings:
        for place, line in enumerate(lines):
            if line.startswith(beginning):
                return place
    return None


def _fold(line: str) -> str:
    return _LETTERS.sub("", _TARGET.sub("]", line)).lower()


def _lines(page: Page) -> Iterator[str]:
    """Give the lines of a page as a reader sees them, those of white space left out."""
    line: list[str] = []
    walk = etree.iterwalk(page.tree, events=("start", "end"))
    for event, element in walk:
        if element.tag not in _INLINE and line:
            if words := " ".join("".join(line).split()):
                yield words
            line.clear()
        if event == "end":
            line.append(element.tail or "")
        elif element.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            line.append(element.text or "")
    if words := " ".join("".join(line).split()):
        yield words
