"""Which captures are asked for, which are settled without asking, and that none vanishes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import AskedWrongly
from crawler.items import State
from crawler.memento import Capture
from crawler.planning import EMPTY_DIGEST, Line, Plan, plan
from crawler.strategy import PERIODS, Strategy, read_strategy
from crawler.vendors import Location, Policy

NOW = datetime(2024, 5, 1, tzinfo=UTC)
HERE = "http://acme.example/privacy"
MOVED = "https://acme.example/legal/privacy"
POLICY = Policy(vendor_id="acme", kind="privacy", locations=(Location(uri_r=HERE),))
ALL = Strategy()
FINAL = set(State) - {State.PENDING, State.SKIPPED, State.FAILED}
RESTING = FINAL - {State.UNPLAYABLE, State.EXCLUDED, State.DRIFTED}

Answering = Callable[[Capture], State]


def line(
    timestamp: str = "2015",
    digest: str = "A",
    status: str = "200",
    state: State = State.PENDING,
    *,
    original: str = HERE,
    urlkey: str = "example,acme)/privacy",
    settled_at: datetime | None = None,
    reason: str = "",
    reads: str | None = None,
) -> Line:
    """A line of the ledger; a timestamp may be left short, the rest is its first moment."""
    capture = Capture(
        policy_id="acme/privacy",
        urlkey=urlkey,
        timestamp=timestamp + "00000101000000"[len(timestamp) :],
        original=original,
        mimetype="text/html",
        statuscode=status,
        digest=digest,
    )
    return Line(capture=capture, state=state, reason=reason, settled_at=settled_at, reads=reads)


def planned(
    *lines: Line, strategy: Strategy = ALL, policy: Policy = POLICY, failed: Iterable[Line] = ()
) -> Plan:
    """Plan a round in which some lines failed already."""
    given_up = frozenset(failure.capture.key for failure in failed)
    return plan(policy, lines, strategy, NOW, given_up)


def fetched(result: Plan) -> list[str]:
    """The moments asked for, without the zeros at their ends."""
    return [capture.timestamp.removesuffix("0101000000") for capture in result.fetch]


def settled(result: Plan) -> dict[str, tuple[State, str]]:
    """What was settled without asking, by moment."""
    return {
        end.capture.timestamp.removesuffix("0101000000"): (end.state, end.reason)
        for end in result.settled
    }


def applied(lines: Iterable[Line], result: Plan) -> list[Line]:
    """The ledger after a plan's own settlements."""
    ledger = {known.capture.key: known for known in lines}
    for end in result.settled:
        at = None if end.state is State.PENDING else NOW
        ledger[end.capture.key] = replace(end, settled_at=at)
    return list(ledger.values())


def crawl(
    lines: Iterable[Line], strategy: Strategy = ALL, answer: Answering = lambda _: State.FETCHED
) -> tuple[list[Line], list[Capture]]:
    """Plan round after round until nothing is asked for; give the ledger and the requests."""
    ledger, asked, failed = list(lines), list[Capture](), list[Line]()
    for _ in range(len(ledger) + 1):
        result = planned(*ledger, strategy=strategy, failed=failed)
        ledger = applied(ledger, result)
        if not result.fetch:
            assert result.waiting == 0
            break
        asked += result.fetch
        wanted = {capture.key for capture in result.fetch}
        ledger = [
            replace(known, state=answer(known.capture), reason="answered", settled_at=NOW)
            if known.capture.key in wanted
            else known
            for known in ledger
        ]
        failed += [known for known in ledger if known.state is State.FAILED]
    return ledger, asked


def test_of_captures_with_one_digest_only_the_first_is_asked_for() -> None:
    result = planned(line("2017"), line("2015"), line("2016"))

    assert fetched(result) == ["2015"]
    assert result.waiting == 2
    assert result.settled == []


def test_when_the_first_is_fetched_the_others_are_unchanged() -> None:
    result = planned(line("2015", state=State.FETCHED), line("2016"), line("2017", status="-"))

    assert result.fetch == []
    assert settled(result) == {
        "2016": (State.UNCHANGED, "same digest as 20150101000000"),
        "2017": (State.UNCHANGED, "same digest as 20150101000000"),
    }


@pytest.mark.parametrize(
    "state", [State.DRIFTED, State.DAMAGED, State.UNPLAYABLE, State.ERROR, State.ABSENT]
)
def test_when_the_first_could_not_be_had_the_next_is_asked_for(state: State) -> None:
    first = line("2015", state=state, settled_at=NOW)

    assert fetched(planned(first, line("2016"), line("2017"))) == ["2016"]


def test_a_failure_of_this_run_makes_room_for_the_next_and_is_left_for_another_run() -> None:
    failed = line("2015", state=State.FAILED, settled_at=NOW)

    this_run = planned(failed, line("2016"), failed=[failed])
    next_run = planned(failed, line("2016"))

    assert fetched(this_run) == ["2016"]
    assert fetched(next_run) == ["2015"]
    assert next_run.waiting == 1


@pytest.mark.parametrize("digest", ["-", ""])
def test_captures_without_a_digest_share_nothing(digest: str) -> None:
    lines = line("2015", digest, state=State.FETCHED), line("2016", digest), line("2017", digest)

    assert fetched(planned(*lines)) == ["2016", "2017"]


def test_a_digest_is_shared_only_at_one_address() -> None:
    elsewhere = "example,acme)/legal/privacy"
    lines = line("2015", state=State.FETCHED), line("2016", urlkey=elsewhere)

    assert fetched(planned(*lines)) == ["2016"]


def test_a_revisit_is_asked_for_where_its_body_is_not_kept() -> None:
    assert fetched(planned(line("2015", status="-"), line("2016", "B", "-"))) == ["2015", "2016"]


def test_redirects_with_one_digest_lead_to_one_target() -> None:
    known = line("2015", "R", "301", State.REDIRECT, reason="https://acme.example/new")

    result = planned(known, line("2016", "R", "301"))

    assert settled(result) == {"2016": (State.REDIRECT, "https://acme.example/new")}


@pytest.mark.parametrize(
    ("digest", "status"),
    [
        pytest.param(EMPTY_DIGEST, "301", id="with no body to tell them apart"),
        pytest.param("-", "301", id="without a digest"),
        pytest.param("R", "302", id="of another status"),
        pytest.param("R", "200", id="and a page"),
        pytest.param("R", "-", id="and a revisit"),
    ],
)
def test_redirects_that_may_differ_are_each_asked_for(digest: str, status: str) -> None:
    known = line("2015", digest, "301", State.REDIRECT, reason="https://acme.example/new")

    assert fetched(planned(known, line("2016", digest, status))) == ["2016"]


def test_redirects_without_a_body_do_not_wait_for_one_another() -> None:
    lines = [line(year, EMPTY_DIGEST, "301") for year in ("2015", "2016", "2017")]

    assert fetched(planned(*lines)) == ["2015", "2016", "2017"]


def test_a_redirect_is_never_unchanged() -> None:
    lines = line("2015", "A", state=State.FETCHED), line("2016", "A", "301")

    assert fetched(planned(*lines)) == ["2016"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("404", State.ABSENT),
        ("410", State.ABSENT),
        ("400", State.ERROR),
        ("403", State.ERROR),
        ("429", State.ERROR),
        ("500", State.ERROR),
        ("503", State.ERROR),
    ],
)
def test_an_archived_error_needs_no_request(status: str, state: State) -> None:
    result = planned(line("2015", status=status))

    assert result.fetch == []
    assert settled(result) == {"2015": (state, f"archived HTTP {status}")}


@pytest.mark.parametrize("status", ["200", "206", "-", "", "0", "4", "40", "4040"])
def test_whatever_is_not_plainly_an_error_is_asked_for(status: str) -> None:
    assert fetched(planned(line("2015", status=status))) == ["2015"]


@pytest.mark.parametrize("timestamp", ["20150012000000", "2015010100000", ""])
def test_a_line_without_a_moment_is_damaged(timestamp: str) -> None:
    known = line()
    spoilt = replace(known, capture=replace(known.capture, timestamp=timestamp))

    (end,) = planned(spoilt).settled

    assert (end.state, end.reason) == (State.DAMAGED, "malformed line of the index: no moment")


def test_a_malformed_line_says_what_is_wrong_with_it() -> None:
    known = line()
    spoilt = replace(known, capture=replace(known.capture, malformed="3 fields in place of 7"))

    (end,) = planned(spoilt).settled

    assert end.reason == "malformed line of the index: 3 fields in place of 7"


@pytest.mark.parametrize("state", [State.FETCHED, State.REDIRECT])
def test_of_two_captures_of_one_second_the_archive_plays_one(state: State) -> None:
    result = planned(line("2015", "A", state=state), line("2015", "B"))

    assert settled(result) == {
        "2015": (State.UNPLAYABLE, "the archive plays another capture of the same second")
    }


def test_a_redirect_known_by_its_digest_is_what_the_archive_plays_in_that_second() -> None:
    known = line("2014", "R", "301", State.REDIRECT, reason="https://acme.example/new")

    result = planned(known, line("2015", "R", "301"), line("2015", "A"))

    assert result.fetch == []
    assert [end.state for end in result.settled] == [State.REDIRECT, State.UNPLAYABLE]


def test_captures_of_one_second_are_not_asked_for_at_once() -> None:
    result = planned(line("2015", "A"), line("2015", "B"), line("2015", "B", original=MOVED))

    assert [(capture.digest, capture.original) for capture in result.fetch] == [
        ("A", HERE),
        ("B", MOVED),
    ]
    assert result.waiting == 1


@pytest.mark.parametrize(
    ("state", "days"), [(State.UNPLAYABLE, 7), (State.EXCLUDED, 7), (State.DRIFTED, 30)]
)
@pytest.mark.parametrize(
    ("sooner", "again"),
    [
        pytest.param(timedelta(), ["2015"], id="when its time has come"),
        pytest.param(timedelta(hours=1), [], id="an hour sooner"),
    ],
)
def test_what_could_not_be_played_is_asked_again_after_a_while(
    state: State, days: int, sooner: timedelta, again: list[str]
) -> None:
    settled_at = NOW - timedelta(days=days) + sooner

    assert fetched(planned(line("2015", state=state, settled_at=settled_at))) == again


@pytest.mark.parametrize("state", sorted(RESTING))
def test_what_is_settled_is_left_alone_for_ever(state: State) -> None:
    result = planned(line("2015", state=state, settled_at=datetime(2000, 1, 1, tzinfo=UTC)))

    assert (result.fetch, result.settled, result.waiting) == ([], [], 0)


TWO_HOMES = Policy(
    vendor_id="acme",
    kind="privacy",
    locations=(
        Location(uri_r=HERE, until=date(2018, 5, 24)),
        Location(uri_r=MOVED, since=date(2018, 5, 25), until=date(2020, 1, 1)),
    ),
)


@pytest.mark.parametrize(
    ("original", "timestamp", "wanted"),
    [
        pytest.param(HERE, "20180524235959", True, id="last second of its window"),
        pytest.param(HERE, "20180525000000", False, id="first second after it"),
        pytest.param(MOVED, "20180524235959", False, id="last second before it"),
        pytest.param(MOVED, "20180525000000", True, id="first second of its window"),
        pytest.param(MOVED, "20200102000000", False, id="after both ends"),
        pytest.param("https://www.acme.example/legal/privacy/", "20180401000000", False, id="www"),
        pytest.param("http://other.example/", "20300101000000", True, id="an address unlisted"),
        pytest.param("http://acme.example:80:80/", "20300101000000", True, id="an impossible one"),
    ],
)
def test_a_capture_counts_only_while_its_address_was_the_policys(
    original: str, timestamp: str, wanted: bool
) -> None:
    result = planned(line(timestamp, original=original), policy=TWO_HOMES)

    assert bool(result.fetch) == wanted
    assert [end.state for end in result.settled] == ([] if wanted else [State.SKIPPED])


def test_the_window_of_the_only_address_holds_for_whatever_the_index_listed_for_it() -> None:
    only = replace(POLICY, locations=(Location(uri_r=HERE, until=date(2015, 12, 31)),))

    result = planned(line("2016", original=f"{HERE}?sid=1"), policy=only)

    assert settled(result) == {
        "2016": (State.SKIPPED, "outside the dates of its address in the vendor list")
    }


def test_a_body_kept_from_another_window_does_not_bring_a_capture_back() -> None:
    kept = line("2017", state=State.FETCHED)

    result = planned(kept, line("2019"), policy=TWO_HOMES)

    assert settled(result)["2019"][0] is State.SKIPPED


@pytest.mark.parametrize(
    ("strategy", "wanted"),
    [
        (Strategy(since=datetime(2016, 1, 1, tzinfo=UTC)), ["2016", "2017"]),
        (Strategy(until=datetime(2016, 1, 1, tzinfo=UTC)), ["2015", "2016"]),
        (Strategy(since=datetime(2015, 1, 1, 0, 0, 1, tzinfo=UTC)), ["2016", "2017"]),
        (Strategy(until=datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)), ["2015", "2016"]),
    ],
)
def test_dates_asked_for_are_inclusive_and_the_rest_is_skipped(
    strategy: Strategy, wanted: list[str]
) -> None:
    lines = line("2015", "A"), line("2016", "B"), line("2017", "C")

    result = planned(*lines, strategy=strategy)

    assert fetched(result) == wanted
    assert set(settled(result).values()) == {(State.SKIPPED, "outside the dates asked for")}
    assert len(result.settled) == 3 - len(wanted)


@pytest.mark.parametrize(
    ("period", "together", "apart"),
    [
        pytest.param("day", "20150101235959", "20150102000000"),
        pytest.param("week", "20150104235959", "20150105000000"),
        pytest.param("month", "20150131235959", "20150201000000"),
        pytest.param("quarter", "20150331235959", "20150401000000"),
        pytest.param("half-year", "20150630235959", "20150701000000"),
        pytest.param("year", "20151231235959", "20160101000000"),
    ],
)
def test_one_capture_a_period_is_asked_for(period: str, together: str, apart: str) -> None:
    lines = line("20150101000000", "A"), line(together, "B"), line(apart, "C")

    result = planned(*lines, strategy=read_strategy(f"every:{period}"))

    assert [capture.digest for capture in result.fetch] == ["A", "C"]
    (end,) = result.settled
    assert (end.capture.digest, end.state) == ("B", State.SKIPPED)
    assert end.reason == f"thinned to one a {period}"


def test_a_week_across_new_year_is_one_week() -> None:
    lines = line("20141229000000", "A"), line("20150104000000", "B")

    assert len(planned(*lines, strategy=Strategy(period="week")).fetch) == 1


def test_a_period_whose_first_capture_could_not_be_had_gives_its_next() -> None:
    damaged = line("20150101000000", "A", state=State.DAMAGED, settled_at=NOW)
    thinned = line("20150601000000", "B", state=State.SKIPPED, reason="thinned to one a year")

    result = planned(damaged, thinned, strategy=Strategy(period="year"))

    assert [capture.digest for capture in result.fetch] == ["B"]
    assert [end.state for end in result.settled] == [State.PENDING]


def test_what_was_skipped_is_asked_for_once_everything_is_wanted() -> None:
    thinned = line("2015", state=State.SKIPPED, reason="thinned to one a year", settled_at=NOW)

    result = planned(thinned, strategy=ALL)

    assert fetched(result) == ["2015"]
    assert settled(result) == {"2015": (State.PENDING, "")}


def test_one_redirect_a_period_is_asked_for_in_all_the_rounds_together() -> None:
    redirects = [line(f"2015{month:02}01000000", EMPTY_DIGEST, "301") for month in range(1, 13)]

    ledger, asked = crawl(
        [*redirects, line("20151231000000", "A")],
        Strategy(period="year"),
        lambda capture: State.REDIRECT if capture.statuscode == "301" else State.FETCHED,
    )

    assert [capture.statuscode for capture in asked] == ["301", "200"]
    assert sum(end.state is State.SKIPPED for end in ledger) == 11


@pytest.mark.parametrize(
    "text",
    [
        "none",
        "every",
        "every:",
        "every:decade",
        "every:Year",
        "all:year",
        "daily",
        "bisec",
        "bisect:",
        "bisect:0",
        "bisect:-1",
        "bisect:36526",
        "bisect:9.5",
        "bisect:٩",
        "bisect:90d",
    ],
)
def test_a_strategy_nobody_knows_is_refused_with_the_choice(text: str) -> None:
    with pytest.raises(AskedWrongly, match=r"bisect:DAYS.*every:day.*every:half-year"):
        read_strategy(text)


@pytest.mark.parametrize(
    ("text", "strategy"),
    [
        ("all", Strategy()),
        ("every:half-year", Strategy(period="half-year")),
        ("bisect", Strategy(bisect=90)),
        ("bisect:7", Strategy(bisect=7)),
    ],
)
def test_a_strategy_is_read(text: str, strategy: Strategy) -> None:
    assert read_strategy(text) == strategy


def test_a_period_is_taken_by_a_capture_known_to_be_unchanged() -> None:
    kept = line("2015", "A", state=State.FETCHED)
    lines = kept, line("20160101000000", "A"), line("20160601000000", "B")

    result = planned(*lines, strategy=Strategy(period="year"))

    assert result.fetch == []
    assert [(end.capture.digest, end.state) for end in result.settled] == [
        ("A", State.UNCHANGED),
        ("B", State.SKIPPED),
    ]


DIGESTS = st.sampled_from(["A", "B", "C", "-", "", EMPTY_DIGEST])
STATUSES = st.sampled_from(["200", "200", "-", "301", "302", "404", "500"])
LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["2014", "20150101", "201506", "2016", "20160101000001", "2019"]).map(
            lambda text: text + "20150101000000"[len(text) :]
        )
        | st.just("20150012000000"),
        DIGESTS,
        STATUSES,
        st.sampled_from(State),
        original=st.sampled_from([HERE, MOVED]),
        urlkey=st.sampled_from(["example,acme)/privacy", "example,acme)/legal/privacy"]),
        settled_at=st.sampled_from([None, NOW, NOW - timedelta(days=8)]),
        reads=st.sampled_from([None, "not-policy", "en a", "en b"]),
    ),
    max_size=14,
    unique_by=lambda known: known.capture.key,
)
STRATEGIES = st.builds(
    lambda plan, **dates: replace(plan, **dates),
    st.just(ALL)
    | st.builds(Strategy, period=st.sampled_from(sorted(PERIODS)))
    | st.builds(Strategy, bisect=st.sampled_from([1, 90, 700])),
    since=st.none() | st.just(datetime(2015, 1, 1, tzinfo=UTC)),
    until=st.none() | st.just(datetime(2016, 1, 1, tzinfo=UTC)),
)


@given(LINES, STRATEGIES, st.data())
def test_any_order_of_the_lines_gives_the_same_plan(
    lines: list[Line], strategy: Strategy, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(lines))

    assert planned(*shuffled, strategy=strategy) == planned(*lines, strategy=strategy)


@given(LINES, STRATEGIES, st.booleans())
def test_planning_again_settles_nothing_new(
    lines: list[Line], strategy: Strategy, two_homes: bool
) -> None:
    policy = TWO_HOMES if two_homes else POLICY
    first = planned(*lines, strategy=strategy, policy=policy)

    again = planned(*applied(lines, first), strategy=strategy, policy=policy)

    assert again.fetch == first.fetch
    assert again.settled == []
    assert again.waiting == first.waiting


@given(LINES, STRATEGIES, st.sets(st.integers(min_value=0, max_value=13)))
def test_no_open_line_vanishes(lines: list[Line], strategy: Strategy, failed: set[int]) -> None:
    given_up = [known for n, known in enumerate(lines) if n in failed]

    result = planned(*lines, strategy=strategy, failed=given_up)

    ends = {end.capture.key: end for end in applied(lines, result)}
    asked = {capture.key for capture in result.fetch}
    still_open = [
        end
        for key, end in ends.items()
        if key not in asked
        and (end.state is State.PENDING or (end.state is State.FAILED and end not in given_up))
    ]
    assert len(asked) == len(result.fetch)
    assert ends.keys() == {known.capture.key for known in lines}
    assert len(still_open) <= result.waiting


@given(LINES, STRATEGIES, st.randoms(use_true_random=False))
def test_rounds_end_with_every_line_settled_and_none_asked_for_twice(
    lines: list[Line], strategy: Strategy, random: object
) -> None:
    answers = {known.capture.key: random.choice(sorted(FINAL | {State.FAILED})) for known in lines}  # type: ignore[attr-defined]

    ledger, asked = crawl(lines, strategy, lambda capture: answers[capture.key])

    assert len({capture.key for capture in asked}) == len(asked)
    assert all(end.state is not State.PENDING for end in ledger)
    assert planned(*ledger, strategy=strategy, failed=ledger).fetch == []


@given(LINES, st.sampled_from(sorted(PERIODS)))
def test_one_kept_body_per_digest_and_address_is_enough(lines: list[Line], period: str) -> None:
    fresh = [replace(known, state=State.PENDING, settled_at=None) for known in lines]

    for strategy in (ALL, Strategy(period=period)):
        _, asked = crawl(
            fresh,
            strategy,
            lambda capture: State.REDIRECT if capture.statuscode[0] == "3" else State.FETCHED,
        )

        kept = [
            (capture.urlkey, capture.digest)
            for capture in asked
            if capture.statuscode[0] != "3" and capture.digest not in ("-", "", EMPTY_DIGEST)
        ]
        assert len(kept) == len(set(kept))
