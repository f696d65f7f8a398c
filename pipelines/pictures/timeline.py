"""Timelines: versions, sightings, and the intervals of change. Draws with matplotlib."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pipelines.history.timelines import Lane, Stay
from pipelines.pictures.canvas import MANY, BadPicture, date_axis, new_figure, with_note
from pipelines.pictures.series import days_since_1970, short

_MOST = 150
_HALF = 0.24  # of a lane's height
_FILLS = ("0.85", "0.4")  # even versions, odd versions
_INKS = ("black", "white")
_MARKS = {"flip": ("x", "flip"), "minor": ("o", "minor change"), "": ("d", "not compared yet")}
_LINE: dict[str, Any] = {
    "color": "black",
    "linestyle": "none",
    "markersize": 5,
    "markerfacecolor": "white",
}


def draw_timeline(lanes: Sequence[Lane]) -> Figure:
    """Draw a lane for each policy and language. Raises BadPicture where there are too many."""
    if len(lanes) > _MOST:
        raise BadPicture(
            f"{len(lanes)} lanes are too many for a picture, at most {_MOST}: name fewer policies"
        )
    first = min(_day(lane.stays[0].first_seen) for lane in lanes)
    last = max(_day(lane.stays[-1].last_seen) for lane in lanes)
    length = max(last - first, 10.0)
    figure = new_figure(1.7 + 0.42 * len(lanes), "When each version was seen")
    axes = figure.add_subplot()
    for place, lane in enumerate(lanes):
        _draw_lane(axes, lane, place, length)
    axes.set(xlim=(first - 0.03 * length, first + 1.03 * length), ylim=(len(lanes) - 0.4, -0.6))
    axes.set_yticks(
        range(len(lanes)), [short(f"{lane.policy_id} ({lane.language})") for lane in lanes]
    )
    axes.grid(axis="x", alpha=0.3)
    date_axis(axes, above=len(lanes) > MANY)
    with_note(figure, _legend(lanes), "A text may have come and gone unseen between two sightings.")
    return figure


def _draw_lane(axes: Axes, lane: Lane, place: int, length: float) -> None:
    for before, after in zip(lane.stays, lane.stays[1:], strict=False):
        begin, end = _day(before.last_seen), _day(after.first_seen)
        axes.barh(place, end - begin, left=begin, height=2 * _HALF, **_unknown())
    for stay in lane.stays:
        _draw_stay(axes, stay, place, length)
    for stay in lane.stays[1:]:
        if (mark := _mark(stay)) is not None:
            below = place + _HALF + 0.13
            axes.plot([_day(stay.first_seen)], [below], marker=_MARKS[mark][0], **_LINE)
    ends = (("<", lane.stays[0].first_seen, -1), (">", lane.stays[-1].last_seen, 1))
    for marker, moment, side in ends:
        away = _day(moment) + side * 0.012 * length
        axes.plot([away], [place], marker=marker, **_LINE)


def _draw_stay(axes: Axes, stay: Stay, place: int, length: float) -> None:
    begin, end = _day(stay.first_seen), _day(stay.last_seen)
    odd = stay.version % 2
    axes.barh(
        place,
        end - begin,
        left=begin,
        height=2 * _HALF,
        facecolor=_FILLS[odd],
        edgecolor="black",
        linewidth=1.0,
    )
    if end - begin > 0.025 * length:
        middle = (begin + end) / 2
        axes.text(
            middle,
            place,
            str(stay.version),
            ha="center",
            va="center",
            fontsize=7,
            color=_INKS[odd],
        )
    seen = [_day(moment) for moment in stay.sightings]
    axes.vlines(seen, place - _HALF - 0.14, place - _HALF, color="black", linewidth=1.0)


def _mark(stay: Stay) -> str | None:
    if stay.flip:
        return "flip"
    return None if stay.significance == "substantive" else stay.significance or ""


def _legend(lanes: Sequence[Lane]) -> list[Artist]:
    """Explain what is there; a mark that is not drawn is not explained."""
    marks = {_mark(stay) for lane in lanes for stay in lane.stays[1:]}
    return [
        Patch(facecolor=_FILLS[1], edgecolor="black", label="odd version, first to last sighting"),
        Patch(facecolor=_FILLS[0], edgecolor="black", label="even version"),
        Patch(label="changed somewhere in here", **_unknown()),
        Line2D([], [], marker="|", label="seen then", color="black", linestyle="none"),
        Line2D([], [], marker="<", label="may be older, may still stand", **_LINE),
        *(
            Line2D([], [], marker=marker, label=label, **_LINE)
            for mark, (marker, label) in _MARKS.items()
            if mark in marks
        ),
    ]


def _unknown() -> dict[str, Any]:
    return {"facecolor": "white", "edgecolor": "0.5", "linewidth": 0.5, "hatch": "/////"}


def _day(moment: datetime) -> float:
    return days_since_1970(moment)
