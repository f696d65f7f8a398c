"""What a verdict looks at in a page: its own words without menus, its headings, its machinery.

Uses lxml's trees as `page` parsed them.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from pipelines.extraction.page import Page
from pipelines.extraction.walls import CONSENT

_LINK = re.compile(
    r"!?\[([^\[\]]{0,600})\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\))?[^()\s]{0,200}\)"
)
_MARKS = re.compile(r"^[\s#>|*+-]+|[*_`|]+")
_ENDS = re.compile(r"[.!?:;。！？：；](?:[\s\"'»”)]|$)")  # noqa: RUF001
# The line at the foot of every page.
_OWNED = re.compile(
    r"©\s*(?:\d{4}|[\w ]{1,40}\d{4})|copyright\s+(?:©|\(c\))?\s*\d{4}|all\s+rights\s+reserved"
    r"|tous\s+droits\s+réservés|alle\s+rechte\s+vorbehalten|derechos\s+reservados"
    r"|tutti\s+i\s+diritti\s+riservati|direitos\s+reservados",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")  # noqa: RUF001
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_FEW_WORDS, _FEW_HAN = 4, 8
_LINKED = 0.6
_FOOT = 300
_LITTLE = 600
_LOOKED_AT = 24_000
_MOST_BLOCKS = 400
_LONGEST_BANNER = 2_000
_HEADINGS = 4
_TAGS = (
    "a button footer form head header label menu nav noscript option script select style svg "
    "template textarea title"
)
_NO_PROSE = frozenset(_TAGS.split())
# Names that makers of consent managers and bot walls give to their own parts.
_BANNER = re.compile(
    r"cookie-?(?:banner|consent|notice|bar|law|popup|dialog)|onetrust|didomi|qc-cmp|cybotcookiebot"
    r"|sp_message|usercentrics|truste|gdpr-?(?:banner|consent)|cmp(?:box|-container|-banner)"
    r"|tarteaucitron|axeptio|consent-?(?:banner|manager|wall|popup)",
    re.IGNORECASE,
)
_ROBOTS = re.compile(
    r"challenge-platform|captcha|_incapsula_resource|px-captcha|perimeterx|awswaf|datadome"
    r"|ddos-guard|cf-turnstile|bot-?manager|/akam/",
    re.IGNORECASE,
)
_CONTROL_LENGTH = 40
_CONTROL = re.compile(
    r"\b(?:accept|agree|allow|reject|confirm\s+my|got\s+it|accepter|j.accepte|refuser|akzeptieren"
    r"|ablehnen|zustimmen|einverstanden|aceptar|acepto|rechazar|accett\w+|rifiuta|akkoord|aceitar"
    r"|aceito|godkänn|accepterer?|hyväksy|akceptuj\w*|souhlasím|elfogadom|принять|согласен)\b"
    r"|同意|接受|동의|kabul",
    re.IGNORECASE,
)
_SENT_ON = re.compile(
    r"(?:(?:window|document|top|self)\s*\.\s*)?location(?:\s*\.\s*href)?\s*=\s*[\"'`]"
    r"|location\s*\.\s*(?:replace|assign)\s*\("
)


def prose(text: str) -> str:
    """Give the sentences and headings of a Markdown text: no menus, no bare words, no targets.

    Rows of tables only where little else is there: then the table is the layout of the page.
    """
    running = _kept("\n".join(line for line in text.split("\n") if not line.startswith("|")))
    return running if len(running) > _LITTLE else _kept(text)


def without_banners(text: str, page: Page) -> str:
    """Drop the lines of `text` that stand in a short part of the page named like a banner."""
    shown = banner_lines(page)
    return "\n".join(line for line in text.split("\n") if line not in shown) if shown else text


def banner_lines(page: Page) -> set[str]:
    """Give the lines of the banners of a page; a long part of such a name is no banner."""
    lines: set[str] = set()
    for part in _banners(page):
        blocks = list(islice(_blocks(part, inside=True), _MOST_BLOCKS))
        if sum(len(block) for block in blocks) < _LONGEST_BANNER:
            lines.update(blocks)
    return lines


def without_consent(text: str) -> str:
    """Drop the sentences that ask for a consent."""
    return "\n".join(part for part in _SENTENCE.split(text) if part and not CONSENT.search(part))


def headings(page: Page) -> list[str]:
    """Give the first headings of the page, as its reader meets them."""
    if page.tree is None:
        return []
    found = islice(page.tree.iter("h1", "h2", "h3"), _HEADINGS)
    return [
        words for words in (" ".join(" ".join(one.itertext()).split()) for one in found) if words
    ]


def said(page: Page) -> str:
    """Give what the page says outside links, forms, menus and banners, a block a line."""
    if page.tree is None:
        return page.plain[:_LOOKED_AT]
    return "\n".join(islice(_blocks(page.tree), _MOST_BLOCKS))


def asks_password(page: Page) -> bool:
    """Say whether the page has a field for a password."""
    return page.tree is not None and any(
        (field.get("type") or "").lower() == "password" for field in page.tree.iter("input")
    )


def tests_robots(page: Page) -> bool:
    """Say whether the machinery of a bot wall is in the page."""
    return any(_ROBOTS.search(name) for name in _names(page, "script", "iframe", "div", "form"))


def asks_consent(page: Page) -> bool:
    """Say whether a consent manager is in the page, not only its script."""
    return any(True for _ in _banners(page))


def offers_consent(page: Page) -> bool:
    """Say whether the reader may accept or refuse something by a short control."""
    if page.tree is None:
        return False
    controls = (" ".join(one.itertext()).strip() for one in page.tree.iter("button", "a"))
    return any(len(words) < _CONTROL_LENGTH and _CONTROL.search(words) for words in controls)


def sends_on(page: Page) -> bool:
    """Say whether a script of the page goes elsewhere at once."""
    return page.tree is not None and any(
        _SENT_ON.search((script.text or "")[:5_000]) for script in page.tree.iter("script")
    )


def _kept(text: str) -> str:
    lines = text[:_LOOKED_AT].split("\n")
    return "\n".join(words for line in lines if (words := _line(line)))


def _line(line: str) -> str:
    heading = line.startswith("#")
    linked = 0
    if "](" in line:
        linked = sum(len(link[1]) for link in _LINK.finditer(line))
        line = _LINK.sub(r"\1", line)
    plain = _MARKS.sub(" ", line).strip()
    if not plain or linked > _LINKED * len(plain):
        return ""
    if len(plain) < _FOOT and _OWNED.search(plain):
        return ""
    if heading or _ENDS.search(plain) or len(plain.split()) >= _FEW_WORDS:
        return plain
    return plain if len(_HAN.findall(plain)) >= _FEW_HAN else ""


def _banners(page: Page) -> Iterator[HtmlElement]:
    if page.tree is not None:
        parts = page.tree.iter("div", "section", "dialog", "aside")
        yield from (part for part in parts if _BANNER.search(_name(part)))


def _blocks(tree: HtmlElement, *, inside: bool = False) -> Iterator[str]:
    """Walk the tree without recursion; banners and what holds no prose are passed by."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if element.tag in _NO_PROSE or (not inside and _BANNER.search(_name(element))):
            continue
        own = chain([element.text], (child.tail for child in element))
        words = " ".join(" ".join(part for part in own if part).split())
        if words:
            yield words
        waiting.extend(reversed(element))


def _names(page: Page, *tags: str) -> Iterator[str]:
    if page.tree is None:
        return
    for element in page.tree.iter(*tags):
        yield f"{_name(element)} {element.get('src') or ''} {element.get('action') or ''}"


def _name(element: HtmlElement) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"
