"""What stands around a policy goes, and what is only named like it stays."""

import pytest
from extraction_pages import PARAGRAPHS, policy_page

from pipelines.extraction.maintext import left_out_of, main_text
from pipelines.extraction.page import parse

LINKS = "".join(f'<a href="/{word}">{word.title()}</a> ' for word in ("tour", "prices", "jobs"))
SECTION = (
    "<h2>Sharing</h2><p>We share personal information with our hosting company only, and with "
    "nobody who would use it for advertising or would sell it.</p>"
)
PANEL = (
    "<h2>Your choice</h2><p>We and our many partners use cookies on this website to personalise "
    "what you see and to measure how it is used by everyone.</p><button>Accept all</button>"
)


def text_of(**parts: str) -> str:
    return main_text(parse(policy_page(**parts)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "html",
    [
        f"<nav>{LINKS}</nav>",
        f'<div role="navigation">{LINKS}</div>',
        f"<header>{LINKS}</header>",
        f'<ul class="breadcrumb"><li>{LINKS}</li></ul>',
        f'<div class="lang-switcher">{LINKS}</div>',
        f'<div id="onetrust-banner-sdk">{PANEL}</div>',
        f'<div class="cookie-banner">{PANEL}</div>',
        f'<div role="dialog">{PANEL}</div>',
        f"<dialog open>{PANEL}</dialog>",
        f'<div class="modal-box" aria-modal="true">{PANEL}</div>',
        '<div class="share-buttons"><a href="http://x.example/s">Tour us on Birdsong</a></div>',
        '<div id="newsletter"><p>Get the tour in your mailbox</p><input name=mail></div>',
        '<a class="btn btn-primary" href="/tour">Take the tour</a>',
        '<p><a href="#top">Back to top</a></p><p id="tour">Advertisement</p>',
        "<button>Close</button><noscript>Take the tour</noscript>",
        '<footer>Tour <a href="/jobs">Jobs</a></footer>',
    ],
    ids=[
        *("nav", "role", "header", "breadcrumb", "languages", "manager", "banner", "dialog role"),
        *("dialog", "modal", "share", "newsletter", "call", "to top", "button", "footer"),
    ],
)
def test_what_is_no_part_of_the_document_goes(html: str) -> None:
    text = text_of(before=html, after=html)

    assert not {"Tour", "tour", "Accept", "partners", "top", "Close"} & set(text.split())
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert text.startswith("# Privacy policy")


@pytest.mark.parametrize(
    "opening",
    [
        '<div id="sharing-information">',
        '<section class="cookie-policy">',
        '<div class="social">',
        '<div class="no-sidebar">',
        '<div class="related">',
        '<div style="display:none" class="tab-pane">',
        '<div aria-hidden="true" class="accordion-panel collapse">',
        "<details><summary>More</summary>",
        "<aside>",
        '<form action="/search">',
        '<div class="widget options rating meta">',
        '<div class="modal-content">',
    ],
)
def test_a_section_stays_whatever_it_is_called(opening: str) -> None:
    closing = f"</{opening[1:].split('>', 1)[0].split()[0]}>"

    text = text_of(after=f"{opening}{SECTION}{closing}")

    assert "## Sharing" in text
    assert "would use it for advertising" in text


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="sharing">Sharing</h2>',
        '<h2><span class="social">Sharing</span></h2>',
        '<p class="share-title"><b>Sharing</b></p>',
        '<div class="related-section">Sharing</div>',
        '<h3 class="newsletter" id="comments">Sharing</h3>',
        '<button class="accordion" aria-expanded="false">Sharing</button>',
    ],
    ids=["id", "span", "bold", "div", "names", "accordion"],
)
def test_a_heading_stays_whatever_it_is_called(heading: str) -> None:
    text = text_of(after=f"{heading}<p>{PARAGRAPHS[0]} We share it with nobody.</p>")

    assert "Sharing" in text


@pytest.mark.parametrize(
    "layout",
    [
        "<table width=600><tr><td>{menu}</td><td>{text}</td></tr></table>",
        "<center><font face=Arial>{menu}<br>{text}</font></center>",
        "<form id=aspnetForm><input type=hidden name=__VIEWSTATE value=x>{menu}{text}</form>",
        "<div class=WordSection1>{menu}{text}</div>",
        "<footer>{text}</footer>",
        "<div role=dialog>{text}</div>",
        "<div id=didomi-host>{text}</div>",
    ],
    ids=[
        "table",
        "font",
        "ASP.NET",
        "Word",
        "all in a footer",
        "all in a dialog",
        "all in a panel",
    ],
)
def test_an_old_or_odd_layout_is_read_whole(layout: str) -> None:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body>{layout.format(menu=LINKS, text=words)}</body></html>"

    text = main_text(parse(page))

    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_a_title_in_a_header_and_a_date_in_a_footer_stay() -> None:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = (
        f"<html><body><header>{LINKS}</header><article><header><h1>Our privacy promise</h1>"
        f'<a href="/a">Larkspur</a></header>{words}<footer>Last updated: May 4, 2011</footer>'
        "</article></body></html>"
    )

    text = main_text(parse(page))

    assert text.startswith("# Our privacy promise")
    assert text.endswith("Last updated: May 4, 2011")


def test_an_address_at_the_end_is_no_menu() -> None:
    text = text_of(after='<p><a href="mailto:me@larkspur.example">me@larkspur.example</a></p>')

    assert text.endswith("[me@larkspur.example](mailto:me@larkspur.example)")


def test_the_line_of_the_owner_goes_from_the_end() -> None:
    text = text_of(after="<p>© 2012 Larkspur Desk Ltd. All rights reserved.</p>")

    assert text.endswith(PARAGRAPHS[-1])


def test_what_is_left_out_is_told_in_order_with_the_reason() -> None:
    page = parse(policy_page(before=f"<nav>{LINKS}</nav>", after=f"<dialog>{PANEL}</dialog>"))

    left_out = left_out_of(page)

    assert [reason for reason, _ in left_out] == ["menu", "menu", "dialog", "footer"]
    assert [words for _, words in left_out][:2] == ["Home Tour", "Tour Prices Jobs"]
    assert left_out[2][1].startswith("Your choice We and our many partners")
    assert left_out[3][1] == "Larkspur Desk Ltd."


def test_nothing_is_left_out_of_plain_text() -> None:
    assert left_out_of(parse("We keep what you tell us.")) == []
