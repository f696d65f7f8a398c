"""The verbs that say what there is: the vendor list, the ledger, how far the archive is."""

from pathlib import Path

import click

from crawler.items import State
from pipelines.cli.rows import rows_format, show_rows
from pipelines.cli.tables import Column
from pipelines.cli.values import as_day, as_days

_LOCATION = (
    "vendor_id",
    "name",
    "homepage",
    "policy_id",
    "uri_r",
    "since",
    "until",
    "guessed",
)
_VENDORS = (
    Column(name="policy_id", heading="policy"),
    Column(name="uri_r", heading="address"),
    Column(name="since", heading="since", write=as_day),
    Column(name="until", heading="until", write=as_day),
    Column(name="guessed", heading="guessed", write=lambda guessed: "guessed" if guessed else ""),
)
_LEDGER = (
    Column(name="timestamp", heading="timestamp"),
    Column(name="statuscode", heading="HTTP"),
    Column(name="state", heading="state"),
    Column(name="original", heading="original"),
    Column(name="reason", heading="reason"),
)
_COVERAGE = (
    Column(name="policy_id", heading="policy"),
    Column(name="captures", heading="listed"),
    Column(name="observations", heading="observed"),
    Column(name="versions", heading="versions"),
    Column(name="first_seen", heading="first seen", write=as_day),
    Column(name="last_seen", heading="last seen", write=as_day),
    Column(name="longest_gap_days", heading="gap", write=as_days),
)


@click.command(epilog="Example: policytrail vendors --format csv")
@click.option("--vendors", "path", type=click.Path(path_type=Path), help="Another vendor list.")
@rows_format
@click.pass_obj
def vendors(data: Path, path: Path | None, layout: str) -> None:
    """List the vendors and their addresses."""
    from crawler.vendors import default_vendors, load_vendors
    from pipelines.database.asking import Answer

    rows = [
        (
            vendor.vendor_id,
            vendor.name,
            vendor.homepage,
            policy.policy_id,
            location.uri_r,
            location.since,
            location.until,
            location.guessed,
        )
        for vendor in load_vendors(path or default_vendors(data))
        for policy in vendor.policies
        for location in policy.locations
    ]
    show_rows(Answer(columns=_LOCATION, rows=iter(rows)), layout, _VENDORS)


@click.command(epilog="Example: policytrail ledger hesk --state failed")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    metavar="STATE",
    help="Only the lines that are pending, fetched, unchanged, failed, ...",
)
@rows_format
@click.pass_obj
def ledger(data: Path, policies: tuple[str, ...], state: str | None, layout: str) -> None:
    """List each captured line and what became of it."""
    from pipelines.database.file import reading
    from pipelines.history import status
    from pipelines.history.policies import policy_ids

    with reading(data) as database:
        names = policy_ids(database, policies)
        wanted = State(state) if state else None
        count = show_rows(status.ledger(database, names, wanted), layout, _LEDGER)
    if not count:
        click.echo("No line of the archive's index is in the ledger for that.", err=True)


@click.command(epilog="Example: policytrail status hesk")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@rows_format
@click.pass_obj
def status(data: Path, policies: tuple[str, ...], layout: str) -> None:
    """Say what the archive has and what is due.

    Without POLICY: ten lines on the whole archive, what is healthy, late, failing, excluded or
    paused, and what to do next. With POLICY, or another --format: the rows of the view `coverage`
    (`gap` is the longest stretch without an observation, in days), and beside a table lines by
    state, listings that failed, addresses that redirects lead to.
    """
    from pipelines.cli.advice import say_what_is_due
    from pipelines.cli.overview import show_overview
    from pipelines.database.file import reading
    from pipelines.history import status
    from pipelines.history.policies import policy_ids

    with reading(data) as database:
        names = policy_ids(database, policies)
        if layout == "table" and not policies:
            show_overview(database, data, names)
            return
        show_rows(status.coverage(database, names), layout, _COVERAGE)
        if layout == "table":
            say_what_is_due(database, data, names, policies)
