"""What the tests of the reading verbs share: a small archive on disk, and the command."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli.main import cli
from pipelines.database.file import writing

# The facts are written by the same helper as in the tests of the answers.
sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from archive_facts import POLICY, Sight, compare_neighbours, enlist, insert, remember, settle

Run = Callable[..., Result]

FIRST = "# Privacy\n\nWe keep your data.\n\nWe do not sell it."
SECOND = "# Privacy\n\nWe keep your data for 30 days.\n\nWe do not sell it."
THIRD = "# Privacy\n\nWe keep your data for 60 days.\n\nWe may rent it under the GDPR."


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with one policy in three versions, one never seen, one never listed."""
    data = tmp_path_factory.mktemp("data")
    with writing(data) as connection:
        enlist(connection, POLICY)
        enlist(connection, "beta/privacy", "beta/terms", uri_r="http://beta.example/p")
        connection.execute("INSERT INTO extractors VALUES ('x1', 'r', '1', '{}', '2020-01-01')")
        connection.execute(
            "INSERT INTO crawls VALUES ('crawl-1', '2026-01-01', '2026-01-01', 'finished', "
            "'0.1.0', 'https://archive.example', '{}')"
        )
        remember(
            connection,
            ("2016-10-18T22:57:56", FIRST),
            ("2017-01-01", FIRST),
            ("2017-01-31T12:00:00", SECOND),
            Sight(when="2018-05-25", text=THIRD, stated_date="2018-05-25"),
            Sight(when="2015-01-01", text="Wir speichern Daten.", language="de"),
        )
        settle(connection, "2019-01-01", "redirect", "https://new.example/privacy")
        settle(connection, "2019-02-01", "failed", "the archive answered HTTP 503")
        failed = {
            "crawl_id": "crawl-1",
            "policy_id": "beta/privacy",
            "uri_r": "http://beta.example/p",
        }
        counts = {"rows": 0, "added": 0, "known": 0, "duplicates": 0}
        told = {"outcome": "failed", "reason": "HTTP 503", "listed_at": "2026-01-01"}
        insert(connection, "listings", failed | counts | told)
        compare_neighbours(connection)
    return data


@pytest.fixture
def run(archive: Path) -> Run:
    """Run a verb on the archive, in this process."""

    def running(*arguments: str, stdin: str | None = None, data: Path = archive) -> Result:
        return CliRunner().invoke(cli, ["--data", str(data), *arguments], input=stdin)

    return running
