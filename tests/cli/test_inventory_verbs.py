"""What there is and what is due: status, ledger, vendors, and the help of every verb."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_facts import POLICY, URI_R, enlist, insert, settle
from click.testing import CliRunner

from crawler.pace_file import Pace
from pipelines.cli.main import VERBS, cli
from pipelines.database.file import Connection, writing

pytestmark = pytest.mark.database


def listed(
    database: Connection, policy_id: str, uri_r: str, reason: str, outcome: str = "failed"
) -> None:
    today = datetime.now(UTC).replace(tzinfo=None)
    names = {"crawl_id": "c", "policy_id": policy_id, "uri_r": uri_r}
    counts = {"rows": 0, "added": 0, "known": 0, "duplicates": 0}
    told = {"outcome": outcome, "reason": reason, "listed_at": today if reason else "2020-01-01"}
    insert(database, "listings", names | counts | told)


def test_status_says_in_ten_lines_how_the_archive_stands(run) -> None:
    result = run("status")

    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        *("policies", "late", "failing", "ledger", "last", "disk", "candidates", "next"),
    ]
    assert max(map(len, lines)) <= 80
    for words in (
        "3: 1 late, 2 failing",
        "beta/terms: never listed completely",
        "beta/privacy and 1 more: http://beta.example/p: HTTP 503",
        "7 lines, NOT BALANCED: run `policytrail check`",  # nothing listed them
        "2026-01-01 00:00 UTC, finished after 0 s",
        "1: https://new.example/privacy (acme/privacy)",
        "`policytrail crawl` (addresses to list: 2, listings to try again: 1",
    ):
        assert words in result.stdout
    assert result.stderr == ""


def test_status_never_needs_more_than_ten_lines(tmp_path: Path, run) -> None:
    with writing(tmp_path) as database:
        for name in ("late", "failing", "excluded"):
            enlist(database, f"{name}/privacy", uri_r=f"http://{name}.example/{'x' * 90}")
        for name, reason in (
            ("failing", "HTTP 503"),
            ("excluded", "the archive excludes the site"),
        ):
            listed(database, f"{name}/privacy", f"http://{name}.example/{'x' * 90}", reason)
        settle(database, "2019-01-01", "redirect", f"https://new.example/{'y' * 90}")
        enlist(database, POLICY)
        archive = "https://web.archive.org"
        database.execute(
            "INSERT INTO crawls VALUES ('c', now(), NULL, NULL, '0', ?, '{}')", [archive]
        )
    Pace("https://web.archive.org", {}).ban(600)

    lines = run("status", data=tmp_path).stdout.splitlines()

    assert len(lines) == 10
    assert max(map(len, lines)) <= 80
    assert lines[3].startswith("excluded    excluded/privacy: the archive excludes the site")
    assert re.fullmatch(
        r"paused +until \d{4}-\d\d-\d\d \d\d:\d\d UTC: the archive refuses connections", lines[4]
    )


def test_what_is_late_and_nothing_else_is_for_crawl_due(tmp_path: Path, run) -> None:
    with writing(tmp_path) as database:
        enlist(database, POLICY)
        listed(database, POLICY, URI_R, "", "complete")

    assert (
        "next        `policytrail crawl --due` (policies late: 1)"
        in run("status", data=tmp_path).stdout.splitlines()
    )


def test_status_of_policies_is_their_coverage_and_what_to_do_next(run) -> None:
    result = run("status", "acme", "beta/privacy")

    lines = result.stdout.splitlines()
    assert lines[1].split() == ["acme/privacy", "7", "5", "4", "2015-01-01", "2018-05-25", "657"]
    assert lines[2].split() == ["beta/privacy", "0", "0", "0"]
    assert max(map(len, lines)) <= 80
    for words in (
        "ledger: fetched 5, redirect 1, failed 1",
        "http://beta.example/p (beta/privacy): HTTP 503",
        "https://new.example/privacy (acme/privacy; captures: 1)",
        "next: `policytrail crawl acme beta/privacy` (addresses to list: 1, listings to try again",
    ):
        assert words in result.stderr


def test_status_in_rows_is_the_coverage_of_each_policy(run) -> None:
    result = run("status", "--format", "jsonl")

    names = [json.loads(line)["policy_id"] for line in result.stdout.splitlines()]
    assert names == ["acme/privacy", "beta/privacy", "beta/terms"]


def test_status_of_one_policy_keeps_to_it(run) -> None:
    result = run("status", "beta/terms", "--format", "jsonl")

    row = json.loads(result.stdout)
    assert (row["policy_id"], row["captures"], row["first_seen"]) == ("beta/terms", 0, None)


def test_a_crawl_that_died_is_told_from_one_that_runs(tmp_path: Path, run) -> None:
    with writing(tmp_path) as connection:
        connection.execute(
            "INSERT INTO crawls VALUES "
            "('crawl-9', '2026-01-01', NULL, NULL, '0', 'http://archive.example', '{}')"
        )
    died = run("status", data=tmp_path).stdout
    (tmp_path / ".crawl.pid").write_text("1")

    running = run("status", data=tmp_path).stdout

    assert "`policytrail crawl --due` (crawl crawl-9 ended" in died
    assert "last crawl  2026-01-01 00:00 UTC, ended without its last word" in died
    assert "crawl crawl-9 is running" in running
    assert "last crawl  2026-01-01 00:00 UTC, running" in running


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
