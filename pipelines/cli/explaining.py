"""`read --explain`: a page's text on stdout, and before it on stderr why it reads so."""

from collections.abc import Iterator

import click

from pipelines.extraction.explaining import Explanation, explain
from pipelines.extraction.extract import Extraction
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.reader import Body

_MOST = 200  # characters of a part that was dropped


def show_explained(body: Body, extraction: Extraction) -> None:
    """Print what was made of a body, and why."""
    for label, words in _facts(body, explain(body, extraction)):
        click.echo(f"{label:<10} {words}", err=True)
    click.echo(extraction.text)


def _facts(body: Body, found: Explanation) -> Iterator[tuple[str, str]]:
    extraction, extractor = found.extraction, current_extractor()
    yield "page", body.key
    yield "verdict", _verdict(extraction)
    if body.url:
        yield "address", body.url
    yield "read as", ", ".join(filter(None, (body.content_type, found.charset))) or "no characters"
    yield "extractor", f"{extractor.name} {extractor.version} ({extractor.extractor_id[:12]})"
    yield "words", f"{extraction.words:,}"
    yield "title", extraction.title or "none"
    yield "language", extraction.language
    yield "stated", _stated(extraction)
    for part in found.dropped:
        text = " ".join(part.text.split())
        yield "dropped", f"{part.why}: {text[:_MOST]}{'…' if len(text) > _MOST else ''}"


def _verdict(extraction: Extraction) -> str:
    sure = f" (score {extraction.score:.2f})"
    return f"{extraction.verdict}{sure}{f': {extraction.reason}' if extraction.reason else ''}"


def _stated(extraction: Extraction) -> str:
    if not extraction.stated_quote:
        return "no date"
    day = extraction.stated_date or "which day is open"
    return f"{day} ({extraction.stated_kind}): {extraction.stated_quote}"
