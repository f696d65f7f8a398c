"""Damaged pages by the hundred: a fixed share of what benchmarks/fuzz.py reads by the thousand."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks._mutations import MUTATIONS, make
from benchmarks._seeds import Source, invented, source
from benchmarks.fuzz import check, sound
from pipelines.extraction.extract import extract

ROOT = Path(__file__).parents[2]
INVENTED = Source()


def fuzz(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "fuzz.py", *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_a_damaged_page_ends_in_a_sound_extraction(first: int) -> None:
    for number in range(first, first + 20):
        check(number, seed=1, pages=INVENTED)


@pytest.mark.parametrize("page", invented(), ids=lambda page: repr(page[:16]))
def test_a_page_that_nothing_happened_to_ends_in_a_sound_extraction(page: bytes) -> None:
    sound(extract(page))


def test_a_number_always_makes_the_same_input() -> None:
    once = [make(3, number, INVENTED) for number in range(60)]

    assert [make(3, number, INVENTED) for number in range(60)] == once
    assert len({made.body for made in once}) > 50


def test_another_seed_makes_other_inputs() -> None:
    assert make(3, 0, INVENTED) != make(4, 0, INVENTED)


def test_every_way_to_damage_a_page_is_taken() -> None:
    taken = {way for number in range(300) for way in make(1, number, INVENTED).how.split("+")}

    assert taken - {"vast"} == set(MUTATIONS)


def test_inputs_are_small_but_for_a_few() -> None:
    made = [make(3, number, INVENTED) for number in range(400)]

    sizes = sorted(len(one.body) for one in made if not one.how.endswith("vast"))
    assert 1_000 < sizes[200] < 20_000
    assert sizes[-1] <= 60_000
    assert 0 < 400 - len(sizes) < 10


def test_pages_of_a_folder_are_cut_to_the_same_size(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>We collect data.</p>" * 50_000)

    made = [make(1, number, source(tmp_path)) for number in range(60)]

    assert any(b"We collect data" in one.body for one in made)
    assert all(len(one.body) <= 60_000 for one in made)


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no page in it: name a folder with"):
        source(tmp_path)


@pytest.mark.slow
def test_thousands_of_damaged_pages_neither_raise_nor_hang_nor_swell(tmp_path: Path) -> None:
    ran = fuzz("--seed", "2", "--inputs", "2500", "--from", "500", "--out", str(tmp_path / "out"))

    assert ran.returncode == 0, ran.stdout
    assert "2,000 inputs of seed 2" in ran.stdout
    assert not (tmp_path / "out").exists()
