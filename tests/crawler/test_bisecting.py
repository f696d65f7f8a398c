"""Changes found by halving: the intervals that a whole crawl gives, with few requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.bisecting import ALIKE, BESIDE, NOT_POLICY, UNREAD
from crawler.items import State
from crawler.memento import Capture, to_datetime, to_timestamp
from crawler.planning import EMPTY_DIGEST, Line, Plan, plan
from crawler.strategy import Strategy
from crawler.vendors import Location, Policy

NOW = datetime(2024, 5, 1, tzinfo=UTC)
HERE = "http://acme.example/privacy"
POLICY = Policy(vendor_id="acme", kind="privacy", locations=(Location(uri_r=HERE),))
START = datetime.fromordinal(90 * 8000).replace(tzinfo=UTC)  # the first day of a cell of 90 days
GRID = Strategy(bisect=90)
ALL = Strategy()
GONE = {
    "!": State.FAILED,
    "x": State.DAMAGED,
    "d": State.DRIFTED,
    "u": State.UNPLAYABLE,
    "0": State.ABSENT,
}
SOFT_404 = "s"
Step = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Archive:
    """An archive as a list of texts, the ledger of whoever crawls it, and what it was asked.

    A capital letter is a text, `s` a page that is no policy, a letter of GONE a capture that
    cannot be had, `>` a redirect. `kept` bodies are read unless `reading` is off.
    """

    says: Mapping[Capture, str]
    lines: list[Line]
    asked: list[Capture] = field(default_factory=list)
    reading: bool = True

    def crawl(
        self, strategy: Strategy = GRID, rounds: int | None = None, policy: Policy = POLICY
    ) -> "Archive":
        """Plan, ask and take in until nothing is asked for, or for so many rounds."""
        failed: set[tuple[str, ...]] = set()
        for _ in range(len(self.lines) + 2 if rounds is None else rounds):
            result = plan(policy, self.lines, strategy, NOW, frozenset(failed))
            ends = {end.capture.key: end for end in result.settled}
            self.lines = [ends.get(line.capture.key, line) for line in self.lines]
            if not result.fetch:
                assert result.waiting == 0
                break
            answers = {capture.key: self._answer(capture) for capture in result.fetch}
            self.lines = [answers.get(line.capture.key, line) for line in self.lines]
            self.asked += result.fetch
            failed |= {key for key, line in answers.items() if line.state is State.FAILED}
        return self

    def steps(self) -> list[Step]:
        """The intervals between two observations that read differently."""
        bodies = {
            line.capture.digest: line.reads for line in self.lines if line.state is State.FETCHED
        }
        seen = [
            (line.capture.timestamp, bodies[line.capture.digest])
            for line in sorted(self.lines, key=lambda line: line.capture.timestamp)
            if line.state in (State.FETCHED, State.UNCHANGED)
        ]
        texts = [(when, reads) for when, reads in seen if reads not in (None, NOT_POLICY)]
        return [(old[0], new[0]) for old, new in pairwise(texts) if old[1] != new[1]]

    def reasons(self) -> set[str]:
        """Why captures were left out."""
        return {line.reason for line in self.lines if line.state is State.SKIPPED}

    def days_asked(self) -> list[int]:
        """The days asked for, from the first of the archive on."""
        return [(to_datetime(capture.timestamp) - START).days for capture in self.asked]

    def _answer(self, capture: Capture) -> Line:
        said = self.says[capture]
        state = State.REDIRECT if said == ">" else GONE.get(said, State.FETCHED)
        reads = NOT_POLICY if said == SOFT_404 else f"en {said}"
        is_read = state is State.FETCHED and self.reading
        return Line(
            capture=capture,
            state=state,
            reason="answered",
            settled_at=NOW,
            reads=reads if is_read else None,
        )


def archive(
    texts: str,
    days: float | Sequence[float] = 10,
    digests: Sequence[str] | None = None,
    *,
    reading: bool = True,
) -> Archive:
    """An archive of one character a capture, so many days apart or on these days."""
    moments = days if isinstance(days, Sequence) else [days * n for n in range(len(texts))]
    captures = [
        Capture(
            policy_id="acme/privacy",
            urlkey="example,acme)/privacy",
            timestamp=to_timestamp(START + timedelta(days=moment)),
            original=HERE,
            mimetype="text/html",
            statuscode="301" if text == ">" else "200",
            digest=digests[n] if digests else EMPTY_DIGEST if text == ">" else f"D{n}",
        )
        for n, (text, moment) in enumerate(zip(texts, moments, strict=True))
    ]
    lines = [Line(capture=capture, state=State.PENDING) for capture in captures]
    return Archive(says=dict(zip(captures, texts, strict=True)), lines=lines, reading=reading)


def planned(crawled: Archive, strategy: Strategy = GRID) -> Plan:
    """The plan for what is known."""
    return plan(POLICY, crawled.lines, strategy, NOW)


def test_a_grid_has_the_first_capture_the_first_of_each_cell_and_the_last() -> None:
    crawled = archive("A" * 40).crawl()

    assert crawled.days_asked() == [0, 90, 180, 270, 360, 390]


def test_what_lies_between_two_that_read_alike_is_left_out_and_says_so() -> None:
    crawled = archive("A" * 40).crawl()

    assert sum(line.state is State.SKIPPED for line in crawled.lines) == 34
    assert crawled.reasons() == {ALIKE}


def test_a_gap_whose_ends_differ_is_halved_down_to_two_neighbours() -> None:
    crawled = archive("A" * 14 + "B" * 5, 5).crawl()

    assert crawled.days_asked() == [0, 90, 45, 70, 60, 65]
    assert crawled.steps() == archive("A" * 14 + "B" * 5, 5).crawl(ALL).steps()


@pytest.mark.parametrize("letters", ["AAABBB", "A" * 24 + "BCD" + "E" * 21 + "FG"])
def test_every_step_between_texts_that_do_not_return_is_found(letters: str) -> None:
    assert archive(letters).crawl().steps() == archive(letters).crawl(ALL).steps()


def test_what_came_and_went_between_two_points_of_the_grid_is_not_seen() -> None:
    assert archive("AAAABAAAAA").crawl().steps() == []


def test_two_languages_are_two_readings() -> None:
    crawled = archive("AAAAABBBBB").crawl(rounds=1)
    crawled.lines = [
        replace(line, reads=line.reads.replace("en B", "de A")) if line.reads else line
        for line in crawled.lines
    ]

    assert len(planned(crawled).fetch) == 1


def test_a_round_asks_for_one_capture_in_each_gap() -> None:
    crawled = archive("A" * 13 + "B" * 9 + "C" * 10).crawl(rounds=1)

    assert [capture.timestamp for capture in planned(crawled).fetch] == [
        crawled.lines[place].capture.timestamp for place in (14, 23)
    ]


def test_equal_digests_narrow_a_gap_without_a_request() -> None:
    digests = ["A"] * 12 + ["B"] * 7

    crawled = archive("A" * 12 + "B" * 7, 5, digests).crawl()

    assert crawled.days_asked() == [0, 90]
    assert crawled.steps() == [
        (crawled.lines[11].capture.timestamp, crawled.lines[12].capture.timestamp)
    ]


@pytest.mark.parametrize("gone", sorted(GONE), ids=lambda gone: GONE[gone].value)
def test_where_the_grids_capture_cannot_be_had_the_next_in_its_cell_is_asked_for(
    gone: str,
) -> None:
    crawled = archive(gone * 2 + "A" * 7 + gone + "A" * 7 + gone).crawl()

    assert crawled.days_asked() == [0, 90, 170, 10, 100, 160, 20]


@pytest.mark.parametrize("bad", [*sorted(GONE), SOFT_404])
def test_a_capture_that_shows_no_policy_is_no_end_of_a_gap(bad: str) -> None:
    letters = "A" * 7 + bad + "A" * 2 + bad * 2 + "B" * 7

    crawled = archive(letters, 5).crawl()

    assert crawled.steps() == [
        (crawled.lines[9].capture.timestamp, crawled.lines[12].capture.timestamp)
    ]


def test_a_single_page_that_is_no_policy_hides_no_text_that_stood_for_a_cell() -> None:
    letters = "A" * 3 + "B" * 6 + "sBCA"

    assert archive(letters, 10.1).crawl().steps() == archive(letters, 10.1).crawl(ALL).steps()


def test_a_cell_without_any_policy_costs_no_more_than_halving_it() -> None:
    crawled = archive("A" * 90 + "s" * 90 + "A" * 90, 1).crawl()

    assert sorted(crawled.days_asked()) == [0, 90, 91, 92, 94, 98, 106, 122, 154, 180, 269]
    assert crawled.reasons() == {ALIKE}


def test_where_no_point_of_the_grid_is_a_policy_nothing_else_is_asked_for() -> None:
    crawled = archive("s" * 400, 1).crawl()

    assert crawled.days_asked() == [0, 90, 180, 270, 360, 399]
    assert crawled.reasons() == {BESIDE}


def test_a_stretch_without_any_policy_is_searched_at_its_ends_only() -> None:
    letters = "A" * 100 + "s" * 1000 + "B" * 100

    crawled = archive(letters, 1).crawl()

    assert crawled.steps() == archive(letters, 1).crawl(ALL).steps()
    assert len(crawled.asked) <= 14 + 3 * 7
    assert crawled.reasons() == {ALIKE, BESIDE}


def test_a_last_capture_that_is_no_policy_hides_no_change_before_it() -> None:
    crawled = archive("A" * 5 + "B" * 4 + "ss").crawl(Strategy(bisect=9000))

    assert crawled.steps() == archive("A" * 5 + "B" * 4).crawl(ALL).steps()


def test_a_body_nobody_read_is_not_asked_for_again_and_no_reason_to_halve() -> None:
    crawled = archive("AAAAABBBBBCCCCCDDDDD", reading=False).crawl()

    assert crawled.days_asked() == [0, 90, 180, 190]
    assert crawled.reasons() == {UNREAD}


def test_once_the_kept_bodies_are_read_the_search_goes_on() -> None:
    letters = "AAAAABBBBBCCCCCDDDDD"
    crawled = archive(letters, reading=False).crawl()
    crawled.reading = True
    crawled.lines = [
        replace(line, reads=f"en {crawled.says[line.capture]}")
        if line.state is State.FETCHED
        else line
        for line in crawled.lines
    ]

    crawled.crawl()

    assert crawled.steps() == archive(letters).crawl(ALL).steps()


def test_a_body_nobody_read_holds_up_its_own_gap_only() -> None:
    crawled = archive("A" * 9 + "B" * 9 + "C" * 9).crawl(rounds=2)
    _, unread = crawled.asked[-2:]
    crawled.lines = [
        replace(line, reads=None) if line.capture == unread else line for line in crawled.lines
    ]

    crawled.crawl()

    ends = [crawled.lines[place].capture.timestamp for place in (8, 9, 18)]
    assert crawled.steps() == list(pairwise(ends))
    assert crawled.reasons() == {ALIKE, UNREAD}


def test_one_redirect_a_cell_is_asked_for() -> None:
    crawled = archive("A" + ">" * 17 + "A").crawl()

    assert crawled.days_asked() == [10, 90, 0, 180]
    assert "bisected: one redirect in 90 days is enough" in crawled.reasons()


def test_dates_and_windows_hold_as_in_every_strategy() -> None:
    window = replace(POLICY, locations=(Location(uri_r=HERE, until=date(9999, 1, 1)),))
    since = START + timedelta(days=100)
    until = START + timedelta(days=250)

    crawled = archive("A" * 15 + "B" * 25)
    crawled.crawl(replace(GRID, since=since, until=until), policy=window)

    assert sorted(crawled.days_asked()) == [100, 140, 150, 160, 180, 250]
    assert "outside the dates asked for" in crawled.reasons()


def test_what_a_search_left_out_is_asked_for_once_everything_is_wanted() -> None:
    crawled = archive("AAAABAAAAA" * 4).crawl()

    crawled.crawl(ALL)

    assert len(crawled.asked) == len(crawled.lines)
    assert {line.state for line in crawled.lines} == {State.FETCHED}


def test_what_failed_is_asked_for_again_in_the_next_run_where_it_matters() -> None:
    crawled = archive("A" * 7 + "!!" + "B" * 10).crawl()
    crawled.says = {capture: "B" if said == "!" else said for capture, said in crawled.says.items()}

    crawled.crawl()

    assert crawled.steps() == archive("A" * 7 + "B" * 12).crawl(ALL).steps()


def test_a_capture_that_could_not_be_played_keeps_saying_so() -> None:
    crawled = archive("A" * 19)
    old = replace(crawled.lines[4], state=State.UNPLAYABLE, reason="not there", settled_at=None)
    crawled.lines[4] = old

    crawled.crawl()

    assert crawled.lines[4] == old


def test_a_capture_listed_late_moves_no_point_of_the_grid() -> None:
    whole = archive("A" * 60, 7)
    late = [whole.lines[place] for place in (1, 30, 59)]
    whole.lines = [line for line in whole.lines if line not in late]
    before = len(whole.crawl().asked)

    whole.lines += late
    whole.crawl()

    assert len(whole.asked) == before + 1  # the new last one


# A whole crawl beside a search is some hundred plans: on a busy machine, a long example.
CALM = settings(deadline=None, max_examples=60)
LETTERS = st.sampled_from("AAABBBCD")
RUNS = st.lists(st.tuples(LETTERS, st.integers(1, 15)), min_size=1, max_size=7).map(
    lambda runs: "".join(letter * count for letter, count in runs)
)
PACES = st.builds(
    lambda seed, longest: (seed, longest), st.integers(0, 999), st.sampled_from([2, 20, 150])
)
Pace = tuple[int, int]
WIDTHS = st.sampled_from([5, 30, 90, 400])


def on_days(pace: Pace, count: int) -> list[float]:
    """So many moments in days, at distances drawn with a seed, up to the longest."""
    seed, longest = pace
    chance = Random(seed)
    return list(accumulate(chance.uniform(0.1, longest) for _ in range(count)))


def grid(crawled: Archive, width: int) -> list[Line]:
    """The first readable capture of each cell and the last one."""
    texts = [line for line in crawled.lines if crawled.says[line.capture].isupper()]
    cells: dict[int, Line] = {}
    for line in texts:
        cells.setdefault(to_datetime(line.capture.timestamp).toordinal() // width, line)
    return list(cells.values()) + texts[-1:]


def has_stretch(crawled: Archive, width: int) -> bool:
    """Whether two neighbouring points of the grid show no policy."""
    kept = [line for line in crawled.lines if crawled.says[line.capture] not in ">" + "".join(GONE)]
    cells: dict[int, Line] = {}
    for line in kept:
        cells.setdefault(to_datetime(line.capture.timestamp).toordinal() // width, line)
    points = [crawled.says[line.capture] for line in [*cells.values(), *kept[-1:]]]
    return (SOFT_404, SOFT_404) in pairwise(points)


def expected(crawled: Archive, points: Sequence[Line]) -> list[tuple[Step, list[Step]]]:
    """Each gap whose ends differ, with the steps in it that a whole crawl gives."""
    steps = crawled.steps()
    return [
        (
            (left.capture.timestamp, right.capture.timestamp),
            [
                step
                for step in steps
                if left.capture.timestamp <= step[0] and step[1] <= right.capture.timestamp
            ],
        )
        for left, right in pairwise(points)
        if crawled.says[left.capture] != crawled.says[right.capture]
    ]


@CALM
@given(RUNS, PACES, WIDTHS)
def test_every_gap_whose_ends_differ_has_an_interval_of_the_whole_crawl_and_none_is_made_up(
    letters: str, pace: Pace, width: int
) -> None:
    days = on_days(pace, len(letters))
    whole = archive(letters, days).crawl(ALL)

    found = archive(letters, days).crawl(Strategy(bisect=width)).steps()

    assert set(found) <= set(whole.steps())
    for _, steps in expected(whole, grid(whole, width)):
        assert set(steps) & set(found)
        assert len(steps) > 1 or steps[0] in found


@CALM
@given(st.lists(st.integers(1, 15), min_size=1, max_size=9), PACES, WIDTHS)
def test_texts_that_never_return_give_exactly_the_intervals_of_the_whole_crawl(
    counts: list[int], pace: Pace, width: int
) -> None:
    letters = "".join(letter * count for letter, count in zip("ABCDEFGHI", counts, strict=False))
    days = on_days(pace, len(letters))

    found = archive(letters, days).crawl(Strategy(bisect=width)).steps()

    assert found == archive(letters, days).crawl(ALL).steps()


@CALM
@given(RUNS, PACES, WIDTHS)
def test_no_text_that_stood_for_the_width_of_the_grid_is_missed(
    letters: str, pace: Pace, width: int
) -> None:
    days = on_days(pace, len(letters))
    crawled = archive(letters, days).crawl(Strategy(bisect=width))

    seen = {line.capture.timestamp for line in crawled.lines if line.state is State.FETCHED}
    begins = [n for n in range(len(letters)) if n == 0 or letters[n] != letters[n - 1]]
    for begin, end in pairwise([*begins, len(letters)]):
        if days[end - 1] - days[begin] >= width:
            stood = [line.capture.timestamp for line in crawled.lines[begin:end]]
            assert seen & set(stood)


@CALM
@given(RUNS, PACES, WIDTHS)
def test_requests_are_one_a_grid_point_and_few_a_change(
    letters: str, pace: Pace, width: int
) -> None:
    crawled = archive(letters, on_days(pace, len(letters)))
    points = {line.capture.timestamp for line in grid(crawled, width)}

    crawled.crawl(Strategy(bisect=width))

    ends = sorted(points)
    most = len(points)
    for old, new in crawled.steps():
        left = max(end for end in ends if end <= old)
        right = min(end for end in ends if end >= new)
        gap = sum(left < line.capture.timestamp < right for line in crawled.lines)
        most += gap.bit_length()  # log2 and one more; none where nothing lies between
    assert len(crawled.asked) <= most


FATES = st.sampled_from("AAAAAABBBBBBCs!xdu0>")
DIRTY = st.lists(st.tuples(FATES, st.integers(1, 7)), min_size=1, max_size=12).map(
    lambda runs: "".join(letter * count for letter, count in runs)
)


@CALM
@given(DIRTY, PACES, WIDTHS, st.booleans())
def test_failures_move_no_interval_of_texts_that_were_seen(
    letters: str, pace: Pace, width: int, reading: bool
) -> None:
    days = on_days(pace, len(letters))
    truth = archive(letters, days).crawl(ALL).steps()

    crawled = archive(letters, days, reading=reading).crawl(Strategy(bisect=width))

    made = crawled.steps()
    assert len({capture.key for capture in crawled.asked}) == len(crawled.asked)
    assert not [line for line in crawled.lines if line.state is State.PENDING]
    assert all(any(old <= step[0] and step[1] <= new for step in truth) for old, new in made)
    if not has_stretch(crawled, width):
        assert set(made) <= set(truth)


@CALM
@given(DIRTY, PACES, WIDTHS, st.integers(0, 6), st.data())
def test_a_plan_depends_on_what_is_known_and_on_nothing_else(
    letters: str, pace: Pace, width: int, rounds: int, data: st.DataObject
) -> None:
    strategy = Strategy(bisect=width)
    crawled = archive(letters, on_days(pace, len(letters))).crawl(strategy, rounds)
    first = planned(crawled, strategy)

    shuffled = plan(POLICY, data.draw(st.permutations(crawled.lines)), strategy, NOW)
    ends = {end.capture.key: end for end in first.settled}
    crawled.lines = [ends.get(line.capture.key, line) for line in crawled.lines]
    again = planned(crawled, strategy)

    assert shuffled == first
    assert (again.fetch, again.waiting, again.settled) == (first.fetch, first.waiting, [])


@CALM
@given(RUNS, PACES, WIDTHS, st.lists(st.integers(1, 3), max_size=5))
def test_a_search_in_pieces_ends_as_one_in_one_piece(
    letters: str, pace: Pace, width: int, pieces: list[int]
) -> None:
    days, strategy = on_days(pace, len(letters)), Strategy(bisect=width)
    in_pieces = archive(letters, days)

    for rounds in pieces:
        in_pieces.crawl(strategy, rounds)
    in_pieces.crawl(strategy)

    whole = archive(letters, days).crawl(strategy)
    assert in_pieces.lines == whole.lines
    assert in_pieces.asked == whole.asked
    assert planned(in_pieces, strategy) == Plan()
