"""Where to look for changes with few requests: a grid, then halves. Pure, standard library only.

A grid has one capture for each so many days, and the last one. Where two neighbours that were
read differ, the captures between them are halved until none is left in between; where they
read alike, nothing between them is asked for. What a plan says depends on nothing but what is
known, so it can be made again at any time, and goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

NOT_POLICY = "not-policy"
ALIKE = "bisected: between two captures that read alike"
UNREAD = "bisected: beside a body that the adopted extractor has not read"
BESIDE = "bisected: not between two captures that read as a policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A capture that can be asked for (`is_open`), or one whose body is kept and what it reads.

    `reads` is equal for two captures that belong to one version, NOT_POLICY where there is no
    policy, None where nobody has read the body. `cell` numbers its place on the grid.
    """

    cell: int
    is_open: bool = False
    reads: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether it shows how the policy read, and so can be the end of a gap."""
        return self.reads not in (None, NOT_POLICY)

    @property
    def is_no_policy(self) -> bool:
        """Whether its body is kept and read, and is no policy."""
        return self.reads == NOT_POLICY

    @property
    def is_other(self) -> bool:
        """Whether its body is kept and may be a policy."""
        return not (self.is_open or self.is_no_policy)

    @property
    def is_unread(self) -> bool:
        """Whether its body is kept, and what it says is not known."""
        return not self.is_open and self.reads is None


@dataclass(slots=True, kw_only=True)
class Search:
    """What becomes of each open point, by its place: asked for, waiting, or left out and why."""

    wanted: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    left_out: dict[int, str] = field(default_factory=dict)


def cell_of(moment: datetime, days: int) -> int:
    """Number the cell of a moment. Cells are those of the calendar: a new capture moves none."""
    return moment.toordinal() // days


def search(points: Sequence[Point]) -> Search:
    """Plan the next round for the captures of one policy, oldest first.

    Captures that cannot be had, redirects among them, are no points.
    """
    result = Search()
    cells = _cells(points)
    if cells:
        _ask_grid(points, cells, result)
    bare = [cell[0] for cell in cells if _is_bare(points, cell, result)]
    texts = [place for place, point in enumerate(points) if point.is_text]
    for left, right in pairwise((-1, *texts, len(points))):
        _look_between(points, left, right, bare, result)
    return result


def _ask_grid(points: Sequence[Point], cells: Sequence[Sequence[int]], result: Search) -> None:
    """Ask for the first capture of each cell and the last of all, or what stands in for them."""
    marks = [*(cell[0] for cell in cells), len(points) - 1]
    result.wanted |= {place for place in marks if points[place].is_open}
    for cell, (mark, following) in zip(cells, pairwise(marks), strict=True):
        if points[mark].is_no_policy and points[following].is_other:
            result.wanted |= _walk(points, cell)
    if points[marks[-1]].is_no_policy and points[marks[-2]].is_other:
        result.wanted |= _walk(points, cells[-1][::-1])


def _cells(points: Sequence[Point]) -> list[Sequence[int]]:
    cells: dict[int, list[int]] = {}
    for place, point in enumerate(points):
        cells.setdefault(point.cell, []).append(place)
    return [cells[number] for number in sorted(cells)]


def _walk(points: Sequence[Point], cell: Sequence[int]) -> set[int]:
    """Ask for a capture of a cell 1, 2, 4, ... beyond its first one, until one is a policy.

    A single bad page is stepped over without losing a text that stood a day longer, and a long
    stretch of them costs no more than halving it would.
    """
    at, step = 1, 1
    while at < len(cell):
        point = points[cell[at]]
        if point.is_open:
            return {cell[at]}
        if not point.is_no_policy:
            break
        at, step = at + step, step * 2
    return set()


def _is_bare(points: Sequence[Point], cell: Sequence[int], result: Search) -> bool:
    known = [points[place] for place in cell if not points[place].is_open]
    return result.wanted.isdisjoint(cell) and all(point.is_no_policy for point in known)


def _look_between(
    points: Sequence[Point], left: int, right: int, bare: Sequence[int], result: Search
) -> None:
    """Decide on what lies between two neighbouring texts, or beyond the outermost ones."""
    inner = range(left + 1, right)
    open_places = [place for place in inner if points[place].is_open]
    reason = _settled(points, left, right)
    if result.wanted.isdisjoint(inner) and reason is None:
        is_stretch = sum(place in inner for place in bare) > 1
        known = [place for place in inner if points[place].is_no_policy] if is_stretch else []
        for part in _parts(open_places, known):
            result.wanted.add(part[len(part) // 2])
    if result.wanted.isdisjoint(inner):
        result.left_out |= dict.fromkeys(open_places, reason or BESIDE)
    else:
        result.waiting |= set(open_places) - result.wanted


def _settled(points: Sequence[Point], left: int, right: int) -> str | None:
    """Say why a gap is not halved; None where it has to be."""
    is_inside = left >= 0 and right < len(points)
    if is_inside and points[left].reads == points[right].reads:
        return ALIKE
    # Whether to look left or right of such a body is written in it: asking on would be guessing.
    if any(points[place].is_unread for place in range(left + 1, right)):
        return UNREAD
    return None if is_inside else BESIDE


def _parts(places: Sequence[int], stretch: Sequence[int]) -> list[list[int]]:
    """Part what can be asked for into what is before and after a stretch without a policy."""
    if not stretch:
        return [list(places)] if places else []
    before = [place for place in places if place < stretch[0]]
    after = [place for place in places if place > stretch[-1]]
    return [part for part in (before, after) if part]
