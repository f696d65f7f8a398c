"""What is left of a text when numbers, dates and punctuation are set aside. Standard library."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|er|am|pm)?")
_MONTH_NAMES = """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar februar märz mai juni juli oktober dezember
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    januari februari maart mei augustus
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
"""
_MONTHS = frozenset(_MONTH_NAMES.split())


def same_meaning(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether two texts, as words, differ in numbers, dates, punctuation and case at most."""
    pairs = zip_longest(_words_that_count(old), _words_that_count(new))
    return all(one == other for one, other in pairs)


def _words_that_count(words: Sequence[str]) -> Iterator[str]:
    """Give the words that carry meaning, as far as they are asked for.

    A month is a date only next to a number: `May 25` is one, `we may share` is not.
    """
    cores = chain(filter(None, (_NOT_LETTERS.sub("", word.casefold()) for word in words)), [""])
    before, core = "", next(cores)
    while core:
        after = next(cores)
        dated = core in _MONTHS and (_NUMBER.fullmatch(before) or _NUMBER.fullmatch(after))
        if not dated and not _NUMBER.fullmatch(core):
            yield core
        before, core = core, after
