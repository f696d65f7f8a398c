"""The verbs that keep an archive in order: check, backup, rebuild."""

from pathlib import Path

import click

from crawler.errors import AskedWrongly
from pipelines.cli.bar import bar
from pipelines.cli.findings import show_findings


@click.command(epilog="Example: policytrail check")
@click.option("--no-bodies", is_flag=True, help="Leave out reading every kept body.")
@click.pass_obj
def check(data: Path, /, *, no_bodies: bool) -> None:
    """Prove the invariants: every line accounted for, every body and text where it should be."""
    from pipelines.database.checking import check_bodies, check_facts, count_bodies
    from pipelines.database.file import reading

    with reading(data) as connection:
        findings = check_facts(connection)
        if not no_bodies:
            with bar("reading bodies", count_bodies(connection)) as step:
                for finding in check_bodies(connection, data):
                    step(1)
                    findings += [finding] if finding else []
    show_findings(findings)


@click.command(epilog="Example: policytrail backup ledger.jsonl.gz")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(data: Path, /, file: Path) -> None:
    """Export the ledger to FILE: with the WARC files, all that `rebuild` needs."""
    from pipelines.database.backup import export_ledger
    from pipelines.database.checking import count_elsewhere
    from pipelines.database.file import reading

    with reading(data) as connection:
        rows = export_ledger(connection, file)
        elsewhere = count_elsewhere(connection)
    click.echo(f"{rows:,} rows of the ledger in {file}", err=True)
    if elsewhere:
        click.echo(
            f"the bodies of {elsewhere:,} mementos are kept elsewhere: `rebuild` will have them "
            "fetched again; `export` keeps what was read of them",
            err=True,
        )


@click.command(epilog="Example: policytrail --data restored rebuild ledger.jsonl.gz")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def rebuild(data: Path, /, file: Path) -> None:
    """Make the database anew from FILE (see `backup`) and the bodies in the data folder's warc/."""
    from pipelines.database.bodies import read_again
    from pipelines.database.file import NAME
    from pipelines.database.lock import FolderLock
    from pipelines.database.restoring import restore
    from pipelines.history.upkeep import keep_up

    if (data / NAME).exists():
        raise AskedWrongly(f"{data / NAME} exists: move it away first, or name another --data")
    lock = FolderLock(data)
    lock.take()
    try:
        rows, mementos, lost = restore(data, file)
        click.echo(f"{rows:,} rows of the ledger, {mementos:,} bodies found", err=True)
        if lost:
            click.echo(f"{lost:,} captures without a body are pending again", err=True)
        with bar("reading bodies", mementos) as step:
            read_again(data, step)
        keep_up(data)
    finally:
        lock.release()
