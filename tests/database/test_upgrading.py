"""A file that an earlier policytrail wrote: read, written, and kept whole."""

from pathlib import Path

import duckdb
import pytest

from pipelines.database.file import NAME, reading, writing
from pipelines.database.schema import VERSION, CannotUpgrade, read_sql

pytestmark = pytest.mark.database

EARLIER = (Path(__file__).parent / "schema_1.sql").read_text(encoding="utf-8")
ROWS = [
    "policies (policy_id, vendor_id, kind) VALUES ('desk/privacy', 'desk', 'privacy')",
    (
        "listings (policy_id, crawl_id, uri_r, reason, outcome, rows, added, known, duplicates, "
        "listed_at) VALUES ('desk/privacy', 'c', '', '', 'complete', 3, 2, 0, 1, '2020-01-01')"
    ),
    "texts VALUES ('t', 'n', 'We keep data.', 3), ('u', 'm', 'We keep your data.', 4)",
    "extractions VALUES ('b', 'x', 't', 'policy', '', '', 'en', NULL, '', '')",
    "diffs VALUES ('t', 'u', 1, 0, 0.9, 'minor', 1)",
]
COLUMNS = """
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main'
ORDER BY ALL
"""


@pytest.fixture(params=[1, 2], ids=["schema 1", "schema 2"])
def earlier(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / NAME}' AS one (STORAGE_VERSION 'v1.2.0')")
        connection.execute("USE one")
        connection.execute(EARLIER)
        for version in range(2, request.param + 1):
            connection.execute(read_sql(f"upgrade_{version}.sql"))
            connection.execute("INSERT INTO schema_versions VALUES (?, '2021-01-01')", [version])
        for row in ROWS:
            connection.execute(f"INSERT INTO {row}")
    return tmp_path


def test_reading_an_earlier_file_brings_it_up_to_date(earlier: Path) -> None:
    with reading(earlier) as connection:
        version = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
        policies = connection.execute("SELECT * FROM policies").fetchall()
        listings = connection.execute(
            "SELECT policy_id, rows, window_from, withdrawn FROM listings"
        ).fetchall()

    assert version == (VERSION,)
    assert policies == [("desk/privacy", "desk", "privacy", None)]
    assert listings == [("desk/privacy", 3, "", 0)]


def test_what_was_read_and_compared_before_stays_and_does_not_know_the_new_columns(
    earlier: Path,
) -> None:
    with reading(earlier) as connection:
        texts = connection.execute(
            "SELECT text_id, normalized_id, undated_id FROM texts"
        ).fetchall()
        extractions = connection.execute(
            "SELECT text_id, normalized_id, undated_id, score FROM extractions"
        ).fetchall()
        diffs = connection.execute("SELECT significance, lines_edited FROM diffs").fetchall()

    assert texts == [("t", "n", None), ("u", "m", None)]
    assert extractions == [("t", None, None, None)]
    assert diffs == [("minor", None)]


def test_an_earlier_file_ends_with_the_columns_of_a_new_one(earlier: Path, tmp_path: Path) -> None:
    with writing(earlier) as connection:
        upgraded = connection.execute(COLUMNS).fetchall()

    with writing(tmp_path / "new") as connection:
        assert upgraded == connection.execute(COLUMNS).fetchall()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(earlier: Path) -> None:
    with duckdb.connect(str(earlier / NAME)) as connection:
        before = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
        connection.execute("ALTER TABLE texts ADD COLUMN undated_id INTEGER")
        columns = connection.execute(COLUMNS).fetchall()

    with (
        pytest.raises(CannotUpgrade, match=rf"from schema \d to {VERSION}: .*undated_id"),
        reading(earlier),
    ):
        pass

    with duckdb.connect(str(earlier / NAME)) as connection:
        assert connection.execute(COLUMNS).fetchall() == columns
        assert connection.execute("SELECT max(version) FROM schema_versions").fetchone() == before


def test_every_step_from_the_first_version_has_its_file() -> None:
    steps = [read_sql(f"upgrade_{version}.sql") for version in range(2, VERSION + 1)]

    assert all("ALTER TABLE" in step or "CREATE TABLE" in step for step in steps)
