"""A PDF is read as a person reads the paper, whatever the order in which a program wrote it."""

import time

import pytest
from extraction_pages import drawing_twice, drawn_often, put, sheets

from pipelines.extraction.extract import extract
from pipelines.extraction.pdf import read_pdf

LEFT = (
    "We collect your name and your email",
    "address when you open a ticket, and",
    "we keep both for three years. After",
    "that time our server deletes them by",
    "itself, together with the tickets that",
    "belong to them and every copy of it.",
)
RIGHT = (
    "You may ask us for a copy of all your",
    "personal data at any time. We answer",
    "within thirty days, and we ask for no",
    "fee unless the requests are many and",
    "clearly without any ground. You may",
    "also turn to the authority directly.",
)


def column(lines: tuple[str, ...], x: float, top: float = 700) -> list[str]:
    return [put(line, x, top - 12 * number) for number, line in enumerate(lines)]


def across(top: float = 700) -> list[str]:
    pairs = zip(column(LEFT, 50, top), column(RIGHT, 310, top), strict=True)
    return [line for pair in pairs for line in pair]


@pytest.mark.parametrize(
    "written",
    [[*column(LEFT, 50), *column(RIGHT, 310)], across()],
    ids=["column by column", "line by line"],
)
def test_columns_are_read_one_after_the_other(written: list[str]) -> None:
    text = read_pdf(sheets(written)).text

    assert text == " ".join(LEFT) + "\n\n" + " ".join(RIGHT)


def test_a_heading_over_the_columns_comes_before_both() -> None:
    lower = across(500)
    page = [
        put("Privacy policy of the Larkspur Desk", 50, 760, 22),
        *across(),
        put("What else there is to be said about our cookies", 50, 540, 22),
        *lower,
    ]

    text = read_pdf(sheets(page)).text

    assert text.split("\n\n") == [
        "# Privacy policy of the Larkspur Desk",
        " ".join(LEFT),
        " ".join(RIGHT),
        "# What else there is to be said about our cookies",
        " ".join(LEFT),
        " ".join(RIGHT),
    ]


def test_words_written_one_by_one_make_lines() -> None:
    page = []
    for number, line in enumerate((*LEFT, *RIGHT)):
        x = 50.0
        for word in line.split():
            page.append(put(word, x, 700 - 12 * number))
            x += 7 * len(word) + 4

    text = read_pdf(sheets(page)).text

    assert text.split() == " ".join((*LEFT, *RIGHT)).split()


def test_rows_of_a_table_stay_rows() -> None:
    rows = [
        ("Name", "To answer you", "Three years"),
        ("Email address", "To send the answer", "Three years"),
        ("Language", "To greet you", "One day"),
        ("Browser", "To mend our pages", "One week"),
        ("Country", "To choose a server", "One week"),
        ("Telephone", "To call you back", "One year"),
    ]
    page = [
        put(cell, 50 + 170 * place, 700 - 20 * number)
        for number, row in enumerate(rows)
        for place, cell in enumerate(row)
    ]

    text = read_pdf(sheets(page)).text

    assert [line.split() for line in text.split("\n\n")] == [" ".join(row).split() for row in rows]


def test_hyphens_of_the_paper_go_and_those_of_words_stay() -> None:
    lines = (
        "No third-party service reads along, and the informa-",
        "tion is kept in this country and not with any third-",
        "party host. The con\xad",
        "troller is the Larkspur Desk.",
    )

    text = read_pdf(sheets(column(lines, 50))).text

    assert "the information is kept" in text
    assert "any third-party host" in text
    assert "controller is" in text


def test_joined_letters_are_parted() -> None:
    page = [put("We never sell con\x01dential data, \x01rst or last.", 50, 700)]

    assert read_pdf(sheets(page)).text == "We never sell confidential data, first or last."


def test_points_and_numbered_clauses_begin_a_line() -> None:
    lines = (
        "We collect the following data from you in each ticket:",
        "• your name and the name of the company for which you",
        "work at that time",
        "• your email address and the language that you prefer",
        "2.1 We keep them for three years and no longer than that",
    )

    text = extract(sheets(column(lines, 50))).text

    assert text.split("\n\n") == [
        lines[0],
        "- your name and the name of the company for which you work at that time",
        "- your email address and the language that you prefer",
        lines[4],
    ]


def test_a_sentence_goes_on_over_page_numbers_and_running_heads() -> None:
    def page(number: int, lines: tuple[str, ...]) -> list[str]:
        head, foot = put("Larkspur Desk", 50, 800, 8), put(f"Page {number} of 4", 250, 30, 8)
        return [foot, *column(lines, 50), head]

    text = read_pdf(
        sheets(
            page(1, (*LEFT, "We tell you")),
            page(2, ("before this changes.", *RIGHT)),
            page(3, LEFT),
            page(4, RIGHT),
        )
    ).text

    assert "We tell you before this changes." in text
    assert "Page" not in text
    assert "Larkspur" not in text


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    page = [*column(LEFT, 50, 700), *column(RIGHT, 50, 610)]

    assert read_pdf(sheets(page)).text == " ".join(LEFT) + "\n\n" + " ".join(RIGHT)


def test_a_page_that_lies_on_its_side_is_read() -> None:
    page = [
        f"BT /F1 10 Tf 0 1 -1 0 {100 + 12 * number} 60 Tm ({line}) Tj ET"
        for number, line in enumerate(LEFT)
    ]

    assert read_pdf(sheets(page, turned=90)).text == " ".join(LEFT)


def test_the_hidden_text_under_a_scan_is_read() -> None:
    page = ["3 Tr", *column(LEFT, 50), "0 Tr", "q 595 0 0 842 0 0 cm Q"]

    read = read_pdf(sheets(page))

    assert (read.text, read.reason) == (" ".join(LEFT), "")


def test_a_pdf_of_something_else_is_no_policy() -> None:
    prices = [f"Basket number {number}, woven by hand, {number} euros" for number in range(10, 40)]

    extraction = extract(sheets(column(tuple(prices), 50, 800)))

    assert (extraction.verdict, extraction.reason) == ("not-policy", "other-page")
    assert extraction.score < 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(drawing_twice(30), id="forms that draw forms"),
        pytest.param(
            drawn_often(b"BT /F1 12 Tf " + b"(We collect) Tj 0 -14 Td " * 5_000 + b" ET", 4),
            id="lines without end",
        ),
        pytest.param(
            drawn_often(b"BT /F1 12 Tf (" + b"a" * 900_000 + b") Tj ET", 1), id="a word without end"
        ),
    ],
)
def test_no_pdf_takes_long(body: bytes) -> None:
    started = time.process_time()

    read_pdf(body)

    assert time.process_time() - started < 20
