"""The verb `import`: a dataset back into a database, and what others collected beside it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click

from crawler.errors import AskedWrongly, StoppedEarly
from pipelines.cli.bar import bar
from pipelines.cli.running import Interrupts, is_interrupt

# Where the function is that takes each kind of collection in. It gets the data folder, the paths,
# the vendor list (None: the default one) and who is told of each step (a function of their
# number), and gives the closing line. It is imported when it is used.
SOURCES: dict[str, str] = {
    "princeton-leuven": "pipelines.corpora.princeton_leuven:import_princeton_leuven",
    "open-terms-archive": "pipelines.corpora.open_terms_archive:import_open_terms_archive",
    "warc": "pipelines.corpora.warc:import_warc",
}

Take = Callable[..., str]


@click.command(name="import", epilog="Example: policytrail --data copy import public")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--from",
    "source",
    type=click.Choice(list(SOURCES)),
    help="What PATH is, where it is no folder that `export` wrote.",
)
@click.option(
    "--vendors",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --from: the vendor list that says whose each address is.  [default: that of crawl]",
)
@click.pass_obj
def import_(data: Path, paths: tuple[Path, ...], source: str | None, vendors: Path | None) -> None:
    """Make a database from the dataset in the folder PATH (parquet, csv or jsonl), or add texts.

    A dataset becomes a database of its own, whole or not at all, in a data folder that has none
    (name it with --data). It answers every question as the one it came from, and exports to the
    same bytes. The archived bodies are no part of a dataset and stay where they were.

    With --from, what others collected is added to the archive: --from KIND PATH...
    """
    if source is None and (len(paths) != 1 or vendors):
        raise AskedWrongly("name one folder that `export` wrote, or say what it is with --from")
    with Interrupts():
        closing = _add(data, source, paths, vendors) if source else _adopt(data, paths[0])
    click.echo(closing, err=True)


def _add(data: Path, source: str, paths: tuple[Path, ...], vendors: Path | None) -> str:
    module, _, name = SOURCES[source].partition(":")
    take: Take = getattr(import_module(module), name)
    with bar(f"importing {source}", None) as step:
        return take(data, paths, vendors, step)


def _adopt(data: Path, folder: Path) -> str:
    from pipelines.database.lock import FolderLock
    from pipelines.export.importing import check_importable, import_dataset

    package = check_importable(data, folder)
    lock = FolderLock(data)
    lock.take()
    try:
        with bar("importing tables", len(package.resources)) as step:
            closing = import_dataset(data, package, step)
        _index(data)
    finally:
        lock.release()
    return closing


def _index(data: Path) -> None:
    """Make the index of words; the database is whole without it. Raises StoppedEarly."""
    from pipelines.database.word_index import index_words

    try:
        with bar("indexing words", None):
            index_words(data)
    except (KeyboardInterrupt, RuntimeError) as error:
        if not is_interrupt(error):
            raise
        raise StoppedEarly(
            "interrupted: the database is whole, and searches take longer until the next crawl "
            "has indexed the words of its texts"
        ) from error
