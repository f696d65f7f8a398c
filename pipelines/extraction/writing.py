"""Markdown, block by block. Standard library only."""

import re
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BREAK = "\x01"
_BREAKS = re.compile(rf" ?{_BREAK}(?: ?{_BREAK})+ ?")
_HEADING = re.compile(r"h[1-6]")
_MARKER = re.compile(r"^(?:[-*] |\d{1,3}\. |#+ )")
_LONGEST_NUMBER = 4


@dataclass(slots=True)
class _Level:
    """A list under way: `number` is that of the next item, 0 where items have none."""

    number: int
    indent: int = 0


@dataclass(slots=True, frozen=True)
class _Block:
    """A block as written; those of one `kind` stand on neighbouring lines, "" stands alone."""

    text: str
    kind: str


class Writer:
    """Takes a page's pieces in order and makes Markdown of them."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._line: list[str] = []
        self._open: list[tuple[Any, int]] = []
        self._lists: list[_Level] = []
        self._list = 0
        self._marker = ""
        self._heading = ""
        self._kind = ""
        self._verbatim = 0

    def write(self, characters: str) -> None:
        """Take words as they stand in the source; white space folds but in `pre`."""
        if self._verbatim:
            self._line.append(characters.replace("\n", _BREAK))
        else:
            self._line.append(_SPACE.sub(" ", characters))

    def line_break(self) -> None:
        """End the line; two of them end the paragraph."""
        self._line.append(_BREAK)

    def open(self, element: Any) -> None:
        """Begin a stretch of words that belongs to an inline element."""
        self._open.append((element, len(self._line)))

    def close(self, element: Any, before: str, after: str) -> None:
        """End that stretch, and set marks around it where there are words in it."""
        while self._open:
            opened, place = self._open.pop()
            if opened is not element:
                continue
            words = "".join(self._line[place:])
            if before and words.strip(f" {_BREAK}"):
                self._line[place:] = [_marked(words, before, after)]
            return

    def start_block(self, tag: str, start: str = "") -> None:
        """Begin a block; `start` is the number of an ordered list's first item."""
        self.end_block()
        if tag in ("ul", "ol", "menu", "dir"):
            indent = self._lists[-1].indent + 2 if self._lists else 0
            first = int(start) if start.isdecimal() and len(start) <= _LONGEST_NUMBER else 1
            self._list += not self._lists
            self._lists.append(_Level(number=first if tag == "ol" else 0, indent=indent))
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "dd":
            self._marker = ": "
        elif _HEADING.fullmatch(tag):
            self._heading = "#" * int(tag[1]) + " "
        elif tag == "pre":
            self._verbatim += 1
        self._kind = "definition" if tag in ("dt", "dd") else ""

    def finish_block(self, tag: str) -> None:
        """End a block."""
        self.end_block()
        if tag in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag in ("li", "dd"):
            self._marker = ""
        elif _HEADING.fullmatch(tag):
            self._heading = ""
        elif tag == "pre":
            self._verbatim -= 1
        self._kind = ""

    def end_block(self) -> None:
        """Put the line under way among the blocks."""
        words = "".join(self._line)
        self._line.clear()
        self._open.clear()
        for paragraph in _BREAKS.split(words):
            lines = [line.strip() for line in paragraph.split(_BREAK)]
            text = "\n".join(line for line in lines if line)
            if text:
                self._put(text)

    def paragraph(self, markdown: str) -> None:
        """Write what is Markdown already as a block of its own."""
        self.end_block()
        if markdown:
            self._blocks.append(_Block(markdown, ""))

    def table(self, rows: list[list[str]]) -> None:
        """Write a table of cells, each on one line; the first row is its head."""
        self.end_block()
        width = max(len(row) for row in rows)
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        lines.insert(1, "|" + "---|" * width)
        self._blocks.append(_Block("\n".join(lines), ""))

    def text(self) -> str:
        """Give all blocks: items of a list on lines of their own, others a line apart."""
        self.end_block()
        parts: list[str] = []
        before = ""
        for block in self._blocks:
            if parts:
                parts.append("\n" if block.kind and before == block.kind else "\n\n")
            parts.append(block.text)
            before = block.kind
        return "".join(parts)

    def _put(self, text: str) -> None:
        if self._heading:
            flat = text.replace("\n", " ")
            self._blocks.append(_Block(f"{self._heading}{flat}", ""))
            self._marker = ""
            return
        if not self._lists and not self._marker:
            self._blocks.append(_Block(text, self._kind))
            return
        indent = " " * (self._lists[-1].indent if self._lists else 0)
        marker, self._marker = self._marker, ""
        inner = indent + " " * (len(marker) or 2)
        lines = text.split("\n")
        first = f"{indent}{marker}{lines[0]}" if marker else f"{inner}{lines[0]}"
        kind = f"list {self._list}" if self._lists else self._kind
        self._blocks.append(_Block("\n".join([first, *(inner + x for x in lines[1:])]), kind))

    def _next_marker(self) -> str:
        if not self._lists or not self._lists[-1].number:
            return "- "
        number = self._lists[-1].number
        self._lists[-1].number += 1
        return f"{number}. "


def one_line(markdown: str) -> str:
    """Fold Markdown into one line that can stand in a cell."""
    lines = (line.strip() for line in markdown.split("\n"))
    flat = " ".join(_MARKER.sub("", line) for line in lines if line)
    return flat.replace("|", "\\|")


def _marked(words: str, before: str, after: str) -> str:
    core = words.strip(f" {_BREAK}")
    start = words.index(core)
    inner = core.replace(_BREAK, " ") if before == "[" else core
    return f"{words[:start]}{before}{inner}{after}{words[start + len(core) :]}"
