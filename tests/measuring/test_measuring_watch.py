"""A watcher sees everything end: what answers, what raises, what hangs, what swells."""

import pytest
from measuring_work import swell_slowly, work

from benchmarks._watch import Done, Limits, watched

HARD = Limits(cpu=1, clock=100, memory=64 << 20)

NUMBERS = (0, 1, 2, 4, 5, 6, 7)


@pytest.fixture(scope="module")
def outcomes() -> dict[int, Done]:
    return {done.index: done for done in watched(work, NUMBERS, 2, HARD)}


def test_every_number_is_accounted_for(outcomes: dict[int, Done]) -> None:
    assert sorted(outcomes) == list(NUMBERS)


@pytest.mark.parametrize("number", [0, 6, 7])
def test_what_goes_well_has_no_flaw(outcomes: dict[int, Done], number: int) -> None:
    assert outcomes[number].flaw == ""


@pytest.mark.parametrize(
    ("number", "last"),
    [
        pytest.param(1, "ValueError: an odd page", id="an exception"),
        pytest.param(2, "s of CPU", id="a loop"),
        pytest.param(4, "MB", id="memory"),
        pytest.param(5, "ended with 9", id="a sudden end"),
    ],
)
def test_what_goes_wrong_is_told(outcomes: dict[int, Done], number: int, last: str) -> None:
    assert outcomes[number].flaw.endswith(last)


def test_a_traceback_names_its_place(outcomes: dict[int, Done]) -> None:
    assert "in work" in outcomes[1].flaw


def test_a_wait_for_nothing_is_ended_by_the_clock() -> None:
    (done,) = watched(work, [3], 1, Limits(clock=0.5))

    assert done.flaw.endswith("s by the clock")


def test_memory_is_seen_before_the_work_ends() -> None:
    (done,) = watched(swell_slowly, [0], 1, Limits(cpu=60, clock=60, memory=64 << 20))

    assert done.flaw.endswith("MB")
