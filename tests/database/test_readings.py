"""What each extractor makes of each capture is kept ready, and never says more than the facts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "history"))

from archive_facts import (
    POLICY,
    Sight,
    adopt,
    compare_neighbours,
    empty_database,
    enlist,
    extract,
    remember,
    rows,
)

from pipelines.database.file import Connection, reading, writing
from pipelines.database.readings import (
    is_stale,
    policies_after,
    policies_of,
    refresh,
    settle,
)
from pipelines.database.rows import insert

pytestmark = pytest.mark.database
OTHER = "beta/privacy"
WHOLE = (
    "SELECT count(*) FROM ((FROM readings EXCEPT ALL FROM readings_afresh) "
    "UNION ALL (FROM readings_afresh EXCEPT ALL FROM readings))"
)
OLD = Sight(when="2018-01-01", text="old")
AGAIN = Sight(when="2019-01-01", text="old", state="unchanged")
NEW = Sight(when="2020-01-01", text="new")


@pytest.fixture(scope="module")
def shared() -> Iterator[Connection]:
    connection = empty_database()
    enlist(connection, POLICY, OTHER)
    yield connection
    connection.close()


@pytest.fixture
def database(shared: Connection) -> Iterator[Connection]:
    """A database with two policies and nothing captured; taken back afterwards."""
    shared.execute("BEGIN")
    yield shared
    shared.execute("ROLLBACK")


def bodies(database: Connection) -> list[tuple[object, ...]]:
    return rows(
        database, "SELECT timestamp[:4], uri_m[29:32] FROM readings ORDER BY timestamp, uri_m"
    )


def test_a_capture_without_a_body_of_its_own_has_that_of_the_equal_one(
    database: Connection,
) -> None:
    remember(database, OLD, AGAIN, NEW)

    assert bodies(database) == [("2018", "2018"), ("2019", "2018"), ("2020", "2020")]


def test_an_earlier_body_that_comes_late_takes_the_place_of_the_later(
    database: Connection,
) -> None:
    later = Sight(when="2018-06-01", text="old")
    remember(database, later, AGAIN)
    before = bodies(database)

    remember(database, Sight(when="2017-01-01", text="old"))

    assert before == [("2018", "2018"), ("2019", "2018")]
    assert bodies(database) == [("2017", "2017"), ("2018", "2018"), ("2019", "2017")]


def test_every_extractor_has_its_reading_and_only_the_adopted_one_observes(
    database: Connection,
) -> None:
    remember(database, OLD)
    adopt(database, "x2", None)
    extract(database, OLD, "x2", "read anew")

    readings = rows(database, "SELECT extractor_id FROM readings ORDER BY ALL")
    observed = rows(database, "SELECT extractor_id FROM observations")

    assert (readings, observed) == ([("x1",), ("x2",)], [("x1",)])


def test_a_page_that_is_no_policy_has_a_reading_and_is_not_observed(database: Connection) -> None:
    remember(database, Sight(when="2018-01-01", text="wait", verdict="not-policy", reason="login"))

    assert rows(database, "SELECT verdict, reason FROM readings") == [("not-policy", "login")]
    assert rows(database, "SELECT count(*) FROM observations") == [(0,)]


def test_what_has_not_changed_is_not_written_again(database: Connection) -> None:
    remember(database, OLD, NEW)
    places = "SELECT rowid, timestamp FROM readings WHERE timestamp < '2019' ORDER BY ALL"
    before = rows(database, places)

    remember(database, Sight(when="2021-01-01", text="newer"))

    assert rows(database, places) == before


def test_the_first_reading_of_a_version_has_its_span_and_what_was_before(
    database: Connection,
) -> None:
    remember(database, OLD, AGAIN, NEW, Sight(when="2021-01-01", text="old"))

    found = rows(
        database,
        "SELECT version, not_before::DATE::VARCHAR, last_seen::DATE::VARCHAR, observations, "
        "old_words, returns FROM readings ORDER BY timestamp",
    )

    assert found == [
        (1, None, "2019-01-01", 2, None, None),
        (1, None, None, None, None, None),
        (2, "2019-01-01", "2020-01-01", 1, 1, True),
        (3, "2020-01-01", "2021-01-01", 1, 1, None),
    ]


def test_refreshing_one_policy_leaves_the_others_as_they_are(database: Connection) -> None:
    remember(database, OLD, Sight(when="2018-01-01", text="theirs", policy_id=OTHER))
    database.execute("UPDATE extractions SET language = 'de'")

    refresh(database, [OTHER])

    found = rows(database, "SELECT policy_id, language FROM readings ORDER BY ALL")
    assert found == [(POLICY, "en"), (OTHER, "de")]


@pytest.mark.parametrize(
    "names",
    [None, [f"none-{n}/privacy" for n in range(1_500)]],
    ids=["all", "more than are named one by one"],
)
def test_refreshing_all_brings_every_policy_in_line(
    database: Connection, names: list[str] | None
) -> None:
    remember(database, OLD, Sight(when="2018-01-01", text="theirs", policy_id=OTHER))
    database.execute("UPDATE extractions SET language = 'de'")

    refresh(database, names)

    assert rows(database, "SELECT DISTINCT language FROM readings") == [("de",)]
    assert rows(database, WHOLE) == [(0,)]


def test_the_policies_of_a_body_are_all_that_kept_it(database: Connection) -> None:
    remember(database, OLD, Sight(when="2018-01-01", text="old", policy_id=OTHER), NEW)
    body = rows(database, "SELECT body_sha256 FROM mementos WHERE policy_id = ?", OTHER)[0][0]

    assert policies_of(database, [body]) == {POLICY, OTHER}
    assert policies_of(database, []) == set()


@pytest.mark.parametrize(
    "table", ["captures", "mementos", "extractions", "texts", "diffs", "readings"]
)
def test_rows_that_went_behind_our_back_are_noticed(database: Connection, table: str) -> None:
    remember(database, OLD, NEW)
    compare_neighbours(database)
    sound = is_stale(database)

    database.execute(f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")
    stale = is_stale(database)
    settle(database)

    assert (sound, stale, is_stale(database)) == (False, True, False)
    assert rows(database, WHOLE) == [(0,)]


def test_rows_written_by_hand_are_read_when_the_file_is_opened_next(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        adopt(connection, "x1", "2020-01-01")
        enlist(connection, POLICY)
        remember(connection, OLD)
    with writing(tmp_path) as connection:
        remember(connection, NEW)
        connection.execute("DELETE FROM readings")

    with reading(tmp_path) as connection:
        found = connection.execute("SELECT count(*) FROM versions").fetchall()

    assert found == [(2,)]


def test_a_turn_that_writes_facts_leaves_readings_that_fit_them(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        adopt(connection, "x1", "2020-01-01")
        enlist(connection, POLICY)
        remember(connection, OLD)

    with writing(tmp_path) as connection:
        taken = connection.execute("SELECT * REPLACE ('20190202000000' AS timestamp) FROM captures")
        names = [column[0] for column in taken.description or []]
        again = [
            dict(zip(names, row, strict=True)) | {"state": "unchanged"} for row in taken.fetchall()
        ]
        insert(connection, "captures", [_plain(row) for row in again])

    with reading(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM observations").fetchall() == [(2,)]
        assert connection.execute(WHOLE).fetchall() == [(0,)]


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: str(value) if name.endswith("_at") else value for name, value in row.items()}


def test_a_difference_found_later_comes_to_the_readings_of_its_policies(
    database: Connection,
) -> None:
    theirs = [
        Sight(when=sight.when, text=sight.text, policy_id=OTHER, uri_r="http://b.example/")
        for sight in (OLD, NEW)
    ]
    remember(database, OLD, NEW, *theirs)
    before = rows(database, "SELECT DISTINCT words_added FROM changes")

    compare_neighbours(database)

    assert before == [(None,)]
    found = rows(database, "SELECT policy_id, words_added, words_removed FROM changes ORDER BY ALL")
    assert found == [(POLICY, 1, 1), (OTHER, 1, 1)]
    old_id = rows(database, "SELECT text_id FROM texts WHERE text = 'old'")[0][0]
    assert policies_after(database, [old_id]) == {POLICY, OTHER}
