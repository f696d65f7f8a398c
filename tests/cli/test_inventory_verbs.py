"""What there is and what is due: status, ledger, vendors, and the help of every verb."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import VERBS, cli
from pipelines.database.file import writing

pytestmark = pytest.mark.database


def test_status_counts_and_says_what_to_do_next(run) -> None:
    result = run("status")

    lines = result.stdout.splitlines()
    assert lines[1].split() == ["acme/privacy", "7", "5", "4", "2015-01-01", "2018-05-25", "657"]
    assert lines[2].split() == ["beta/privacy", "0", "0", "0"]
    assert max(map(len, lines)) <= 80
    for words in (
        "ledger: fetched 5, redirect 1, failed 1",
        "http://beta.example/p (beta/privacy): HTTP 503",
        "https://new.example/privacy (acme/privacy; captures: 1)",
        "next: `policytrail crawl` (addresses to list: 2, listings to try again: 1, failed",
    ):
        assert words in result.stderr


def test_status_of_one_policy_keeps_to_it(run) -> None:
    result = run("status", "beta/terms", "--format", "jsonl")

    row = json.loads(result.stdout)
    assert (row["policy_id"], row["captures"], row["first_seen"]) == ("beta/terms", 0, None)


def test_a_crawl_that_died_is_told_from_one_that_runs(tmp_path: Path, run) -> None:
    with writing(tmp_path) as connection:
        connection.execute(
            "INSERT INTO crawls VALUES ('crawl-9', '2026-01-01', NULL, NULL, '0', 'a', '{}')"
        )
    died = run("status", data=tmp_path).stderr
    (tmp_path / ".crawl.pid").write_text("1")

    running = run("status", data=tmp_path).stderr

    assert "crawl crawl-9 ended without its last word" in died
    assert "crawl crawl-9 is running" in running


def test_the_ledger_lists_each_line_and_its_state(run) -> None:
    result = run("ledger", "acme", "--state", "redirect")

    assert result.stdout.splitlines()[1].split() == [
        "20190101000000",
        "200",
        "redirect",
        "http://acme.example/privacy",
        "https://new.example/privacy",
    ]


def test_vendors_come_from_the_list_that_is_named(tmp_path: Path, run) -> None:
    path = tmp_path / "list.toml"
    path.write_text(
        '[[vendor]]\nid = "acme"\nname = "Acme"\nhomepage = "https://acme.example/"\n'
        '[[vendor.policy]]\nkind = "privacy"\nlocations = [\n'
        '  { uri_r = "http://acme.example/p", until = 2018-05-24, guessed = true },\n]\n'
    )

    result = run("vendors", "--vendors", str(path), "--format", "json", data=tmp_path)

    (row,) = json.loads(result.stdout)
    assert (row["policy_id"], row["uri_r"], row["since"], row["until"], row["guessed"]) == (
        "acme/privacy",
        "http://acme.example/p",
        None,
        "2018-05-24",
        True,
    )


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_one_line_of_help_and_an_example(verb: str) -> None:
    command = cli.get_command(None, verb)  # type: ignore[arg-type]

    shown = CliRunner().invoke(cli, [verb, "--help"], terminal_width=80)

    assert command is not None
    assert shown.exit_code == 0
    assert "Example: policytrail" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
