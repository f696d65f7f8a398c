"""The sandbox from the command line."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox_clients import get

URL = "http://acme.example/privacy"


def run(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_says_where_it_listens_and_ends_at_ctrl_c(tmp_path: Path) -> None:
    line = json.dumps({"url": URL, "timestamp": "20160101000000", "body": "a"})
    (tmp_path / "manifest.jsonl").write_text(line + "\n")
    log = tmp_path / "log.jsonl"
    process = run(
        str(tmp_path), "--log", str(log), "--cdx-per-minute", "1", "--fault", "504=0", "--seed", "3"
    )
    assert process.stdout
    url = process.stdout.readline().strip()

    statuses = [get(f"{url}/cdx/search/cdx?url={URL}").status for _ in range(2)]
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=10)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    assert statuses == [200, 429]
    assert "1 captures" in words
    assert process.returncode == 0
    assert len(log.read_text().splitlines()) == 2


def test_the_command_serves_the_samples_when_told_nothing() -> None:
    process = run()
    assert process.stdout
    url = process.stdout.readline().strip()

    reply = get(f"{url}/cdx/search/cdx?url=acmedesk.example/*&limit=1")
    process.terminate()
    process.communicate(timeout=10)

    assert reply.body.startswith(b"example,acmedesk)/")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--fault", "flood"], "no fault 'flood'", id="fault"),
        pytest.param(["--fault", "503=often"], "often", id="probability"),
        pytest.param(["nowhere"], "no such file or folder", id="source"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(arguments: list[str], said: str) -> None:
    process = run(*arguments)

    _, words = process.communicate(timeout=10)

    assert process.returncode == 2
    assert said in words
    assert "Traceback" not in words
