"""Rows on stdout, as a table for a person or as csv, json or jsonl for a program.

In csv and json every moment is ISO 8601 in UTC with a Z. A missing value is null in json and
nothing in csv.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from pipelines.cli.running import Interrupts
from pipelines.cli.tables import Column, write_table
from pipelines.cli.values import flat, plain
from pipelines.database.asking import Answer

LAYOUTS = ("table", "csv", "json", "jsonl")
Verb = Callable[..., Any]


def rows_format(command: Verb) -> Verb:
    """Give a verb the option --format, as the argument `layout`."""
    option = click.option(
        "--format",
        "layout",
        type=click.Choice(LAYOUTS),
        default="table",
        show_default=True,
        help="How rows are written.",
    )
    return option(command)


def plot_option(command: Verb) -> Verb:
    """Give a verb the option --plot, a file for a picture."""
    option = click.option(
        "--plot",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Draw into this .svg or .png.",
    )
    return option(command)


def show_rows(answer: Answer, layout: str, columns: Sequence[Column] = ()) -> int:
    """Write all rows to stdout and give their number.

    `columns` chooses and names what a table shows; the other layouts always have everything.
    """
    stream = sys.stdout
    with Interrupts() as interrupts:
        counted = _Counted(answer.rows, interrupts)
        if layout == "table":
            write_table(answer.columns, counted, columns, stream)
        elif layout == "csv":
            _write_csv(answer.columns, counted, stream)
        else:
            _write_json(answer.columns, counted, stream, lines=layout == "jsonl")
    return counted.count


class _Counted:
    def __init__(self, rows: Iterator[tuple[Any, ...]], interrupts: Interrupts) -> None:
        self._rows = rows
        self._interrupts = interrupts
        self.count = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self._interrupts.check()
            self.count += 1
            yield row


def _write_csv(names: Sequence[str], rows: _Counted, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([flat(value) for value in row])


def _write_json(names: Sequence[str], rows: _Counted, stream: TextIO, *, lines: bool) -> None:
    keys = _distinct(names)
    before = "" if lines else "[\n"
    for row in rows:
        record = dict(zip(keys, map(plain, row), strict=True))
        stream.write(before + json.dumps(record, ensure_ascii=False))
        before = "\n" if lines else ",\n"
    if rows.count:
        stream.write("\n" if lines else "\n]\n")
    elif not lines:
        stream.write("[]\n")


def _distinct(names: Sequence[str]) -> list[str]:
    """Number the columns that carry a name already taken, because an object has each once."""
    keys: list[str] = []
    for name in names:
        number = 2
        key = name
        while key in keys:
            key = f"{name}_{number}"
            number += 1
        keys.append(key)
    return keys
