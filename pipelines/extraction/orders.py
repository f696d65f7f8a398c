"""Day first or month first: what the rest of a text says about it. Standard library only."""

from collections.abc import Sequence

from pipelines.extraction.days import Day

# Languages whose readers write the day first in numbers, whatever the mark between them.
_DAY_FIRST = frozenset(
    (
        *("bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "gl", "hr", "it", "lv", "mt"),
        *("nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"),
    )
)
_STEMS = ("organi", "authori", "recogni", "personali", "minimi", "utili", "optimi", "onymi")
_WORDS = ("behavio", "favo", "colo", "hono")
_FEWEST, _SHARE = 2, 4


def is_day_first(text: str, days: Sequence[Day], language: str) -> bool | None:
    """Say whether dates in numbers begin with the day; None where nothing decides it.

    Other dates of the text come first, then its language, then a spelling that only countries
    with the day first use. American spelling proves nothing: half the world writes it.
    """
    by_dates = _by_dates(days)
    if by_dates is not None or language in _DAY_FIRST:
        return by_dates is not False
    if language in ("en", "und") and _is_british(text):
        return True
    return None


def _by_dates(days: Sequence[Day]) -> bool | None:
    spelled = {day.readings[0] for day in days if day.readings and not day.numeric}
    votes = set()
    for day in days:
        if day.order:
            votes.add(day.order == "day")
        elif len(day.readings) > 1:
            same = [reading in spelled for reading in day.readings]
            votes |= {same[0]} if same[0] != same[1] else set()
    return votes.pop() if len(votes) == 1 else None


def _is_british(text: str) -> bool:
    folded = text.lower()
    british = [f"{stem}s" for stem in _STEMS] + [f"{word}ur" for word in _WORDS]
    american = [f"{stem}z" for stem in _STEMS] + [f"{word}r" for word in _WORDS]
    # Names and quoted laws keep their own spelling.
    most = _SHARE * sum(map(folded.count, american))
    return sum(map(folded.count, british)) >= max(_FEWEST, most)
