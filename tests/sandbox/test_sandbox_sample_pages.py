"""How the sample policies become pages and PDF files."""

import io

import pypdf

from crawler.sandbox.samples.markup import page_of
from crawler.sandbox.samples.pdf import pdf_of
from crawler.sandbox.samples.policies import PolicyText, Section


def test_a_pdf_keeps_brackets_and_backslashes() -> None:
    policy = PolicyText(title="A (b", sections=(Section(heading="", paragraph="c) \\ — €"),))

    [page] = pypdf.PdfReader(io.BytesIO(pdf_of(policy)), strict=True).pages

    assert page.extract_text().strip().split("\n") == ["A (b", "c) \\ — €"]


def test_a_page_escapes_what_the_text_says() -> None:
    policy = PolicyText(title="A & B", sections=(Section(heading="<i>", paragraph="1 < 2"),))

    page = page_of("<h1>$title</h1>$text", "acme", policy, "utf-8", 0)

    assert page == "<h1>A &amp; B</h1><h2>&lt;i&gt;</h2>\n<p>1 &lt; 2</p>"
