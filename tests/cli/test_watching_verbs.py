"""`changes`: what changed, since when it was seen or since when it is known."""

import csv
import io
import json

import pytest

from pipelines.database.file import reading

pytestmark = pytest.mark.database


def test_changes_are_listed_oldest_first_within_80_columns(run) -> None:
    result = run("changes")

    lines = result.stdout.splitlines()
    assert lines == [
        "policy        lang  v  not before  not after   days  added  removed",
        "acme/privacy  en    2  2017-01-01  2017-01-31    30      4        1",
        "acme/privacy  en    3  2017-01-31  2018-05-25   478      7        5",
    ]
    assert "changed between the two dates" in result.stderr
    longest = "get-satisfaction/privacy"
    assert max(map(len, lines)) + len(longest) - len("acme/privacy") <= 80


@pytest.mark.parametrize(
    ("arguments", "versions"),
    [
        pytest.param("acme --since 2017-02", [3], id="since"),
        pytest.param("--since 2017-01-31T12:00:00 --until 2017", [2], id="since until"),
        pytest.param("--found-since 2026-01-02", [2, 3], id="found since"),
        pytest.param("--found-since 2026-01-03", [], id="found before"),
        pytest.param("beta/terms", [], id="another policy"),
    ],
)
def test_changes_can_be_bounded(run, arguments: str, versions: list[int]) -> None:
    result = run("changes", *arguments.split(), "--format", "json")

    assert [row["version"] for row in json.loads(result.stdout)] == versions
    assert result.exit_code == 0
    assert ("No change of" in result.stderr) is not versions


def test_changes_for_a_program_begin_with_the_columns_of_the_view(run, archive) -> None:
    result = run("changes", "--format", "csv")

    (first, _) = csv.DictReader(io.StringIO(result.stdout))
    with reading(archive) as connection:
        view = [row[0] for row in connection.execute("DESCRIBE FROM changes").fetchall()]
    assert list(first)[: len(view) + 1] == ["change_id", *view]
    assert (first["not_before"], first["found_at"]) == (
        "2017-01-01T00:00:00Z",
        "2026-01-02T03:04:05Z",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("--since soon", "'soon' is not a date", id="no date"),
        pytest.param("--found-since 2019-02-30", "'2019-02-30' is not a date", id="no day"),
        pytest.param("--since 2018 --until 2017", "is later than --until 2017", id="no time"),
        pytest.param("acne", "did you mean acme", id="no policy"),
    ],
)
def test_what_cannot_be_listed_is_one_line(run, arguments: str, words: str) -> None:
    result = run("changes", *arguments.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
