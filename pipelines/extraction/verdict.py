"""Is this page a policy at all? Standard library only.

Short pages have to prove themselves, long ones only where nothing in them speaks of a policy:
refusing a true policy loses history, letting a stray page through is seen by its reader.
"""

import re
from dataclasses import dataclass
from itertools import islice

from pipelines.extraction.page import (
    Page,
    has_frames,
    is_redirecting,
    link_words,
    script_count,
    seen_text,
)
from pipelines.extraction.signs import IN_TEXT, IN_TITLE, POLICY_TERMS, SPEAKS

# A page of an error or a wall has few words, even with the menu around it.
_SHORT = 150
_SHORT_BUT_MENU = 400
# Nothing shorter says what a policy says.
_FEWEST = 20
_FEWEST_TERMS = 2
_ENOUGH_TERMS = 10
_TERMS_PER_WORD = 0.004
_INDEX_WORDS, _INDEX_LINKS, _INDEX_SHARE = 180, 5, 0.2
_BEGINNING = 1_200
_LOOKED_AT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict rests on: title, main text with its words and language, the whole page."""

    title: str
    text: str
    words: int
    language: str
    page: Page


def judge(evidence: Evidence) -> str:
    """Give the reason why this is no policy, or "" when it is one."""
    if evidence.words >= _SHORT_BUT_MENU:
        return _of_subject(evidence)
    return _of_title(evidence) or (
        _of_short(evidence) if evidence.words < _SHORT else _of_subject(evidence)
    )


def _of_title(evidence: Evidence) -> str:
    if _terms(evidence.text) >= _ENOUGH_TERMS:
        return ""
    return _first(IN_TITLE, evidence.title)


def _of_short(evidence: Evidence) -> str:
    if is_redirecting(evidence.page):
        return "redirect"
    if has_frames(evidence.page):
        return "frameset"
    seen = seen_text(evidence.page)
    if not evidence.words:
        return _first(IN_TEXT, seen[:_BEGINNING]) or _of_nothing(evidence, seen)
    sign = _first(IN_TEXT, evidence.text[:_BEGINNING])
    if sign and _terms(evidence.text) < 6:
        return sign
    if evidence.words < _FEWEST or _terms(evidence.text) < _FEWEST_TERMS:
        return _first(IN_TEXT, seen[:_BEGINNING]) or _of_subject(evidence, _FEWEST_TERMS)
    return "other-page" if _is_index(evidence) else ""


def _of_nothing(evidence: Evidence, seen: str) -> str:
    return "script-shell" if script_count(evidence.page) and len(seen) < 2_000 else "empty"


def _of_subject(evidence: Evidence, fewest: int = 1) -> str:
    """Refuse a text without the words of policies, in a language whose words are known."""
    if evidence.words < _FEWEST:
        return "other-page"
    if _is_index(evidence):
        return "other-page"
    if evidence.language not in SPEAKS:
        return ""
    wanted = max(fewest, min(_ENOUGH_TERMS, _TERMS_PER_WORD * evidence.words))
    return "other-page" if _terms(evidence.text) < wanted else ""


def _is_index(evidence: Evidence) -> bool:
    """Say whether this only leads to the documents: little text, much of it links."""
    if evidence.words >= _INDEX_WORDS:
        return False
    links = {words for words in link_words(evidence.page) if words in evidence.text}
    linked = sum(len(link.split()) for link in links)
    return len(links) >= _INDEX_LINKS and linked > _INDEX_SHARE * evidence.words


def _terms(text: str) -> int:
    """Count the words of policies, up to as many as any rule asks for."""
    return sum(1 for _ in islice(POLICY_TERMS.finditer(text[:_LOOKED_AT]), _ENOUGH_TERMS))


def _first(signs: dict[str, re.Pattern[str]], words: str) -> str:
    return next((reason for reason, sign in signs.items() if sign.search(words)), "")
