"""The verb `extract`: kept bodies read by the extractor of this version, and what that changes."""

from pathlib import Path

import click

from crawler.errors import StoppedEarly
from pipelines.cli.bar import bar
from pipelines.cli.rows import rows_format, show_rows
from pipelines.cli.running import Interrupts
from pipelines.cli.tables import Column
from pipelines.database.asking import Answer
from pipelines.history.adoption import Counts, Preview

_MOST = 10
_POLICIES = (
    Column(name="policy_id", heading="policy"),
    Column(name="different", heading="differ"),
    Column(name="refused", heading="refused"),
    Column(name="accepted", heading="accepted"),
    Column(name="versions_before", heading="versions"),
    Column(name="versions_after", heading="then"),
    Column(name="changes_gone", heading="gone"),
    Column(name="changes_new", heading="new"),
)
_MOVED = ("changes_gone", "changes_new")


@click.command(epilog="Example: policytrail extract --adopt")
@click.option("--adopt", is_flag=True, help="From now on, observe with this extractor.")
@rows_format
@click.pass_obj
def extract(data: Path, /, *, adopt: bool, layout: str) -> None:
    """Read every kept body with the extractor of this version, on all cores.

    Nothing that was observed changes until --adopt, which is done when every body is read;
    before it comes what would change: policies on stdout (captures that read differently or are
    refused or accepted now, versions before and then, changes gone and new), sums on stderr.
    Stopped, it goes on where it was.
    """
    from pipelines.database.file import reading
    from pipelines.database.lock import FolderLock

    with reading(data):  # a folder without a database stays as it is
        pass
    lock = FolderLock(data)
    with Interrupts():
        lock.take()
        try:
            _extract(data, adopt, layout)
        except KeyboardInterrupt as stop:
            raise _stopped(data) from stop
        finally:
            lock.release()


def _extract(data: Path, adopt: bool, layout: str) -> None:
    from pipelines.database.bodies import adopt_current, count_unread, read_again
    from pipelines.history.upkeep import keep_up

    with bar("reading bodies", count_unread(data)) as step:
        done = read_again(data, step)
    click.echo(f"{done:,} bodies read", err=True)
    found = _preview(data)
    if found:
        _show(found, layout)
    if adopt:
        adopt_current(data)
        keep_up(data)
        click.echo(_adopted(found), err=True)
    elif found:
        click.echo("nothing is changed yet: `policytrail extract --adopt` does it", err=True)


def _stopped(data: Path) -> StoppedEarly:
    from pipelines.database.bodies import count_unread

    return StoppedEarly(
        f"interrupted: {count_unread(data):,} bodies are left, what was read is kept; "
        "`policytrail extract` goes on with them"
    )


def _preview(data: Path) -> Preview | None:
    """Compare the extractor in force with this one; None where it is the same."""
    from pipelines.database.file import reading
    from pipelines.database.opening import adopted_extractor
    from pipelines.extraction.fingerprint import current_extractor
    from pipelines.history.adoption import preview

    candidate = current_extractor().extractor_id
    with reading(data) as connection:
        adopted = adopted_extractor(connection)
        if adopted is None or adopted == candidate:
            return None
        return preview(connection, adopted, candidate)


def _adopted(found: Preview | None) -> str:
    if found is None:
        return "adopted already: every observation is read by this extractor"
    return f"adopted: {found.versions:,} versions became {found.versions_then:,}"


def _show(found: Preview, layout: str) -> None:
    answer = found.answer()
    if layout == "table":
        places = [found.columns.index(name) for name in _MOVED]
        moved = [row for row in answer.rows if any(row[place] for place in places)]
        answer = Answer(columns=answer.columns, rows=iter(moved[:_MOST]))
    else:
        moved = []
    if moved or layout != "table":
        show_rows(answer, layout, _POLICIES)
    if len(moved) > _MOST:
        click.echo(f"and {len(moved) - _MOST:,} more policies: --format csv has all", err=True)
    for line in _sums(found):
        click.echo(line, err=True)


def _sums(found: Preview) -> list[str]:
    languages = {f"{old} to {new}": count for old, new, count in found.languages}
    lines = [
        f"captures that read differently: {found.total('different'):,} of {found.observations:,}",
        f"no policy any more: {_counts(found.refused)}",
        f"a policy now: {_counts(found.accepted)}",
        f"in another language: {_counts(languages)}",
        f"versions: {found.versions:,}, then {found.versions_then:,}",
        f"changes gone: {found.total('changes_gone'):,}, new: {found.total('changes_new'):,}",
    ]
    return [line for line in lines if not line.endswith(": none")]


def _counts(counts: Counts) -> str:
    parts = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return f"{sum(counts.values()):,} ({parts})" if counts else "none"
