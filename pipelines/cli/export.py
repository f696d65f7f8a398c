"""The verb `export`: what leaves the archive as files."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from crawler.errors import AskedWrongly
from pipelines.cli.bar import bar
from pipelines.cli.choosing import choice_options, choices_of

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
    *("mementos", "documents", "extractors", "extractions", "texts", "diffs"),
    *("versions", "changes", "coverage"),
)
FORMATS = {
    "parquet": Format(
        place="pipelines.export.dataset:export_parquet",
        counts=_DATASET,
        about="the dataset, a file for each table",
        own=("contact",),
    ),
    "csv": Format(
        place="pipelines.export.dataset:export_csv",
        counts=_DATASET,
        about="the same as CSV, safe to open in a spreadsheet",
        own=("contact",),
    ),
    "jsonl": Format(
        place="pipelines.export.dataset:export_jsonl",
        counts=_DATASET,
        about="the same with a JSON object a line",
        own=("contact",),
    ),
    "markdown": Format(
        place="pipelines.export.markdown:export_markdown",
        counts=("versions",),
        about="a file for each version, with its provenance at its head",
    ),
    "git": Format(
        place="pipelines.export.git:export_git",
        counts=("versions",),
        about="a repository with a commit for each version; another export adds what is new",
    ),
    "warc": Format(
        place="pipelines.export.warc:export_warc",
        counts=("mementos",),
        about="the kept mementos as WARC files with a CDXJ index, which pywb replays",
        own=("data",),
    ),
    "atom": Format(
        place="pipelines.export.atom:export_atom",
        counts=(),
        about="feeds of the changes, DIR/changes.atom for all and DIR/VENDOR.atom for each",
        own=("limit",),
    ),
}


@click.command(epilog="Example: policytrail export dataset --policy hesk --since 2016")
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
@click.option(
    "--contact",
    metavar="WHO",
    default="",
    envvar="POLICYTRAIL_CONTACT",
    show_envvar=True,
    help="Who publishes the dataset and takes requests: 'Jane Roe <jane@example.org>', or a page.",
)
@click.option("--verify", is_flag=True, help="Write nothing: prove the dataset that is in DIR.")
@choice_options
@click.pass_obj
def export(
    data: Path,
    /,
    folder: Path,
    layout: str,
    limit: int,
    contact: str,
    *,
    verify: bool,
    **asked: Any,
) -> None:
    """Write what is known, or a part of it, into the folder DIR: whole, or not at all.

    An earlier export there is replaced; what no export wrote is not. The same archive gives the
    same bytes everywhere. `import` makes a database of a dataset again.
    """
    if verify:
        if not choices_of(**asked).is_all:
            raise AskedWrongly("--verify proves a dataset as it is: leave the choices away")
        _verify(folder)
        return
    from pipelines.database.copying import count_rows
    from pipelines.export.selecting import selected

    choices, form = choices_of(**asked), FORMATS[layout]
    write, given = form.load(), {"limit": limit, "contact": contact, "data": data}
    own = {name: given[name] for name in form.own}
    with selected(data, choices) as connection:
        total = sum(count_rows(connection, form.counts).values())
        with bar(f"writing {layout}", total) as step:
            closing = write(connection, folder, choices, step, **own)
    click.echo(closing, err=True)


def _verify(folder: Path) -> None:
    from pipelines.cli.findings import show_findings
    from pipelines.export.verifying import count_steps, verify

    with bar("proving", count_steps()) as step:
        findings = list(verify(folder, step))
    show_findings(findings)
