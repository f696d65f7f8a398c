"""The verb `sql`: any question, and nothing but questions."""

import sys
from pathlib import Path

import click

from pipelines.cli.rows import rows_format, show_rows


@click.command(
    epilog="Example: policytrail sql 'SELECT policy_id, versions FROM coverage' --format csv"
)
@click.argument("query", metavar="QUERY|-")
@rows_format
@click.pass_obj
def sql(data: Path, query: str, layout: str) -> None:
    """Answer a QUERY in SQL; it can read only.

    With - the query is read from stdin. Tables and views: policies, captures, texts,
    observations, versions, changes, coverage, ...; policy_at('hesk/privacy', '2016-10-18'),
    first_mention('GDPR') and mentions('GDPR') are asked like tables.
    """
    from pipelines.database.asking import ask, confine
    from pipelines.database.file import reading

    text = sys.stdin.read() if query == "-" else query
    with reading(data) as database:
        confine(database)
        show_rows(ask(database, text), layout)
