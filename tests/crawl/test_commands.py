"""The process that the tests' commands are forked from, and what it has to survive."""

import os
import socket
from multiprocessing import forkserver
from pathlib import Path

from crawl.commands import begin, ensure_running


def hang_up() -> None:
    """Ask for a fork and be gone, as a command does that is killed while it asks."""
    ensure_running()
    with socket.socket(socket.AF_UNIX) as asker:
        asker.connect(forkserver._forkserver._forkserver_address)  # type: ignore[attr-defined]


def test_a_command_starts_after_another_was_killed_while_asking_for_a_process(
    tmp_path: Path,
) -> None:
    hang_up()

    ran = begin(["--version"], os.environ, tmp_path).wait()

    assert ran.code == 0
    assert ran.out.startswith("policytrail")
