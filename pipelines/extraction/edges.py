"""What lies around and between the text of a document and is none of it. Standard library only.

Links above and below the text, calls to action, `back to top`. A list of the document's own
sections stays: lists that it repeats look alike.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from pipelines.extraction.survey import Run, prose_words
from pipelines.extraction.tags import HEADINGS, names_of
from pipelines.extraction.witness import Witness

_LONGEST_LABEL = 20
_TO_TOP = re.compile(
    r"\W*(?:(?:go |return )?(?:back )?to (?:the )?top(?: of (?:the )?page)?"
    r"|top(?: of (?:the )?page)?"
    r"|(?:retour )?(?:en )?haut(?: de (?:la )?page)?|nach oben|zum (?:seiten)?anfang"
    r"|(?:volver )?arriba|torna su|naar boven|返回顶部|トップへ戻る|ページの先頭へ)\W*",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\W*(?:advertisement|advertisement continue reading below|story continues below|sponsored"
    r"|skip to (?:main )?content|print(?: this page)?|share(?: this(?: page)?)?|tweet|share on \w+"
    r"|close|expand all|collapse all|expand all collapse all|show more|show less|read more"
    r"|(?:this site is )?protected by \w*captcha\b.{0,150}"
    r"|loading|copy link|e-?mail this page|add to favou?rites)\W*",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])")
_LONGEST_CALL = 5
_LONGEST_OWNER = 25
_LONGEST_HEAD = 3
_OPENS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target")
_COPYRIGHT = re.compile(r"\W*(?:©|\(c\)|copyright\b).{0,200}", re.IGNORECASE)
_PLACE = re.compile(r"@|\bmailto:|^\W*\+?\d[\d\s().-]{6,}$|^(?:https?:|www\.)")


def asides_of(runs: Sequence[Run], witness: Witness) -> dict[int, str]:
    """Give the places of runs that are none of the document's text, with the reasons."""
    found: dict[int, str] = {}
    for place, run in enumerate(runs):
        reason = _reason(run)
        if reason:
            found[place] = reason
    found.update(dict.fromkeys(_outer(runs, witness), "edge"))
    return found


def pressed_of(root: Any) -> dict[Any, str]:
    """Give links and buttons inside lines that lead back up or do something: "to-top", "call"."""
    found: dict[Any, str] = {}
    for element in root.iter("a", "button"):
        words = " ".join("".join(element.itertext()).split())
        if _TO_TOP.fullmatch(words):
            found[element] = "to-top"
        elif element.tag == "button" and not _opens(element):
            found[element] = "call"
    return found


def _opens(button: Any) -> bool:
    """Say whether a button is the heading of what it unfolds."""
    if any(name in button.attrib for name in _OPENS):
        return True
    return any(above.tag in (*HEADINGS, "summary") for above in button.iterancestors())


def _reason(run: Run) -> str:
    if len(run.words) > _LONGEST_LABEL or run.block.tag in ("td", "th", *HEADINGS):
        return ""
    if _TO_TOP.fullmatch(run.text):
        return "to-top"
    if _LABELS.fullmatch(run.text):
        return "label"
    return "call" if _is_call(run) else ""


def _is_call(run: Run) -> bool:
    """Say whether the run is one link or button made up to be pressed."""
    if not run.linked == len(run.words) <= _LONGEST_CALL or _PLACE.search(run.text):
        return False
    inner = list(run.block.iter("a", "button"))
    return any(_CALL.search(names_of(element)) for element in (*inner, *run.within[:2]))


def _outer(runs: Sequence[Run], witness: Witness) -> Iterator[int]:
    """Give the places of links above the text, and of all from the first one below it."""
    said = [
        place
        for place, run in enumerate(runs)
        if not _is_owner(run)
        and (
            prose_words(run) or _is_heading(run) or (witness.count(run.words) and not _is_link(run))
        )
    ]
    if not said:
        return
    yield from (place for place in range(said[0]) if _leads_away(runs[place]))
    below = range(said[-1] + 1, len(runs))
    links = [place for place in below if _leads_away(runs[place]) or _is_owner(runs[place])]
    if links:
        yield from range(_first_label(runs, said[-1], links[0]), len(runs))


def _first_label(runs: Sequence[Run], last: int, link: int) -> int:
    """Give where the labels begin that stand above the first link below the text."""
    labels = takewhile(lambda place: _is_label(runs[place]), range(link - 1, last, -1))
    return link - sum(1 for _ in labels)


def _is_heading(run: Run) -> bool:
    return any(element.tag in ("h1", "h2", "h3") for element in run.within) and (not _is_link(run))


def _is_link(run: Run) -> bool:
    return run.linked == len(run.words) and not _PLACE.search(run.text)


def _is_label(run: Run) -> bool:
    return len(run.words) <= _LONGEST_HEAD and not any(letter.isdigit() for letter in run.text)


def _leads_away(run: Run) -> bool:
    """Say whether the run is a link to another page; a list of the page's sections is none."""
    links = [*run.block.iter("a"), *(above for above in run.within if above.tag == "a")]
    return _is_link(run) and not any(link.get("href", "").startswith("#") for link in links)


def _is_owner(run: Run) -> bool:
    return len(run.words) <= _LONGEST_OWNER and bool(_COPYRIGHT.fullmatch(run.text))
