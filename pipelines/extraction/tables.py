"""Tables that hold data, told from those that only lay a page out. Uses no library but trees."""

from collections.abc import Collection
from typing import Any

_SECTIONS = ("thead", "tbody", "tfoot")
_NOT_IN_DATA = ("table", "h1", "h2", "h3", "form", "article", "section", "main", "nav")
_LONGEST_CELL = 1_500
_WIDEST = 20


def cells_of(table: Any, left_out: Collection[Any] = ()) -> list[list[Any]]:
    """Give the cells of a data table row by row, None beside a cell that spans; [] for layout."""
    rows = [_row(row) for row in _rows(table) if row not in left_out]
    rows = [row for row in rows if row]
    if not rows or not _is_data(table, rows):
        return []
    return rows


def _rows(table: Any) -> list[Any]:
    rows: list[Any] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _SECTIONS:
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _row(row: Any) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        if cell.tag in ("td", "th"):
            span = cell.get("colspan", "1")
            wide = int(span) if span.isdecimal() and len(span) < 3 else 1
            cells += [cell, *[None] * (min(wide, _WIDEST) - 1)]
    return cells


def _is_data(table: Any, rows: list[list[Any]]) -> bool:
    wide = [row for row in rows if len([cell for cell in row if cell is not None]) > 1]
    if len(rows) < 2 or 2 * len(wide) < len(rows):
        return False
    if any(inner is not table for inner in table.iter(*_NOT_IN_DATA)):
        return False
    cells = (cell for row in rows for cell in row if cell is not None)
    return all(_length(cell) <= _LONGEST_CELL for cell in cells)


def _length(cell: Any) -> int:
    return sum(len(words.strip()) for words in cell.itertext())
