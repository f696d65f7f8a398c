"""Rows as series: what is missing stays missing."""

from datetime import date, datetime
from decimal import Decimal
from math import isnan

import pytest

from pipelines.history.catalogue import Plot
from pipelines.pictures.series import NoAxis, broken, chart_of, days_since_1970, short

COLUMNS = ("policy_id", "language", "period", "words")


def line(by: str | None = "policy_id", x: str = "period", y: str = "words") -> Plot:
    return Plot(kind="line", x=(x,), y=y, by=by)


def halves(*months: str) -> list[tuple[float, float | None]]:
    return [(days_since_1970(date.fromisoformat(month)), 1.0) for month in months]


def test_rows_become_series_in_the_order_of_their_axis() -> None:
    rows = [
        ("a", "en", date(2011, 1, 1), 20),
        ("b", "en", date(2011, 1, 1), Decimal("1.5")),
        ("a", "en", date(2010, 1, 1), None),
        ("a", "en", None, 7),
    ]

    chart = chart_of(COLUMNS, rows, line())

    # 2010-01-01 is day 14610 since 1970, and 2011 comes 365 days later.
    assert [(each.label, each.points) for each in chart.series] == [
        ("a", ((14610.0, None), (14975.0, 20.0))),
        ("b", ((14975.0, 1.5),)),
    ]
    assert (chart.dated, chart.names, chart.step) == (True, (), 365.0)


def test_words_are_places_in_the_order_of_the_answer() -> None:
    rows = [("b", "en", "stripe", 2), ("a", "en", "paypal", 3), ("a", "en", "stripe", 4)]

    chart = chart_of(COLUMNS, rows, line())

    assert chart.names == ("stripe", "paypal")
    assert chart.series[1].points == ((0.0, 4.0), (1.0, 3.0))
    assert not chart.dated


def test_languages_are_kept_apart_by_naming_two_columns() -> None:
    rows = [("a", "de", 1, 2), ("a", "en", 1, 3), ("a", None, 1, 4)]

    chart = chart_of(COLUMNS, rows, line(by="policy_id+language"))

    assert [each.label for each in chart.series] == ["a, de", "a, en", "a, none"]


@pytest.mark.parametrize(
    ("months", "breaks"),
    [
        pytest.param(("2010-01-01", "2010-07-01", "2011-01-01"), 0, id="unequal halves"),
        pytest.param(("2010-01-01", "2010-07-01", "2011-07-01"), 1, id="one missing"),
        pytest.param(("2010-01-01", "2012-01-01", "2014-01-01"), 2, id="alone"),
    ],
)
def test_a_missing_period_breaks_the_line(months: tuple[str, ...], breaks: int) -> None:
    points = broken(halves(*months), 181.0)

    assert sum(isnan(value) for _, value in points) == breaks
    assert sum(not isnan(value) for _, value in points) == len(months)


def test_a_missing_value_breaks_the_line() -> None:
    points = broken([(1.0, 5.0), (2.0, None), (3.0, 6.0)], 1.0)

    assert [str(value) for _, value in points] == ["5.0", "nan", "6.0"]


def test_a_moment_is_placed_within_its_day() -> None:
    assert days_since_1970(datetime.fromisoformat("1970-01-02T06:00:00")) == 1.25


@pytest.mark.parametrize(
    ("plot", "words"),
    [
        pytest.param(line(x="year"), "no column 'year' to draw, only policy_id", id="x"),
        pytest.param(line(by="vendor"), "no column 'vendor'", id="by"),
        pytest.param(line(y="language"), "language is no number to draw: 'en'", id="words"),
    ],
)
def test_an_axis_that_is_not_there_is_named(plot: Plot, words: str) -> None:
    with pytest.raises(NoAxis) as caught:
        chart_of(COLUMNS, [("a", "en", 1, 2)], plot)

    assert words in str(caught.value)


def test_names_of_two_columns_are_places_of_their_own() -> None:
    rows = [("a", "de", 1, 2), ("a", "en", 1, 3)]

    chart = chart_of(COLUMNS, rows, line(by=None, x="policy_id+language"))

    assert chart.names == ("a, de", "a, en")


def test_a_long_label_keeps_both_ends() -> None:
    label = "https://www.example/" + "a" * 60 + "/privacy?id=7"

    assert short(label) == "https://www.example/aaaa…aaaaaaaaaaa/privacy?id=7"
    assert short("acme/privacy, en") == "acme/privacy, en"
