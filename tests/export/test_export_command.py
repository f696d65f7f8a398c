"""The verb `export`: its formats, its choices, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli.export import FORMATS
from pipelines.cli.main import cli
from pipelines.export.tables import TABLES

Run = Callable[..., Result]


@pytest.fixture
def run(trap_folder: Path) -> Run:
    def running(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--data", str(trap_folder), "export", *arguments])

    return running


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_there_and_explained(run: Run, name: str) -> None:
    help_ = " ".join(run("--help").stdout.split())

    assert callable(FORMATS[name].load())
    assert f"{name}: " in help_


@pytest.mark.parametrize("name", ["parquet", "csv", "jsonl"])
def test_a_dataset_steps_through_the_rows_of_every_table(name: str) -> None:
    assert FORMATS[name].counts == tuple(table.name for table in TABLES)


def test_the_data_stay_off_stdout_and_the_last_line_says_what_was_written(
    run: Run, tmp_path: Path
) -> None:
    result = run(str(tmp_path / "out"))

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(f" rows of {len(TABLES)} tables in {tmp_path / 'out'}\n")
    assert (tmp_path / "out" / "datapackage.json").is_file()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(("--since", "2018", "--until", "2017"), "is later than", id="no time"),
        pytest.param(("--since", "soon"), "'soon' is not a date", id="no date"),
        pytest.param(("--policy", "zeta"), "no policy 'zeta'", id="no policy"),
        pytest.param(("--format", "xlsx"), "'xlsx' is not one of", id="no format"),
        pytest.param(("--verify", "--redact"), "leave the choices away", id="half a proof"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    result = run(str(tmp_path / "out"), *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    asked = ["--data", str(tmp_path / "data"), "export", str(tmp_path / "out")]

    result = CliRunner().invoke(cli, asked)

    assert result.exit_code == 1
    assert "no database at" in result.stderr
    assert list(tmp_path.iterdir()) == []
