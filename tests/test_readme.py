"""The README shows what the commands print and names every verb; the cookbook is current.

Both are proved on one crawl of the samples.
"""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli.main import VERBS
from pipelines.export.cookbook import cookbook

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = "$ .venv/bin/policytrail --data demo-data "
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm", "LC_ALL": "C.UTF-8"}
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def transcript() -> list[tuple[str, list[str]]]:
    block = next(b for b in re.findall(r"```console\n(.*?)```", README, re.DOTALL) if COMMAND in b)
    parts = re.split(r"^" + re.escape(COMMAND), block, flags=re.MULTILINE)[1:]
    return [(part.split("\n", 1)[0], lines_of(part.split("\n", 1)[1])) for part in parts]


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in STYLE.sub("", text).replace("\r", "").rstrip().split("\n")]


def seen_on_a_terminal(folder: Path, command: str) -> str:
    shown, terminal = pty.openpty()
    code = "from pipelines.cli.main import main; main()"
    words = f"{sys.executable} -c '{code}' --data demo-data {command}"
    ended = subprocess.Popen(
        ["/bin/sh", "-c", words],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, **TERMINAL},
    )
    os.close(terminal)
    pieces = []
    while True:
        try:
            piece = os.read(shown, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(shown)
    assert ended.wait() == 0
    return b"".join(pieces).decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("newcomer")
    code = "from pipelines.cli.main import main; main()"
    subprocess.run(
        [sys.executable, "-c", code, "--data", "demo-data", "demo"],
        cwd=place,
        check=True,
        capture_output=True,
    )
    return place


@pytest.mark.slow
@pytest.mark.parametrize(("command", "printed"), transcript(), ids=lambda value: str(value)[:30])
def test_the_readme_shows_what_the_command_prints(
    folder: Path, command: str, printed: list[str]
) -> None:
    shown = seen_on_a_terminal(folder, command)

    assert lines_of(shown) == printed


@pytest.mark.slow
def test_the_cookbook_shows_what_the_questions_answer(folder: Path) -> None:
    written = cookbook(folder / "demo-data")

    assert written == (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


def test_the_transcript_is_there() -> None:
    assert [command.split()[0] for command, _ in transcript()] == ["versions", "diff", "sql"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`{verb}`" in README


@pytest.mark.parametrize("target", re.findall(r"\]\(([a-zA-Z][^):]*)\)", README))
def test_every_link_of_the_readme_leads_somewhere(target: str) -> None:
    path, _, section = target.partition("#")

    assert (ROOT / path).exists()
    assert not section or section in sections_of(ROOT / path)


def sections_of(page: Path) -> set[str]:
    """Give the headings of a page as links name them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_nothing_of_the_newcomers_screen_needs_more_than_the_two_commands() -> None:
    first_screen = "\n".join(README.split("\n")[:20])

    assert "$ make demo" in first_screen
    assert "$ make test" in first_screen
