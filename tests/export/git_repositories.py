"""Asks a repository as a user would, with nothing of this machine's configuration."""

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, given: str = "") -> str:
    """Run git in a folder; it has to succeed."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "TZ": "UTC"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def subjects(folder: Path, *arguments: str) -> list[str]:
    """Give the first lines of the messages, oldest first."""
    return git(folder, "log", "--reverse", "--format=%s", *arguments).splitlines()


def trailers(folder: Path, commit: str = "HEAD") -> dict[str, str]:
    """Give the trailers of a commit, as git itself finds them."""
    message = git(folder, "log", "-1", "--format=%B", commit)
    found = git(folder, "interpret-trailers", "--parse", given=message).splitlines()
    return dict(line.split(": ", 1) for line in found)
