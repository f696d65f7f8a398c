"""The verb `ask`: one of the questions that come with policytrail, answered or explained."""

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.rows import plot_option, rows_format, show_rows

if TYPE_CHECKING:
    from pipelines.history.catalogue import Question

_WIDTH = 96


@click.command(epilog="Example: policytrail ask 2 -p term=CCPA -p since=2018 --format csv")
@click.argument("number", type=int, required=False, metavar="N")
@click.option(
    "--parameter",
    "-p",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value to ask with, as --about lists them; may be repeated.",
)
@click.option("--list", "as_list", is_flag=True, help="List the questions.")
@click.option("--about", is_flag=True, help="Explain question N; nothing is asked.")
@click.option("--sql", "as_sql", is_flag=True, help="Print its query for the plain DuckDB client.")
@rows_format
@plot_option
@click.pass_obj
def ask(
    data: Path,
    number: int | None,
    given: tuple[str, ...],
    *,
    as_list: bool,
    about: bool,
    as_sql: bool,
    layout: str,
    plot: Path | None,
) -> None:
    """Answer question N of those that studies of policies asked.

    --list gives the questions, --about says what the rows of one mean and what is easily misread
    in them. Values: dates as everywhere here, POLICY by its short name too.
    """
    if as_list + about + as_sql > 1:
        raise click.UsageError("--list, --about and --sql exclude each other: give one of them")
    values = _values(given)
    if as_list:
        _list(layout)
        return
    if number is None:
        raise click.UsageError("which question? `ask --list` gives their numbers")
    from pipelines.history.catalogue import question

    asked = question(number)
    if about:
        _explain(asked)
    elif as_sql:
        _write_sql(data, asked, values)
    else:
        _answer(data, asked, values, layout, plot)


def _values(given: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in given:
        name, is_there, value = each.partition("=")
        if not is_there:
            raise click.UsageError(f"-p {each} is not like NAME=VALUE")
        if name in values:
            raise click.UsageError(f"-p {name} is given twice: {values[name]} and {value}")
        values[name] = value
    return values


def _list(layout: str) -> None:
    from pipelines.database.asking import Answer
    from pipelines.history.catalogue import questions

    rows = [
        (each.number, each.title, ", ".join(parameter.name for parameter in each.parameters))
        for each in questions().values()
    ]
    show_rows(Answer(columns=("number", "question", "parameters"), rows=iter(rows)), layout)


def _explain(asked: "Question") -> None:
    click.echo(f"{asked.number}. {asked.title}\n\n{_folded(asked.about)}")
    click.echo(f"\n{_folded(f'What can be misread: {asked.misread}')}")
    if asked.parameters:
        click.echo("\nParameters")
    for parameter in asked.parameters:
        default = "" if parameter.default == "NULL" else f" = {parameter.default}"
        click.echo(f"  {parameter.name}{default}")
        click.echo(_folded(parameter.about, "      "))
    if asked.plot:
        click.echo(f"\n--plot FILE draws it ({asked.plot.kind}).")


def _write_sql(data: Path, asked: "Question", values: dict[str, str]) -> None:
    """Write the query with what it is to be asked with, as text, since each is cast in it."""
    if values:
        from pipelines.database.file import reading
        from pipelines.history.answering import values_of

        with reading(data) as database:
            values = values_of(database, asked, values)
    for name, value in values.items():
        quoted = value.replace("'", "''")
        click.echo(f"SET VARIABLE \"{name}\" = '{quoted}';")
    click.echo(asked.sql, nl=False)


def _answer(
    data: Path, asked: "Question", values: dict[str, str], layout: str, plot: Path | None
) -> None:
    from pipelines.database.file import reading
    from pipelines.history.answering import answer

    if plot is not None:
        from pipelines.pictures.drawing import check_drawable

        check_drawable(asked, plot)
    told = ", ".join(f"{name}={value}" for name, value in values.items())
    with reading(data) as database:
        found = answer(database, asked, values)
        kept = list(found.rows) if plot is not None else []
        shown = replace(found, rows=iter(kept)) if plot is not None else found
        if layout == "table":
            click.echo(f"{asked.number}. {asked.title}", err=True)
        count = show_rows(shown, layout)
    if not count:
        what = ", ".join(filter(None, (f"question {asked.number}", told)))
        click.echo(f"Nothing was found ({what}).", err=True)
    if layout == "table":
        click.echo(_folded(asked.misread[:1].upper() + asked.misread[1:]), err=True)
    if plot is not None:
        from pipelines.pictures.drawing import picture_answer

        picture_answer(plot, asked, found.columns, kept, told)
        click.echo(f"Drawn: {plot}", err=True)


def _folded(words: str, before: str = "") -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=before, subsequent_indent=before)
