"""A page as a tree, parsed once for all who look at it. Uses lxml, which trafilatura brings."""

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import (  # type: ignore[import-untyped]
    HtmlElement,
    HTMLParser,
    document_fromstring,
)

from pipelines.extraction.mending import mend
from pipelines.extraction.sniff import is_markup
from pipelines.extraction.tags import CONTROL

# What may go from a page nested too deeply: containers first, then lists and links as well.
_KEPT = r"p|h[1-6]|br|title|head|body|html|script|style|meta"
_CONTAINERS = tuple(
    re.compile(rf"<(/?)(?!(?:{kept})\b)[a-z][^>]*>", re.IGNORECASE)
    for kept in (rf"{_KEPT}|[ou]l|li|a", _KEPT)
)
_PARAGRAPHS = re.compile(r"<p>(?:\s*<p>)+")
_REFRESH = re.compile(r"\s*(\d{1,6})[\d.]*\s*[;,]\s*(?:url\s*=)?\s*\S", re.IGNORECASE)
_SOON = 30
_ROWS = ("tr", "table", "thead", "tbody", "tfoot")
_MOST_ELEMENTS = 40_000
_MOST_CHILDREN = 8_000
_MOST_TABLES = 3_000
_WIDEST = 5_000
_MOST_CELLS = 200_000
_LONGEST_SPAN = 100  # longer ones are cut to it where the text is made
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Either a tree of markup, or the characters of plain text with `tree` None."""

    tree: HtmlElement | None
    plain: str
    title: str


def parse(characters: str) -> Page:
    """Parse markup of any quality; text without markup is kept as it is."""
    clean = CONTROL.sub("", characters)
    if not is_markup(clean):
        return Page(tree=None, plain=clean, title="")
    tree = _tree(clean)
    if tree is None:
        return Page(tree=None, plain="", title="")
    mend(tree)
    found = tree.find(".//title")
    title = " ".join("".join(found.itertext()).split()) if found is not None else ""
    return Page(tree=tree, plain="", title=title)


def seen_text(page: Page) -> str:
    """Give all text of the page that a reader may see, in order, blocks not kept apart."""
    if page.tree is None:
        return page.plain
    parts: list[str] = []
    for element in page.tree.iter():
        if element.tag not in _UNSEEN and element.text:
            parts.append(element.text)
        if element.tail and (element.getparent() is None or element.getparent().tag != "head"):
            parts.append(element.tail)
    return " ".join(" ".join(parts).split())


def is_redirecting(page: Page) -> bool:
    """Say whether the page sends its reader elsewhere within a few seconds."""
    if page.tree is None:
        return False
    for meta in page.tree.iter("meta"):
        # One for readers without scripts says nothing of the page that all others saw.
        parent = meta.getparent()
        if parent is None or parent.tag == "noscript":
            continue
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            found = _REFRESH.match(meta.get("content") or "")
            if found and int(found[1]) <= _SOON:
                return True
    return False


def has_frames(page: Page) -> bool:
    """Say whether the text of the page lies in frames, which are pages of their own."""
    return page.tree is not None and page.tree.find(".//frame") is not None


def link_words(page: Page) -> list[str]:
    """Give the words of each link that has any, in order."""
    if page.tree is None:
        return []
    words = (" ".join(link.itertext()) for link in page.tree.iter("a"))
    return [folded for folded in (" ".join(text.split()) for text in words) if folded]


def is_vast(page: Page) -> bool:
    """Say whether the tree is beyond any policy's, so that reading it would not end.

    The work, and here and there the memory, grows by the square of an element's children, of a
    row's cells and of the tables; and tables are filled up to a grid as their spans ask for.
    """
    if page.tree is None:
        return False
    tables = widest = rows = cells = 0
    for number, element in enumerate(page.tree.iter()):
        if number > _MOST_ELEMENTS or len(element) > _MOST_CHILDREN:
            return True
        tables += element.tag == "table"
        if element.tag in _ROWS:
            spans = [_spans(cell) for cell in element if cell.tag in ("td", "th")]
            rows += bool(spans)
            widest = max(widest, sum(columns for columns, _ in spans))
            cells += sum(columns * lines for columns, lines in spans)
    return tables > _MOST_TABLES or widest > _WIDEST or max(cells, rows * widest) > _MOST_CELLS


def script_count(page: Page) -> int:
    """Count the scripts of the page."""
    return 0 if page.tree is None else sum(1 for _ in page.tree.iter("script"))


def _spans(cell: HtmlElement) -> tuple[int, int]:
    given = (cell.get("colspan", "1"), cell.get("rowspan", "1"))
    columns, rows = (int(span[:4]) if span.isdecimal() else 1 for span in given)
    return min(columns, _LONGEST_SPAN), min(rows, _LONGEST_SPAN)


def _tree(characters: str) -> HtmlElement | None:
    parser = _parser()
    tree = _parsed(characters, parser)
    for container in _CONTAINERS:
        if not any("depth" in entry.message for entry in parser.error_log):
            break
        # The parser gave up inside some hundred nested elements: without these it goes on.
        flat = container.sub(lambda tag: "" if tag[1] else "<p>", characters)
        parser = _parser()
        tree = _parsed(_PARAGRAPHS.sub("<p>", flat), parser)
    return tree


def _parsed(characters: str, parser: HTMLParser) -> HtmlElement | None:
    try:
        return document_fromstring(characters.encode(), parser=parser)
    except etree.ParserError:
        return None


def _parser() -> HTMLParser:
    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
