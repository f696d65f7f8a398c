"""The verb `ask`: a question answered, listed, explained, and handed to the plain client."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from pipelines.database.file import NAME
from pipelines.history.catalogue import questions

pytestmark = pytest.mark.database


def test_an_answer_is_on_stdout_and_what_it_does_not_say_on_stderr(run) -> None:
    result = run("ask", "1", "-p", "policy=acme", "-p", "at=2017-01-15", "-p", "language=en")

    heading, row = result.stdout.splitlines()
    assert heading.split()[:4] == ["policy_id", "language", "certainty", "version"]
    assert row.split()[:6] == ["acme/privacy", "en", "between", "1", "2016-10-18", "2017-01-01"]
    assert result.stderr.startswith("1. What did each policy say on a day?\n")
    assert "another text may have come and gone" in " ".join(result.stderr.split())
    assert result.exit_code == 0


def test_a_program_gets_rows_and_no_words(run) -> None:
    result = run("ask", "1", "-p", "policy=acme", "-p", "at=20161018225756", "--format", "json")

    rows = json.loads(result.stdout)
    # The day of 2016-10-18 begins before the capture of that evening; its second does not.
    assert [(row["language"], row["certainty"]) for row in rows] == [
        ("de", "unknown"),
        ("en", "observed"),
    ]
    assert result.stderr == ""


def test_an_answer_without_rows_says_so(run) -> None:
    result = run("ask", "33", "-p", "text_id=none", "--format", "csv")

    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "Nothing was found (question 33, text_id=none).\n"


def test_the_list_has_every_question_with_its_parameters(run) -> None:
    result = run("ask", "--list", "--format", "csv")

    listed = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [int(row["number"]) for row in listed] == list(questions())
    assert listed[0]["question"] == "What did each policy say on a day?"
    assert listed[0]["parameters"] == "at, policy, language"


def test_a_question_explains_itself_without_an_archive(run, tmp_path: Path) -> None:
    result = run("ask", "1", "--about", data=tmp_path / "none")

    assert result.stdout.startswith("1. What did each policy say on a day?\n\nOne row for each")
    assert "What can be misread: between two equal captures" in result.stdout
    assert "\n  at = TIMESTAMP '2016-10-18'\n      the moment asked for" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 96


def test_the_query_runs_in_the_plain_client_with_the_same_values(run, archive: Path) -> None:
    values = ("-p", "policy=acme", "-p", "at=2017")
    printed = run("ask", "1", *values, "--sql").stdout

    with duckdb.connect(archive / NAME, read_only=True) as client:
        found = client.execute(printed).fetchall()

    asked = json.loads(run("ask", "1", *values, "--format", "json").stdout)
    assert [row[:4] for row in found] == [
        (row["policy_id"], row["language"], row["certainty"], row["version"]) for row in asked
    ]
    assert found[1][2:4] == ("observed", 1)


def test_a_value_cannot_be_more_than_a_value(run) -> None:
    value = "x'; SELECT 1; --"

    result = run("ask", "33", "-p", f"uri_m={value}", "--sql")

    assert result.stdout.startswith("SET VARIABLE \"uri_m\" = 'x''; SELECT 1; --';\n")
    assert run("ask", "33", "-p", f"uri_m={value}").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("ask", "`ask --list` gives their numbers", id="no number"),
        pytest.param("ask 99", "there is no question 99, only 1, ", id="unknown number"),
        pytest.param("ask one", "'one' is not a valid integer", id="no integer"),
        pytest.param("ask 1 -p term=x", "has no parameter 'term': only at, policy", id="unknown"),
        pytest.param("ask 1 -p policy", "-p policy is not like NAME=VALUE", id="no value"),
        pytest.param("ask 1 -p at=2016 -p at=2017", "given twice: 2016 and 2017", id="twice"),
        pytest.param("ask 1 -p at=soon", "at=soon: 'soon' is not a date", id="bad date"),
        pytest.param("ask 1 -p policy=acne", "did you mean acme", id="unknown policy"),
        pytest.param("ask 1 --about --sql", "exclude each other", id="two ways"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(run, arguments: str, words: str) -> None:
    result = run(*arguments.split())

    assert result.stdout == ""
    assert result.exit_code == 2
    assert words in result.stderr.splitlines()[-1]


def test_an_answer_is_drawn_beside_its_rows(run, tmp_path: Path) -> None:
    place = tmp_path / "widths.svg"

    result = run("ask", "27", "-p", "language=en", "--format", "csv", "--plot", str(place))

    assert "acme/privacy,en," in result.stdout
    assert result.stderr == f"Drawn: {place}\n"
    drawn = place.read_text(encoding="utf-8")
    assert "27. How narrow are" in drawn
    assert "language=en" in drawn


def test_an_answer_without_rows_is_no_picture(run, tmp_path: Path) -> None:
    place = tmp_path / "none.png"

    result = run("ask", "30", "-p", "policy=acme", "--plot", str(place))

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("policytrail: nothing to draw: no row")
    assert not place.exists()
