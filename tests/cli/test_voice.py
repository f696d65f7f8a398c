"""JSON on standard error: a crash, a warning and what is asked wrongly are objects too."""

import json
import subprocess
import sys
from typing import Any

import pytest


def said(program: str) -> list[dict[str, Any]]:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return [json.loads(line) for line in ended.stderr.splitlines()]


def test_a_crash_and_a_warning_are_json_with_the_exception_as_text() -> None:
    lines = said(
        "import logging, warnings\n"
        "from pipelines.cli.voice import speak_json\n"
        "speak_json()\n"
        "logging.getLogger('library').info('not heard')\n"
        "warnings.warn('careful\\nnow')\n"
        "raise ValueError('a bug')\n"
    )

    assert [(line["level"], line["logger"]) for line in lines] == [
        ("WARNING", "py.warnings"),
        ("CRITICAL", "policytrail"),
    ]
    assert "careful\nnow" in lines[0]["message"]
    assert lines[1]["message"] == "crashed: a bug"
    assert lines[1]["exception"].startswith("Traceback")
    assert lines[1]["exception"].endswith("ValueError: a bug")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["crawl", "--log-format", "json", "--frobnicate"], "--frobnicate"),
        (["crawl", "--log-format=json", "--max-fetches", "few"], "'few' is not a valid integer"),
        (["crawl", "--log-format=json", "-s", "CONTACT"], "NAME=VALUE"),
    ],
    ids=["an unknown option", "a value", "a setting"],
)
def test_what_is_asked_wrongly_is_refused_in_json(arguments: list[str], words: str) -> None:
    (line,) = said(
        f"import sys\nsys.argv[1:] = {arguments}\nfrom pipelines.cli.main import main\nmain()"
    )

    assert line["level"] == "ERROR"
    assert words in line["message"]
