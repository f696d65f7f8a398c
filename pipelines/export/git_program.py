"""Runs git, the program, so that nothing on this machine changes what it does.

Standard library only. No configuration of the user or the system is read, no hook is run, and no
repository is looked for: the one that is meant is always named.
"""

import os
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from crawler.errors import PolicytrailError

BRANCH = "refs/heads/main"
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.logAllRefUpdates=false",
    "core.quotePath=false",
    "gc.auto=0",
)


class NoGit(PolicytrailError):  # noqa: N818
    """The program is not there."""

    def __init__(self) -> None:
        super().__init__("git was not found: install it, or export in another --format")


class GitFailed(PolicytrailError):  # noqa: N818
    """git did not do what it was asked for."""

    def __init__(self, folder: Path, said: str) -> None:
        lines = [line for line in said.splitlines() if line.strip()] or ["it said nothing"]
        words = next((line for line in lines if line.startswith("fatal: ")), lines[0])
        words = words.removeprefix("fatal: ").removeprefix("error: ").strip().rstrip(".")
        super().__init__(
            f"git failed in {folder}: {words}: mend that and run again, what was there before is "
            "whole"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A repository, the folder of its files (None where it has none), and what errors name."""

    git_folder: Path
    files: Path | None
    place: Path

    def ask(self, *arguments: str, given: str = "") -> str:
        """Run git to its end and give what it wrote. Raises GitFailed, NoGit."""
        done = self._run(arguments, given)
        if done.returncode:
            raise GitFailed(self.place, _words(done.stderr))
        return _words(done.stdout).strip()

    def try_ask(self, *arguments: str) -> str | None:
        """Run git to its end and give what it wrote; None where it refused. Raises NoGit."""
        done = self._run(arguments, "")
        return None if done.returncode else _words(done.stdout).strip()

    def feed(self, *arguments: str, chunks: Iterable[bytes]) -> None:
        """Run git on a stream of any length. Raises GitFailed, NoGit."""
        with TemporaryFile() as said:
            process = _start(self._command(arguments), said.fileno())
            try:
                if process.stdin is not None:
                    with suppress(BrokenPipeError), process.stdin:  # git says why it went away
                        process.stdin.writelines(chunks)
                code = process.wait()
            finally:
                process.kill()
                process.wait()
            said.seek(0)
            if code:
                raise GitFailed(self.place, _words(said.read()))

    def _run(self, arguments: Iterable[str], given: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - the arguments are ours
                self._command(arguments),
                input=given.encode(),
                capture_output=True,
                env=_environment(),
                check=False,
            )
        except FileNotFoundError as error:
            raise NoGit from error

    def _command(self, arguments: Iterable[str]) -> list[str]:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        files = [] if self.files is None else [f"--work-tree={self.files.absolute()}"]
        return ["git", *settings, f"--git-dir={self.git_folder.absolute()}", *files, *arguments]


def make_repository(git_folder: Path, files: Path | None, place: Path) -> Repository:
    """Make an empty repository. Raises GitFailed, NoGit."""
    made = Repository(git_folder=git_folder, files=files, place=place)
    made.ask(
        "init",
        "--quiet",
        "--template=",
        "--object-format=sha1",
        f"--initial-branch={BRANCH.rpartition('/')[2]}",
    )
    # The files are the texts to the byte, on any system, also for the user's own git.
    made.ask("config", "core.autocrlf", "false")
    return made


def _start(command: list[str], said: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the command is ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(),
        )
    except FileNotFoundError as error:
        raise NoGit from error


def _environment() -> dict[str, str]:
    """Give git nothing of the user's but where programs and temporary files are."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": os.devnull,
        "LC_ALL": "C",
        "TZ": "UTC",
    }


def _words(said: bytes) -> str:
    return said.decode(errors="replace")
