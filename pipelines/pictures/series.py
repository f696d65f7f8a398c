"""An answer's rows as series of points, with gaps where periods are missing. No library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from crawler.errors import AskedWrongly
from pipelines.history.catalogue import Plot

Row: TypeAlias = Sequence[Any]
_LABEL = 48
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - as the tables: UTC


class NoAxis(AskedWrongly):
    """A column that is to be an axis is not in the answer, or holds no numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points of one kind in the order of x; y is None where the answer has none."""

    label: str
    points: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Series over one axis: of dates (days since 1970), of numbers, or of `names` in their order.

    `step` is the shortest way between two places on the axis: what lies farther apart than that
    has a gap in between.
    """

    series: tuple[Series, ...]
    dated: bool
    names: tuple[str, ...]
    step: float


def chart_of(columns: Sequence[str], rows: Iterable[Row], plot: Plot) -> Chart:
    """Sort an answer's rows into series; rows without x have no place. Raises NoAxis."""
    x, y = place_of(columns, plot.x[0].partition("+")[0]), place_of(columns, plot.y)
    kept = [row for row in rows if row[x] is not None]
    names: dict[str, int] = {}
    grouped: dict[str, list[tuple[float, float | None]]] = {}
    for row in kept:
        across = number_of(row[x])
        if across is None:
            across = float(names.setdefault(label_of(columns, row, plot.x[0]), len(names)))
        up = None if row[y] is None else number_of(row[y])
        if up is None and row[y] is not None:
            raise NoAxis(f"{plot.y} is no number to draw: {row[y]!r}")
        grouped.setdefault(label_of(columns, row, plot.by), []).append((across, up))
    series = [
        Series(label=label, points=tuple(sorted(points, key=lambda point: point[0])))
        for label, points in grouped.items()
    ]
    places = sorted({point[0] for each in series for point in each.points})
    return Chart(
        series=tuple(series),
        dated=bool(kept) and isinstance(kept[0][x], date),
        names=tuple(names),
        step=min((after - before for before, after in pairwise(places)), default=1.0),
    )


def repeats(series: Series) -> bool:
    """Say whether two points stand at one place, so that nothing says how to join them."""
    across = [point[0] for point in series.points]
    return len(set(across)) < len(across)


def broken(points: Sequence[tuple[float, float | None]], step: float) -> list[tuple[float, float]]:
    """Put a break (NaN) where a value or a place is missing, so that no line leads across.

    Months, quarters and half-years differ in length: less than half a step more is no gap.
    """
    found: list[tuple[float, float]] = []
    for place, value in points:
        if found and place - found[-1][0] > 1.5 * step:
            found.append((place, float("nan")))
        found.append((place, float("nan") if value is None else value))
    return found


def days_since_1970(moment: date) -> float:
    """Place a day or a moment on an axis of dates."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return (moment - _EPOCH).total_seconds() / 86400


def label_of(columns: Sequence[str], row: Row, by: str | None) -> str:
    """Name a row's series by its column, or by several: `policy_id+language`."""
    if by is None:
        return ""
    parts = [row[place_of(columns, name)] for name in by.split("+")]
    return ", ".join("none" if part is None else str(part) for part in parts)


def short(label: str) -> str:
    """Cut a label in its middle: the ends are what tells addresses apart."""
    half = _LABEL // 2
    return label if len(label) <= _LABEL else f"{label[:half]}…{label[-half:]}"


def place_of(columns: Sequence[str], name: str) -> int:
    """Find a column. Raises NoAxis."""
    if name not in columns:
        raise NoAxis(f"the answer has no column {name!r} to draw, only {', '.join(columns)}")
    return columns.index(name)


def number_of(value: Any) -> float | None:
    """Place a date or a number on an axis; None for what is neither."""
    if isinstance(value, date):
        return days_since_1970(value)
    return float(value) if isinstance(value, int | float | Decimal) else None
