"""Which captures to fetch next, and what becomes of the others without a request. Pure.

Planning looks at all lines of one policy at once and can be asked again at any time: the same
ledger gives the same answer. It goes in rounds, because what was fetched decides what need
not be: of captures with one digest only the first is asked for, and the next one only if that
first one could not be had; where changes are searched for, what was read decides as well.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from crawler import bisecting
from crawler.items import State
from crawler.memento import Capture, address_key, is_timestamp, to_datetime
from crawler.strategy import PERIODS, Strategy
from crawler.vendors import Location, Policy

EMPTY_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
_OPEN = (State.PENDING, State.SKIPPED)
# In days. An archive whose disk is out for an hour plays a neighbour, so a drift may pass too.
ASKED_AGAIN = {State.UNPLAYABLE: 7, State.EXCLUDED: 7, State.DRIFTED: 30}
_OBSERVED = (State.FETCHED, State.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the ledger: a capture and what became of it.

    `reads` is set where the body is kept and was read: see `bisecting.Point`.
    """

    capture: Capture
    state: State
    reason: str = ""
    settled_at: datetime | None = None
    reads: str | None = None


@dataclass(slots=True, kw_only=True)
class Plan:
    """What to ask the archive for now, and what is settled without asking."""

    fetch: list[Capture] = field(default_factory=list)
    settled: list[Line] = field(default_factory=list)
    waiting: int = 0


def plan(
    policy: Policy,
    lines: Iterable[Line],
    strategy: Strategy,
    now: datetime,
    given_up: frozenset[tuple[str, ...]] = frozenset(),
) -> Plan:
    """Plan the next round for one policy.

    `given_up` holds the keys of captures that failed in this run, which are left for the next.
    """
    ordered = sorted(lines, key=lambda line: (line.capture.timestamp, line.capture.key))
    known = _Known(ordered)
    result = Plan()
    every: list[Line] = []
    open_lines: list[Line] = []
    for line in sorted(ordered, key=lambda line: known.target_of(line.capture) is None):
        every.append(line)
        if _is_open(line, now, given_up):
            verdict = _without_asking(policy, line, strategy, known)
            if verdict:
                _settle(result, line, *verdict)
                every[-1] = replace(line, state=verdict[0])
                known.add_played(every[-1])
            else:
                open_lines.append(line)
    _one_of_each(result, _chosen(result, every, open_lines, strategy, known))
    return result


class _Known:
    """What the ledger already answers: bodies and redirects by digest, moments by address."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.bodies: dict[tuple[str, str], str] = {}
        self.reads: dict[tuple[str, str], str | None] = {}
        self.targets: dict[tuple[str, str, str], Line] = {}
        self.played: set[tuple[str, str]] = set()
        for line in lines:
            capture = line.capture
            if line.state is State.FETCHED and capture.digest not in ("-", ""):
                self.bodies.setdefault((capture.urlkey, capture.digest), capture.timestamp)
                self.reads.setdefault((capture.urlkey, capture.digest), line.reads)
            if line.state is State.REDIRECT and capture.digest not in ("-", "", EMPTY_DIGEST):
                key = (capture.urlkey, capture.digest, capture.statuscode)
                self.targets.setdefault(key, line)
            self.add_played(line)

    def add_played(self, line: Line) -> None:
        if line.state in (State.FETCHED, State.REDIRECT):
            self.played.add((line.capture.timestamp, line.capture.original))

    def target_of(self, capture: Capture) -> Line | None:
        return self.targets.get((capture.urlkey, capture.digest, capture.statuscode))


def _is_open(line: Line, now: datetime, given_up: frozenset[tuple[str, ...]]) -> bool:
    if line.state is State.FAILED:
        return line.capture.key not in given_up
    if line.state in ASKED_AGAIN and line.settled_at is not None:
        return now - line.settled_at >= timedelta(days=ASKED_AGAIN[line.state])
    return line.state in _OPEN or line.state in ASKED_AGAIN


def _without_asking(
    policy: Policy, line: Line, strategy: Strategy, known: _Known
) -> tuple[State, str] | None:
    capture = line.capture
    if capture.malformed is not None or not is_timestamp(capture.timestamp):
        return State.DAMAGED, f"malformed line of the index: {capture.malformed or 'no moment'}"
    moment = to_datetime(capture.timestamp)
    if not stood(policy, capture, moment):
        return State.SKIPPED, "outside the dates of its address in the vendor list"
    status = capture.statuscode
    if status in ("404", "410"):
        return State.ABSENT, f"archived HTTP {status}"
    if status[:1] in ("4", "5") and len(status) == 3:
        return State.ERROR, f"archived HTTP {status}"
    same = known.bodies.get((capture.urlkey, capture.digest))
    if same and not _is_redirect(capture):
        return State.UNCHANGED, f"same digest as {same}"
    target = known.target_of(capture)
    if target:
        return State.REDIRECT, target.reason
    if (capture.timestamp, capture.original) in known.played:
        return State.UNPLAYABLE, "the archive plays another capture of the same second"
    if not strategy.includes(moment):
        return State.SKIPPED, "outside the dates asked for"
    return None


def stood(policy: Policy, capture: Capture, moment: datetime) -> bool:
    """Say whether the address was the policy's at that moment, as far as the list says."""
    key = address_key(capture.original)
    named = [place for place in policy.locations if address_key(place.uri_r) == key]
    places = named or (policy.locations if len(policy.locations) == 1 else ())
    return not places or any(_covers(place, moment) for place in places)


def _covers(place: Location, moment: datetime) -> bool:
    day = moment.astimezone(UTC).date()
    return (place.since or date.min) <= day <= (place.until or date.max)


def _chosen(
    result: Plan,
    every: Sequence[Line],
    open_lines: Sequence[Line],
    strategy: Strategy,
    known: _Known,
) -> list[Line]:
    days, period = strategy.bisect, strategy.period
    if period is not None:
        return _thin(result, every, open_lines, PERIODS[period], f"thinned to one a {period}")
    if days is None:
        return list(open_lines)
    redirects = _thin(
        result,
        every,
        [line for line in open_lines if _is_redirect(line.capture)],
        lambda moment: str(bisecting.cell_of(moment, days)),
        f"bisected: one redirect in {days} days is enough",
    )
    return redirects + _search(result, every, open_lines, days, known)


def _search(
    result: Plan, every: Sequence[Line], open_lines: Sequence[Line], days: int, known: _Known
) -> list[Line]:
    to_ask = {line.capture.key for line in open_lines}
    lines: list[Line] = []
    points: list[bisecting.Point] = []
    for line in sorted(every, key=lambda line: _place(line.capture)):
        capture = line.capture
        is_open = capture.key in to_ask and not _is_redirect(capture)
        if not (is_open or (line.state in _OBSERVED and is_timestamp(capture.timestamp))):
            continue
        cell = bisecting.cell_of(to_datetime(capture.timestamp), days)
        reads = None if is_open else line.reads
        if line.state is State.UNCHANGED:
            reads = known.reads.get((capture.urlkey, capture.digest))
        lines.append(line)
        points.append(bisecting.Point(cell=cell, is_open=is_open, reads=reads))
    found = bisecting.search(points)
    for place, reason in found.left_out.items():
        if lines[place].state not in ASKED_AGAIN:
            _settle(result, lines[place], State.SKIPPED, reason)
    result.waiting += len(found.waiting)
    return [lines[place] for place in sorted(found.wanted)]


def _place(capture: Capture) -> tuple[str, ...]:
    return capture.timestamp, capture.original, capture.digest, *capture.key


def _thin(
    result: Plan,
    every: Sequence[Line],
    open_lines: Sequence[Line],
    name: Callable[[datetime], str],
    reason: str,
) -> list[Line]:
    taken = {
        (line.state is State.REDIRECT, name(to_datetime(line.capture.timestamp)))
        for line in every
        if line.state in (*_OBSERVED, State.REDIRECT) and is_timestamp(line.capture.timestamp)
    }
    chosen: list[Line] = []
    for line in open_lines:
        period = (_is_redirect(line.capture), name(to_datetime(line.capture.timestamp)))
        if period in taken:
            _settle(result, line, State.SKIPPED, reason)
        else:
            taken.add(period)
            chosen.append(line)
    return chosen


def _one_of_each(result: Plan, chosen: Sequence[Line]) -> None:
    asked: set[tuple[str, ...]] = set()
    for line in chosen:
        capture = line.capture
        body = (capture.urlkey, capture.digest, str(_is_redirect(capture)))
        moment = (capture.timestamp, capture.original)
        if line.state is State.SKIPPED:
            _settle(result, line, State.PENDING, "")
        shared = capture.digest not in ("-", "", EMPTY_DIGEST)
        if moment in asked or (shared and body in asked):
            result.waiting += 1
            continue
        asked |= {moment, body}
        result.fetch.append(capture)


def _is_redirect(capture: Capture) -> bool:
    return capture.statuscode[:1] == "3"


def _settle(result: Plan, line: Line, state: State, reason: str) -> None:
    if (line.state, line.reason) != (state, reason):
        result.settled.append(Line(capture=line.capture, state=state, reason=reason))
