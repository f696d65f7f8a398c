"""Pictures: what is in them, that they are the same each time, and when there is none."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.errors import AskedWrongly
from pipelines.history.catalogue import Plot, Question
from pipelines.history.timelines import Lane, Stay
from pipelines.pictures.canvas import BadPicture, NothingToDraw, styled
from pipelines.pictures.charts import draw_chart
from pipelines.pictures.drawing import check_drawable, picture_answer, picture_timeline
from pipelines.pictures.intervals import bars_of, draw_intervals
from pipelines.pictures.series import chart_of, days_since_1970

LINE = Plot(kind="line", x=("year",), y="words", by="policy_id")
INTERVAL = Plot(kind="interval", x=("begin", "end"), y="policy_id", by=None)
DAY = datetime(2010, 1, 1)  # noqa: DTZ001
COLUMNS = ("policy_id", "year", "words")


def asked(plot: Plot | None) -> Question:
    return Question(
        number=6,
        name="q06_words",
        title="How long is <it>, for $5 & $6?",
        about="",
        misread="",
        parameters=(),
        plot=plot,
        example={},
        sql="",
    )


def words_of(svg: Path) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.read_text(encoding="utf-8"))


def years(count: int, *gaps: int) -> list[tuple[str, int, int]]:
    return [
        (f"p{each}", year, 100 * each)
        for each in range(1, count + 1)
        for year in range(2010, 2016)
        if year not in gaps
    ]


def lines_of(rows: Sequence[tuple[object, ...]], plot: Plot = LINE) -> list[list[float]]:
    """Draw, and give the heights of the points of every line in every small picture."""
    with styled():
        figure = draw_chart(chart_of(COLUMNS, rows, plot), plot, "title", "")
    return [list(map(float, line.get_ydata())) for axes in figure.axes for line in axes.lines]


def test_a_picture_says_what_it_shows_in_letters(tmp_path: Path) -> None:
    place = tmp_path / "new" / "words.svg"

    picture_answer(place, asked(LINE), COLUMNS, years(2), "term=GDPR")

    words = words_of(place)
    assert "6. How long is &lt;it&gt;, for $5 &amp; $6?" in words
    assert {"year", "words", "p1", "p2", "term=GDPR"} <= set(words)
    assert [each.name for each in place.parent.iterdir()] == ["words.svg"]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"

    for place in (first, second):
        picture_answer(place, asked(LINE), COLUMNS, years(3), "")

    assert first.read_bytes() == second.read_bytes()
    assert b"<dc:date>" not in first.read_bytes()


def test_a_png_is_as_large_as_its_lanes_need(tmp_path: Path) -> None:
    heights = []
    for count in (1, 20):
        place = tmp_path / f"{count}.png"
        stay = Stay(
            version=1,
            sightings=(DAY,),
            significance=None,
            flip=False,
        )
        lanes = [Lane(policy_id=f"p{n}/x", language="en", stays=(stay,)) for n in range(count)]
        picture_timeline(place, lanes)
        head = place.read_bytes()[:24]
        heights.append((head[:4], int.from_bytes(head[16:20]), int.from_bytes(head[20:24])))

    # 10 inches wide at 120 dots; 1.7 inches and 0.42 a lane high.
    assert heights == [(b"\x89PNG", 1200, 254), (b"\x89PNG", 1200, 1212)]


def test_a_missing_year_leaves_a_gap() -> None:
    (points,) = lines_of(years(1, 2012))

    assert [str(height) for height in points] == ["100.0"] * 2 + ["nan"] + ["100.0"] * 3


def test_many_series_are_drawn_apart_and_to_one_scale() -> None:
    with styled():
        figure = draw_chart(chart_of(COLUMNS, years(10), LINE), LINE, "title", "")

    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in shown] == [f"p{each}" for each in range(1, 11)]
    assert {axes.get_ylim() for axes in shown} == {(0.0, shown[0].get_ylim()[1])}
    assert shown[0].get_ylim()[1] >= 1000


def test_two_values_at_one_place_are_not_joined() -> None:
    with styled():
        rows = [*years(1), ("p1", 2012, 7)]
        figure = draw_chart(chart_of(COLUMNS, rows, LINE), LINE, "title", "")

    assert figure.axes[0].lines[0].get_linestyle() == "None"


def test_a_bar_without_a_value_is_no_bar_of_length_zero() -> None:
    plot = Plot(kind="bar", x=("policy_id",), y="words", by=None)
    with styled():
        rows = [("a", 1, 3), ("b", 1, None), ("c", 1, 0)]
        figure = draw_chart(chart_of(COLUMNS, rows, plot), plot, "title", "")

    (told,) = figure.axes[0].texts
    assert (told.get_text().strip(), told.get_position()) == ("no value", (0, 1.0))


def test_an_interval_is_as_wide_as_it_is_and_open_where_it_has_no_end() -> None:
    rows = [
        ("a", date(2010, 1, 1), date(2011, 1, 1)),
        ("b", None, date(2012, 1, 1)),
        ("a", date(2013, 1, 1), None),
        ("c", None, None),
    ]
    bars, nowhere = bars_of(("policy_id", "begin", "end"), rows, INTERVAL)

    with styled():
        axes = draw_intervals(bars, INTERVAL, "title", "").axes[0]

    left, right = axes.get_xlim()
    begin, end = days_since_1970(rows[0][1]), days_since_1970(rows[0][2])
    boxes = [(box.get_x(), box.get_x() + box.get_width()) for box in axes.patches]
    assert boxes == [
        (begin, end),
        (left, days_since_1970(date(2012, 1, 1))),
        (days_since_1970(date(2013, 1, 1)), right),
    ]
    assert [line.get_marker() for line in axes.lines if line.get_marker() != "None"] == ["<", ">"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b"]
    assert nowhere == 1


def test_an_interval_may_be_of_numbers() -> None:
    plot = Plot(kind="interval", x=("least", "most"), y="policy_id", by=None)
    bars, _ = bars_of(("policy_id", "least", "most"), [("a", 10, 30.5)], plot)

    with styled():
        axes = draw_intervals(bars, plot, "title", "").axes[0]

    (box,) = axes.patches
    assert (box.get_x(), box.get_width()) == (10, 20.5)
    assert "15.0" in [label.get_text() for label in axes.get_xticklabels()]


@pytest.mark.parametrize(
    ("ends", "lanes"),
    [
        pytest.param([(1, 2), (2, 3), (3, None)], ["gdpr"], id="one after the other"),
        pytest.param([(1, 3), (2, 4)], ["p0, gdpr", "p1, gdpr"], id="over each other"),
        pytest.param([(1, None), (2, 3)], ["p0, gdpr", "p1, gdpr"], id="under an open one"),
        pytest.param([(n, n + 1) for n in range(7)], [f"p{n}, gdpr" for n in range(7)], id="many"),
    ],
)
def test_bars_that_cannot_be_told_apart_get_lanes_of_their_own(
    ends: list[tuple[int, int | None]], lanes: list[str]
) -> None:
    plot = Plot(kind="interval", x=("begin", "end"), y="term", by="policy_id")
    rows = [("gdpr", f"p{place}", *pair) for place, pair in enumerate(ends)]
    bars, _ = bars_of(("term", "policy_id", "begin", "end"), rows, plot)

    with styled():
        axes = draw_intervals(bars, plot, "title", "").axes[0]

    assert [label.get_text() for label in axes.get_yticklabels()] == lanes


def test_a_timeline_explains_only_the_marks_it_has(tmp_path: Path) -> None:
    days = [datetime(2010, month, 1) for month in (1, 3, 6)]  # noqa: DTZ001
    stays = (
        Stay(version=1, sightings=(days[0],), significance=None, flip=False),
        Stay(version=2, sightings=(days[1],), significance="minor", flip=False),
        Stay(version=3, sightings=(days[2],), significance="minor", flip=True),
    )

    picture_timeline(tmp_path / "t.svg", [Lane(policy_id="a/b", language="en", stays=stays)])

    words = words_of(tmp_path / "t.svg")
    assert {"a/b (en)", "changed somewhere in here", "minor change", "flip"} <= set(words)
    assert "not compared yet" not in words


@pytest.mark.parametrize("name", ["p.gif", "picture", "p.SVG"])
def test_another_kind_of_file_is_refused_before_anything_is_asked(name: str) -> None:
    with pytest.raises(BadPicture, match=r"pictures are \.svg or \.png"):
        check_drawable(asked(LINE), Path(name))


def test_a_question_without_a_picture_says_so() -> None:
    with pytest.raises(BadPicture, match="question 6 has no picture: leave --plot out"):
        check_drawable(asked(None), Path("p.svg"))


@pytest.mark.parametrize(
    ("plot", "rows"),
    [
        pytest.param(LINE, [], id="no rows"),
        pytest.param(LINE, [("a", 2010, None)], id="no values"),
        pytest.param(LINE, [("a", None, 1)], id="no places"),
        pytest.param(
            Plot(kind="interval", x=("year", "words"), y="policy_id", by=None),
            [("a", None, None)],
            id="no ends",
        ),
    ],
)
def test_nothing_to_draw_leaves_no_file(
    tmp_path: Path, plot: Plot, rows: list[tuple[object, ...]]
) -> None:
    with pytest.raises(NothingToDraw, match="nothing to draw"):
        picture_answer(tmp_path / "p.svg", asked(plot), COLUMNS, rows, "")

    assert not list(tmp_path.iterdir())


def test_too_many_series_are_refused_with_a_remedy() -> None:
    with pytest.raises(BadPicture, match=r"121 series \(by policy_id\) are too many"):
        lines_of(years(121))


def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(AskedWrongly, match="cannot write in"):
        picture_answer(tmp_path / "file" / "p.svg", asked(LINE), COLUMNS, years(1), "")


def test_bars_never_cover_each_other() -> None:
    plot = Plot(kind="bar", x=("policy_id",), y="words", by=None)

    with pytest.raises(BadPicture, match="two bars would cover each other: policy_id"):
        lines_of([("a", 1, 3), ("a", 2, 4)], plot)
