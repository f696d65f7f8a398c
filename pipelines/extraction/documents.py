"""One document of a page that holds several: the privacy policy beside terms and agreements.

A page is only taken apart where headings of one rank name documents of different kinds, each with
a text of its own; a section called `Terms of Use` inside a policy is of a lower rank.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipelines.extraction.survey import Run, summed
from pipelines.extraction.tags import HEADINGS

_PRIVACY = (
    r"privacy\s+(?:and\s+cookies?\s+)?(?:policy|statement|notice|terms)|privacy"
    r"|datenschutz(?:erklärung|hinweise?|bestimmungen|richtlinie)?"
    r"|(?:politique|charte|déclaration)\s+de\s+(?:confidentialité|protection\s+des\s+données)"
    r"(?:\s+personnelles)?|política\s+de\s+(?:privacidad|privacidade)|aviso\s+de\s+privacidad"
    r"|informativa\s+(?:sulla\s+)?privacy|privacyverklaring|privacybeleid|隐私(?:政策|声明)|隱私權?政策"
    r"|プライバシーポリシー|個人情報保護方針"
)
_OTHER = (
    r"(?:website\s+)?terms\s+(?:of|and|&)\s+(?:use|service|conditions?|sale)(?:\s+of\s+use)?"
    r"|terms(?:\s+and\s+conditions)?|conditions\s+of\s+(?:use|sale)|(?:end[- ])?user\s+agreement"
    r"|(?:end\s+user\s+)?licen[cs]e\s+agreement|(?:software\s+as\s+a\s+)?service\s+agreement"
    r"|data\s+processing\s+(?:agreement|addendum)|(?:acceptable\s+)?use\s+policy|usage\s+policy"
    r"|copyright\s+policy|dmca\s+policy|community\s+guidelines|refund\s+policy"
    r"|(?:affiliate|partner)\s+(?:terms|agreement)|impressum|imprint|legal\s+notice"
    r"|nutzungsbedingungen|(?:allgemeine\s+)?geschäftsbedingungen|agb|mentions\s+légales"
    r"|conditions\s+(?:générales(?:\s+d.utilisation|\s+de\s+vente)?|d.utilisation)"
    r"|términos\s+(?:y\s+condiciones|de\s+(?:uso|servicio))|termos\s+de\s+(?:uso|serviço)"
    r"|condizioni\s+(?:generali|d.uso)|利用規約|服务条款|用户协议|使用条款"
)
_NO_NAME = (
    r"changes?|updates?|amendments?|when|about|our|we|see|this|these|your|rights?|additional"
    r"|supplemental|key|other|contact|questions?|acceptance|applicable|to|children\W*s?|california"
)
_NAME = re.compile(
    rf"(?:(?!\d|(?:{_NO_NAME})\b)[\w.&'\u2019\u2122\u00ae-]+\s+){{0,4}}?"
    rf"(?:(?P<privacy>{_PRIVACY})|(?P<other>{_OTHER}))"
    rf"(?:\s+(?!(?:{_NO_NAME})\b)[\w.&'\u2019\u2122\u00ae-]+){{0,3}}\W*",
    re.IGNORECASE,
)
_BOTH = re.compile(r"privacy.*\bterms\b|\bterms\b.*privacy", re.IGNORECASE)
_PRIVACY_ID = re.compile(r"(?:[a-z]+[-_])?privacy(?:[-_]?(?:policy|notice|statement))?", re.I)
_OTHER_ID = re.compile(
    r"[a-z-]*(?:terms|conditions|agreement|usage[-_]?policy|imprint|impressum)[a-z-]*", re.I
)
_PRIVACY_URL = re.compile(r"priva|datenschutz|confidential|donnees|data-protection", re.I)
_OTHER_URL = re.compile(
    r"terms|\btos\b|\beula\b|conditions|agreement|\bagb\b|\bcg[uv]\b|impressum|imprint", re.I
)
_FEWEST = 100
_SHORTEST_OTHER = 150
_LONGEST_NAME = 9
_LONGEST_LINE = 120
_MOST_PARTS = 60
_SHINGLE = 5
_SAME = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Runs `start` to `end` belong to a document of `kind`; `rank` is how its heading is made."""

    start: int
    end: int
    kind: str
    rank: str
    title: str


def asks_for_another(url: str) -> bool:
    """Say whether an address names terms or an agreement, and no privacy policy."""
    return bool(_OTHER_URL.search(url)) and not _PRIVACY_URL.search(url)


def others_on(root: Any, runs: Sequence[Run]) -> list[int]:
    """Give the places of runs of documents beside the privacy policy, [] where it is alone."""
    kept = _by_ids(root, runs) or list(runs)
    while True:
        inside = _by_headings(kept)
        if not inside:
            break
        kept = inside
    ids = set(map(id, kept))
    return [place for place, run in enumerate(runs) if id(run) not in ids]


def _by_ids(root: Any, runs: Sequence[Run]) -> list[Run]:
    """Give the runs of the one sibling whose id names a privacy policy, others being named too."""
    words = summed(runs, lambda run: len(run.words))
    for element in root.iter():
        if not _is_named(element, _PRIVACY_ID) or words[element] < _FEWEST:
            continue
        beside = [other for other in element.getparent() if other.tag == element.tag]
        if any(_is_named(x, _OTHER_ID) and words[x] >= _SHORTEST_OTHER for x in beside):
            return [run for run in runs if element in run.within]
    return []


def _is_named(element: Any, name: re.Pattern[str]) -> bool:
    return element.getparent() is not None and bool(name.fullmatch(element.get("id") or ""))


def _by_headings(runs: Sequence[Run]) -> list[Run]:
    starts = [start for place, run in enumerate(runs) if (start := _start(place, run))]
    for rank in dict.fromkeys(start.rank for start in starts if start.kind == "privacy"):
        peers = [start for start in starts if start.rank == rank]
        parts = _parts(peers, len(runs))
        kept = _kept(parts, runs, is_section=_is_inside(peers[0], starts))
        if kept:
            return [run for part in kept for run in runs[part.start : part.end]]
    return []


def _is_inside(first: _Part, starts: Sequence[_Part]) -> bool:
    """Say whether the headings of this rank stand below one that names a privacy policy."""
    above = [start for start in starts if start.start < first.start and _outranks(start, first)]
    return bool(above) and above[-1].kind == "privacy"


def _outranks(start: _Part, other: _Part) -> bool:
    return start.rank in HEADINGS and (other.rank not in HEADINGS or start.rank < other.rank)


def _start(place: int, run: Run) -> _Part | None:
    if len(run.words) > _LONGEST_NAME or len(run.text) > _LONGEST_LINE or run.linked:
        return None
    rank = _rank(run)
    found = _NAME.fullmatch(run.text.strip()) if rank else None
    if found is None or _BOTH.search(run.text):
        return None
    kind = "privacy" if found["privacy"] else "other"
    title = " ".join(run.words)
    return _Part(start=place, end=place, kind=kind, rank=rank, title=title)


def _rank(run: Run) -> str:
    """Name how a heading is made, "" for what is none."""
    for element in run.within:
        if element.tag in HEADINGS:
            return str(element.tag)
    if run.block.tag in ("li", "td", "dd"):
        return ""
    for element in run.block.iter("b", "strong", "u", "font"):
        if " ".join("".join(element.itertext()).split()) == run.text:
            return f"{run.block.tag} {element.tag}"
    return f"{run.block.tag} capitals" if run.text.isupper() else ""


def _parts(starts: Sequence[_Part], end: int) -> list[_Part]:
    """Give the stretches of one document each: headings of the same kind go on with it."""
    firsts = [
        start
        for before, start in pairwise([None, *starts])
        if start and (before is None or before.kind != start.kind or before.title == start.title)
    ]
    places = [*(part.start for part in firsts), end]
    return [
        _Part(start=part.start, end=after, kind=part.kind, rank=part.rank, title=part.title)
        for part, after in zip(firsts, places[1:], strict=True)
    ]


def _kept(parts: Sequence[_Part], runs: Sequence[Run], *, is_section: bool) -> list[_Part]:
    """Give the parts of the privacy policy where there is another document too, or two editions."""
    long = [part for part in parts if _length(part, runs) >= _FEWEST]
    policies = [part for part in long if part.kind == "privacy"][:_MOST_PARTS]
    others = [
        part
        for part in long
        if part.kind == "other" and not is_section and _length(part, runs) >= _SHORTEST_OTHER
    ]
    kept: list[_Part] = []
    for part in policies:
        if not any(_overlap(part, earlier, runs) > _SAME for earlier in kept):
            kept.append(part)
    return kept if policies and (others or len(kept) < len(policies)) else []


def _length(part: _Part, runs: Sequence[Run]) -> int:
    return sum(len(run.words) for run in runs[part.start : part.end])


def _overlap(part: _Part, other: _Part, runs: Sequence[Run]) -> float:
    """Give the share of a part's shingles that another part has too."""
    mine, theirs = _shingles(part, runs), _shingles(other, runs)
    return len(mine & theirs) / max(1, len(mine))


def _shingles(part: _Part, runs: Sequence[Run]) -> set[tuple[str, ...]]:
    words = [word for run in runs[part.start : part.end] for word in run.words]
    return set(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def elements_of(root: Any, runs: Sequence[Run], reasons: dict[int, str]) -> dict[Any, str]:
    """Give the outermost elements in `root` that hold only runs named in `reasons`, with these."""
    holding: set[Any] = set()
    for place, run in enumerate(runs):
        if place not in reasons:
            holding.update(run.within)
    found: dict[Any, str] = {}
    for place, reason in reasons.items():
        within = runs[place].within
        inner = within[: within.index(root) + 1]
        above = [element for element in inner if element not in holding]
        if above:
            found.setdefault(above[-1], reason)
    return found
