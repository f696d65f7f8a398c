"""The title of a page or PDF, as a reader would name it. Uses lxml, which trafilatura brings.

Titles are kept as they are written, with the site's name where they have it: entities decoded,
white space folded, characters that nobody sees dropped, at most 500 characters.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from pipelines.extraction.contexts import PRIVACY
from pipelines.extraction.page import Page

_LONGEST = 500
_LONGEST_LINE = 150
_FIRST_LINES = 12
_BREAKS = ("br", "div", "p", "li")
_LETTERS = 3
# Joiners are letters' own business; these are nobody's.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DOCUMENT = re.compile(
    r"(?<!\w)(?:polic(?:y|ies)|legal|terms|statement|notice|conditions|agreement|cookies?|disclaimer"
    r"|gdpr|rgpd|dsgvo|cgu|cgv|agb|impressum|politique|mentions\s+légales|charte|aviso|política"
    r"|nutzungsbedingungen|términos|condizioni|voorwaarden|beleid|vilkår|villkor|ehdot|regulamin"
    r"|политика|условия|koşullar\w*|politika\w*)(?!\w)|利用規約|服务协议|用户协议|条款|이용약관",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"^(?:microsoft\s+(?:word|powerpoint|excel|publisher)\b|untitled|document\s*\d*$|layout\s*\d+$"
    r"|unbenannt|sans\s+titre|无标题|print\b|blank\b|slide\s*\d+)"
    r"|\.(?:docx?|dotx?|odt|pdf|rtf|txt|pages|indd|qxd|pptx?|xlsx?|html?|tmp)\b|\(\d+\)\s*$",
    re.IGNORECASE,
)
_SLUG = re.compile(r"^\S*[-_\d]\S*$")
_HEADING = re.compile(r"\s*#{1,6}\s+(\S.*)")
_MARKS = re.compile(r"[*_`#\\]+|\]\([^()\s]{0,2000}\)|[\[\]]")


def title_of(page: Page, text: str) -> str:
    """Give the title of a page whose main text is `text`, Markdown; "" where there is none.

    It is that of `<title>`, unless that one is missing or names no document (the site's name, say)
    while `og:title`, a first-rank heading or the text's first heading does.
    """
    candidates = [clean for found in _candidates(page, text) if (clean := _clean(found))]
    named = (found for found in candidates if _names_document(found))
    return next(named, candidates[0] if candidates else "")


def title_of_pdf(title: str, text: str) -> str:
    """Give the title of a PDF: the one in the file, unless that is the name of a file."""
    clean = _clean(title)
    if clean and not _FILE.search(clean) and not _SLUG.match(clean):
        return clean
    return _first_line(text) or clean


def _candidates(page: Page, text: str) -> Iterator[str]:
    if page.tree is None:
        yield _first_line(text)
        return
    for title in page.tree.iter("title"):
        # Pictures have titles of their own.
        if not any(above.tag == "svg" for above in title.iterancestors()):
            yield "".join(title.itertext())
            break
    for meta in page.tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:title":
            yield meta.get("content") or ""
    headings = [_words(h1) for h1 in page.tree.iter("h1")]
    yield from (h1 for h1 in headings if len(h1) < _LONGEST_LINE and _names_document(h1))
    # Further down a heading is that of a section.
    heading = _HEADING.match(text)
    yield _MARKS.sub("", heading[1]) if heading and not heading[1][0].isdigit() else ""
    yield from headings


def _words(element: HtmlElement) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [" " if child.tag in _BREAKS else "", _words(child), child.tail or ""]
    return "".join(parts)


def _names_document(title: str) -> bool:
    return bool(PRIVACY.search(title) or _DOCUMENT.search(title))


def _first_line(text: str) -> str:
    """Give the first line that names a document, else the first one with a few letters."""
    lines = [_clean(_MARKS.sub("", line)) for line in text.split("\n", 200)[:200]]
    lines = [line for line in lines if sum(map(str.isalpha, line)) >= _LETTERS][:_FIRST_LINES]
    lines = [line for line in lines if len(line) <= _LONGEST_LINE]
    return next(filter(_names_document, lines), lines[0] if lines else "")


def _clean(title: str) -> str:
    seen = _UNSEEN.sub("", html.unescape(title[: 8 * _LONGEST]))
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") else letter
        for letter in seen
    )
    return " ".join(kept.split())[:_LONGEST].strip(" _")
