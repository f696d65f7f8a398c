"""PDF policies are read as text; a broken, locked or scanned one says so."""

import io
from datetime import date

import pytest
from extraction_pages import pdf
from pypdf import PdfReader, PdfWriter

from pipelines.extraction.extract import extract

LINES = (
    "Privacy policy of Larkspur Desk",
    "Last updated: 4 May 2011",
    "We collect your name and your email address when you open a ticket, and we",
    "keep this personal information for three years. We do not sell it to third parti-",
    "es. You may ask for a copy of your data at any time, and we answer within a month.",
)


@pytest.mark.parametrize("label", ["application/pdf", "application/octet-stream", "text/html", ""])
def test_a_pdf_is_read_whatever_its_label(label: str) -> None:
    extraction = extract(pdf(LINES, title="Privacy"), content_type=label)

    assert (extraction.verdict, extraction.title, extraction.language) == (
        "policy",
        "Privacy",
        "en",
    )
    assert extraction.stated_date == date(2011, 5, 4)


def test_lines_that_the_paper_broke_are_joined() -> None:
    text = extract(pdf(LINES)).text

    assert "ticket, and we keep this" in text
    assert "third parties. You may ask" in text
    assert "Desk\n\nLast updated" in text


def test_headers_and_page_numbers_are_no_text() -> None:
    writer = PdfWriter()
    for number, about in enumerate(("names", "cookies", "payment", "children", "changes"), start=1):
        own = (f"This part is about {about}.", *LINES, f"So much about {about}.")
        page = pdf(("Larkspur Desk, confidential", *own, f"Page {number} of 5"))
        writer.append(io.BytesIO(page))

    text = extract(_written(writer)).text

    assert "Page 3" not in text
    assert "confidential" not in text
    assert "So much about changes." in text
    assert text.count("third parties") == 5


def test_a_locked_pdf_is_encrypted() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt("secret", algorithm="RC4-128")

    extraction = extract(_written(writer))

    assert (extraction.verdict, extraction.reason, extraction.text) == (
        "not-policy",
        "encrypted",
        "",
    )


def test_a_pdf_that_anyone_may_open_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")

    assert extract(_written(writer)).verdict == "policy"


def test_a_pdf_without_letters_is_scanned() -> None:
    extraction = extract(pdf(()))

    assert (extraction.verdict, extraction.reason) == ("not-policy", "scanned")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_a_pdf_that_breaks_off_is_truncated(share: float) -> None:
    whole = pdf(LINES * 40)

    extraction = extract(whole[: int(len(whole) * share)])

    assert (extraction.verdict, extraction.reason) == ("not-policy", "truncated")


def test_a_pdf_of_nonsense_is_undecodable() -> None:
    extraction = extract(b"%PDF-1.4\n" + b"nonsense " * 50 + b"\n%%EOF\n")

    assert (extraction.verdict, extraction.reason) == ("not-policy", "undecodable")


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
