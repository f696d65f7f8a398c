"""A folder of an export: whole, or as it was before; and nothing is written outside of it."""

import os
import string
from pathlib import Path

import pytest
from export_archive import every_file
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import AskedWrongly
from pipelines.export.folder import MARKER, CannotExport, is_ours, new_folder, safe_name

NAMES = st.one_of(
    st.text(max_size=80),
    st.text("./\\~-_aA0 \0", max_size=12),
    st.sampled_from(["", ".", "..", "../../etc/passwd", "con", "NUL.txt", "a" * 300, "\ud800"]),
)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fill(folder: Path, **contents: str) -> None:
    with new_folder(folder) as part:
        for name, text in contents.items():
            (part / name).write_text(text)


def fail(folder: Path, error: BaseException) -> None:
    with new_folder(folder) as part:
        (part / "a").write_text("two")
        raise error


def thesis(place: Path) -> None:
    place.mkdir()
    (place / "thesis.txt").touch()


def test_a_new_folder_holds_what_was_written_and_says_whose_it_is(tmp_path: Path) -> None:
    fill(tmp_path / "deep" / "out", a="one")

    assert every_file(tmp_path / "deep" / "out").keys() == {"a", MARKER}
    assert names_in(tmp_path / "deep") == ["out"]
    assert is_ours(tmp_path / "deep" / "out")


def test_an_export_replaces_the_one_before_as_a_whole(tmp_path: Path) -> None:
    fill(tmp_path / "out", a="one", b="one")

    fill(tmp_path / "out", a="two")

    assert every_file(tmp_path / "out").keys() == {"a", MARKER}
    assert (tmp_path / "out" / "a").read_text() == "two"
    assert names_in(tmp_path) == ["out"]


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    fill(tmp_path / "out", a="one")

    assert (tmp_path / "out" / "a").read_text() == "one"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("ours"), OSError(28, "full")])
def test_whatever_goes_wrong_the_export_before_stays(tmp_path: Path, error: BaseException) -> None:
    fill(tmp_path / "out", a="one")
    expected = CannotExport if isinstance(error, OSError) else type(error)

    with pytest.raises(expected):
        fail(tmp_path / "out", error)

    assert (tmp_path / "out" / "a").read_text() == "one"
    assert names_in(tmp_path) == ["out"]


def test_a_disk_that_is_full_is_said_in_one_line_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(CannotExport) as caught, new_folder(tmp_path / "out") as part:
        raise OSError(f"Could not write file {part}/data/texts.parquet: File too large")

    assert str(caught.value) == (
        f"cannot write {tmp_path}/out: Could not write file data/texts.parquet: File too large: "
        "make room or name another folder and run again, nothing was changed"
    )


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(thesis, "holds what no", id="a thesis"),
        pytest.param(lambda place: place.touch(), "is a file", id="a file"),
        pytest.param(lambda place: place.symlink_to(place.parent), "holds what no", id="a link"),
    ],
)
def test_what_no_export_wrote_is_never_replaced(tmp_path: Path, make, reason: str) -> None:
    (tmp_path / "in").mkdir()
    make(tmp_path / "in" / "out")
    before = names_in(tmp_path / "in")

    with pytest.raises(AskedWrongly, match=reason), new_folder(tmp_path / "in" / "out"):
        pass

    assert names_in(tmp_path / "in") == before
    assert names_in(tmp_path) == ["in"]


def test_two_exports_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    with new_folder(tmp_path / "out") as part:
        (part / "a").write_text("first")
        with pytest.raises(AskedWrongly, match="another export"), new_folder(tmp_path / "out"):
            pass

    assert (tmp_path / "out" / "a").read_text() == "first"


def test_what_a_killed_export_left_behind_goes_with_the_next(tmp_path: Path) -> None:
    fill(tmp_path / ".out.part", half="written")
    (tmp_path / ".out.part" / "data").mkdir()

    fill(tmp_path / "out", a="one")

    assert every_file(tmp_path / "out").keys() == {"a", MARKER}
    assert names_in(tmp_path) == ["out"]


def test_an_export_killed_between_its_renames_is_put_back(tmp_path: Path) -> None:
    fill(tmp_path / ".out.old", a="one")

    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "out"):
        raise KeyboardInterrupt

    assert (tmp_path / "out" / "a").read_text() == "one"
    assert names_in(tmp_path) == ["out"]


def test_a_hidden_folder_that_is_not_ours_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / ".out.part").mkdir()
    (tmp_path / ".out.part" / "mine").touch()

    with pytest.raises(AskedWrongly, match=r"\.out\.part holds what no export wrote"):
        fill(tmp_path / "out", a="one")

    assert names_in(tmp_path) == [".out.part"]
    assert names_in(tmp_path / ".out.part") == ["mine"]


@given(NAMES)
def test_a_name_never_leads_out_of_its_folder_and_fits_every_file_system(text: str) -> None:
    name = safe_name(text)

    assert set(name) <= set(string.ascii_lowercase + string.digits + "-_.~")
    assert 0 < len(name) <= 100
    assert os.path.normpath(f"folder/{name}") == f"folder/{name}"
    assert not name.startswith(".")
    assert not name.endswith(".")
    assert name.partition(".")[0] not in ("con", "prn", "aux", "nul", "com1", "lpt1")


@given(NAMES, NAMES)
def test_two_texts_never_have_one_name(one: str, other: str) -> None:
    assert (safe_name(one) == safe_name(other)) == (one == other)


@pytest.mark.parametrize("text", ["hesk", "acme-desk", "privacy", "a.b", "00042"])
def test_a_plain_text_is_its_own_name(text: str) -> None:
    assert safe_name(text) == text
