"""Lines that only count or ask for a vote: no words of the policy. Standard library only.

Whole lines only: a sentence of a policy that mentions views or votes stays.
"""

import re

_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|[|*_#>`\\]+|^\s*[-+•]\s")
_NUMBER = r"\d(?:[\d.,  ']*\d)?[km]?"
_THING = (
    r"(?:(?:article|page|total|post)\s+)?"
    r"(?:views?|hits?|visits?|visitors?|reads?|votes?|ratings?|likes?|shares?|comments?|downloads?"
    r"|aufrufe|besucher|bewertung(?:en)?|vues?|consultations?|notes?|visitas?|vistas|votos"
    r"|visualizza(?:zioni|ções)|weergaven|浏览(?:次数|量)?|阅读(?:次数|量)?|閲覧数)"
)
_HELPFUL = (
    r"(?:was|is|did)\s+(?:you\s+find\s+)?(?:this|the)\s+"
    r"(?:article|page|answer|information|content|post|topic)\s+(?:helpful|useful)"
    r"|did\s+you\s+find\s+(?:it|this(?:\s+\w+)?)\s+(?:helpful|useful)"
    r"|war\s+dieser\s+(?:artikel|beitrag)\s+hilfreich"
    r"|cet\s+article\s+vous\s+a-t-il\s+été\s+utile"
    r"|(?:te\s+ha\s+sido\s+útil|fue\s+útil)\s+este\s+artículo"
    r"|questo\s+articolo\s+(?:ti\s+)?è\s+stato\s+utile"
)
_ANSWER = r"(?:yes|no|ja|nein|oui|non|sí|si)"
_VOTED = (
    rf"{_NUMBER}\s+(?:out\s+)?(?:of|von|sur|de)\s+{_NUMBER}"
    r"\s+(?:people\s+|users\s+|readers\s+)?(?:found|fanden|personnes|ont)\b.{0,60}"
)
_COUNT = (
    rf"(?:{_THING}\s*(?:\({_THING}\))?\s*(?:count)?\s*[:\uff1a]?\s*\(?(?:{_NUMBER})?\s*"
    rf"(?:(?:/|out\s+of|of)\s*{_NUMBER})?\)?\s*(?:stars?)?\s*"
    rf"(?:\(?\s*(?:{_NUMBER})?\s*(?:{_THING})?\s*\)?)?)"
)
_LINE = re.compile(
    rf"(?:{_COUNT}|{_NUMBER}\s*{_THING}|(?:¿\s*)?(?:{_HELPFUL})\s*\??"
    rf"(?:\s*{_ANSWER}\s*[/·,]?)*(?:\(?{_NUMBER}\)?)?|{_VOTED}"
    rf"|article\s+details(?:\s+article\s+id\s*:?\s*(?:{_NUMBER})?)?"
    rf"|article\s+id\s*:?\s*(?:{_NUMBER})?)[.!]?",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(rf"\(?{_NUMBER}\)?(?:\s*/\s*{_NUMBER})?")
_ONLY_ANSWER = re.compile(rf"{_ANSWER}(?:\s*[/|·]?\s*{_ANSWER})?", re.IGNORECASE)
# What tells a counter from a mere word: a number, a question, or that it counts articles.
_TELLING = re.compile(r"\d|\?|^article\s", re.IGNORECASE)
_SHOWN = r"\d+(?: \d{3})*"
_GUEST = r"(?:visitors?|guests?|users?|besucher|gäste|visiteurs?|visitantes?)"
# Counters that stand inside a line: each needs a word that says that it runs.
_RUNNING = re.compile(
    rf"\b(?:(?P<since>{_GUEST} (?:online|(?:since|seit|depuis|desde) \d{{4}})) {_SHOWN}"
    rf"|(?P<you>you are (?:our )?(?:visitor|guest)(?: number| no)?) {_SHOWN}"
    rf"|(?P<today>(?:today|heute|aujourd hui)(?: already| schon| déjà)?) {_SHOWN}"
    rf"(?= (?:requests?|questions?|tickets?|visitors?|anfragen|besucher|demandes)\b)"
    rf"|(?P<far>){_SHOWN}(?= (?:votes?|views?|hits?|visitors?) (?:so far|to date|today)\b)"
    rf"|(?P<times>(?:viewed|read|aufgerufen|gelesen)) {_SHOWN}(?= (?:times|mal)\b))"
)
_HINT = re.compile(r"[\d?:\uff1a]")
_LONGEST = 120
_LONGEST_WITH_MARKS = 300


def without_counters(text: str) -> str:
    """Drop every line that is a counter, a vote, or the bare answer or number that follows one."""
    kept: list[str] = []
    after = False
    for line in text.split("\n"):
        if len(line) > _LONGEST_WITH_MARKS or not (after or _may_count(line)):
            kept.append(line)
            after = False
            continue
        words = " ".join(_MARKS.sub(_inside, line).split())
        if after and _ONLY_NUMBER.fullmatch(words):
            _drop_label(kept)
        elif not (_is_counter(words, line) or (after and _ONLY_ANSWER.fullmatch(words))):
            kept.append(line)
            after = _is_label(words) or (after and not words)
            continue
        after = True
    return "\n".join(kept)


def without_running_counts(words: str) -> str:
    """Drop the numbers of counters that run inside a line of normalised words."""
    return _RUNNING.sub(lambda found: next(filter(None, found.groups()), ""), words)


def _inside(mark: re.Match[str]) -> str:
    return f" {mark[1] or ''} "


def _may_count(line: str) -> bool:
    return bool(_HINT.search(line)) or "rticle" in line


def _is_counter(words: str, line: str) -> bool:
    if not words or len(words) > _LONGEST or not _LINE.fullmatch(words):
        return False
    # A label alone may be a heading or an item of the policy, unless it stands in a table.
    return bool(_TELLING.search(words)) or ("|" in line and _is_label(words))


def _is_label(words: str) -> bool:
    return words.endswith((":", "\uff1a")) and bool(_LINE.fullmatch(words))


def _drop_label(kept: list[str]) -> None:
    """Take back the label above a number, and the blank lines between, if one was kept."""
    place = len(kept) - 1
    while place >= 0 and not kept[place].strip():
        place -= 1
    if place >= 0 and _is_label(" ".join(_MARKS.sub(_inside, kept[place]).split())):
        del kept[place:]
