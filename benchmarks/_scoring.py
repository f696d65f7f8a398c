"""How much of a text is right: three words at a time, Han and kana a character a word.

Markdown's marks and the targets of links count for nothing. Standard library only.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LOST = 0.1
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ONE_CHARACTER = re.compile(f"[{_CJK}]")
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_CHARACTER = re.compile(rf"(?=[{_CJK}])[^\W_]|(?:(?![{_CJK}])[^\W_])+")
_LINK = re.compile(r"!?\[(?P<shown>[^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_SHINGLE = 3

Words = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a text compares with the truth. `kept` is the share of the truth's words it holds."""

    precision: float
    recall: float
    f1: float
    kept: float

    @property
    def loses(self) -> bool:
        """Whether more than a tenth of the truth's words are missing."""
        return self.kept < 1 - MOST_LOST


def words_of(text: str) -> list[str]:
    """Split a text, plain or Markdown, into the words it is scored by."""
    shown = _LINK.sub(r"\g<shown>", text).lower()
    return (_WORD_OR_CHARACTER if _ONE_CHARACTER.search(shown) else _WORD).findall(shown)


def spaced(words: str) -> str:
    """Part Han and kana, as they are parted for the score, and leave the rest as it is."""
    return _ONE_CHARACTER.sub(r" \g<0> ", words)


def score(got: Words, truth: Words) -> Score:
    """Compare the words of a text with those of the truth."""
    mine, wanted = _shingles(got), _shingles(truth)
    right = (mine & wanted).total()
    precision, recall = _share(right, mine.total()), _share(right, wanted.total())
    both = precision + recall
    found = (Counter(got) & Counter(truth)).total()
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / both if both else 0.0,
        kept=found / len(truth) if truth else 1.0,
    )


def _shingles(words: Words) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
