"""A page beyond the limits ends with a verdict; whoever read it is replaced."""

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest
from extraction_pages import PARAGRAPHS, policy_page

from pipelines.extraction.parallel import Crew, read_all
from pipelines.extraction.reader import Body, Limits, ReaderFailed

PAGE = Body(key="page", body=policy_page().encode())
WIDE = Body(key="wide", body=b"We keep data. " * 300_000)
LONG = Body(key="long", body=policy_page(paragraphs=PARAGRAPHS * 900).encode())


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew(limits=Limits(patience=3.0))
    made.read(PAGE)
    yield made
    made.close()


def only_reader() -> int:
    (reader,) = multiprocessing.active_children()
    return reader.pid or 0


def test_a_page_that_takes_too_long_is_refused_and_the_others_are_read() -> None:
    pages = [PAGE, LONG, PAGE]

    found = list(read_all(pages, limits=Limits(seconds=0.4)))

    assert [(item.key, extraction.verdict, extraction.reason) for item, extraction in found] == [
        ("page", "policy", ""),
        ("long", "not-policy", "too-large"),
        ("page", "policy", ""),
    ]
    assert (found[1][1].text, found[1][1].text_id) == ("", None)
    assert multiprocessing.active_children() == []


def test_a_page_that_takes_too_much_memory_is_refused() -> None:
    ((_, found),) = read_all([WIDE], limits=Limits(memory=1))

    assert (found.verdict, found.reason) == ("not-policy", "too-large")


def test_a_page_that_hangs_is_refused_and_the_next_is_read(crew: Crew) -> None:
    os.kill(only_reader(), signal.SIGSTOP)

    hung, after = crew.read(PAGE), crew.read(PAGE)

    assert (hung.reason, after.verdict) == ("too-large", "policy")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "ended"])
def test_a_page_whose_reader_was_ended_is_read_by_another(
    crew: Crew, ending: signal.Signals
) -> None:
    first = only_reader()
    os.kill(first, signal.SIGSTOP)
    task = crew.take(PAGE)

    os.kill(first, ending)
    os.kill(first, signal.SIGCONT)

    assert crew.finish(task).verdict == "policy"
    assert only_reader() != first


def test_readers_that_end_through_no_page_stop_the_work(crew: Crew) -> None:
    nonsense = Body(key="nonsense", body=1)  # type: ignore[arg-type]

    with pytest.raises(ReaderFailed, match="ended with code 1"):
        crew.read(nonsense)

    assert crew.read(PAGE).verdict == "policy"


def test_stopping_in_between_leaves_no_process() -> None:
    answers = read_all([PAGE] * 30, workers=2)
    next(answers)

    answers.close()  # type: ignore[attr-defined]

    assert multiprocessing.active_children() == []
