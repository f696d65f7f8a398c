"""The options by which a part of the archive is chosen, shared by the formats of `export`."""

from collections.abc import Callable
from typing import Any

import click

from crawler.errors import AskedWrongly
from crawler.memento import moment_of
from pipelines.export.choices import Choices

_OPTIONS = (
    click.option(
        "--policy",
        "policies",
        multiple=True,
        metavar="POLICY",
        help="Only this policy; may be repeated.",
    ),
    click.option("--since", metavar="DATE", help="Only captures from this day on (UTC)."),
    click.option("--until", metavar="DATE", help="Only captures up to this day (UTC)."),
    click.option(
        "--language",
        "languages",
        multiple=True,
        metavar="CODE",
        help="Only texts in this language, such as en; may be repeated.",
    ),
    click.option("--as-of", metavar="DATE", help="The archive as it was known then (UTC)."),
    click.option(
        "--text-free",
        is_flag=True,
        help="No texts: ids, dates, measures, addresses, which may be published anywhere.",
    ),
    click.option(
        "--redact",
        is_flag=True,
        help="Without the e-mail addresses, phone numbers and people that texts name.",
    ),
)


def choice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options, by the names that `choices_of` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def choices_of(
    policies: tuple[str, ...],
    since: str | None,
    until: str | None,
    languages: tuple[str, ...],
    as_of: str | None,
    *,
    text_free: bool,
    redact: bool,
) -> Choices:
    """Read the options. Raises BadDate, and AskedWrongly where nothing can be between two days."""
    begin = moment_of(since).date() if since else None
    end = moment_of(until, end=True).date() if until else None
    if begin and end and begin > end:
        raise AskedWrongly(f"--since {since} is later than --until {until}")
    return Choices(
        policies=policies,
        since=begin,
        until=end,
        languages=languages,
        as_of=moment_of(as_of, end=True) if as_of else None,
        text_free=text_free,
        redact=redact,
    )
