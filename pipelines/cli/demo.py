"""The verb `demo`: every step of a real job, on an archive that runs on this machine."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crawler.errors import PolicytrailError
from crawler.sandbox.samples import VENDORS, sample_archive
from crawler.sandbox.server import Sandbox

_PORT = 8397  # always the same where it is free, so that two tours print the same
_PACE = "-s CDX_REQUESTS_PER_MINUTE=6000 -s PLAYBACK_REQUESTS_PER_MINUTE=6000"
_STEPS = (
    ("List every capture, fetch each distinct body once, extract, version.", "crawl"),
    ("The same again: nothing is new, so no memento is asked for.", "crawl"),
    (
        "Which versions were there, and between which two captures did each begin?",
        "versions acmedesk",
    ),
    ("What changed last?", "diff acmedesk"),
    ("Who mentioned Privacy Shield first, and when?", "search 'Privacy Shield' --first"),
    (
        "Anything else is SQL.",
        (
            "sql 'SELECT policy_id, count(*) AS changes, median(width_days)::INT AS median_width "
            "FROM changes GROUP BY ALL ORDER BY ALL'"
        ),
    ),
    ("Every line of the archive's index is accounted for.", "check"),
)


class StepFailed(PolicytrailError):  # noqa: N818
    """A step of the tour did not end well; it said itself why."""


@click.command(epilog="Example: policytrail --data demo-data demo")
@click.pass_obj
def demo(data: Path, /) -> None:
    """Take the five-minute tour: a whole job on invented vendors, without a network.

    What it makes stays in the data folder, to be asked further.
    """
    with _served() as sandbox, TemporaryDirectory() as state:
        environment = {**os.environ, "XDG_STATE_HOME": state}  # nothing of a tour outlives it
        where = f"--vendors {shlex.quote(_near(VENDORS))} --archive {sandbox.url} {_PACE}"
        click.echo(
            f"An archive of {len(sandbox.archive)} captures of invented vendors answers at "
            f"{sandbox.url}"
        )
        for words, command in _STEPS:
            written = f"crawl {where}" if command == "crawl" else command
            _step(data, words, written, environment)
    click.echo("\nAsk on, for example:")
    for more in ("status", "show ticketbarn --at 2015-06-01", "ledger helpharbor"):
        click.echo(f"  policytrail --data {data} {more}")


def _near(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@contextmanager
def _served() -> Iterator[Sandbox]:
    try:
        sandbox = Sandbox(sample_archive(), port=_PORT)
        with sandbox:
            yield sandbox
    except OSError:
        with Sandbox(sample_archive()) as elsewhere:
            yield elsewhere


def _step(data: Path, words: str, command: str, environment: Mapping[str, str]) -> None:
    click.echo(f"\n# {words}")
    click.echo(f"$ policytrail --data {data} {command}")
    arguments = ["--data", str(data), *shlex.split(command)]
    code = "from pipelines.cli.main import main; main()"
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *arguments], env=environment, check=False
    )
    if ended.returncode:
        raise StepFailed(f"the tour ended at `{command.split()[0]}` (exit {ended.returncode})")
