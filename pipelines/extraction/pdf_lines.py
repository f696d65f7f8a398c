"""Pieces of text on a sheet of paper, put into lines in reading order. Standard library only.

A program may write a page piece by piece or word by word, and across two columns at once.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

# Parts of the size of the letters.
_SAME_LINE = 0.4
_LETTER = 0.45
_WIDE = 2.0
_SAME_PLACE = 3.0
_MOST_STARTS_CHECKED = 5
_FEWEST_ROWS = 5
# Part of the rows beyond the gutter that it must part, and of those the part that begin at it.
_PARTED, _BEGINNING = 0.8, 0.5
# Cells of a table begin with capitals; lines of running text begin in the middle of a sentence.
_RUNNING = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text with the place of its beginning, right and up in points, and its letters' size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it is read. `y` is its baseline, `size` that of most of its letters.

    `cells` counts its parts between wide gaps: more than one in a row of a table.
    """

    text: str
    y: float
    size: float
    cells: int = 1


def piece_of(text: str, matrix: Sequence[float], placed: Sequence[float], size: float) -> Piece:
    """Place a text by its page matrix and its text matrix, turned so that it runs to the right."""
    a, b, x, y = _product(placed, matrix)
    scale = math.hypot(a, b) or 1.0
    turned_x, turned_y = (x * a + y * b) / scale, (y * a - x * b) / scale
    return Piece(text=text, x=turned_x, y=turned_y, size=abs(size) * scale)


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Join pieces on one baseline, and read columns one after the other."""
    rows = list(_rows(pieces))
    gutter = _gutter(rows)
    if gutter is None:
        return [line for row in rows if (line := _line(row)) is not None]
    return list(_by_column(rows, gutter))


def _product(left: Sequence[float], right: Sequence[float]) -> tuple[float, float, float, float]:
    return (
        left[0] * right[0] + left[1] * right[2],
        left[0] * right[1] + left[1] * right[3],
        left[4] * right[0] + left[5] * right[2] + right[4],
        left[4] * right[1] + left[5] * right[3] + right[5],
    )


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in pieces:
        if not piece.text.strip():
            if row and piece.text:
                row[-1] = replace(row[-1], text=f"{row[-1].text} ")
            continue
        if row and not _follows(row, piece):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _follows(row: list[Piece], piece: Piece) -> bool:
    apart = min(abs(piece.y - row[-1].y), abs(piece.y - row[0].y))
    close = apart <= _SAME_LINE * max(row[-1].size, piece.size)
    return close and piece.x >= row[-1].x - piece.size


def _line(row: list[Piece]) -> Line | None:
    text = " ".join("".join(piece.text for piece in row).split())
    if not text:
        return None
    sizes = Counter[float]()
    for piece in row:
        sizes[round(piece.size, 1)] += len(piece.text)
    size = sizes.most_common(1)[0][0]
    gaps = sum(piece.x - _end(last) > _WIDE * size for last, piece in pairwise(row))
    return Line(text=text, y=row[0].y, size=size, cells=1 + gaps)


def _gutter(rows: list[list[Piece]]) -> float | None:
    """Find where a second column begins, if rows of running text go across two."""
    starts = Counter(round(piece.x / _SAME_PLACE) for row in rows for piece in row[1:])
    for place, times in starts.most_common(_MOST_STARTS_CHECKED):
        if times >= _FEWEST_ROWS and _is_gutter(rows, place * _SAME_PLACE):
            return place * _SAME_PLACE
    return None


def _is_gutter(rows: list[list[Piece]], x: float) -> bool:
    beyond = [row for row in rows if row[0].x < x - _SAME_PLACE <= row[-1].x]
    halves = [_split(row, x) for row in beyond]
    both = [(left, right) for left, right in halves if right]
    if len(both) < max(_FEWEST_ROWS, _PARTED * len(beyond)):
        return False
    exact = sum(abs(right[0].x - x) <= _SAME_PLACE for _, right in both)
    return exact >= _BEGINNING * len(both) and all(
        _runs([half[side] for half in both]) for side in (0, 1)
    )


def _runs(halves: list[list[Piece]]) -> bool:
    beginnings = [half[0].text.strip()[:1] for half in halves]
    letters = [letter for letter in beginnings if letter.isalpha()]
    running = sum(not letter.isupper() for letter in letters)
    return bool(letters) and running >= _RUNNING * len(halves)


def _split(row: list[Piece], x: float) -> tuple[list[Piece], list[Piece]]:
    """Part a row before the first piece beyond `x`, if there is a gap before it."""
    place = next((place for place, one in enumerate(row) if one.x >= x - _SAME_PLACE), len(row))
    if 0 < place < len(row) and _end(row[place - 1]) > row[place].x - row[place].size:
        return row, []
    return row[:place], row[place:]


def _end(piece: Piece) -> float:
    return piece.x + _LETTER * piece.size * len(piece.text.strip())


def _by_column(rows: list[list[Piece]], x: float) -> Iterator[Line]:
    """Read the left column, then the right one, down to each row that goes across both."""
    halves = [_split(row, x) for row in rows]
    for _, group in groupby(halves, key=lambda half: _is_across(half[0], half[1], x)):
        block = list(group)
        sides = [left for left, _ in block] + [right for _, right in block]
        yield from (line for side in sides if side and (line := _line(side)) is not None)


def _is_across(left: list[Piece], right: list[Piece], x: float) -> bool:
    return bool(left) and not right and _end(left[-1]) > x + left[-1].size
