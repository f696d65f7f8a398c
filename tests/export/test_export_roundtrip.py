"""What was exported is taken back: the same answers, the same bytes, whole or not at all."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from archive_facts import rows
from click.testing import CliRunner, Result
from datasets_made import WRITERS, rewrite, tell, write
from export_archive import every_file, keep
from questions_asked import ask_question
from sound_archive import ACME, write_sound
from trap_archive import trap_archive

from pipelines.cli.main import cli
from pipelines.database.backup import export_ledger
from pipelines.database.excerpts import excerpts
from pipelines.database.file import NAME, Connection, reading
from pipelines.export.choices import Choices
from pipelines.export.selecting import selected
from pipelines.history.catalogue import Question, questions

QUICK = (1, 16, 26)
ASKED = [
    pytest.param(asked, id=asked.name, marks=() if asked.number in QUICK else pytest.mark.slow)
    for asked in questions().values()
]
SLOWLY = ("parquet", *(pytest.param(each, marks=pytest.mark.slow) for each in ("csv", "jsonl")))


def run(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), *map(str, arguments)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive full of traps."""
    folder = tmp_path_factory.mktemp("roundtrip")
    with trap_archive() as connection:
        keep(connection, folder / "data")
    take_back(folder, "parquet")
    return folder


def take_back(folder: Path, layout: str) -> None:
    """Export the archive of a folder, and import that into a data folder of its own."""
    write(folder / "data", folder / layout, layout)
    result = run(folder / f"from-{layout}", "import", folder / layout)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr


@pytest.fixture(scope="module")
def both(folder: Path) -> Iterator[tuple[Connection, Connection]]:
    """The archive, and what it became by way of Parquet."""
    with reading(folder / "data") as one, reading(folder / "from-parquet") as other:
        yield one, other


@pytest.mark.parametrize("asked", ASKED)
def test_a_question_has_the_same_answer(
    both: tuple[Connection, Connection], asked: Question
) -> None:
    one, other = both

    answers = [ask_question(connection, asked.number) for connection in (other, one)]

    assert answers[0] == answers[1]


@pytest.mark.parametrize("layout", SLOWLY)
def test_the_export_of_an_import_is_the_same_bytes(
    folder: Path, tmp_path: Path, layout: str
) -> None:
    if layout != "parquet":
        take_back(folder, layout)

    write(folder / f"from-{layout}", tmp_path / "again", layout)

    assert every_file(tmp_path / "again") == every_file(folder / layout)


def test_nothing_but_the_database_is_in_the_data_folder(folder: Path) -> None:
    names = {path.name for path in (folder / "from-parquet").iterdir()}

    assert names <= {NAME, ".crawl.lock", ".writer.lock"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without a flaw, what it is as a dataset, and what that became.

    An import into the same folder was killed before.
    """
    folder = tmp_path_factory.mktemp("sound")
    write_sound(folder / "data")
    write(folder / "data", folder / "dataset")
    (folder / "copy" / ".import.part").mkdir(parents=True)
    (folder / "copy" / ".import.part" / NAME).write_text("half of it")
    assert run(folder / "copy", "import", folder / "dataset").exit_code == 0
    return folder


def test_nothing_is_left_of_an_import_that_was_killed(sound: Path) -> None:
    assert not (sound / "copy" / ".import.part").exists()


def test_check_says_where_the_bodies_are_rather_than_that_something_is_broken(
    sound: Path,
) -> None:
    result = run(sound / "copy", "check")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "BROKEN" not in result.stdout
    assert "not checked: the bodies of 8 mementos are kept elsewhere" in result.stdout


def test_extract_says_that_it_has_no_bodies_to_read(sound: Path) -> None:
    result = run(sound / "copy", "extract", "--adopt")

    assert result.exit_code == 1
    assert "8 bodies are kept elsewhere" in result.stderr
    assert "nothing is adopted" in result.stderr


def test_backup_says_what_it_does_not_hold(sound: Path, tmp_path: Path) -> None:
    result = run(sound / "copy", "backup", tmp_path / "ledger.gz")

    assert result.exit_code == 0
    assert "the bodies of 8 mementos are kept elsewhere" in result.stderr


def test_a_rebuilt_copy_has_its_bodies_to_be_fetched_again(sound: Path, tmp_path: Path) -> None:
    with reading(sound / "copy") as connection:
        export_ledger(connection, tmp_path / "ledger.gz")

    result = run(tmp_path / "data", "rebuild", tmp_path / "ledger.gz")

    assert result.exit_code == 0
    assert "10 captures without a body are pending again" in result.stderr
    with reading(tmp_path / "data") as connection:
        assert rows(connection, "SELECT count(*) FROM captures WHERE state = 'pending'") == [(10,)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "choices",
    [
        pytest.param({"policies": (ACME,), "redact": True}, id="redacted"),
        pytest.param({"languages": ("en",)}, id="a language"),
    ],
)
def test_a_part_stays_a_part(sound: Path, tmp_path: Path, choices: dict[str, Any]) -> None:
    with selected(sound / "data", Choices(**choices)) as connection:
        WRITERS["parquet"](connection, tmp_path / "part", Choices(**choices), lambda _: None)
        told = excerpts(connection)

    assert run(tmp_path / "data", "import", tmp_path / "part").exit_code == 0

    with reading(tmp_path / "data") as connection:
        assert excerpts(connection) == told
    write(tmp_path / "data", tmp_path / "again")
    assert every_file(tmp_path / "again") == every_file(tmp_path / "part")
    assert run(tmp_path / "data", "check", "--no-bodies").exit_code == 0


# What is refused, and that nothing is left of it.


def refuses(data: Path, folder: Path, code: int, words: str) -> None:
    result = run(data, "import", folder)

    assert result.exit_code == code
    assert words in " ".join(result.stderr.split())
    assert result.stderr.count("\n") == 1
    assert not (data / NAME).exists()
    assert not (data / ".import.part").exists()


@pytest.fixture
def dataset(sound: Path, tmp_path: Path) -> Path:
    """A dataset of one's own, to spoil."""
    return shutil.copytree(sound / "dataset", tmp_path / "dataset")


def spoil(folder: Path) -> None:
    (folder / "NOTICE").write_text("There is nothing to notice.")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        pytest.param(lambda folder: tell(folder, schema_version=99), 2, "newer", id="newer"),
        pytest.param(
            lambda folder: tell(folder, chosen=[{"text_free": True}]), 2, "no texts", id="no texts"
        ),
        pytest.param(spoil, 1, "not as it was published", id="spoilt"),
        pytest.param(
            lambda folder: rewrite(folder, "vendors", "SELECT vendor_id FROM rows"),
            1,
            "vendors: no column where name",
            id="a column too few",
        ),
        pytest.param(
            lambda folder: rewrite(folder, "crawls", "FROM rows UNION ALL FROM rows"),
            1,
            "the table crawls cannot be taken in",
            id="a key twice",
        ),
        pytest.param(
            lambda folder: (folder / "datapackage.json").unlink(), 2, "no dataset", id="none"
        ),
    ],
)
def test_a_dataset_that_cannot_be_taken_back_is_refused_and_nothing_is_made(
    dataset: Path, tmp_path: Path, change: Callable[[Path], None], code: int, words: str
) -> None:
    change(dataset)

    refuses(tmp_path / "data", dataset, code, words)


def test_a_data_folder_that_has_a_database_is_left_alone(sound: Path, dataset: Path) -> None:
    before = (sound / "data" / NAME).read_bytes()

    result = run(sound / "data", "import", dataset)

    assert result.exit_code == 2
    assert "name another --data" in result.stderr
    assert (sound / "data" / NAME).read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [("one", "two"), ("one", "--vendors", "v.toml")], ids=["two", "vendors"]
)
def test_a_dataset_is_one_folder_and_has_its_own_vendors(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(tmp_path, "import", *arguments)

    assert result.exit_code == 2
    assert "--from" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("most", [300_000, 900_000], ids=["at once", "at the end"])
def test_a_full_disk_leaves_no_database(dataset: Path, tmp_path: Path, most: int) -> None:
    command = ["import sys; from pipelines.cli.main import main; main()"]

    done = subprocess.run(
        [sys.executable, "-c", *command, "--data", tmp_path / "data", "import", dataset],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot" in done.stderr.splitlines()[-1]
    assert {path.name for path in (tmp_path / "data").iterdir()} <= {".crawl.lock"}
