"""What changed between two texts: marked words for a person, a unified diff for a program.

Owns rich.
"""

import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import pairwise

import click
from rich.console import Console
from rich.text import Text

from pipelines.cli.values import as_days, moment
from pipelines.history.comparison import Differences, Kind, Piece, compare, readable
from pipelines.history.texts import Reading

_MARKS = {
    Kind.KEPT: ("", "", ""),
    Kind.REMOVED: ("[-", "-]", "red"),
    Kind.ADDED: ("{+", "+}", "green"),
}
_CONTEXT = 2


def show_changes(old: Reading, new: Reading, by: str) -> None:
    """Print how a text became another, by `words` or by `lines`; on stderr when, and how much."""
    found = compare(old.text or "", new.text or "")
    for line in _headline(old, new, found):
        click.echo(line, err=True)
    if by == "words":
        console = Console(file=sys.stdout, highlight=False, markup=False)
        for text in _changed_lines(readable(found.pieces)):
            console.print(text)
    else:
        sys.stdout.writelines(_unified(old, new))


def _headline(old: Reading, new: Reading, found: Differences) -> Iterator[str]:
    yield f"{new.policy_id} ({new.language}): version {old.version} to version {new.version}"
    if old.last_seen and new.first_seen and old.last_seen <= new.first_seen:
        width = as_days((new.first_seen - old.last_seen).total_seconds() / 86400)
        after, until = moment(old.last_seen, "T", "Z"), moment(new.first_seen, "T", "Z")
        yield f"changed after {after}, not later than {until} ({width} days)"
    if not found.hunks:
        yield "no word differs"
        return
    yield (
        f"words added: {found.words_added:,}, removed: {found.words_removed:,}, "
        f"hunks: {found.hunks}; {found.similarity:.1%} alike, {found.significance}"
    )
    if found.lines.moved:
        yield f"lines only moved: {found.lines.moved} (their words count as added and removed)"


def _unified(old: Reading, new: Reading) -> Iterator[str]:
    before, after = (
        [f"{line}\n" for line in (reading.text or "").split("\n")] for reading in (old, new)
    )
    return unified_diff(before, after, _name(old), _name(new), _date(old), _date(new))


def _name(reading: Reading) -> str:
    return f"{reading.policy_id}/{reading.language}/{reading.version}"


def _date(reading: Reading) -> str:
    return moment(reading.first_seen, "T", "Z") if reading.first_seen else ""


def _changed_lines(pieces: Sequence[Piece]) -> Iterator[Text]:
    """Give the lines with marks and some around them, three dots where others are left out."""
    lines = _lines(pieces)
    near = {
        place + step
        for place, (_, marked) in enumerate(lines)
        if marked
        for step in range(-_CONTEXT, _CONTEXT + 1)
    }
    shown = [place for place in range(len(lines)) if place in near]
    for before, place in pairwise([-1, *shown]):
        if place != before + 1:
            yield Text("...", style="dim")
        yield lines[place][0]
    if shown and shown[-1] != len(lines) - 1:
        yield Text("...", style="dim")


def _lines(pieces: Sequence[Piece]) -> list[tuple[Text, bool]]:
    """Give each line and whether something in it changed."""
    lines: list[tuple[Text, bool]] = [(Text(), False)]
    for place, piece in enumerate(pieces):
        follower = pieces[place + 1] if place + 1 < len(pieces) else None
        for part in _parts(piece, follower):
            body = part.rstrip()
            line, marked = lines[-1]
            if body:
                opening, closing, style = _MARKS[piece.kind]
                line.append(f"{opening}{body}{closing}", style=style)
                lines[-1] = (line, marked or piece.kind is not Kind.KEPT)
            line.append(part[len(body) :].rstrip("\n"))
            if part.endswith("\n"):
                lines.append((Text(), False))
    return lines


def _parts(piece: Piece, follower: Piece | None) -> list[str]:
    """Split a piece into lines. What replaces removed words stays on their line; words that
    were last in their text get the space they lacked."""
    text = piece.text
    replaced = piece.kind is Kind.REMOVED and follower is not None and follower.kind is Kind.ADDED
    if replaced or (follower is not None and text == text.rstrip()):
        text = f"{text.rstrip()} "
    return text.splitlines(keepends=True)
