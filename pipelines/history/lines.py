"""Which whole lines two texts have not in common. Pure: knows no database.

A page that is read in part, or with a menu around it, loses or gains lines and leaves the others
as they are; whoever edits a policy changes words within its lines; and a paragraph that stands
elsewhere now has only moved.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipelines.extraction.normalize import fold
from pipelines.history.alignment import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """How many lines came, went, stand in the place of another one, or have moved."""

    added: int
    removed: int
    edited: int
    moved: int


def count_lines(old: str, new: str) -> Lines:
    """Count the lines that differ in their normalised words; empty ones do not count.

    Of lines in another order the fewest have moved, and those count as nothing else.
    """
    gaps = _gaps(_folded(old), _folded(new))
    gone = Counter(chain.from_iterable(lines for lines, _ in gaps))
    moved = gone & Counter(chain.from_iterable(lines for _, lines in gaps))
    left, right = Counter(moved), Counter(moved)
    added = removed = edited = 0
    for went, came in gaps:
        less, more = _without(went, left), _without(came, right)
        both = min(less, more)
        edited += both
        removed += less - both
        added += more - both
    return Lines(added=added, removed=removed, edited=edited, moved=moved.total())


def _gaps(before: list[str], after: list[str]) -> list[tuple[list[str], list[str]]]:
    """Give what stands in the one and in the other between the lines they have in order."""
    end = (len(before), len(before), len(after), len(after))
    kept = [(0, 0, 0, 0), *matches(before, after), end]
    return [
        (before[a:a_next], after[b:b_next])
        for (_, a, _, b), (a_next, _, b_next, _) in pairwise(kept)
    ]


def _without(lines: Sequence[str], moved: Counter[str]) -> int:
    """Count the lines that have not moved, and take those that have off the list."""
    count = 0
    for line in lines:
        if moved[line]:
            moved[line] -= 1
        else:
            count += 1
    return count


def _folded(text: str) -> list[str]:
    return [words for line in text.split("\n") if (words := fold(line))]
