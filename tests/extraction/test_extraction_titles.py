"""The title of a page: as written where it names the document, else the best name beside it."""

import pytest

from pipelines.extraction.extract import extract
from pipelines.extraction.page import parse
from pipelines.extraction.titles import title_of, title_of_pdf

HEADED = "<body><h1>Acme <span>Priv</span><b>acy</b><br>Notice</h1><p>We keep little.</p></body>"


def page(head: str, body: str = HEADED) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head>{body}</html>"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Privacy Policy | Acme Desk", "Privacy Policy | Acme Desk"),
        ("\n  Privacy\n\tPolicy ", "Privacy Policy"),
        ("Terms &amp; Conditions", "Terms & Conditions"),
        ("Terms &amp;amp; Conditions", "Terms & Conditions"),
        ("Privacy&nbsp;&#8203;Policy", "Privacy Policy"),
        ("Privacy \u0085\u200f Policy\u202e", "Privacy Policy"),
        ("Privacy policy " * 99, ("Privacy policy " * 99)[:500].strip()),
    ],
    ids=["site's name", "space", "entity", "entity twice", "no width", "control", "length"],
)
def test_a_title_that_names_the_document_is_kept_as_it_is_written(title: str, kept: str) -> None:
    found = title_of(parse(page(f"<title>{title}</title>")), "# Something else")

    assert found == kept


@pytest.mark.parametrize(
    "head",
    ["", "<title></title>", "<title>Acme Desk</title>", "<title>Acme | Help for all</title>"],
    ids=["none", "empty", "site's name", "slogan"],
)
def test_the_main_heading_steps_in_for_a_title_that_names_no_document(head: str) -> None:
    assert title_of(parse(page(head)), "") == "Acme Privacy Notice"


def test_the_title_for_sharing_comes_before_the_headings() -> None:
    head = '<title>Acme</title><meta property="og:title" content="Acme&#39;s Privacy Policy">'

    assert title_of(parse(page(head)), "# Notice") == "Acme's Privacy Policy"


def test_the_first_heading_of_the_text_names_a_page_without_others() -> None:
    bare = parse(page("", "<body><h3>Politique de confidentialité</h3><p>Peu.</p></body>"))

    named = title_of(bare, "### Politique de **confidentialité**\n\nPeu.")
    section = title_of(bare, "Bienvenue.\n\n## 1. Qui sommes-nous ?\n\nAcme.")
    numbered = title_of(bare, "## 1. Qui sommes-nous ?\n\nAcme.")

    assert (named, section, numbered) == ("Politique de confidentialité", "", "")


def test_a_title_stays_where_nothing_else_names_a_document_either() -> None:
    body = "<body><h1>Welcome</h1><p>We keep little.</p></body>"

    assert title_of(parse(page("<title>Acme Desk</title>", body)), "# Welcome") == "Acme Desk"
    assert title_of(parse(page("", body)), "") == "Welcome"
    assert title_of(parse(page("", "<body><p>We keep little.</p></body>")), "") == ""


def test_the_title_of_a_drawing_is_not_that_of_the_page() -> None:
    drawn = "<body><svg><title>Privacy icon</title></svg><h1>Acme Terms</h1></body>"

    assert title_of(parse(page("", drawn)), "") == "Acme Terms"


def test_plain_text_is_called_by_the_line_that_names_it() -> None:
    text = "ACME DESK\n\nPrivacy Statement\n\nWe keep little."

    assert title_of(parse(text), text) == "Privacy Statement"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Microsoft Word - Privacy Policy.doc",
        "privacy_final.docx",
        "Acme Privacy Policy (2)",
        "Acme-Privacy-2018",
        "untitled",
        "Document1",
    ],
    ids=["none", "Word", "file", "copy", "slug", "untitled", "numbered"],
)
def test_a_pdf_named_like_a_file_is_called_by_its_first_heading(name: str) -> None:
    text = "DP-09 page 1 of 26\n\nAcme Privacy Notice\n\nWe keep little."

    assert title_of_pdf(name, text) == "Acme Privacy Notice"


def test_the_extraction_of_a_page_has_the_better_title() -> None:
    prose = "<p>Acme Desk keeps the data that its customers enter, and nothing else.</p>" * 9
    body = f"<body><h1>Acme Privacy Notice</h1>{prose}</body>"

    extraction = extract(page("<title>Acme Desk</title>", body).encode())

    assert extraction.title == "Acme Privacy Notice"


def test_a_pdf_keeps_a_title_that_somebody_wrote() -> None:
    assert title_of_pdf("Privacy Notice of Acme, May 2018", "# Notice") == (
        "Privacy Notice of Acme, May 2018"
    )
    assert title_of_pdf("acme_notice.pdf", "") == "acme_notice.pdf"
