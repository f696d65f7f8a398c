"""Which HTML tags do what, and an element's own words about itself. Standard library only."""

import re
from typing import Any

UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "svg", "math", "object", "embed"}
    | {"select", "option", "datalist", "input", "iframe", "audio", "video", "canvas", "map", "img"}
)
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "u"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "var", "wbr", "button", "o:p"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Characters that no XML tree may hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


def is_block(element: Any) -> bool:
    """Say whether a browser begins a new line with this element, going by its tag alone."""
    return element.tag not in INLINE and ":" not in element.tag


def words_of(text: str) -> list[str]:
    """Give the words in lower case; Han and kana count as a word each."""
    return _WORD.findall(text.lower())


def names_of(element: Any) -> str:
    """Give id, class, role and label in lower case, as far as the element has them."""
    given = (element.get(name) for name in ("id", "class", "role", "aria-label", "data-testid"))
    return " ".join(name for name in given if name)[:500].lower()
