"""Texts that came and went at once: marked for a person, a column for a program, never hidden."""

import json
from pathlib import Path

import feedparser
import pytest
from archive_facts import POLICY, compare_neighbours, enlist, remember

from pipelines.database.file import writing

pytestmark = pytest.mark.database

WHOLE = "We keep your name.\nWe keep your photo.\nWe keep your voice."


@pytest.fixture(scope="module")
def slipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("slipped")
    with writing(data) as connection:
        enlist(connection, POLICY)
        connection.execute("INSERT INTO extractors VALUES ('x1', 'r', '1', '{}', '2020-01-01')")
        remember(
            connection,
            ("2018-01-01", WHOLE),
            ("2019-01-01", WHOLE.partition("\n")[2]),
            ("2020-01-01", WHOLE),
            ("2021-01-01", WHOLE.replace("photo", "picture")),
        )
        compare_neighbours(connection)
    return data


@pytest.mark.parametrize(
    ("verb", "marked"),
    [
        pytest.param("versions acme", [False, True, False, False], id="versions"),
        pytest.param("changes", [True, True, False], id="changes"),
    ],
)
def test_a_flip_is_marked_in_a_table_and_told_to_a_program(
    run, slipped: Path, verb: str, marked: list[bool]
) -> None:
    table = run(*verb.split(), data=slipped)
    lines = run(*verb.split(), "--format", "jsonl", data=slipped)

    assert [line.endswith("~") for line in table.stdout.splitlines()] == [True, *marked]
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert "~ marks a flip" in table.stderr
    assert [json.loads(line)["flip"] for line in lines.stdout.splitlines()] == marked


def test_where_nothing_flipped_nothing_is_said_of_it(run) -> None:
    result = run("versions", "acme")

    assert "~" not in result.stdout + result.stderr


def test_status_counts_the_flips(run, slipped: Path) -> None:
    assert "flips: 1 of the versions" in run("status", "acme", data=slipped).stderr


def test_a_feed_has_the_flip_as_a_category(run, slipped: Path, tmp_path: Path) -> None:
    run("export", str(tmp_path), "--format", "atom", data=slipped)

    entries = feedparser.parse((tmp_path / "acme.atom").read_bytes()).entries
    flips = ["flip" in [tag.term for tag in entry.tags] for entry in entries]
    assert flips == ["slip of the page" in entry.summary for entry in entries]
    assert sorted(flips) == [False, True, True]
