"""`python -m crawler.sandbox`: serve an archive on the loopback until Ctrl-C. Imports click."""

import signal
import threading
from pathlib import Path

import click

from crawler.errors import PolicytrailError
from crawler.sandbox.archive import Archive
from crawler.sandbox.budgets import Budgets
from crawler.sandbox.faults import FAULTS, Fault
from crawler.sandbox.samples import sample_archive
from crawler.sandbox.server import Sandbox
from crawler.sandbox.sources import load

_EPILOG = "\b\nFAULTS\n" + "\n".join(f"  {name:14} {said}" for name, said in FAULTS.items())


def read_fault(said: str) -> Fault:
    """Read `NAME=PROBABILITY`, or `NAME` for always. Raises click.BadParameter."""
    name, _, probability = said.partition("=")
    try:
        return Fault(name, probability=float(probability or "1"))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def read_sources(sources: tuple[str, ...]) -> Archive:
    """Load what was named, or the samples. Raises click.UsageError."""
    try:
        return load(sources) if sources else sample_archive()
    except PolicytrailError as error:
        raise click.UsageError(str(error)) from error


@click.command(epilog=_EPILOG)
@click.argument("sources", nargs=-1, metavar="[FOLDER|MANIFEST|FILE.warc.gz]...")
@click.option("--port", default=0, help="Listen on this port; 0 takes a free one.")
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Log as JSON lines.")
@click.option("--cdx-per-minute", type=int, help="Answer 429 beyond this many listings.")
@click.option("--playback-per-minute", type=int, help="Answer 429 beyond this many mementos.")
@click.option("--ban-after", default=60.0, help="Ban who ignores 429s for so many seconds.")
@click.option("--ban-seconds", default=3600.0, help="Length of the first ban; each one doubles.")
@click.option("--fault", "faults", multiple=True, metavar="NAME[=P]", help="Let this go wrong.")
@click.option("--seed", default=0, help="Of the faults with a probability.")
def main(
    sources: tuple[str, ...],
    port: int,
    log_file: Path | None,
    cdx_per_minute: int | None,
    playback_per_minute: int | None,
    ban_after: float,
    ban_seconds: float,
    faults: tuple[str, ...],
    seed: int,
) -> None:
    """Serve a Wayback Machine on 127.0.0.1 and print its address; end it with Ctrl-C.

    Without sources it serves the sample archive of invented vendors.
    """
    archive = read_sources(sources)
    budgets = Budgets(
        cdx_per_minute=cdx_per_minute,
        playback_per_minute=playback_per_minute,
        patience_seconds=ban_after,
        ban_seconds=ban_seconds,
    )
    plan = [read_fault(said) for said in faults]
    with Sandbox(
        archive, faults=plan, budgets=budgets, seed=seed, port=port, log_file=log_file
    ) as sandbox:
        click.echo(sandbox.url)
        click.echo(f"{len(archive)} captures; Ctrl-C ends it", err=True)
        _wait()


def _wait() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


if __name__ == "__main__":
    main(prog_name="python -m crawler.sandbox")
