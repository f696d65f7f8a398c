"""The questions beside a dataset, in plain DuckDB: they answer as the database does.

DuckDB is asked in a process of its own, which has the folder and nothing of ours.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from questions_asked import ask_question

from pipelines.database.file import reading
from pipelines.history.catalogue import questions

pytestmark = pytest.mark.peers

ASK = """
import json, sys, duckdb
from pathlib import Path
connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
connection.execute(Path("queries/setup.sql").read_text(encoding="utf-8"))
for path in sorted(Path("queries").glob("q*.sql")):
    rows = connection.execute(path.read_text(encoding="utf-8")).fetchall()
    print(json.dumps([path.stem, [[repr(value) for value in row] for row in rows]]))
"""

Answers = dict[str, list[list[str]]]


def plain_answers(folder: Path) -> Answers:
    """Ask every question in the folder, far from UTC."""
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder,
        env=elsewhere,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def asked(export) -> Answers:
    return plain_answers(export())


@pytest.fixture(scope="module")
def database(peers_archive: Path) -> Iterator[Any]:
    with reading(peers_archive) as connection:
        yield connection


@pytest.mark.parametrize("number", questions(), ids=lambda number: questions()[number].name)
def test_a_question_is_answered_as_the_database_answers_it(
    asked: Answers, database, number: int
) -> None:
    rows = ask_question(database, number)

    expected = [[repr(value) for value in row] for row in rows]
    assert asked[questions()[number].name] == expected


@pytest.mark.parametrize("layout", ["csv", "jsonl"])
def test_the_answers_are_the_same_in_every_format(export, asked: Answers, layout: str) -> None:
    assert plain_answers(export("--format", layout)) == asked


def test_most_questions_find_something_in_the_archive_of_traps(asked: Answers) -> None:
    assert len(asked) == len(questions())
    assert len([name for name, rows in asked.items() if rows]) > 30
