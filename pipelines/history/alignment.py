"""What two sequences have in common, in order, within bounded memory. Owns rapidfuzz."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import LCSseq

_CELLS = 400_000_000  # bits of the matrix a comparison keeps: 50 MB
_SHINGLE = 4

Span = tuple[int, int, int, int]


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Span]:
    """Give a longest common subsequence as spans: start and end in the one, then in the other.

    Beyond 20,000 by 20,000 items between the common start and end it is only a near one,
    because memory forbids.
    """
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    a_end, b_end = len(before) - end, len(after) - end
    inner = _inner_matches(before[start:a_end], after[start:b_end])
    spans = [(0, start, 0, start)]
    spans += [(start + i, start + j, start + k, start + m) for i, j, k, m in inner]
    spans += [(a_end, len(before), b_end, len(after))]
    return [span for span in spans if span[0] < span[1]]


def _common(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    unlike = (place for place, (one, other) in pairs if one != other)
    return next(unlike, min(len(before), len(after)))


def _inner_matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Span]:
    if len(before) * len(after) > _CELLS:
        return _matches_around(_shared_shingles(before, after), before, after)
    return [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in LCSseq.opcodes(before, after)
        if code.tag == "equal"
    ]


def _matches_around(
    shingles: Sequence[tuple[int, int]], before: Sequence[Hashable], after: Sequence[Hashable]
) -> list[Span]:
    """Compare what lies between shared shingles; what is still too large counts as rewritten."""
    spans: list[Span] = []
    a = b = 0
    for a_end, b_end in [*shingles, (len(before), len(after))]:
        if (a_end - a) * (b_end - b) <= _CELLS:
            part = matches(before[a:a_end], after[b:b_end])
            spans += [(a + i, a + j, b + k, b + m) for i, j, k, m in part]
        a, b = a_end, b_end
    return spans


def _shared_shingles(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Give where words that stand together once in each text do so, rising in both."""
    once_before, once_after = _once(before), _once(after)
    places = [(place, once_after[s]) for s, place in once_before.items() if s in once_after]
    tails: list[int] = []
    chain: list[tuple[int, tuple[int, int]]] = []
    for pair in sorted(places):
        length = bisect_left(tails, pair[1])
        tails[length : length + 1] = [pair[1]]
        chain.append((length, pair))
    return _longest_rising(chain, len(tails))


def _longest_rising(
    chain: Sequence[tuple[int, tuple[int, int]]], length: int
) -> list[tuple[int, int]]:
    rising: list[tuple[int, int]] = []
    for rank, pair in reversed(chain):
        if rank == length - 1 and (not rising or pair[1] < rising[-1][1]):
            rising.append(pair)
            length -= 1
    return rising[::-1]


def _once(words: Sequence[Hashable]) -> dict[tuple[Hashable, ...], int]:
    """Give the shingles that occur once, and where."""
    places: dict[tuple[Hashable, ...], list[int]] = {}
    for place in range(len(words) - _SHINGLE + 1):
        places.setdefault(tuple(words[place : place + _SHINGLE]), []).append(place)
    return {shingle: found[0] for shingle, found in places.items() if len(found) == 1}
