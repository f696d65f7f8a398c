"""A file that an earlier policytrail wrote: read, written, and kept whole."""

from pathlib import Path

import duckdb
import pytest

from pipelines.database.file import NAME, reading, writing
from pipelines.database.schema import VERSION, CannotUpgrade, read_sql

pytestmark = pytest.mark.database

EARLIER = (Path(__file__).parent / "schema_1.sql").read_text(encoding="utf-8")
COLUMNS = """
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main'
ORDER BY ALL
"""


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / NAME}' AS one (STORAGE_VERSION 'v1.2.0')")
        connection.execute("USE one")
        connection.execute(EARLIER)
        connection.execute("INSERT INTO policies VALUES ('desk/privacy', 'desk', 'privacy')")
        connection.execute(
            "INSERT INTO listings VALUES ('c', 'desk/privacy', 'http://desk.example/', "
            "'complete', 3, 2, 0, 1, '', '2020-01-01')"
        )
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


def test_an_earlier_file_ends_with_the_columns_of_a_new_one(earlier: Path, tmp_path: Path) -> None:
    with writing(earlier) as connection:
        upgraded = connection.execute(COLUMNS).fetchall()

    with writing(tmp_path / "new") as connection:
        assert upgraded == connection.execute(COLUMNS).fetchall()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(earlier: Path) -> None:
    with duckdb.connect(str(earlier / NAME)) as connection:
        connection.execute("CREATE TABLE saves (mine INTEGER)")

    with pytest.raises(CannotUpgrade, match=r"from schema 1 to 2: .*saves"), reading(earlier):
        pass

    with duckdb.connect(str(earlier / NAME)) as connection:
        columns = [row[1] for row in connection.execute(COLUMNS).fetchall() if row[0] == "policies"]
        version = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
    assert columns == ["kind", "policy_id", "vendor_id"]
    assert version == (1,)


def test_every_step_from_the_first_version_has_its_file() -> None:
    steps = [read_sql(f"upgrade_{version}.sql") for version in range(2, VERSION + 1)]

    assert all("ALTER TABLE" in step or "CREATE TABLE" in step for step in steps)
