"""Lines, steps and bars over one axis. Draws with matplotlib, which this folder owns.

Where there are more series than a reader can tell apart, each has a small picture of its own.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from pipelines.history.catalogue import Plot
from pipelines.pictures.canvas import (
    COLOURS,
    DASHES,
    HATCHES,
    MARKERS,
    BadPicture,
    date_axis,
    new_figure,
    with_note,
)
from pipelines.pictures.series import Chart, Series, broken, repeats, short

_TOGETHER = {"line": 8, "step": 8, "bar": 4}  # so many series share one picture
_MOST = 120
_ACROSS = 3
Draw = Callable[[Axes, Chart, Series, int, int], Artist]


def draw_chart(chart: Chart, plot: Plot, title: str, note: str) -> Figure:
    """Draw lines, steps or bars. Raises BadPicture where there are too many series."""
    count = len(chart.series)
    if plot.kind == "bar" and any(repeats(each) for each in chart.series):
        raise BadPicture(f"two bars would cover each other: {plot.x[0]} is not one row each")
    if count > _MOST:
        raise BadPicture(
            f"{count} series (by {plot.by}) are too many for a picture, at most {_MOST}: "
            "ask for fewer with -p, or let a program draw --format csv"
        )
    if count > _TOGETHER[plot.kind]:
        return _apart(chart, plot, title, note)
    lying = plot.kind == "bar" and bool(chart.names)
    height = 1.6 + 0.22 * len(chart.names) * max(1, count) if lying else 5.0
    figure = new_figure(max(height, 2.6), title)
    axes = figure.add_subplot()
    handles = [
        _DRAW[plot.kind](axes, chart, series, place, count)
        for place, series in enumerate(chart.series)
    ]
    _dress(axes, chart, plot)
    with_note(figure, handles if plot.by else (), note)
    return figure


def _apart(chart: Chart, plot: Plot, title: str, note: str) -> Figure:
    """Draw each series in a small picture of its own, all to one scale."""
    rows = ceil(len(chart.series) / _ACROSS)
    figure = new_figure(1.0 + 1.35 * rows, title)
    grid = figure.subplots(rows, _ACROSS, sharex=True, sharey=True, squeeze=False)
    places = list(grid.flat)
    for axes, series in zip(places, chart.series, strict=False):
        _DRAW[plot.kind](axes, chart, series, 0, 1)
    for axes, series in zip(places, chart.series, strict=False):
        _dress(axes, chart, plot)  # when all are drawn, because they share their ends
        axes.set(xlabel="", ylabel="")
        axes.set_title(short(series.label), fontsize=8)
        axes.tick_params(labelsize=7)
    for place in range(len(chart.series), len(places)):
        places[place].set_visible(False)
        places[place - _ACROSS].tick_params(labelbottom=True)
    along, up = (plot.y, plot.x[0]) if _is_lying(chart, plot) else (plot.x[0], plot.y)
    with_note(figure, (), f"across: {along}, up: {up}. {note}")
    return figure


def _line(axes: Axes, chart: Chart, series: Series, place: int, _count: int) -> Artist:
    points = broken(series.points, chart.step)
    return axes.plot(
        [point[0] for point in points],
        [point[1] for point in points],
        color=COLOURS[place % len(COLOURS)],
        marker=MARKERS[place % len(MARKERS)],
        linestyle="none" if repeats(series) else DASHES[place % len(DASHES)],
        markersize=4,
        linewidth=1.3,
        label=short(series.label),
    )[0]


def _step(axes: Axes, _chart: Chart, series: Series, place: int, _count: int) -> Artist:
    """Draw what holds from each point to the next: a curve of survival."""
    return axes.step(
        [point[0] for point in series.points],
        [float("nan") if point[1] is None else point[1] for point in series.points],
        where="post",
        color=COLOURS[place % len(COLOURS)],
        marker=MARKERS[place % len(MARKERS)],
        linestyle=DASHES[place % len(DASHES)],
        markersize=4,
        linewidth=1.3,
        label=short(series.label),
    )[0]


def _bar(axes: Axes, chart: Chart, series: Series, place: int, count: int) -> Artist:
    thick = 0.8 * chart.step / count
    shift = (place - (count - 1) / 2) * thick
    across = [point[0] + shift for point in series.points]
    lengths = [float("nan") if point[1] is None else point[1] for point in series.points]
    grey = str(0.45 + 0.5 * (place % 4) / 4)
    style: dict[str, Any] = {
        "facecolor": grey,
        "edgecolor": "black",
        "linewidth": 0.6,
        "hatch": HATCHES[place % len(HATCHES)] if count > 1 else "",
    }
    drawn: BarContainer
    if chart.names:
        drawn = axes.barh(across, lengths, height=thick, **style)
    else:
        drawn = axes.bar(across, lengths, width=thick, **style)
    for where, (_, length) in zip(across, series.points, strict=True):
        if length is None:
            x, y = (0, where) if chart.names else (where, 0)
            axes.text(x, y, " no value", va="center" if chart.names else "bottom", fontsize=7)
    drawn.patches[0].set_label(short(series.label))
    return drawn.patches[0]


def _dress(axes: Axes, chart: Chart, plot: Plot) -> None:
    """Name the axes; what is never negative is measured from zero."""
    values = [value for each in chart.series for _, value in each.points if value is not None]
    lowest = min(values, default=0.0)
    places = range(len(chart.names))
    labels = [short(name) for name in chart.names]
    if _is_lying(chart, plot):
        axes.set(xlabel=plot.y, ylim=(places.stop - 0.4, -0.6))
        axes.set_yticks(places, labels)
        axes.set_xlim(left=0 if lowest >= 0 else None)
        axes.grid(axis="x", alpha=0.3)
        return
    axes.set(xlabel=plot.x[0], ylabel=plot.y)
    axes.set_ylim(bottom=0 if lowest >= 0 else None)
    if plot.kind == "step" and max(values, default=2.0) <= 1:
        axes.set_ylim(top=1.03)  # a share that remains
    axes.grid(axis="y", alpha=0.3)
    if chart.names:
        axes.set_xticks(places, labels, rotation=30, ha="right")
    elif chart.dated:
        date_axis(axes)


def _is_lying(chart: Chart, plot: Plot) -> bool:
    return plot.kind == "bar" and bool(chart.names)


_DRAW: dict[str, Draw] = {"line": _line, "step": _step, "bar": _bar}
