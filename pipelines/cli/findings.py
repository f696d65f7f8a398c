"""What was found of invariants, a line each: of an archive by `check`, of a dataset by `export`."""

from collections.abc import Sequence

import click

from crawler.errors import PolicytrailError
from pipelines.database.checking import Finding


class Broken(PolicytrailError):  # noqa: N818
    """Something was found that must not be."""


def show_findings(findings: Sequence[Finding]) -> None:
    """Print what holds, what does not and what nobody could look at. Raises Broken."""
    for finding in findings:
        if finding.unchecked:
            click.echo(f"open   {finding.invariant}\n       not checked: {finding.unchecked}")
            continue
        click.echo(f"{'ok    ' if not finding.broken else 'BROKEN'} {finding.invariant}")
        if finding.broken:
            click.echo(f"       {finding.broken:,} times; the first: {finding.example}")
    broken = sum(1 for finding in findings if finding.broken)
    if broken:
        raise Broken(f"{broken} of {len(findings)} invariants do not hold")
