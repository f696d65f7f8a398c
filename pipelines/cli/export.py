"""The verb `export`: what leaves the archive as files."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from pipelines.cli.bar import bar

Write = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Where the function is that writes it, the tables whose rows it steps through, and its help.

    The function gets the database (a Connection), the folder (a Path), the Choices, who is told of
    each step (a function of their number), and by name the options that are its `own`; it gives the
    closing line. It is imported when it is used.
    """

    place: str
    counts: tuple[str, ...]
    about: str
    own: tuple[str, ...] = ()

    def load(self) -> Write:
        """Import the function."""
        module, _, name = self.place.partition(":")
        write: Write = getattr(import_module(module), name)
        return write


_DATASET = (
    *("vendors", "policies", "locations", "crawls", "listings", "listing_changes", "captures"),
    *("mementos", "extractors", "extractions", "texts", "diffs", "versions", "changes", "coverage"),
)
FORMATS = {
    "parquet": Format(
        place="pipelines.export.dataset:export_parquet",
        counts=_DATASET,
        about="the dataset, a file for each table",
    ),
    "markdown": Format(
        place="pipelines.export.markdown:export_markdown",
        counts=("versions",),
        about="a file for each version, with its provenance at its head",
    ),
    "git": Format(
        place="pipelines.export.git:export_git",
        counts=("versions",),
        about="a repository with a commit for each version; grows when written again",
    ),
    "atom": Format(
        place="pipelines.export.atom:export_atom",
        counts=(),
        about="feeds of the changes, DIR/changes.atom for all and DIR/VENDOR.atom for each",
        own=("limit",),
    ),
}


@click.command(epilog="Example: policytrail export public --format atom")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "layout",
    type=click.Choice(list(FORMATS)),
    default="parquet",
    show_default=True,
    help="; ".join(f"{name}: {each.about}" for name, each in FORMATS.items()) + ".",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="atom: the newest so many changes in each feed.",
)
@click.pass_obj
def export(data: Path, folder: Path, layout: str, limit: int) -> None:
    """Write what is known into the folder DIR, whole or not at all.

    An earlier export there is replaced; what no export wrote is not. The same archive gives the
    same bytes everywhere.
    """
    from pipelines.database.copying import count_rows
    from pipelines.database.file import reading
    from pipelines.export.choices import Choices

    chosen, own = FORMATS[layout], {"limit": limit}
    write = chosen.load()
    with reading(data) as connection:
        total = sum(count_rows(connection, chosen.counts).values())
        with bar(f"writing {layout}", total) as step:
            closing = write(
                connection, folder, Choices(), step, **{name: own[name] for name in chosen.own}
            )
    click.echo(closing, err=True)
