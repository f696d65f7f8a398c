"""The rungs that each extractor gives decide which texts are one, and which changes are minor."""

import pytest
from archive_facts import Sight, adopt, compare_neighbours, digest_of, extract, remember, rows

from pipelines.database.file import Connection
from pipelines.database.readings import refresh

pytestmark = pytest.mark.database
OLD = Sight(when="2018-01-01", text="We care. Last updated: May 3, 2017")
NEW = Sight(when="2019-01-01", text="We care. Last updated: May 9, 2018")


def significance(database: Connection) -> list[str | None]:
    return [found for (found,) in rows(database, "SELECT significance FROM changes")]


def read_by(database: Connection, extractor_id: str, **rungs: str) -> None:
    """Let both bodies be read by an extractor that gives these rungs."""
    for sight in (OLD, NEW):
        extract(database, sight, extractor_id)
    for name, words in rungs.items():
        database.execute(
            f"UPDATE extractions SET {name} = ? WHERE extractor_id = ?",
            [digest_of(words), extractor_id],
        )
    refresh(database)


@pytest.mark.parametrize(
    ("rungs", "expected"),
    [
        pytest.param((None, None), "minor", id="unknown: as the texts compare"),
        pytest.param(("a", "a"), "minor", id="equal"),
        pytest.param(("a", "b"), "substantive", id="another"),
    ],
)
def test_a_change_is_minor_where_only_the_last_rung_is_equal(
    database: Connection, rungs: tuple[str | None, str | None], expected: str
) -> None:
    remember(database, OLD, NEW)
    for sight, rung in zip((OLD, NEW), rungs, strict=True):
        database.execute(
            "UPDATE texts SET undated_id = ? WHERE text_id = ?", [rung, digest_of(sight.text)]
        )
    refresh(database)

    compare_neighbours(database)

    assert significance(database) == [expected]


def test_until_texts_are_compared_their_change_has_no_significance(database: Connection) -> None:
    remember(database, OLD, NEW)
    database.execute("UPDATE texts SET undated_id = 'a'")
    refresh(database)

    assert significance(database) == [None]


def test_texts_that_an_extractor_folds_alike_are_one_once_it_is_adopted(
    database: Connection,
) -> None:
    remember(database, OLD, NEW)
    read_by(database, "x2", normalized_id="we care")
    before = rows(database, "SELECT count(*) FROM versions")

    adopt(database, "x2", "2025-01-01")

    assert (before, rows(database, "SELECT count(*) FROM versions")) == ([(2,)], [(1,)])


def test_what_another_extractor_folds_alike_stays_apart(database: Connection) -> None:
    remember(database, OLD, NEW)

    read_by(database, "x2", normalized_id="we care", undated_id="we care")
    compare_neighbours(database)

    observed = rows(database, "SELECT DISTINCT normalized_id, undated_id FROM observations")
    assert sorted(observed) == sorted((digest_of(each.text), None) for each in (OLD, NEW))


def test_the_history_by_any_extractor_can_be_asked(database: Connection) -> None:
    remember(database, OLD, NEW)
    read_by(database, "x2", normalized_id="we care")

    counted = [
        rows(database, f"SELECT count(*) FROM {what}_of(?)", "x2")
        for what in ("observations", "versions", "changes")
    ]

    assert counted == [[(2,)], [(1,)], [(0,)]]
