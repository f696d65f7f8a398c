"""The verb `changes`: what changed since a date, over all policies or some."""

from pathlib import Path

import click

from crawler.errors import AskedWrongly
from crawler.memento import moment_of
from pipelines.cli.flips import FLIPS, with_flips
from pipelines.cli.rows import rows_format, show_rows
from pipelines.cli.tables import Column
from pipelines.cli.values import as_day, as_days

_CHANGES = (
    Column(name="policy_id", heading="policy"),
    Column(name="language", heading="lang"),
    Column(name="version", heading="v"),
    Column(name="not_before", heading="not before", write=as_day),
    Column(name="not_after", heading="not after", write=as_day),
    Column(name="width_days", heading="days", write=as_days),
    Column(name="words_added", heading="added"),
    Column(name="words_removed", heading="removed"),
)
_BETWEEN = """\
Each text changed between the two dates: the old one was last seen on the first, the new one
first seen on the second."""


@click.command(epilog="Example: policytrail changes hesk --since 2024-01 --format csv")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--since", metavar="DATE", help="Only new texts first seen from this date on (UTC).")
@click.option("--until", metavar="DATE", help="Only those first seen up to the end of this date.")
@click.option(
    "--found-since",
    metavar="DATE",
    help="Only changes that the archive here came to know from this date on, however old.",
)
@rows_format
@click.pass_obj
def changes(
    data: Path,
    policies: tuple[str, ...],
    since: str | None,
    until: str | None,
    found_since: str | None,
    layout: str,
) -> None:
    """List the changes of each POLICY, or of all, oldest first.

    A change counts from the capture that first showed the new text: see --since. For news, such
    as a weekly digest, --found-since goes by when a crawl brought the captures.
    """
    from pipelines.database.file import reading
    from pipelines.history.changes import as_answer
    from pipelines.history.changes import changes as changes_of
    from pipelines.history.policies import policy_ids

    begin = moment_of(since) if since else None
    end = moment_of(until, end=True) if until else None
    if begin and end and begin > end:
        raise AskedWrongly(f"--since {since} is later than --until {until}")
    found = moment_of(found_since) if found_since else None
    with reading(data) as database:
        names = policy_ids(database, policies)
        listed = changes_of(database, names, since=begin, until=end, found_since=found)
    answer, columns = with_flips(as_answer(listed), _CHANGES)
    count = show_rows(answer, layout, columns)
    if not count:
        click.echo(f"No change of {len(names)} policies was seen in that time.", err=True)
    elif layout == "table":
        click.echo(_BETWEEN, err=True)
        if len(columns) > len(_CHANGES):
            click.echo(FLIPS, err=True)
