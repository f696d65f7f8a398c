"""The fuzz run tells what went wrong, keeps it, and can be stopped and continued."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from measuring_work import work

from benchmarks._mutations import make
from benchmarks._seeds import Source, invented
from benchmarks._watch import Done
from benchmarks.fuzz import STOPPED, Tally, main, run, sound
from pipelines.extraction.extract import extract

INVENTED = Source()


def options(folder: Path) -> Namespace:
    return Namespace(seed=5, start=0, inputs=100, workers=1, out=folder / "kept")


def test_an_input_that_raises_is_kept_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(work, [0, 1], options(tmp_path), INVENTED)

    said = capsys.readouterr().out
    assert code == 1
    assert "FLAW: seed 5 input 1 " in said
    assert "  1 times: ValueError: an odd page" in said
    assert (tmp_path / "kept" / "fuzz-5-1.bin").read_bytes() == make(5, 1, INVENTED).body


def test_a_stopped_run_says_where_to_continue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def numbers() -> Iterator[int]:
        yield from (0, 6, 7)
        raise KeyboardInterrupt

    code = run(work, numbers(), options(tmp_path), INVENTED)

    assert code == STOPPED
    assert "continue with --seed 5 --from 1" in capsys.readouterr().out


def test_a_run_continues_after_the_last_input_before_which_none_is_open() -> None:
    tally = Tally(first=10, last=20)

    for index in (11, 10, 13):
        tally.add(Done(index=index, seconds=0.1, memory=0))

    assert tally.settled == 12


def test_one_input_is_read_where_its_traceback_shows() -> None:
    assert main(["--only", "3"]) == 0


@pytest.mark.parametrize(
    "wrong",
    [{"reason": "empty"}, {"verdict": "maybe"}, {"text_id": None}, {"title": "\ud800"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_extraction_that_contradicts_itself_is_a_flaw(wrong: dict[str, str | None]) -> None:
    found = replace(extract(invented()[1]), **wrong)

    with pytest.raises((AssertionError, UnicodeEncodeError)):
        sound(found)
