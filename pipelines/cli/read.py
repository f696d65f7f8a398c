"""The verb `read`: what extraction makes of kept pages, for a person or for a program."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.errors import AskedWrongly

if TYPE_CHECKING:
    from pipelines.extraction.reader import Body


@click.command(epilog="Example: policytrail read page.html --explain")
@click.argument("names", nargs=-1, required=True, metavar="FILE|URI-M...")
@click.option("--url", default="", metavar="U", help="The address that a file had on the web.")
@click.option("--content-type", default="", metavar="T", help="The Content-Type it came with.")
@click.option("--explain", is_flag=True, help="Say why, and what was left out, before each text.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="The text for a person, or a line (a list) of facts for each page.",
)
@click.pass_obj
def read(
    data: Path, names: tuple[str, ...], url: str, content_type: str, explain: bool, layout: str
) -> None:
    """Say what extraction makes of kept pages, many at once on all cores.

    FILE is any page on the disk; URI-M the archive's address of one that was crawled, such as
    http://web.archive.org/web/20161018225756/http://hesk.com/: it is read from the data folder,
    and no archive is asked.
    """
    if explain and layout != "text":
        raise click.UsageError("--explain is for a person: leave out --format")
    from pipelines.cli.explaining import show_explained
    from pipelines.extraction.parallel import read_all, row_of

    pages = read_all(_bodies(data, names, url, content_type))
    if explain:
        for body, extraction in pages:
            show_explained(body, extraction)
        return
    found = (row_of(body.key, extraction) for body, extraction in pages)
    if layout == "json":
        click.echo(json.dumps(list(found), ensure_ascii=False, indent=1))
        return
    for row in found:
        if layout == "jsonl":
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            why = f" ({row['reason']})" if row["reason"] else ""
            about = f"{row['file']}: {row['verdict']}{why}, {row['language']}, {row['title']!r}"
            click.echo(about, err=True)
            click.echo(row["text"])


def _bodies(data: Path, names: tuple[str, ...], url: str, content_type: str) -> "Iterator[Body]":
    """Give each body in the order asked. Raises before the first if one is not to be had."""
    from pipelines.database.addresses import find_kept, is_uri_m, load
    from pipelines.extraction.parallel import must_be_readable
    from pipelines.extraction.reader import Body

    addresses = [name for name in names if is_uri_m(name)]
    for name in names:
        if name.startswith(("http://", "https://")) and name not in addresses:
            raise AskedWrongly(
                f"{name} is no address of a capture: name a file, or "
                "http://HOST/web/TIMESTAMP/ADDRESS with the 14 digits of a capture"
            )
        if name not in addresses:
            must_be_readable(Path(name))
    kept = find_kept(data, addresses)
    return (
        load(data, name, kept[name])
        if name in kept
        else Body(key=name, body=Path(name).read_bytes(), content_type=content_type, url=url)
        for name in names
    )
