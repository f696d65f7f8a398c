"""What the tests with other people's tools share: an export, and Python beside those tools.

The tools are in two environments of their own (`make test-peers` makes them): `.peers` reads
datasets, `.replay` has pywb and cffconvert. They are asked in processes of their own, offline.
Every module here is marked `pytestmark = pytest.mark.peers`.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import cli
from pipelines.database.file import writing

# The facts are written by the same helper as in the tests of the answers.
sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from archive_facts import adopt, insert
from trap_archive import trap_archive

ROOT = Path(__file__).parents[2]
Peer = Callable[..., str]
Export = Callable[..., Path]


@pytest.fixture(scope="session")
def peers_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with the archive of traps, and a vendor whose name is a trap itself."""
    data = tmp_path_factory.mktemp("peers") / "data"
    odd = {"vendor_id": "odd", "name": '=1+1 "Odd": | <b>&\n- a', "homepage": "http://odd.example/"}
    with writing(data) as connection:
        adopt(connection, "x1", "2020-01-01")
        trap_archive(connection=connection)
        insert(connection, "vendors", odd)
        connection.execute("UPDATE captures SET length = NULL WHERE state = 'redirect'")
        for number in (1, 2):
            connection.execute(
                "INSERT INTO crawls VALUES (?, '2026-01-01', '2026-01-01', 'finished', '0.1.0', "
                "'https://archive.example', '{}')",
                [f"crawl-{number}"],
            )
    return data


@pytest.fixture(scope="session")
def export(peers_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Export the archive as a user does; the same export is made once."""
    made: dict[tuple[str, ...], Path] = {}

    def exporting(*options: str) -> Path:
        if options not in made:
            made[options] = tmp_path_factory.mktemp("export") / "dataset"
            asked = ["--data", str(peers_archive), "export", str(made[options]), *options]
            result = CliRunner().invoke(cli, asked)
            assert result.exit_code == 0, result.stderr
        return made[options]

    return exporting


@pytest.fixture(scope="session")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Peer:
    """Run Python code beside the readers of datasets; give what it printed."""
    return _python(ROOT / ".peers", tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Peer:
    """Run Python code beside pywb and cffconvert; give what it printed."""
    return _python(ROOT / ".replay", tmp_path_factory.mktemp("home"))


def _python(environment: Path, home: Path) -> Peer:
    python = environment / "bin" / "python"
    assert python.exists(), f"there is no {python}: `make test-peers` makes it"
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(home)}
    quiet = {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def running(code: str, *arguments: object, cwd: Path | None = None) -> str:
        command = [str(python), "-c", code, *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=100,
            cwd=cwd or home,
            env=offline | quiet,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:] + done.stdout[-2000:]
        return done.stdout

    return running
