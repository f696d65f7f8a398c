"""What `save` says before anything is sent: the pages it would ask for, or what is wrong."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from crawl.archives import address, write_vendors

from pipelines.cli.main import cli
from pipelines.database.file import writing
from saving.places import LONG_AGO, enter_capture, enter_known

KEY = "acc3ss:s3cr3t"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with two old pages, one never listed and one excluded."""
    folder = tmp_path_factory.mktemp("data")
    vendors = write_vendors(folder / "vendors.toml", ["acme", "bolt", "crag", "dale"])
    enter_known(folder, vendors, "acme", "bolt", "dale")
    with writing(folder) as connection:
        enter_capture(connection, "dale/privacy", address("dale"), datetime.now(UTC), "excluded")
    return folder


@pytest.fixture
def run(data: Path) -> Run:
    """Run `save` on the data folder, in this process, where nothing answers."""

    def running(*arguments: str, key: str = "", data: Path = data) -> Result:
        words = ["--data", str(data), "save", "--archive", "http://127.0.0.1:9", *arguments]
        return CliRunner().invoke(cli, words, env={"POLICYTRAIL_SAVE_KEY": key})

    return running


def test_it_says_what_it_would_ask_for_and_how_to_go_on(run: Run) -> None:
    result = run()

    heading, *rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert heading == ["policy", "address", "newest", "capture", "days"]
    assert [(row[1], row[3]) for row in rows] == [
        (address(name), str(LONG_AGO)) for name in ("acme", "bolt")
    ]
    for words in (
        "nothing was sent; pages to ask http://127.0.0.1:9 for: 2",
        "--yes asks for them, in about 2 min",
        "needs a key in POLICYTRAIL_SAVE_KEY",
        f"never listed: {address('crag')}: `policytrail crawl crag/privacy`",
        f"excludes it: {address('dale')}",
    ):
        assert words in result.stderr


def test_rows_come_out_for_programs_too(run: Run) -> None:
    result = run("bolt", "--format", "json", key=KEY)

    (row,) = json.loads(result.stdout)
    assert list(row) == ["policy_id", "uri_r", "captured_at", "days"]
    assert (row["policy_id"], row["uri_r"], row["days"]) == (
        "bolt/privacy",
        address("bolt"),
        LONG_AGO,
    )
    assert "needs a key" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--max-saves", "1"], ["acme"]),
        (["--older-than", "401"], []),
        (["crag"], []),
    ],
    ids=["so many", "older", "one of which nothing is known"],
)
def test_it_asks_for_no_more_than_is_wanted(
    run: Run, arguments: list[str], names: list[str]
) -> None:
    rows = run(*arguments, "--format", "jsonl").stdout.splitlines()

    assert [json.loads(row)["uri_r"] for row in rows] == [address(name) for name in names]


@pytest.mark.parametrize(
    ("arguments", "key", "said"),
    [
        (["--yes"], "", "no key in POLICYTRAIL_SAVE_KEY: the archive refuses saves without one"),
        (["--yes"], "s3cr3t", "not of the form ACCESS:SECRET"),
        ([], "s3cr3t", "not of the form ACCESS:SECRET"),
        (["--yes", "--archive", "http://a.example"], KEY, "is not sent to http://a.example"),
        (["-s", "SAVE_REQUESTS_PER_MINUTE=0"], "", "must be above 0"),
        (["-s", "SAVE_PATIENCE_SECONDS=long"], "", "must be a number"),
        (["-s", "SAVE_PACE=3"], "", "no setting 'SAVE_PACE': did you mean"),
        (["--archive", "archive"], "", "no address of an archive"),
        (["nobody"], "", "no policy 'nobody'"),
    ],
)
def test_who_asks_wrongly_is_told_so_in_one_line(
    run: Run, arguments: list[str], key: str, said: str
) -> None:
    result = run(*arguments, key=key)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "s3cr3t" not in result.output


@pytest.mark.parametrize("arguments", [[], ["--yes"]], ids=["to see", "to ask"])
def test_without_a_database_nothing_is_asked_and_none_is_made(
    tmp_path: Path, run: Run, arguments: list[str]
) -> None:
    result = run(*arguments, key=KEY, data=tmp_path / "none")

    assert result.exit_code == 1
    assert "run `policytrail crawl` first" in result.stderr
    assert not (tmp_path / "none").exists()


def test_the_help_names_the_key_and_does_not_show_it(run: Run) -> None:
    result = run("--help", key=KEY)

    assert "POLICYTRAIL_SAVE_KEY" in result.stdout
    assert "s3cr3t" not in result.output
