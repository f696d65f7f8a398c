"""The headings, list items and table cells of a Markdown text. Uses markdown-it, as rich does.

A part is what a reader of Markdown takes for one; an item is its own words without those of the
items below it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks._scoring import words_of

KINDS = ("headings", "items", "cells")
Part = tuple[str, ...]
_BREAK = re.compile(r"<br\s*/?>")
_OPENS = {"heading_open": "headings", "list_item_open": "items", "th_open": "cells",
          "td_open": "cells"}  # fmt: skip
_CLOSES = frozenset(name.replace("_open", "_close") for name in _OPENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of `wanted` parts of the truth, those not in the text, and those not marked as such a part.

    A part that stands twice in the truth must be marked twice.
    """

    wanted: int
    absent: list[Part]
    unmarked: list[Part]

    @property
    def present(self) -> int:
        """How many stand in the text."""
        return self.wanted - len(self.absent)

    @property
    def marked(self) -> int:
        """How many stand in it as such a part."""
        return self.wanted - len(self.unmarked)


def kept(text: str, truth: str) -> dict[str, Kept]:
    """Compare the parts of a text with those of the truth, both Markdown."""
    mine, wanted = parts_of(text), parts_of(truth)
    spread = f" {' '.join(words_of(_BREAK.sub(' ', text)))} "
    return {
        kind: Kept(
            wanted=wanted[kind].total(),
            absent=[part for part in wanted[kind].elements() if not _stands(part, spread)],
            unmarked=list((wanted[kind] - mine[kind]).elements()),
        )
        for kind in KINDS
    }


def parts_of(text: str) -> dict[str, Counter[Part]]:
    """Count the parts of a Markdown text by kind; those without a word are none."""
    found: dict[str, Counter[Part]] = {kind: Counter() for kind in KINDS}
    for kind, words in _parts(_reader().parse(text)):
        if words:
            found[kind][tuple(words)] += 1
    return found


def _stands(part: Part, spread: str) -> bool:
    return f" {' '.join(part)} " in spread


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[str, list[str]]]:
    open_parts: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.type in _OPENS:
            open_parts.append((_OPENS[token.type], []))
        elif token.type in _CLOSES:
            yield open_parts.pop()
        elif open_parts and token.content:
            open_parts[-1][1].extend(words_of(_shown(token)))


def _shown(token: Token) -> str:
    if token.children is None:
        return _BREAK.sub(" ", token.content)
    breaks = ("softbreak", "hardbreak", "html_inline")
    return "".join(" " if child.type in breaks else child.content for child in token.children)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
