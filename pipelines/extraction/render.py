"""A part of a page as Markdown, whole. Uses lxml.

Goes by events, not by recursion, so that no depth of nesting can exhaust the stack.
"""

from collections.abc import Callable, Collection
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.tables import cells_of
from pipelines.extraction.tags import UNSEEN, is_block
from pipelines.extraction.writing import Writer, one_line

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}

Resolve = Callable[[str], str]


def render(root: Any, left_out: Collection[Any] = (), resolve: Resolve = str) -> str:
    """Write an element as Markdown, without those `left_out`; `resolve` makes a target whole.

    A target that `resolve` makes "" of is none, and the link stays as its words.
    """
    writer = Writer()
    passed: set[Any] = set()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in UNSEEN or element in left_out:
                passed.add(element)
                walk.skip_subtree()
            elif element.tag == "table" and (rows := cells_of(element, left_out)):
                for caption in element.iterchildren("caption"):
                    writer.paragraph(render(caption, left_out, resolve))
                writer.table([[_cell(cell, left_out, resolve) for cell in row] for row in rows])
                passed.add(element)
                walk.skip_subtree()
            else:
                _start(writer, element)
            continue
        if element not in passed:
            _end(writer, element, resolve)
        if element is not root and element.tail:
            writer.write(element.tail)
    return writer.text()


def _start(writer: Writer, element: Any) -> None:
    tag = element.tag
    if tag == "br":
        writer.line_break()
    elif tag == "hr":
        writer.end_block()
    elif is_block(element):
        writer.start_block(tag, element.get("start", ""))
    elif tag == "a" or tag in _MARKS:
        writer.open(element)
    if element.text:
        writer.write(element.text)


def _end(writer: Writer, element: Any, resolve: Resolve) -> None:
    tag = element.tag
    if tag in ("br", "hr"):
        return
    if is_block(element):
        writer.finish_block(tag)
    elif tag == "a":
        target = resolve(element.get("href", ""))
        writer.close(element, "[", f"]({target})") if target else writer.close(element, "", "")
    elif tag in _MARKS:
        writer.close(element, _MARKS[tag], _MARKS[tag])


def _cell(cell: Any, left_out: Collection[Any], resolve: Resolve) -> str:
    """Write what is in a cell of a data table on one line."""
    return "" if cell is None else one_line(render(cell, left_out, resolve))
