"""What stands on a page and is no part of its document: menus, banners, panels, votes.

Names are those that browsers, frameworks and consent managers use everywhere, never one site's.
A name alone drops nothing that reads like a document: sections of policies are called
`cookie-policy`, `sharing` or `no-sidebar` too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipelines.extraction.survey import Run, prose_words, summed
from pipelines.extraction.tags import names_of

# Consent managers, by the names their scripts give the panel.
_CONSENT = re.compile(
    r"onetrust|ot-sdk|optanon|cookiebot|didomi|usercentrics|\buc-|qc-cmp|truste[-_ ]|trustarc|osano"
    r"|iubenda-cs|cky-|cmplz|borlabs|klaro|termly|hs-eu-cookie|hs-banner|axeptio|sp_message"
    r"|\bcc-(?:window|banner|nb-|dialog)|cookieconsent|cookie-law-info|moove_gdpr|tarteaucitron"
    r"|cookieyes|cookiefirst|cookie-?script|ketch-|evidon|_evh|civic|ccc-|orejime|sd-cmp|cmpbox"
    r"|gdpr-(?:banner|popup|modal|consent)"
)
_COOKIE = re.compile(
    r"(?:cookies?|consent|gdpr|privacy)[-_ ]?(?:\w+[-_ ]?)?"
    r"(?:banner|bar|notice|popup|pop-up|modal|dialog|prompt|overlay|toast|alert|message|consent"
    r"|preferences|settings|manager|wall|widget|layer|disclaimer)\b"
)
_DIALOG = re.compile(r"\b(?:alert)?dialog\b|\bmodal\b|\bmodal-|\bpopup\b|\blightbox\b")
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
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"})


def chrome_of(runs: Sequence[Run]) -> dict[Any, str]:
    """Give the elements that are no part of the document, outermost, each with the reason."""
    words = summed(runs, lambda run: len(run.words))
    linked = summed(runs, lambda run: run.linked)
    prose = summed(runs, prose_words)
    found: dict[Any, str] = {}
    whole = max(words.values(), default=0)
    for element in words:
        reason = _reason(element, words[element], linked[element], prose[element], whole, prose)
        if reason:
            found[element] = reason
    return found


def _reason(
    element: Any, words: int, linked: int, prose: int, whole: int, all_prose: Counter[Any]
) -> str:
    tag, names = element.tag, names_of(element)
    if tag in ("html", "body"):
        return ""
    most = all_prose[element.getroottree().getroot()]
    if names and _CONSENT.search(names) and prose < 0.6 * most:
        return "consent"
    if 2 * prose > most:
        return ""
    role = element.get("role", "")
    if tag in ("dialog",) or role in ("dialog", "alertdialog") or element.get("aria-modal"):
        return "dialog"
    if tag == "nav" or role in _ROLES:
        return "menu" if 3 * prose < words else ""
    if tag in ("footer", "header", "aside"):
        return "edge" if 2 * prose < words else ""
    if not names:
        return ""
    if _COOKIE.search(names) and prose < 0.3 * most and (_has_button(element)):
        return "consent"
    if _MENU.search(names) and 2 * linked > words and 4 * prose < words:
        return "menu"
    if _SHARE.search(names) and prose == 0 and words < 40:
        return "share"
    if _ASIDE.search(names) and prose < 0.05 * most and words < 60:
        return "aside"
    return ""


def _has_button(element: Any) -> bool:
    return any(True for _ in element.iter("button", "input")) or any(
        "btn" in (link.get("class") or "") or "button" in (link.get("class") or "")
        or not (link.get("href") or "").startswith(("http", "/"))
        for link in element.iter("a")
    )
