"""Timelines in characters, to be read without colour. Standard library only.

Versions alternate between two shapes, so that a change shows where there is no room between two
sightings; below each lane stand the marks of its changes, where the new text was first seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pipelines.history.timelines import Lane, Stay

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)  # months between two labels of the axis

_FEW = 3  # lanes that need no axis above them


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The characters of a timeline: seen and spanned, each for odd and even versions."""

    seen: tuple[str, str]
    spanned: tuple[str, str]
    unknown: str
    older: str
    newer: str


DRAWN = Signs(seen=("○", "●"), spanned=("─", "═"), unknown="░", older="◂", newer="▸")
TYPED = Signs(seen=("o", "#"), spanned=("-", "="), unknown=".", older="<", newer=">")


class Scale:
    """Which column a moment falls into; the outermost columns are left to the open ends."""

    def __init__(self, start: datetime, end: datetime, width: int) -> None:
        self.start, self.end = start, end
        self._columns = width - 2
        self._length = max((end - start).total_seconds(), 1.0)

    def column(self, moment: datetime) -> int:
        """Give the column of a moment between start and end."""
        share = (moment - self.start).total_seconds() / self._length
        return 1 + min(self._columns - 1, int(share * self._columns))


def draw(lanes: Sequence[Lane], width: int, signs: Signs) -> list[str]:
    """Draw lanes below each other, with a common axis and a legend; no line is wider than that."""
    moments = [moment for lane in lanes for stay in lane.stays for moment in stay.sightings]
    scale = Scale(min(moments), max(moments), width)
    axis = _axis(scale, width)
    lines = [axis] if len(lanes) > _FEW else []
    for lane in lanes:
        lines += [_cut(lane.label, width), _lane(lane, scale, width, signs)]
        lines += [marks] if (marks := _marks(lane, scale, width)) else []
    return [*lines, axis, "", *legend(signs)]


def legend(signs: Signs) -> list[str]:
    """Explain the characters."""
    (even, odd), (even_span, odd_span) = signs.seen, signs.spanned
    return [
        f"{odd} {even}  seen then, odd and even versions; a digit: so many versions in one column",
        f"{odd_span * 2} {even_span * 2}  the same text was seen before and after, none between",
        f"{signs.unknown * 2}  one text before, another after: it changed somewhere in here",
        f"{signs.older} {signs.newer}  open: the first may be older, the last may still stand",
        "|  first seen changed   m  minor   f  flip   ?  not compared   *  several",
    ]


def _lane(lane: Lane, scale: Scale, width: int, signs: Signs) -> str:
    cells = [" "] * width
    first, last = scale.column(lane.stays[0].first_seen), scale.column(lane.stays[-1].last_seen)
    cells[first : last + 1] = signs.unknown * (last + 1 - first)
    for stay in lane.stays:
        begin, end = scale.column(stay.first_seen), scale.column(stay.last_seen)
        cells[begin : end + 1] = signs.spanned[stay.version % 2] * (end + 1 - begin)
    shown: dict[int, set[int]] = {}
    for stay in lane.stays:
        for moment in stay.sightings:
            shown.setdefault(scale.column(moment), set()).add(stay.version)
    for column, versions in shown.items():
        alone = signs.seen[min(versions) % 2]
        cells[column] = alone if len(versions) == 1 else str(min(len(versions), 9))
    cells[first - 1], cells[last + 1] = signs.older, signs.newer
    return "".join(cells).rstrip()


def _marks(lane: Lane, scale: Scale, width: int) -> str:
    cells = [" "] * width
    for stay in lane.stays[1:]:
        column = scale.column(stay.first_seen)
        cells[column] = _mark(stay) if cells[column] == " " else "*"
    return "".join(cells).rstrip()


def _mark(stay: Stay) -> str:
    if stay.flip:
        return "f"
    return {"minor": "m", "substantive": "|"}.get(stay.significance or "", "?")


def _axis(scale: Scale, width: int) -> str:
    """Write years, or months where there are few, as closely as they can be read."""
    for step in _STEPS:
        ticks = _ticks(scale, step)
        columns = [scale.column(moment) for moment in ticks]
        room = 8 if step >= 12 else 10
        if all(after - before >= room for before, after in pairwise(columns)):
            break
    cells = [" "] * width
    for column, moment in zip(columns, ticks, strict=True):
        label = f"|{moment:%Y}" if step >= 12 else f"|{moment:%Y-%m}"
        label = label if column + len(label) <= width else "|"
        cells[column : column + len(label)] = label
    return "".join(cells).rstrip() or f"|{scale.start:%Y-%m-%d}"


def _ticks(scale: Scale, step: int) -> list[datetime]:
    """Give the starts of every `step`th month between start and end."""
    months = scale.start.year * 12 + scale.start.month - 1
    months -= months % step
    ticks: list[datetime] = []
    while True:
        moment = datetime(months // 12, months % 12 + 1, 1)  # noqa: DTZ001 - as the tables: UTC
        if moment > scale.end:
            return ticks
        if moment >= scale.start:
            ticks.append(moment)
        months += step


def _cut(label: str, width: int) -> str:
    return label if len(label) <= width else f"{label[: width - 1]}…"
