"""The verb `timeline`: lanes on standard output, and what was never seen on the other."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.database


def test_a_timeline_is_drawn_in_80_plain_columns(run) -> None:
    result = run("timeline", "acme")

    lines = result.stdout.splitlines()
    # German in 2015, English from 2016-10-18 to 2018-05-25: columns 1, 41 and 78.
    assert lines[:2] == ["acme/privacy (de): 1 version, 1 sighting", "◂●▸"]
    assert lines[2] == "acme/privacy (en): 3 versions, 4 sightings"
    assert (lines[3].index("◂"), lines[3][78:]) == (41, "●▸")
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_one_language_is_drawn_alone(run) -> None:
    result = run("timeline", "acme", "--language", "de")

    assert "(de)" in result.stdout
    assert "(en)" not in result.stdout


def test_what_was_never_observed_is_said(run) -> None:
    result = run("timeline", "acme", "beta/privacy", "beta/terms")

    assert result.stderr == "Nothing was observed of beta/privacy, beta/terms.\n"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param("timeline", 2, "Missing argument 'POLICY...'", id="nobody"),
        pytest.param("timeline acne", 2, "did you mean acme", id="unknown"),
        pytest.param("timeline beta/terms", 1, "nothing of beta/terms was observed", id="never"),
        pytest.param("timeline acme --language fr", 2, "only in 'en', 'de'", id="language"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_line(run, arguments: str, code: int, words: str) -> None:
    result = run(*arguments.split())

    assert result.stdout == ""
    assert result.exit_code == code
    assert words in result.stderr.splitlines()[-1]


def test_a_timeline_is_drawn_into_a_file(run, tmp_path: Path) -> None:
    place = tmp_path / "acme.svg"

    result = run("timeline", "acme", "--plot", str(place))

    assert (result.stdout, result.stderr) == ("", f"Drawn: {place}\n")
    assert "acme/privacy (en)" in place.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("timeline acme --plot a.gif", "a.gif: pictures are .svg or .png", id="gif"),
        pytest.param("timeline acme --plot .", "pictures are .svg or .png", id="folder"),
        pytest.param("ask 1 --plot a.svg", "question 1 has no picture", id="no picture"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_in_a_line(run, arguments: str, words: str) -> None:
    result = run(*arguments.split())

    assert result.stdout == ""
    assert result.exit_code == 2
    assert words in result.stderr.splitlines()[-1]
