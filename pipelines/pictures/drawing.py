"""An answer or a timeline as a picture in a file. No library but through the rooms beside it."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.history.catalogue import Plot, Question
from pipelines.history.timelines import Lane
from pipelines.pictures.canvas import BadPicture, NothingToDraw, check_place, styled, write
from pipelines.pictures.charts import draw_chart
from pipelines.pictures.intervals import bars_of, draw_intervals
from pipelines.pictures.series import Row, chart_of
from pipelines.pictures.timeline import draw_timeline


def check_drawable(asked: Question, path: Path) -> Plot:
    """Say how a question is drawn. Raises BadPicture, before anything is asked."""
    check_place(path)
    if asked.plot is None:
        raise BadPicture(f"question {asked.number} has no picture: leave --plot out")
    return asked.plot


def picture_answer(
    path: Path, asked: Question, columns: Sequence[str], rows: Sequence[Row], note: str
) -> None:
    """Draw the rows of an answer. Raises NothingToDraw, BadPicture, AskedWrongly."""
    plot = check_drawable(asked, path)
    title = f"{asked.number}. {asked.title}"
    with styled():
        if plot.kind == "interval":
            bars, nowhere = bars_of(columns, rows, plot)
            _need(bool(bars), title)
            left_out = f"{nowhere} rows have neither end. " if nowhere else ""
            figure = draw_intervals(bars, plot, title, left_out + note)
        else:
            chart = chart_of(columns, rows, plot)
            _need(any(y is not None for each in chart.series for _, y in each.points), title)
            figure = draw_chart(chart, plot, title, note)
        write(figure, path)


def picture_timeline(path: Path, lanes: Sequence[Lane]) -> None:
    """Draw timelines. Raises BadPicture, AskedWrongly."""
    check_place(path)
    with styled():
        write(draw_timeline(lanes), path)


def _need(something: bool, title: str) -> None:
    if not something:
        raise NothingToDraw(f"nothing to draw: no row of the answer has a place ({title})")
