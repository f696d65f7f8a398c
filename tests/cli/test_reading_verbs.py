"""What the reading verbs print, and how they end when asked for what is not there."""

import csv
import io
import json
from pathlib import Path

import pytest
from archive_facts import POLICY, enlist, remember
from click.testing import CliRunner, Result

from pipelines.cli.main import cli
from pipelines.database.file import writing

pytestmark = pytest.mark.database


def said(result: Result) -> tuple[int, str]:
    """Give the exit code and the one line on stderr; there is nothing on stdout."""
    assert result.stdout == ""
    return result.exit_code, result.stderr


def test_versions_are_listed_with_their_intervals(run) -> None:
    result = run("versions", "acme", "--language", "en")

    lines = result.stdout.splitlines()
    assert lines == [
        "v  lang  first seen  last seen   changed after  days  words  added  removed",
        "1  en    2016-10-18  2017-01-01                          11",
        "2  en    2017-01-31  2017-01-31  2017-01-01       30     14      4        1",
        "3  en    2018-05-25  2018-05-25  2017-01-31      478     16      7        5",
    ]
    assert "there may be more" in " ".join(result.stderr.split())
    assert max(map(len, lines)) <= 80


def test_versions_for_a_program_have_everything(run) -> None:
    result = run("versions", "acme/privacy", "--format", "json")

    rows = json.loads(result.stdout)
    assert [(row["language"], row["version"]) for row in rows] == [
        ("de", 1),
        ("en", 1),
        ("en", 2),
        ("en", 3),
    ]
    assert rows[1]["not_before"] is None
    assert rows[2]["not_before"] == "2017-01-01T00:00:00Z"
    assert rows[2]["width_days"] == 30.5
    assert rows[3]["stated_date"] == "2018-05-25"
    assert result.stderr == ""


def test_show_prints_the_text_and_says_where_it_comes_from(run) -> None:
    result = run("show", "acme", "--at", "2017-01-15")

    assert result.stdout.startswith("# Privacy\n\nWe keep your data.\n")
    for fact in (
        "acme/privacy, version 1, en",
        "between versions: 2 followed, not after 2017-01-31T12:00:00Z",
        "2016-10-18T22:57:56Z to 2017-01-01T00:00:00Z",
        "https://archive.example/web/20161018225756id_/http://acme.example/privacy",
        "served     2026-01-02T03:04:05Z",
        "SHA-256",
        "digest",
        "extractor  x1",
        "crawl      crawl-1",
        "There is more in de: --language",
    ):
        assert fact in result.stderr


@pytest.mark.parametrize(
    ("arguments", "version"),
    [
        pytest.param((), 3, id="the newest"),
        pytest.param(("--version", "2"), 2, id="a number"),
        pytest.param(("--at", "20161018225756"), 1, id="14 digits"),
        pytest.param(("--language", "de"), 1, id="another language"),
    ],
)
def test_show_finds_a_text_by_number_date_and_language(
    run, arguments: tuple[str, ...], version: int
) -> None:
    result = run("show", "acme", *arguments, "--format", "jsonl")

    row = json.loads(result.stdout)
    assert (row["version"], row["certainty"]) == (version, "observed")
    assert row["language"] == ("de" if "de" in arguments else "en")


def test_show_for_a_program_says_unknown_and_gives_no_text(run) -> None:
    result = run("show", "acme", "--at", "2010", "--format", "json", "--language", "en")

    (row,) = json.loads(result.stdout)
    assert (row["certainty"], row["text"], row["not_after"]) == (
        "unknown",
        None,
        "2016-10-18T22:57:56Z",
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param("show acme --at 2010", 1, "is unknown: it was first seen at", id="unknown"),
        pytest.param("show acme --at soon", 2, "'soon' is not a date", id="bad date"),
        pytest.param("show acme --version 9", 2, "has versions 1 to 3", id="no version"),
        pytest.param("show acme --language fr", 2, "was not observed in 'fr'", id="no language"),
        pytest.param("versions acne", 2, "did you mean acme", id="unknown policy"),
        pytest.param("versions beta", 2, "beta/privacy or beta/terms", id="two policies"),
        pytest.param("versions beta/terms", 1, "nothing of beta/terms was observed", id="nothing"),
        pytest.param("diff acme 1 9", 2, "no version 9", id="diff without a version"),
        pytest.param("diff acme 2010 2", 2, "is unknown", id="diff without a text"),
        pytest.param("search (", 2, "'(' is no regular expression", id="bad pattern"),
        pytest.param("ledger acme/terms", 2, "no policy 'acme/terms'", id="unknown kind"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_a_code(
    run, arguments: str, code: int, words: str
) -> None:
    exit_code, line = said(run(*arguments.split()))

    assert exit_code == code
    assert words in line
    assert line.startswith("policytrail: ")
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", ["versions", "frobnicate", "show acme --at 2016 --version 1", "ledger --state x"]
)
def test_a_command_that_is_no_command_ends_with_2(run, arguments: str) -> None:
    assert said(run(*arguments.split()))[0] == 2


@pytest.mark.parametrize("verb", ["status", "versions acme", "search x", "sql FROM~coverage"])
def test_without_a_database_each_verb_says_so(tmp_path: Path, run, verb: str) -> None:
    arguments = [word.replace("~", " ") for word in verb.split()]

    exit_code, line = said(run(*arguments, data=tmp_path))

    assert exit_code == 1
    assert "no database at" in line
    assert list(tmp_path.iterdir()) == []


def test_diff_is_a_unified_diff_where_it_is_piped(run) -> None:
    result = run("diff", "acme")

    assert result.stdout.splitlines() == [
        "--- acme/privacy/en/2\t2017-01-31T12:00:00Z",
        "+++ acme/privacy/en/3\t2018-05-25T00:00:00Z",
        "@@ -1,5 +1,5 @@",
        " # Privacy",
        " ",
        "-We keep your data for 30 days.",
        "+We keep your data for 60 days.",
        " ",
        "-We do not sell it.",
        "+We may rent it under the GDPR.",
    ]
    assert (
        "changed after 2017-01-31T12:00:00Z, not later than 2018-05-25T00:00:00Z" in result.stderr
    )
    assert "substantive" in result.stderr


def test_diff_by_words_marks_them_without_colour_too(run) -> None:
    result = run("diff", "acme", "2016-10-18", "3", "--by", "words")

    assert result.stdout.splitlines() == [
        "# Privacy",
        "",
        "We keep your [-data.-] {+data for 60 days.+}",
        "",
        "We [-do not sell it.-] {+may rent it under the GDPR.+}",
    ]


def test_diff_of_a_single_version_says_that_nothing_changed(run) -> None:
    result = run("diff", "acme", "--language", "de")

    assert said(result) == (0, "acme/privacy has one version: no change was seen.\n")


def test_diff_says_how_many_lines_only_moved(tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        enlist(connection, POLICY)
        connection.execute("INSERT INTO extractors VALUES ('x1', 'r', '1', '{}', '2020-01-01')")
        remember(
            connection, ("2018-01-01", "One.\nTwo.\nThree."), ("2019-01-01", "Three.\nOne.\nTwo.")
        )

    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "diff", "acme"])

    assert "lines only moved: 1 (" in result.stderr


def test_search_lists_the_versions_that_say_it(run) -> None:
    result = run("search", "30|60", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["version"], row["first_seen"], row["quote"]) for row in rows] == [
        ("2", "2017-01-31T12:00:00Z", "We keep your data for 30 days."),
        ("3", "2018-05-25T00:00:00Z", "We keep your data for 60 days."),
    ]


def test_search_first_gives_the_interval_in_which_it_came(run) -> None:
    result = run("search", "gdpr", "acme", "--first", "--ignore-case")

    assert result.stdout.splitlines() == [
        "policy        v  not before  not after   quote",
        "acme/privacy  3  2017-01-31  2018-05-25  We may rent it under the GDPR.",
    ]


def test_search_says_when_nothing_matches(run) -> None:
    result = run("search", "nowhere", "--format", "json")

    assert json.loads(result.stdout) == []
    assert "No observed version of 3 policies matches 'nowhere'" in result.stderr
