"""What differs between two texts, word by word. Pure: knows no database.

Lines come first: a line of some length that both texts have stays where it is, and only what
lies between such lines is compared word by word. So a rewritten paragraph never borrows its
words from another one, and memory follows the size of the changes, not of the texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipelines.extraction.undated import undated_id
from pipelines.history.alignment import Span, matches
from pipelines.history.lines import Lines, count_lines

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\s*|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*")
_ANCHOR_WORDS = 8
_ASIDE_WORDS = 3


class Kind(StrEnum):
    """What became of a stretch of words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Significance(StrEnum):
    """`minor`: the same words in the same order but for stated dates and counters."""

    MINOR = "minor"
    SUBSTANTIVE = "substantive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of neighbouring words with one fate; `text` has the white space after them."""

    kind: Kind
    text: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All words of two texts in reading order, and how much of them differs.

    `similarity` is the share of kept words, 0 to 1; `hunks` counts stretches of change.
    """

    pieces: tuple[Piece, ...]
    words_added: int
    words_removed: int
    similarity: float
    significance: Significance
    hunks: int
    lines: Lines


def compare(old: str, new: str) -> Differences:
    """Compare two texts; a word is what white space separates (in Han and kana a character)."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    keys_before, keys_after = [w.rstrip() for w in before], [w.rstrip() for w in after]
    kept = _kept_spans(before, after, keys_before, keys_after)
    pieces = tuple(_pieces(before, after, kept))
    count = sum(end - start for start, end, _, _ in kept)
    total = len(before) + len(after)
    minor = undated_id(old) == undated_id(new)
    return Differences(
        pieces=pieces,
        words_added=len(after) - count,
        words_removed=len(before) - count,
        similarity=2 * count / total if total else 1.0,
        significance=Significance.MINOR if minor else Significance.SUBSTANTIVE,
        hunks=sum(1 for _ in _hunks(pieces)),
        lines=count_lines(old, new),
    )


def readable(pieces: Sequence[Piece]) -> list[Piece]:
    """Join changes that only a few words keep apart, for a reader; the words are all still there.

    A rewritten sentence shares an `of` and a `the` with the old one, which says nothing.
    """
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        following = pieces[place + 1 : place + 3]
        if piece.kind is Kind.KEPT and _says_nothing(piece, joined[-2:], following):
            for kind in (Kind.REMOVED, Kind.ADDED):
                _append(joined, Piece(kind=kind, text=piece.text, words=piece.words))
        else:
            _append(joined, piece)
    return joined


def _says_nothing(kept: Piece, before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    left = [piece for piece in before if piece.kind is not Kind.KEPT]
    right = [piece for piece in after if piece.kind is not Kind.KEPT]
    on_one_line = not any(piece.text.endswith("\n") for piece in (*left, kept))
    least = min(max((piece.words for piece in side), default=0) for side in (left, right))
    return kept.words <= _ASIDE_WORDS and on_one_line and kept.words < least


def _append(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece to the end; within a stretch of change it joins those of its kind."""
    for place in range(len(pieces) - 1, -1, -1):
        if pieces[place].kind is Kind.KEPT:
            break
        if pieces[place].kind is piece.kind:
            text = f"{_spaced(pieces[place].text)}{piece.text}"
            words = pieces[place].words + piece.words
            pieces[place] = Piece(kind=piece.kind, text=text, words=words)
            return
    before_added = pieces and pieces[-1].kind is Kind.ADDED and piece.kind is Kind.REMOVED
    pieces.insert(len(pieces) - 1 if before_added else len(pieces), piece)


def _spaced(text: str) -> str:
    return text if text != text.rstrip() else f"{text} "


def _hunks(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Give the first piece of each stretch of change."""
    for left, piece in zip((None, *pieces), pieces, strict=False):
        if piece.kind is not Kind.KEPT and (left is None or left.kind is Kind.KEPT):
            yield piece


def _kept_spans(
    before: Sequence[str], after: Sequence[str], keys_before: list[str], keys_after: list[str]
) -> list[Span]:
    """Give the stretches of words both texts have, in order and joined where they touch."""
    spans: list[Span] = []
    done_before = done_after = 0
    for anchor in [*_anchors(before, after), (len(before), len(before), len(after), len(after))]:
        changed = (done_before, anchor[0], done_after, anchor[2])
        spans += _kept_words(keys_before, keys_after, changed)
        spans.append(anchor)
        done_before, done_after = anchor[1], anchor[3]
    return _joined(spans)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if span[0] == span[1]:
            continue
        if joined and (joined[-1][1], joined[-1][3]) == (span[0], span[2]):
            joined[-1] = (joined[-1][0], span[1], joined[-1][2], span[3])
        else:
            joined.append(span)
    return joined


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[Span]:
    """Give the runs of whole lines both texts have that are long enough to go by."""
    lines_before, starts_before = _lines(before)
    lines_after, starts_after = _lines(after)
    runs = matches(lines_before, lines_after)
    spans = [
        (starts_before[a], starts_before[a_end], starts_after[b], starts_after[b_end])
        for a, a_end, b, b_end in runs
    ]
    return [span for span in spans if span[1] - span[0] >= _ANCHOR_WORDS]


def _lines(words: Sequence[str]) -> tuple[list[tuple[str, ...]], list[int]]:
    """Give the lines as their words, and where each begins; one more start for the end."""
    starts = [0]
    starts += [place + 1 for place, word in enumerate(words) if "\n" in word]
    if starts[-1] != len(words):
        starts.append(len(words))
    keys = [word.rstrip() for word in words]
    return [tuple(keys[start:end]) for start, end in pairwise(starts)], starts


def _kept_words(before: list[str], after: list[str], within: Span) -> list[Span]:
    a, a_end, b, b_end = within
    return [
        (a + start, a + end, b + begin, b + stop)
        for start, end, begin, stop in matches(before[a:a_end], after[b:b_end])
    ]


def _pieces(before: Sequence[str], after: Sequence[str], kept: Sequence[Span]) -> Iterator[Piece]:
    """Give removed words before the added ones that took their place, kept ones as they are now."""
    done_before = done_after = 0
    for a, a_end, b, b_end in [*kept, (len(before), len(before), len(after), len(after))]:
        yield from _piece(Kind.REMOVED, before[done_before:a])
        yield from _piece(Kind.ADDED, after[done_after:b])
        yield from _piece(Kind.KEPT, after[b:b_end])
        done_before, done_after = a_end, b_end


def _piece(kind: Kind, words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind=kind, text="".join(words), words=len(words))
