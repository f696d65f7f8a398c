"""The rules of the pace, on a clock that the tests turn."""

import heapq
import json
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pace import (
    CATCH_UP,
    KINDS,
    LONGEST_BAN,
    MARGIN,
    USABLE,
    WINDOW,
    Record,
    Turns,
    Unreadable,
    interval_of,
    read_record,
)

NOON = 1_800_000_000.0
BUDGETS = [6.0, 24.0, 60.0, 600.0, 6000.0]


@dataclass
class Client:
    """A process of the simulation; `pauses` are how long it does something else in between."""

    rate: float
    kind: str = "playback"
    latenesses: list[float] = field(default_factory=lambda: [0.0])
    pauses: list[float] = field(default_factory=lambda: [0.0])
    turns: Turns | None = None


@dataclass(frozen=True)
class Send:
    """A request of the simulation; `turn` is the order in which turns were given away."""

    at: float
    turn: float
    kind: str
    rate: float


def simulate(clients: list[Client], many: int, begin: float = NOON, text: str = "") -> list[Send]:
    """Let clients send `many` requests in all; the record is written and read for each turn."""
    sends: list[Send] = []
    text = text or Record(written_at=begin).to_json()
    asking = [(begin, number) for number in range(len(clients))]
    for count in range(many):
        now, number = heapq.heappop(asking)
        client = clients[number]
        turn = client.turns.take(now) if client.turns else None
        if turn is None:
            record = read_record(text, now)
            if client.turns:
                record.give_back({client.kind: client.turns})
            client.turns = record.take(client.kind, client.rate, now)
            turn = client.turns.take(now)
            text = record.to_json()
        assert turn is not None
        at = max(now, turn) + client.latenesses[count % len(client.latenesses)]
        first = client.turns.first if client.turns else now
        sends.append(Send(at=at, turn=first, kind=client.kind, rate=client.rate))
        heapq.heappush(asking, (at + client.pauses[count % len(client.pauses)], number))
    return sends


def most_in_a_window(moments: list[float]) -> int:
    """The most sends that any closed 60 seconds hold."""
    first = most = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > WINDOW:
            first += 1
        most = max(most, last - first + 1)
    return most


def excesses(sends: list[Send]) -> list[Send]:
    """The sends that made a window hold more, whoever sent them, than their sender may send."""
    return [send for send in sends if in_its_window(send, sends) > max(int(send.rate), 1)]


def in_its_window(send: Send, sends: list[Send]) -> int:
    """How many requests of its kind a window held when the turn of this one came."""
    return sum(
        other.kind == send.kind and other.turn <= send.turn and send.at - other.at <= WINDOW
        for other in sends
    )


short = st.lists(st.floats(0, USABLE / 2), min_size=1, max_size=7)
long = st.lists(st.one_of(st.floats(0, 2), st.floats(0, 90)), min_size=1, max_size=7)
clients = st.builds(
    Client,
    rate=st.one_of(st.sampled_from([0.5, 1, 1.5, 6, 24, 60, 60_000]), st.floats(0.3, 300)),
    kind=st.sampled_from(KINDS),
    latenesses=short,
    pauses=long,
)


@settings(deadline=None, max_examples=80)
@given(crowd=st.lists(clients, min_size=1, max_size=4), many=st.integers(2, 120))
def test_no_process_sends_where_a_window_would_hold_more_than_its_budget(
    crowd: list[Client], many: int
) -> None:
    sends = simulate(crowd, many)

    assert excesses(sends) == []


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("budget", BUDGETS)
def test_a_full_line_keeps_the_budget_and_wastes_less_than_a_twentieth_of_it(
    budget: float, processes: int
) -> None:
    crowd = [Client(rate=budget, latenesses=[0.0, 0.004, 0.001]) for _ in range(processes)]
    many = int(budget * 1.5) + 2

    moments = sorted(send.at for send in simulate(crowd, many))

    assert most_in_a_window(moments) <= budget
    assert moments[-1] - moments[0] <= 1.05 * (many - 1) * WINDOW / budget


@pytest.mark.parametrize("budget", BUDGETS)
def test_requests_lie_evenly_apart_whatever_came_before(budget: float) -> None:
    client = Client(rate=budget, pauses=[0, 0, 0, 3 * WINDOW / budget, 61, 0])

    moments = [send.at for send in simulate([client], 60)]

    gaps = [after - before for before, after in pairwise(moments)]
    assert min(gaps) >= interval_of(budget) - CATCH_UP - 1e-6


def test_a_process_that_is_a_little_late_loses_no_time() -> None:
    prompt = simulate([Client(rate=600)], 200)

    late = simulate([Client(rate=600, pauses=[interval_of(600) + CATCH_UP / 4, 0, 0])], 200)

    assert late[-1].at - prompt[-1].at <= 2 * CATCH_UP


def test_a_process_that_starts_keeps_the_pace_of_those_before_it() -> None:
    record = Record(written_at=NOON)
    record.take("playback", 6, NOON)

    begun = read_record(record.to_json(), NOON + 1).take("playback", 6, NOON + 1)

    assert begun.first == pytest.approx(NOON + (WINDOW + MARGIN) / 6)


def test_the_sends_of_a_bolder_process_count_for_a_more_careful_one() -> None:
    record = Record(written_at=NOON)
    for _ in range(10):
        record.take("playback", 600, NOON)

    careful = record.take("playback", 10, NOON + 20)

    assert careful.first > NOON + WINDOW


def test_listings_mementos_and_saves_have_budgets_of_their_own() -> None:
    record = Record()
    record.take("cdx", 6, NOON)

    assert record.take("playback", 6, NOON).first == NOON
    assert record.take("save", 6, NOON).first == NOON
    assert record.take("cdx", 6, NOON).first > NOON + 10


def test_turns_finer_than_a_file_can_tell_are_taken_many_at_a_time() -> None:
    turns = Record().take("playback", 600_000, NOON)

    taken = [turns.take(NOON + 0.2) for _ in range(turns.left)]

    assert len(taken) > 50
    assert all(after > before for before, after in pairwise(filter(None, taken)))
    assert turns.take(NOON + 0.2) is None


def test_turns_given_back_do_not_count_against_anybody() -> None:
    record = Record()
    turns = record.take("playback", 600_000, NOON)
    turns.take(NOON)

    record.give_back({"playback": turns})

    assert sum(record.sends["playback"].counts.values()) == 1
    assert turns.take(NOON) is None


def test_the_record_stays_small_at_any_budget() -> None:
    record = Record()
    for number in range(8_000):
        record.take("playback", 6000, NOON + number * interval_of(6000))

    assert len(record.to_json()) < 4096


def test_in_a_pause_no_turn_of_any_kind_is_given_and_after_it_no_burst() -> None:
    record = Record()
    record.pause(NOON + 60)
    record.pause(NOON + 5)

    turns = [record.take(kind, 60, NOON).first for kind in (*KINDS, "playback")]

    assert turns == pytest.approx([NOON + 60] * 3 + [NOON + 60 + interval_of(60)])


def test_each_ban_in_a_row_doubles_the_cool_down_up_to_a_week() -> None:
    record, now, waits = Record(), NOON, []
    for _ in range(10):
        record.ban(now, 3600)
        waits.append(record.banned_until - now)
        now = record.banned_until + 1

    assert waits[:4] == [3600, 7200, 14400, 28800]
    assert waits[-1] == LONGEST_BAN


def test_connections_refused_in_one_ban_are_one_ban() -> None:
    record = Record()

    for later in range(3):
        record.ban(NOON + later, 3600)

    assert (record.bans, record.banned_until) == (1, NOON + 3600)


@pytest.mark.parametrize(
    ("answered", "bans"), [(3500, 1), (3700, 0), (0, 1)], ids=["within it", "after it", "a reset"]
)
def test_only_an_answer_after_a_ban_ends_the_row(answered: float, bans: int) -> None:
    record = Record()
    record.ban(NOON, 3600)

    record.hear(NOON + 3700, NOON + answered if answered else 0)

    assert record.bans == bans


def test_a_record_reads_as_it_was_written() -> None:
    record = Record(written_at=NOON, heard_at=NOON - 1, paused_until=NOON + 1)
    record.take("cdx", 24, NOON)
    record.ban(NOON, 60)

    assert read_record(record.to_json(), NOON) == record


def test_a_record_from_before_there_were_saves_is_read_and_its_sends_still_count() -> None:
    record = Record(written_at=NOON)
    record.take("cdx", 6, NOON)
    told = json.loads(record.to_json())
    del told["sends"]["save"]

    found = read_record(json.dumps(told), NOON)

    assert found == record
    assert found.take("save", 3, NOON).first == NOON
    assert found.take("cdx", 6, NOON).first > NOON + 10


WHOLE = json.loads(Record(written_at=NOON).to_json())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        Record().to_json()[:-9],
        json.dumps({**WHOLE, "version": 2}),
        json.dumps({**WHOLE, "bans": "many"}),
        json.dumps({**WHOLE, "bans": -1}),
        json.dumps({**WHOLE, "paused_until": float("nan")}),
        json.dumps({**WHOLE, "banned_until": True}),
        json.dumps({**WHOLE, "surprise": 1}),
        json.dumps({**WHOLE, "sends": {"cdx": {"last": 0, "counts": {}}}}),
        json.dumps({**WHOLE, "sends": {**WHOLE["sends"], "save": []}}),
        json.dumps({**WHOLE, "sends": {kind: {"last": 0, "counts": {"x": 1}} for kind in KINDS}}),
        json.dumps({**WHOLE, "written_at": NOON + 61}),
    ],
    ids=[
        "empty",
        "null",
        "a list",
        "cut off",
        "another version",
        "words",
        "below zero",
        "no number",
        "a truth value",
        "an unknown key",
        "a kind missing",
        "saves of another form",
        "no half second",
        "from the future",
    ],
)
def test_what_is_no_record_is_called_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_record(text, NOON)
