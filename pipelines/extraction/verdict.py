"""Is this a policy at all, and how much does it look like one? Standard library only.

A text that reads like a policy (`likeness`) is one, whatever stands around it; the signs of
errors and walls only decide over short texts and say what the others are. Refusing a true policy
loses history, letting a stray page through is seen by its reader: doubt is for the policy.
"""

import re
from dataclasses import dataclass

from pipelines.extraction.likeness import Likeness, likeness
from pipelines.extraction.page import (
    Page,
    has_frames,
    is_redirecting,
    link_words,
    script_count,
    seen_text,
)
from pipelines.extraction.signs import IN_TEXT, IN_TITLE
from pipelines.extraction.terms import SPEAKS
from pipelines.extraction.traits import (
    asks_consent,
    asks_password,
    headings,
    offers_consent,
    prose,
    said,
    sends_on,
    tests_robots,
    without_banners,
    without_consent,
)
from pipelines.extraction.walls import CONSENT

# The policies of the corpus reach 0.75 and more, its other pages 0.44 at most.
_BAR = 0.6
# In few words a teaser or a footer weighs more; short policies are nothing but policy words.
_SHORT, _SHORT_BAR = 150, 0.7
# A few sentences have to be surer, for a note of a wall may name a law or a right.
_FEW_WORDS, _FEW_BAR = 60, 0.8
_FEWEST_WORDS = 12
# A language whose words are not known: this long, and it is no error page.
_LONG = 60
_UNKNOWN = 0.5
_REFUSED = 0.49
_NO_ERROR = 200
_WALL = 300
_INDEX_WORDS, _INDEX_LINKS, _INDEX_SHARE = 180, 5, 0.2
_BEGINNING, _LOOKED_AT = 1_200, 4_000
# Scripts put the title "Loading" over whole texts, and policies speak of consent in theirs.
_NEVER_TITLES = ("", "script-shell", "consent-wall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict rests on: title, main text with its words and language, the whole page.

    `page` is None where there is none, as for a PDF.
    """

    title: str
    text: str
    words: int
    language: str
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`reason` why this is no policy, "" for a policy. `score`: how much it looks like one, 0 to 1.

    The score is the likeness of the words, halved where the page was refused: below 0.5 is no
    policy, 0.5 a text in a language whose words are not known, from 0.6 a policy.
    """

    reason: str
    score: float


def judge(evidence: Evidence) -> Judgement:
    """Say whether the text is a policy, and how much it looks like one."""
    page = evidence.page or Page(tree=None, plain=evidence.text, title=evidence.title)
    text = without_banners(prose(evidence.text), page)
    like = likeness(text)
    if evidence.language not in SPEAKS and evidence.words >= _LONG and like.score < _BAR:
        reason, score = _of_stranger(evidence.title, text, page), _UNKNOWN
    else:
        reason, score = _of_known(evidence, text, like, page), like.score
    return Judgement(reason=reason, score=round(_REFUSED * like.score, 3) if reason else score)


def _of_known(evidence: Evidence, text: str, like: Likeness, page: Page) -> str:
    bar = _SHORT_BAR if like.words < _SHORT else _BAR
    if like.score < bar or like.words < _FEWEST_WORDS:
        return _of_other(evidence.title, text, like.words, page)
    sign = _of_few(evidence.title, text, like, page) if like.words < _SHORT else ""
    if sign:
        return sign
    if like.words < _WALL and _is_wall(text, page):
        return "consent-wall"
    return "other-page" if _is_index(evidence, page) else ""


def _of_few(title: str, text: str, like: Likeness, page: Page) -> str:
    """Ask a short text twice: words of a footer or of a note about a law are soon enough."""
    if not likeness(title).subjects:
        sign = _of_title(title, page)
        if sign:
            return sign
    weak = like.words < _FEW_WORDS and like.score < _FEW_BAR
    return _first(IN_TEXT, text) if weak else ""


def _of_other(title: str, text: str, words: int, page: Page) -> str:
    """Say what a page is that does not read like a policy."""
    if words > _NO_ERROR:
        return _of_title(title, page) or "other-page"
    own = without_consent(text[:_LOOKED_AT])[:_BEGINNING]
    around = without_consent(said(page)[:_LOOKED_AT])[:_BEGINNING]
    return (
        _of_title(title, page)
        or _of_machinery(page, words)
        or _first(IN_TEXT, own)
        or _first(IN_TEXT, around)
        or ("login" if asks_password(page) else "")
        or _of_nothing(own or around, text, page)
    )


def _of_title(title: str, page: Page) -> str:
    for words in (title, *headings(page)):
        sign = _first(IN_TITLE, words) or _first(IN_TEXT, words)
        if sign not in _NEVER_TITLES:
            return sign
    return ""


def _of_machinery(page: Page, words: int) -> str:
    if is_redirecting(page) or (sends_on(page) and words < _FEW_WORDS):
        return "redirect"
    if has_frames(page):
        return "frameset"
    return "challenge" if words < _FEW_WORDS and tests_robots(page) else ""


def _of_nothing(own: str, text: str, page: Page) -> str:
    words = len(own.split())
    if words < _FEWEST_WORDS and script_count(page):
        return "script-shell"
    if words < _FEWEST_WORDS and (text or asks_consent(page)):
        return "consent-wall" if CONSENT.search(text) or asks_consent(page) else "other-page"
    return "other-page" if seen_text(page) else "empty"


def _is_wall(text: str, page: Page) -> bool:
    """Say whether a text of policy words only asks for a consent."""
    if not CONSENT.search(text) or not offers_consent(page):
        return False
    rest = likeness(without_consent(text))
    return rest.words < _FEW_WORDS / 2 or rest.score < _BAR


def _of_stranger(title: str, text: str, page: Page) -> str:
    sign = _of_title(title, page)
    return sign or ("" if len(text.split()) >= _LONG else _first(IN_TEXT, text[:_BEGINNING]))


def _is_index(evidence: Evidence, page: Page) -> bool:
    """Say whether this only leads to the documents: little text, much of it links."""
    if evidence.words >= _INDEX_WORDS:
        return False
    links = {words for words in link_words(page) if words in evidence.text}
    linked = sum(len(link.split()) for link in links)
    return len(links) >= _INDEX_LINKS and linked > _INDEX_SHARE * evidence.words


def _first(signs: dict[str, re.Pattern[str]], words: str) -> str:
    # A title or a heading can be a whole page long.
    beginning = words[:_LOOKED_AT]
    return next((reason for reason, sign in signs.items() if sign.search(beginning)), "")
