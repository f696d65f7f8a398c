"""The differences between neighbours, kept in the file: each compared once, old ones anew."""

from pathlib import Path

import pytest
from archive_facts import POLICY, digest_of, enlist, insert, remember, rows

from pipelines.database.file import reading, writing
from pipelines.database.turn import take
from pipelines.history.differences import comparing

pytestmark = pytest.mark.database
TEXTS = (
    ("2016-10-18", "We keep data."),
    ("2017-01-01", "We keep your data."),
    ("2018-01-01", "We keep your data! Last updated: May 3, 2017"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with writing(tmp_path) as connection:
        enlist(connection, POLICY)
        connection.execute("INSERT INTO extractors VALUES ('x1', '', '', '', '2020-01-01')")
        remember(connection, *TEXTS)
    return tmp_path


def derive(data: Path) -> int:
    return sum(take(data, turn) for turn in comparing(data))


def found(data: Path, columns: str) -> list[tuple[object, ...]]:
    with reading(data) as connection:
        return rows(connection, f"SELECT {columns} FROM changes ORDER BY version")


def test_every_pair_of_neighbours_is_compared_once(data: Path) -> None:
    done = (derive(data), derive(data))

    assert done == (2, 0)
    assert found(data, "version, words_added, words_removed, similarity, significance, hunks") == [
        (2, 1, 0, 6 / 7, "substantive", 1),
        (3, 6, 1, 6 / 13, "minor", 1),
    ]


def test_a_late_arrival_leaves_only_its_own_pairs_to_compare(data: Path) -> None:
    derive(data)

    with writing(data) as connection:
        remember(connection, ("2017-06-01", "We keep nothing."))

    assert derive(data) == 2


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param({}, id="no lines"),
        pytest.param(
            {"lines_added": 9, "lines_removed": 9, "lines_edited": 9}, id="none that moved"
        ),
    ],
)
def test_a_pair_compared_without_its_lines_is_compared_anew(
    data: Path, lines: dict[str, int]
) -> None:
    old, new = (digest_of(text) for _, text in TEXTS[:2])
    earlier = {"words_added": 9, "words_removed": 9, "similarity": 0.5, "hunks": 9, **lines}
    with writing(data) as connection:
        row = {"old_text_id": old, "new_text_id": new, "significance": "minor", **earlier}
        insert(connection, "diffs", row)
    before = found(data, "words_added, significance")

    done = derive(data)

    assert before == [(9, "minor"), (None, None)]
    assert done == 2
    assert found(data, "words_added, significance") == [(1, "substantive"), (6, "minor")]
    assert (
        found(data, "lines_added, lines_removed, lines_edited, lines_moved") == [(0, 0, 1, 0)] * 2
    )
