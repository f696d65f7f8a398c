"""Intervals as wide as they are, open where an end is not known. Draws with matplotlib."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pipelines.history.catalogue import Plot
from pipelines.pictures.canvas import HATCHES, MANY, BadPicture, date_axis, new_figure, with_note
from pipelines.pictures.series import Row, label_of, number_of, place_of, short

_MOST = 150
_HALF = 0.28  # of a lane's height


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An interval in days since 1970, or in a number of its own; an end that is None is open."""

    lane: str
    begin: float | None
    end: float | None
    kind: str
    dated: bool


def bars_of(columns: Sequence[str], rows: Iterable[Row], plot: Plot) -> tuple[list[Bar], int]:
    """Read the intervals of an answer; count the rows that have neither end. Raises NoAxis."""
    first, last = (place_of(columns, name) for name in plot.x)
    found = [
        Bar(
            lane=label_of(columns, row, plot.y),
            begin=number_of(row[first]),
            end=number_of(row[last]),
            kind=label_of(columns, row, plot.by),
            dated=any(isinstance(row[place], date) for place in (first, last)),
        )
        for row in rows
    ]
    placed = [bar for bar in found if bar.begin is not None or bar.end is not None]
    return placed, len(found) - len(placed)


def draw_intervals(bars: Sequence[Bar], plot: Plot, title: str, note: str) -> Figure:
    """Draw a lane for each name, in the order of the answer. Raises BadPicture: too many."""
    kinds = list(dict.fromkeys(bar.kind for bar in bars))
    if len(kinds) > len(HATCHES) or (plot.by and _cover_each_other(bars)):  # a lane for each
        bars = [replace(bar, lane=f"{bar.kind}, {bar.lane}", kind="") for bar in bars]
        kinds = [""]
    lanes = list(dict.fromkeys(bar.lane for bar in bars))
    if len(lanes) > _MOST:
        raise BadPicture(
            f"{len(lanes)} lanes ({plot.y}) are too many for a picture, at most {_MOST}: "
            "ask for fewer with -p, or let a program draw --format csv"
        )
    ends = [end for bar in bars for end in (bar.begin, bar.end) if end is not None]
    margin = max((max(ends) - min(ends)) * 0.04, 1.0)
    edges = (min(ends) - margin, max(ends) + margin)
    figure = new_figure(1.7 + 0.3 * len(lanes), title)
    axes = figure.add_subplot()
    for bar in bars:
        hatch = HATCHES[kinds.index(bar.kind) % len(HATCHES)]
        _draw(axes, bar, lanes.index(bar.lane), edges, hatch)
    axes.set(xlim=edges, ylim=(len(lanes) - 0.4, -0.6))
    axes.set_yticks(range(len(lanes)), [short(lane) for lane in lanes])
    axes.set_xlabel(f"from {plot.x[0]} to {plot.x[1]}")
    axes.grid(axis="x", alpha=0.3)
    if any(bar.dated for bar in bars):
        date_axis(axes, above=len(lanes) > MANY)
    if any(bar.begin is None or bar.end is None for bar in bars):
        note = f"An arrow is an open end. {note}"
    with_note(figure, _legend([kind for kind in kinds if kind]), note)
    return figure


def _draw(axes: Axes, bar: Bar, lane: int, edges: tuple[float, float], hatch: str) -> None:
    """Draw a box with a cap at each known end, and an arrow to the edge at an open one."""
    begin = edges[0] if bar.begin is None else bar.begin
    end = edges[1] if bar.end is None else bar.end
    axes.barh(
        lane,
        end - begin,
        left=begin,
        height=2 * _HALF,
        facecolor="white",
        edgecolor="black",
        linestyle=":" if bar.begin is None or bar.end is None else "-",
        linewidth=0.7,
        hatch=hatch,
    )
    for place in (bar.begin, bar.end):
        if place is not None:
            axes.plot([place, place], [lane - _HALF, lane + _HALF], color="black", linewidth=2)
    for place, marker, is_open in (
        (begin, "<", bar.begin is None),
        (end, ">", bar.end is None),
    ):
        if is_open:
            axes.plot([place], [lane], marker=marker, color="black", markersize=7, clip_on=False)


def _cover_each_other(bars: Sequence[Bar]) -> bool:
    """Say whether two bars of one lane would be drawn over each other."""
    free: dict[str, float] = {}
    for bar in sorted(bars, key=lambda bar: -inf if bar.begin is None else bar.begin):
        begin = -inf if bar.begin is None else bar.begin
        if bar.lane in free and begin < free[bar.lane]:
            return True
        free[bar.lane] = inf if bar.end is None else bar.end
    return False


def _legend(kinds: Sequence[str]) -> list[Artist]:
    return [
        Patch(facecolor="white", edgecolor="black", hatch=HATCHES[place % len(HATCHES)], label=kind)
        for place, kind in enumerate(kinds)
    ]
