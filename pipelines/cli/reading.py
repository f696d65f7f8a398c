"""A text on stdout, and on stderr where it comes from and how sure it is."""

import dataclasses
from collections.abc import Sequence

import click

from crawler.errors import PolicytrailError
from pipelines.cli.rows import show_rows
from pipelines.cli.values import moment
from pipelines.database.asking import Answer
from pipelines.history.texts import Reading, sightings


class Unknown(PolicytrailError):  # noqa: N818
    """The archive does not know what the policy said then."""

    def __init__(self, reading: Reading, at: str | None) -> None:
        super().__init__(
            f"what {reading.policy_id} said at {at} is unknown: {sightings(reading)}; "
            f"`policytrail versions {reading.policy_id}` lists what was seen"
        )


def show_reading(reading: Reading, others: Sequence[str], layout: str, at: str | None) -> None:
    """Print a text and its provenance; `others` are the policy's other languages.

    Raises Unknown where there is no text, except in the layouts for programs, which say so.
    """
    if layout != "table":
        names = tuple(field.name for field in dataclasses.fields(reading))
        row = tuple(getattr(reading, name) for name in names)
        show_rows(Answer(columns=names, rows=iter([row])), layout)
        return
    if reading.text is None:
        raise Unknown(reading, at)
    click.echo(reading.text)
    for label, value in _provenance(reading):
        click.echo(f"{label:<10} {value}", err=True)
    if others:
        click.echo(f"There is more in {', '.join(others)}: --language", err=True)


def _provenance(reading: Reading) -> list[tuple[str, str]]:
    first, last, after, served = (
        moment(value, "T", "Z") if value else ""
        for value in (
            reading.first_seen,
            reading.last_seen,
            reading.not_after,
            reading.memento_datetime,
        )
    )
    certain = reading.certainty
    if certain == "between":
        certain = f"between versions: {reading.next_version} followed, not after {after}"
    facts = [
        ("policy", f"{reading.policy_id}, version {reading.version}, {reading.language}"),
        ("certainty", certain),
        ("seen", f"{first} to {last}"),
        ("URI-M", reading.uri_m),
        ("served", served),
        ("digest", reading.digest),
        ("SHA-256", reading.body_sha256),
        ("extractor", reading.extractor_id),
        ("crawl", reading.crawl_id),
    ]
    if reading.stated_date is not None:
        facts.insert(3, ("stated", f"{reading.stated_date} ({reading.stated_quote})"))
    return [(label, value or "") for label, value in facts]
