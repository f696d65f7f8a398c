"""The verb `export`: what leaves the archive as files."""

from pathlib import Path

import click


@click.command(epilog="Example: policytrail export public --format atom")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["atom"]),
    required=True,
    help="atom: feeds of the changes, DIR/changes.atom for all and DIR/VENDOR.atom for each.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="The newest so many changes in each feed.",
)
@click.pass_obj
def export(data: Path, folder: Path, layout: str, limit: int) -> None:  # noqa: ARG001
    """Write what is known into files in the folder DIR, whole files or none.

    A feed says of each change between which two moments it lies and where both texts are; it
    holds no text. Its entries are dated by when the change was found, newest first.
    """
    from pipelines.database.file import reading
    from pipelines.export.atom import feeds
    from pipelines.export.files import write_files
    from pipelines.history.changes import changes
    from pipelines.history.policies import began, policy_ids, vendor_names

    with reading(data) as database:
        found = changes(database, policy_ids(database, []))
        written = feeds(vendor_names(database), found, began(database), limit)
    write_files(folder, written)
    click.echo(f"{len(written):,} feeds of {len(found):,} changes in {folder}", err=True)
