"""What stands on a page and is no part of its document: menus, banners, panels, votes.

Names are those that browsers, frameworks and consent managers use everywhere, never one site's.
A name alone drops nothing that reads like a document: sections of policies are called
`cookie-policy`, `sharing` or `no-sidebar` too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.extraction.survey import Run, prose_words, summed
from pipelines.extraction.tags import HEADINGS, names_of

# Consent managers, by the names their scripts give the panel.
_MANAGER = re.compile(
    r"onetrust|ot-sdk|optanon|cookiebot|didomi|usercentrics|\buc-|qc-cmp|truste[-_ ]|trustarc|osano"
    r"|iubenda-cs|cky-|cmplz|borlabs|klaro|termly|hs-eu-cookie|hs-banner|axeptio|sp_message"
    r"|\bcc-(?:window|banner|nb-|dialog)|cookieconsent|cookie-law-info|moove_gdpr|tarteaucitron"
    r"|cookieyes|cookiefirst|cookie-?script|ketch-|evidon|ccc-|orejime|sd-cmp|cmpbox"
    r"|gdpr-(?:banner|popup|modal|consent)"
)
_CONSENT = re.compile(
    r"(?:cookies?|consent|gdpr|privacy)[-_ ]?(?:\w+[-_ ]?)?"
    r"(?:banner|bar|notice|popup|pop-up|modal|dialog|prompt|overlay|toast|alert|message|consent"
    r"|preferences|settings|manager|wall|widget|layer|disclaimer)\b"
)
_MENU = re.compile(
    r"\b(?:nav(?:igation|bar)?|(?:main|top|site|side|mega|sub|mobile|footer|header)[-_]?(?:nav|menu)"
    r"\w*|menu(?:bar)?|breadcrumbs?|bread-crumbs?|pagination|pager|toolbar|tabs?list|skip-?links?"
    r"|lang(?:uage)?[-_]?(?:picker|selector|switch\w*|menu|list|chooser)|site-?footer|site-?header"
    r"|masthead|sidebar|side-bar|rail|sitemap)\b"
)
_SHARE = re.compile(
    r"\b(?:share|sharing|social\w*|addthis\w*|addtoany\w*|a2a_kit|sharethis|follow-us)(?:\b|[-_])"
)
_ASIDE = re.compile(
    r"\b(?:related\w*|recommend\w*|recent-posts|newsletter\w*|subscribe|subscription|signup|sign-up"
    r"|comments?(?:-area|-list)?|disqus\w*|respond|feedback|helpful|article-?votes?|rating|promo\w*"
    r"|cta|advert\w*|ads?|sponsor\w*|chat-?widget|intercom\w*|drift-|zopim)(?:\b|[-_])"
)
_MENU_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"}
)
_DIALOG_ROLES = frozenset({"dialog", "alertdialog"})
_FEW_WORDS = 60
_BRIEF = 120
_MOST_OF_PAGE = 0.5
_MOST_IN_PANEL = 0.6  # consent panels list their partners at length
_MOST_IN_BANNER = 0.3
_MOST_IN_ASIDE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holding:
    """An element's words, those of links and of sentences, and its share of all sentences."""

    element: Any
    names: str
    words: int
    linked: int
    prose: int
    share: float


def chrome_of(runs: Sequence[Run]) -> dict[Any, str]:
    """Give the elements that are no part of the document, each with the reason."""
    words = summed(runs, lambda run: len(run.words))
    linked = summed(runs, lambda run: run.linked)
    prose = summed(runs, prose_words)
    most = max(prose.values(), default=0) or 1
    found: dict[Any, str] = {}
    for element in words:
        holding = _Holding(
            element=element,
            names=names_of(element),
            words=words[element],
            linked=linked[element],
            prose=prose[element],
            share=prose[element] / most,
        )
        reason = _reason(holding)
        if reason:
            found[element] = reason
    return found


def _reason(holding: _Holding) -> str:
    if holding.element.tag in ("html", "body"):
        return ""
    if _MANAGER.search(holding.names) and (_is_brief(holding) or holding.share < _MOST_IN_PANEL):
        return "consent"
    if _is_brief(holding) and _CONSENT.search(holding.names) and _asks(holding.element):
        return "consent"
    if holding.share > _MOST_OF_PAGE and not _is_brief(holding):
        return ""
    return _by_role(holding) or (_by_name(holding) if holding.names else "")


def _is_brief(holding: _Holding) -> bool:
    # On a page of few words the banner may hold the most of them.
    return holding.words <= _BRIEF


def _by_role(holding: _Holding) -> str:
    element, role = holding.element, holding.element.get("role", "")
    if element.tag == "dialog" or role in _DIALOG_ROLES or element.get("aria-modal") == "true":
        return "dialog"
    if element.tag == "nav" or role in _MENU_ROLES:
        return "menu" if 3 * holding.prose < holding.words and not _has_title(element) else ""
    if element.tag in ("header", "aside"):
        return "menu" if 2 * holding.linked >= holding.words and not _has_title(element) else ""
    if element.tag == "footer":
        inside = any(above.tag in ("article", "main") for above in element.iterancestors())
        if inside:
            return "footer" if 2 * holding.linked >= holding.words else ""
        return "footer" if _is_brief(holding) or 2 * holding.prose < holding.words else ""
    return ""


def _by_name(holding: _Holding) -> str:
    names = holding.names
    if holding.share < _MOST_IN_BANNER and _CONSENT.search(names) and _asks(holding.element):
        return "consent"
    if _MENU.search(names) and 2 * holding.linked > holding.words > 4 * holding.prose:
        return "menu"
    if holding.words > _FEW_WORDS or not _is_operable(holding) or _has_title(holding.element):
        return ""
    if _SHARE.search(names) and not holding.prose:
        return "share"
    return "aside" if _ASIDE.search(names) and holding.share < _MOST_IN_ASIDE else ""


def _is_operable(holding: _Holding) -> bool:
    """Say whether an element is there to be pressed or filled in; a heading never is."""
    element = holding.element
    if element.tag in HEADINGS or any(above.tag in HEADINGS for above in element.iterancestors()):
        return False
    pressed = next(element.iter("button", "input", "form"), None) is not None
    return pressed or 2 * holding.linked >= holding.words


def _has_title(element: Any) -> bool:
    return next(element.iter("h1"), None) is not None


def _asks(element: Any) -> bool:
    """Say whether something can be pressed here that does not lead to a page."""
    if next(element.iter("button", "input"), None) is not None:
        return True
    return any(
        not (link.get("href") or "#").startswith(("http", "/")) for link in element.iter("a")
    )
