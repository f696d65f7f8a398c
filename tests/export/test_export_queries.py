"""The papers of CSV files say how these are written, and the questions beside them are asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from papers_made import Made, head_of, make, traps
from questions_asked import ask_question

from pipelines.cli.main import cli
from pipelines.export.papers.release import release
from pipelines.export.tables import TABLES
from pipelines.history.catalogue import question, questions

VERSIONS = "SELECT * FROM versions ORDER BY policy_id, language, version"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Give a dataset of CSV files, in a folder whose name has a mark of SQL."""
    with traps() as connection:
        connection.execute("UPDATE vendors SET name = '=1+1' WHERE vendor_id = 'acme'")
        yield make(connection, tmp_path_factory.mktemp("made") / "it's", "csv")


@pytest.fixture(scope="module")
def plain(made: Made) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB as anybody would in the folder: nothing of ours but the script."""
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as connection:
        patch.chdir(made.folder)
        connection.execute(Path("queries/setup.sql").read_text(encoding="utf-8"))
        yield connection


def test_the_script_makes_the_facts_and_derives_the_rest(made: Made, plain) -> None:
    for table in TABLES:
        count = f"SELECT count(*) FROM {table.name}"
        assert plain.execute(count).fetchall() == made.connection.execute(count).fetchall()
    assert plain.execute(VERSIONS).fetchall() == made.connection.execute(VERSIONS).fetchall()
    name = plain.execute("SELECT name FROM vendors WHERE vendor_id = 'acme'").fetchall()
    assert name == [("=1+1",)]


def test_every_question_lies_there_as_it_is_asked(made: Made) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in made.folder.glob("queries/*")}

    expected = {f"{each.name}.sql": each.sql for each in questions().values()}
    assert {name: sql for name, sql in files.items() if name != "setup.sql"} == expected


@pytest.mark.parametrize("number", [2, 8, 26])
def test_a_question_is_answered_from_the_files(made: Made, plain, number: int) -> None:
    asked = plain.execute(question(number).sql).fetchall()

    assert asked == ask_question(made.connection, number)
    assert asked


def test_the_package_says_how_the_files_are_written(made: Made) -> None:
    told = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))

    (captures,) = [each for each in told["resources"] if each["name"] == "captures"]
    assert (captures["path"], captures["mediatype"]) == ("data/captures.csv", "text/csv")
    assert captures["schema"]["missingValues"] == ["\\N"]
    assert captures["dialect"]["nullSequence"] == "\\N"
    assert not [field for field in captures["schema"]["fields"] if "missingValues" in field]


def test_the_card_says_how_the_files_are_read(made: Made) -> None:
    written = (made.folder / "README.md").read_text(encoding="utf-8")

    config = head_of(written)["configs"][0]
    assert config == {
        "config_name": "vendors",
        "data_files": "data/vendors.csv",
        "na_values": "\\N",
        "keep_default_na": False,
    }
    assert "take one leading apostrophe off a text" in " ".join(written.split())


def test_coverage_lies_beside_the_tables_as_it_is_in_them(made: Made) -> None:
    beside, inside = (made.folder / path for path in ("coverage.csv", "data/coverage.csv"))

    assert beside.read_bytes() == inside.read_bytes()


def test_what_it_was_narrowed_by_is_told_from_the_database_itself(made: Made) -> None:
    connection = made.connection
    connection.execute("BEGIN")
    for number, chosen in enumerate(('{"since": "2015-01-01"}', '{"redact": true}'), 1):
        redacted = f'{{"name": {number}, "e-mail address": 1}}'
        connection.execute("INSERT INTO excerpts VALUES (?, ?, ?)", [number, chosen, redacted])

    told = release(connection, made.folder, "")

    connection.execute("ROLLBACK")
    assert told.chosen == ({"since": "2015-01-01"}, {"redact": True})
    assert told.redactions == {"name": 3, "e-mail address": 2}
    assert (told.redacted, told.text_free) == (True, False)


@pytest.mark.parametrize("way", ["option", "environment"])
def test_a_publisher_names_themselves(trap_folder: Path, tmp_path: Path, way: str) -> None:
    who = "The Lab <https://lab.example/>"
    asked = ["--data", str(trap_folder), "export", str(tmp_path / "dataset"), "--format", "jsonl"]
    by_option = ["--contact", who] if way == "option" else []
    environment = {"POLICYTRAIL_CONTACT": "Nobody" if way == "option" else who}

    result = CliRunner().invoke(cli, [*asked, *by_option], env=environment)

    assert result.exit_code == 0
    cited = yaml.safe_load((tmp_path / "dataset" / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"] == [{"name": "The Lab", "website": "https://lab.example/"}]
