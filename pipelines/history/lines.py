"""Which whole lines two texts have not in common. Pure: knows no database.

A page that is read in part, or with a menu around it, loses or gains lines and leaves the others
as they are; whoever edits a policy changes words within its lines.
"""

from dataclasses import dataclass
from itertools import pairwise

from pipelines.extraction.normalize import fold
from pipelines.history.alignment import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """How many lines came, went, or stand in the place of another one."""

    added: int
    removed: int
    edited: int


def count_lines(old: str, new: str) -> Lines:
    """Count the lines that differ in their normalised words; empty ones do not count."""
    before, after = _folded(old), _folded(new)
    kept = [(0, 0, 0, 0), *matches(before, after)]
    added = removed = edited = 0
    end = (len(before), len(before), len(after), len(after))
    for (_, a, _, b), (a_next, _, b_next, _) in pairwise([*kept, end]):
        gone, come = a_next - a, b_next - b
        both = min(gone, come)
        edited += both
        removed += gone - both
        added += come - both
    return Lines(added=added, removed=removed, edited=edited)


def _folded(text: str) -> list[str]:
    return [words for line in text.split("\n") if (words := fold(line))]
