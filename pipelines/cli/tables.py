"""Rows as a table: drawn to the width of a terminal, or plain and uncut elsewhere. Owns rich."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TextIO

from pipelines.cli.values import flat, moment

_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], "\ufffd") | {
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
}

_ENOUGH = 24  # characters that a column can be read in
_LONG = 300  # characters of one value that a terminal shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as a person sees it: which one, its heading, and how a value is written."""

    name: str
    heading: str
    write: Callable[[Any], str] = str


def write_table(
    names: Sequence[str], rows: Iterable[tuple[Any, ...]], columns: Sequence[Column], stream: TextIO
) -> None:
    """Write rows to a stream; `columns` chooses and names some, none given means all."""
    chosen = columns or [Column(name=name, heading=name, write=_cell) for name in names]
    places = [names.index(column.name) for column in columns] or range(len(names))
    cells: list[list[str]] = []
    right = [True] * len(chosen)
    for row in rows:
        values = [row[place] for place in places]
        right = [was and _is_number(value) for was, value in zip(right, values, strict=True)]
        cells.append([_text(c, value) for c, value in zip(chosen, values, strict=True)])
    headings = [column.heading for column in chosen]
    if stream.isatty():
        if columns or _is_readable(headings, cells):
            _draw(headings, cells, right)
        else:
            _write_cards(headings, cells, stream)
    else:
        _align(headings, cells, right, stream)


def _is_number(value: Any) -> bool:
    return value is None or isinstance(value, int | float | Decimal)


def _text(column: Column, value: Any) -> str:
    return "" if value is None else column.write(value).translate(_CONTROLS)


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value, " ", "")
    plain = flat(value)
    return "NaN" if plain is None else str(plain)


def _align(headings: list[str], cells: list[list[str]], right: list[bool], stream: TextIO) -> None:
    lines = [headings, *cells]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headings))]
    for line in lines:
        padded = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ]
        stream.write("  ".join(padded).rstrip() + "\n")


def _draw(headings: list[str], cells: list[list[str]], right: list[bool]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading, to_right in zip(headings, right, strict=True):
        table.add_column(Text(heading), justify="right" if to_right else "left", overflow="fold")
    for line in cells:
        table.add_row(*map(Text, line))
    Console(highlight=False).print(table)


def _is_readable(headings: list[str], cells: list[list[str]]) -> bool:
    """Say whether columns, folded to a width that is enough, still fit on the terminal."""
    from rich.console import Console

    wanted = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    return sum(min(width, _ENOUGH) + 2 for width in wanted) <= 1.5 * Console().width


def _write_cards(headings: list[str], cells: list[list[str]], stream: TextIO) -> None:
    """Write a column a line, each row below the one before; very long values are cut."""
    width = max(map(len, headings))
    for number, line in enumerate(cells, start=1):
        stream.write(f"{'' if number == 1 else chr(10)}row {number} of {len(cells)}\n")
        for heading, cell in zip(headings, line, strict=True):
            more = f"… ({len(cell)} characters)" if len(cell) > _LONG else ""
            stream.write(f"  {heading.ljust(width)}  {cell[:_LONG]}{more}".rstrip() + "\n")
