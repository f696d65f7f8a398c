"""How much a text reads like a policy: 0 like any other page, 1 like most policies. Standard lib.

Three questions, each from 0 to 1: of how many subjects of policies does it speak, how dense are
their words, and in what part of its sentences do they stand? A menu, a footer or a banner around
a text may answer one of them; only a policy answers all three.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.terms import STEMS, WEAK

_LOOKED_AT = 24_000
_SUBJECTS = 7
_DENSITY = 0.07
_SPREAD = 0.6
# Below so many words even a full answer says little.
_FEW_WORDS = 16
_WEAK_WEIGHT = 0.25
_LONGEST_STEM = 16
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;:])\s+|[。！？；]|\n+")  # noqa: RUF001
# Scripts whose words are not parted by spaces, or begin with joined particles.
_JOINED = re.compile("[\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CHARACTERS_A_WORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """`score` with its parts: words looked at, subjects met, density and spread of their words."""

    score: float
    words: int
    subjects: int
    density: float
    spread: float


def likeness(text: str) -> Likeness:
    """Compare a plain text, links and menus already away, with the words of policies."""
    sentences = [_read(part) for part in _SENTENCE_ENDS.split(text[:_LOOKED_AT].casefold())]
    words = sum(count for count, _ in sentences)
    met: Counter[str] = Counter()
    for _, subjects in sentences:
        met.update(subjects)
    weak = met.pop(WEAK, 0)
    density = (met.total() + _WEAK_WEIGHT * weak) / max(1, words)
    spread = sum(count for count, subjects in sentences if _speaks(subjects)) / max(1, words)
    score = (
        min(1, len(met) / _SUBJECTS) + min(1, density / _DENSITY) + min(1, spread / _SPREAD)
    ) / 3
    return Likeness(
        score=round(score * min(1, words / _FEW_WORDS), 3),
        words=words,
        subjects=len(met),
        density=density,
        spread=spread,
    )


def policy_words(text: str) -> int:
    """Count the words of a run of text that policies use."""
    return len(_read(text.casefold())[1])


def _speaks(subjects: list[str]) -> bool:
    return any(subject != WEAK for subject in subjects)


def _read(sentence: str) -> tuple[int, list[str]]:
    """Count the words of a sentence and name the subject of each word that has one."""
    joined = not sentence.isascii() and _JOINED.search(sentence)
    words = _WORDS.findall(_HAN.sub(" ", sentence) if joined else sentence)
    subjects = [subject for word in words if (subject := _subject(word))]
    if not joined:
        return len(words), subjects
    subjects += [_INSIDE[found] for found in _ANY_INSIDE.findall(sentence)]
    return len(words) + len(_HAN.findall(sentence)) // _CHARACTERS_A_WORD, subjects


@lru_cache(maxsize=20_000)
def _subject(word: str) -> str:
    lengths = range(min(len(word), _LONGEST_STEM), 1, -1)
    return _WHOLE.get(word) or next(
        (_STEMS[word[:length]] for length in lengths if word[:length] in _STEMS), ""
    )


_ALL = {stem: subject for subject, stems in STEMS.items() for stem in stems.split()}
_INSIDE = {stem: subject for stem, subject in _ALL.items() if _JOINED.match(stem)}
_WHOLE = {stem[:-1]: subject for stem, subject in _ALL.items() if stem.endswith("=")}
_STEMS = {stem: _ALL[stem] for stem in _ALL.keys() - _INSIDE.keys() if not stem.endswith("=")}
_ANY_INSIDE = re.compile("|".join(sorted(_INSIDE, key=len, reverse=True)))
