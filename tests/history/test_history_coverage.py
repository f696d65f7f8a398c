"""Coverage, and the file by itself: any DuckDB client has the answers."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from archive_facts import POLICY, Sight, enlist, remember, rows

from pipelines.database.file import NAME, Connection, writing

pytestmark = pytest.mark.database


def test_coverage_has_a_row_of_zeros_for_a_policy_without_captures(database: Connection) -> None:
    found = rows(
        database,
        "SELECT captures, fetched, observations, versions, first_seen, longest_gap_days, "
        "duplicates FROM coverage",
    )

    assert found == [(0, 0, 0, 0, None, None, 0)]


def test_coverage_counts_states_and_finds_the_longest_gap(database: Connection) -> None:
    remember(
        database,
        ("2018-01-01", "old"),
        ("2018-03-01", "new"),
        Sight(when="2018-01-11", text="alt", language="de"),
        Sight(when="2018-03-02", text="new", state="unchanged"),
        Sight(when="2018-03-03", text="x", state="failed"),
    )

    found = rows(
        database,
        "SELECT captures, fetched, unchanged, failed, observations, versions, languages, "
        "longest_gap_days FROM coverage",
    )

    assert found == [(5, 3, 1, 1, 4, 3, 2, 49.0)]


def test_a_plain_client_has_the_answers_from_the_file_alone(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        enlist(connection, POLICY)
        connection.execute("INSERT INTO extractors VALUES ('x1', '', '', '', '2020-01-01')")
        remember(connection, ("2018-01-01", "We sell."), ("2019-01-01", "We keep."))
    copy = tmp_path / "any name.duckdb"
    copy.write_bytes((tmp_path / NAME).read_bytes())

    with duckdb.connect(str(copy), read_only=True) as client:
        found: list[Any] = [
            rows(client, "SELECT version, text FROM policy_at('acme/privacy', '2019-01-01')"),
            rows(client, "SELECT version FROM first_mention('keep')"),
            rows(client, "SELECT version FROM mentions('sell')"),
            rows(client, "SELECT versions FROM coverage"),
        ]

    assert found == [[(2, "We keep.")], [(2,)], [(1,)], [(2,)]]


def test_the_views_answer_under_another_name_beside_another_database(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        enlist(connection, POLICY)

    with duckdb.connect() as client:
        client.execute(f"ATTACH '{tmp_path / NAME}' AS mine (READ_ONLY)")
        found = rows(client, "SELECT policy_id, versions FROM mine.coverage")

    assert found == [(POLICY, 0)]
