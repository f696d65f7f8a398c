"""The date that a page gives its policy outside of the main text."""

from time import process_time

import pytest

from pipelines.extraction.dateline import date_of
from pipelines.extraction.extract import extract
from pipelines.extraction.page import parse

PROSE = (
    "Acme Desk keeps the personal data that its customers share with it in private, nothing else."
)
LAST = (
    "Whoever wants to know what we keep about them may write to us at any time, at no cost to them."
)
TEXT = f"# Privacy Policy\n\n{PROSE}\n\n{LAST}"


def dated(above: str = "", below: str = "", language: str = "en", text: str = TEXT) -> str:
    menu = "".join(f"<li><a href='/{item}'>Item {item}</a></li>" for item in range(30))
    page = parse(
        f"<html><body><ul>{menu}</ul><div>{above}</div><h1>Privacy Policy</h1>"
        f"<p>{PROSE}</p>{'<p>Little.</p>' * 30}<p>{LAST}</p><footer>{below}</footer></body></html>"
    )
    stated = date_of(page, text, language)
    return f"{stated.kind} {stated.date} {stated.quote}" if stated.quote else ""


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<p>Last <b>updated</b>: May&nbsp;1, 2018</p>", ""),
        ("<table><tr><td>Last updated:</td><td>May 1, 2018</td></tr></table>", ""),
        ("", "<span>Last updated:</span> <span>May 1, 2018</span><br>Acme Desk 2009-2019"),
    ],
    ids=["above", "cells", "below"],
)
def test_a_date_beside_the_text_is_the_policys(above: str, below: str) -> None:
    assert dated(above, below) == "updated 2018-05-01 Last updated: May 1, 2018"


def test_the_text_is_heard_before_the_page() -> None:
    assert dated("Last updated: May 1, 2018", text=f"{TEXT}\n\nEffective: June 2, 2019") == (
        "effective 2019-06-02 Effective: June 2, 2019"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Wednesday, July 8, 2015",
        "Privacy Policy<br>July 8, 2015",
        "Cookie declaration last updated on 12/31/2025",
        "<script>Last updated: May 1, 2018</script>",
        "Copyright 2015",
        "Acme to open a new house, updated by the press office in Leuven, July 8, 2015",
    ],
    ids=["clock", "clock below the title", "cookies", "script", "copyright", "news"],
)
def test_other_dates_of_the_page_are_not_the_policys(line: str) -> None:
    assert dated(above=line, below=line) == ""


def test_the_text_says_which_number_of_a_date_beside_it_is_the_day() -> None:
    spoken = f"{TEXT}\n\nWe wrote to all customers on 25/11/2021."

    assert dated("Last updated: 05/11/2021") == "updated None Last updated: 05/11/2021"
    assert dated("Last updated: 05/11/2021", text=spoken).startswith("updated 2021-11-05")


def test_a_text_that_is_nowhere_on_the_page_has_no_lines_beside_it() -> None:
    assert dated("Last updated: May 1, 2018", text="Something else. " * 20) == ""


def test_a_date_in_a_banner_comes_out_of_the_whole_page() -> None:
    banner = "<header><h1>Acme</h1><p>Effective: May 1, 2018</p></header>"
    prose = "".join(f"<p>{PROSE} {LAST}</p>" for _ in range(8))
    body = f"<html><body>{banner}<main><h2>Privacy Policy</h2>{prose}</main></body></html>"

    extraction = extract(body.encode(), content_type="text/html; charset=utf-8")

    assert (extraction.stated_kind, str(extraction.stated_date)) == ("effective", "2018-05-01")


def test_a_page_of_many_lines_does_not_take_long() -> None:
    lines = f"<p>{PROSE}</p>" * 30_000
    page = parse(f"<html><body>{lines}</body></html>")
    text = f"{PROSE}\n\n" * 10_000 + "None of these lines stands on that page, however long it is."
    began = process_time()

    date_of(page, text, "en")

    assert process_time() - began < 6
