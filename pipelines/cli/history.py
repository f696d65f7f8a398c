"""The verbs that answer for one policy: its versions, its text, what changed; and search."""

import sys
from pathlib import Path

import click

from pipelines.cli.flips import FLIPS, with_flips
from pipelines.cli.rows import rows_format, show_rows
from pipelines.cli.tables import Column
from pipelines.cli.values import as_day, as_days

_VERSIONS = (
    Column(name="version", heading="v"),
    Column(name="language", heading="lang"),
    Column(name="first_seen", heading="first seen", write=as_day),
    Column(name="last_seen", heading="last seen", write=as_day),
    Column(name="not_before", heading="changed after", write=as_day),
    Column(name="width_days", heading="days", write=as_days),
    Column(name="words", heading="words"),
    Column(name="words_added", heading="added"),
    Column(name="words_removed", heading="removed"),
)
_MENTIONS = (
    Column(name="policy_id", heading="policy"),
    Column(name="version", heading="v"),
    Column(name="first_seen", heading="first seen", write=as_day),
    Column(name="last_seen", heading="last seen", write=as_day),
    Column(name="count", heading="n"),
    Column(name="quote", heading="quote"),
)
_UNDATED = Column(name="document", heading="text without a date")
_FIRST_MENTIONS = (
    Column(name="policy_id", heading="policy"),
    Column(name="version", heading="v"),
    Column(name="not_before", heading="not before", write=as_day),
    Column(name="not_after", heading="not after", write=as_day),
    Column(name="quote", heading="quote"),
)
_CENSORED = """\
Each text replaced the one before after `changed after` and not later than `first seen`, within
so many days. What came and went between two captures was never seen, so there may be more
versions; the first may be older than its capture, and the last may still stand."""

language_option = click.option(
    "--language", metavar="L", help="One language, as in `versions`.  [default: the main one]"
)


@click.command(epilog="Example: policytrail versions hesk/privacy --format csv")
@click.argument("policy")
@click.option("--language", metavar="L", help="Only the versions in one language.")
@rows_format
@click.pass_obj
def versions(data: Path, policy: str, language: str | None, layout: str) -> None:
    """List the versions of POLICY, oldest first."""
    from pipelines.database.file import reading
    from pipelines.history import policies, versions

    with reading(data) as database:
        policy_id = policies.one_policy(database, policy)
        found = versions.versions(database, policy_id, language)
        answer, columns = with_flips(found, _VERSIONS)
        show_rows(answer, layout, columns)
    if layout == "table":
        click.echo(_CENSORED, err=True)
        if len(columns) > len(_VERSIONS):
            click.echo(FLIPS, err=True)


@click.command(epilog="Example: policytrail show hesk/privacy --at 2016-10-18")
@click.argument("policy")
@click.option("--at", metavar="DATE", help="The text on this date (UTC).")
@click.option("--version", "number", type=int, metavar="N", help="The text of this version.")
@language_option
@rows_format
@click.pass_obj
def show(
    data: Path,
    policy: str,
    at: str | None,
    number: int | None,
    language: str | None,
    layout: str,
) -> None:
    """Print what POLICY said, on a date or in a version.

    Without either it is the newest version. The text goes to stdout; where it comes from, and
    how sure it is, to stderr. With --format both come as one row.
    """
    if at is not None and number is not None:
        raise click.UsageError("--at and --version exclude each other: give one of them")
    from pipelines.cli.reading import show_reading
    from pipelines.database.file import reading
    from pipelines.history import policies, texts

    with reading(data) as database:
        policy_id = policies.one_policy(database, policy)
        if at is not None:
            found = texts.text_at(database, policy_id, at, language)
        else:
            found = texts.text_of_version(database, policy_id, number, language)
        others = [
            name for name in policies.languages(database, policy_id) if name != found.language
        ]
    show_reading(found, others, layout, at)


@click.command(epilog="Example: policytrail diff hesk/privacy 3 4")
@click.argument("policy")
@click.argument("old", required=False)
@click.argument("new", required=False)
@language_option
@click.option(
    "--by",
    type=click.Choice(["words", "lines"]),
    help="Marked words, or a unified diff.  [default: words on a terminal, else lines]",
)
@click.pass_obj
def diff(
    data: Path,
    policy: str,
    old: str | None,
    new: str | None,
    language: str | None,
    by: str | None,
) -> None:
    """Show what changed between two versions of POLICY.

    OLD and NEW are version numbers or dates; without NEW it is the last version, without either
    the last two. [-removed-] and {+added+} words are marked on a terminal.
    """
    from pipelines.cli.changes import show_changes
    from pipelines.database.file import reading
    from pipelines.history import policies, texts

    with reading(data) as database:
        policy_id = policies.one_policy(database, policy)
        pair = texts.two_texts(database, policy_id, old, new, language)
    if pair is None:
        click.echo(f"{policy_id} has one version: no change was seen.", err=True)
        return
    show_changes(*pair, by or ("words" if sys.stdout.isatty() else "lines"))


@click.command(epilog="Example: policytrail search '(?i)do not sell' hesk zendesk --first")
@click.argument("pattern")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--first", is_flag=True, help="Only when each policy first said it.")
@click.option("--ignore-case", is_flag=True, help="As if (?i) stood before PATTERN.")
@rows_format
@click.pass_obj
def search(
    data: Path,
    pattern: str,
    policies: tuple[str, ...],
    *,
    first: bool,
    ignore_case: bool,
    layout: str,
) -> None:
    """Find where PATTERN is said, and since when.

    PATTERN is a regular expression (RE2). Every version that matches is listed with its first
    match; with --first, the interval in which each policy came to say it. Imported texts without
    a date stand behind them, where no POLICY is named.
    """
    from pipelines.database.file import reading
    from pipelines.history import versions
    from pipelines.history.policies import policy_ids

    wanted = f"(?i){pattern}" if ignore_case else pattern
    with reading(data) as database:
        names = policy_ids(database, policies)
        columns: tuple[Column, ...] = _FIRST_MENTIONS if first else _MENTIONS
        if first:
            found = versions.first_mentions(database, wanted, names)
        else:
            undated = not policies and versions.has_documents(database)
            found = versions.mentions(database, wanted, names, undated=undated)
            columns += (_UNDATED,) if undated else ()
        count = show_rows(found, layout, columns)
    if not count:
        click.echo(f"No observed version of {len(names)} policies matches {pattern!r}.", err=True)
    elif first and layout == "table":
        click.echo("Without `not before` it was there from the first version seen.", err=True)
