"""Words from the data within Markdown: they show as they are, and change nothing around them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_LONGEST = 200
_MEANING = re.compile(r"([\\`*_\[\]<>#|~&!$])")


def inline(words: object) -> str:
    """Write a value as part of a line: one line, nothing in it a mark of Markdown or HTML."""
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in str(words))
    return _MEANING.sub(r"\\\1", " ".join(text.split()))


def cell(words: object) -> str:
    """Write a value as a cell of a table, cut where it is too long for one."""
    text = str(words)
    return inline(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; the cells are data."""
    lines = [_line(heads), f"|{'---|' * len(heads)}"]
    lines += [_line([cell(value) for value in row]) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
