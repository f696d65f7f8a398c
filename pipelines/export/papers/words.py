"""What several papers say of a dataset in the same words: what it is, and how far it goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.export.papers.release import Release

_LIMITS = """\
A change lies between two captures: after `not_before`, when the old text was last seen, and not
after `not_after`, when the new one was first seen. There is no date of change, because nobody
knows it; `width_days` says how wide the interval is.

The first version of a policy is censored on the left (it may be older than its first capture;
`not_before` is missing), the last one on the right (it may still stand).

What came and went between two captures was never seen: counts of versions and changes are lower
bounds, the more so where captures are rare.

A capture that was skipped, is pending or failed is not observed; it is no evidence that nothing
changed. Rates need a denominator: `coverage` says for each policy how much was listed, fetched
and observed, and the longest gap.

What an archive captured, and how often, was not drawn by lot: well-known vendors and later years
are denser. Differences over time may be differences of attention.

Languages of one policy are kept apart (`language`, ISO 639-1, guessed from the text; `und` where
it is not known). Dictionaries and readability in the questions are made for English first.

Texts were extracted by a program, `extractor_id` says which: another one would cut some pages
differently. A page that it did not take for a policy is in `extractions` with its reason, and in
no version.

`source` says who collected a text. Texts that others collected were extracted in their own way:
they show versions only where the archive itself does not cover the policy, and a change between
two sources (`across_sources`) may be one of their ways and not of the policy.

`flip` marks a version that came and went at once, between two sightings of the same text: more
likely a slip of the page or of its reading than an edit.
"""
LIMITS = tuple(" ".join(limit.split()) for limit in _LIMITS.split("\n\n"))
_NAMED = 12  # policies or languages in an abstract
_TEXT_FREE = (
    "This copy is free of texts: identifiers, hashes, dates, measures and addresses in web "
    "archives are here, texts, titles and quotations are not."
)
_REDACTED = (
    "E-mail addresses, telephone numbers and names of persons given as contacts were taken out of "
    "the texts; a text keeps the identifier that it had before."
)


def abstract(release: Release) -> str:
    """Say in a paragraph what the dataset is and how much of it there is."""
    rows, seen = release.rows, release.contents
    span = ""
    if seen.first_seen and seen.last_seen:
        span = f", seen from {seen.first_seen:%Y-%m-%d} to {seen.last_seen:%Y-%m-%d}"
    said = (
        "Which policy of which vendor said what, and between which two captures of a web archive "
        f"it changed: {rows['versions']:,} versions and {rows['changes']:,} changes of "
        f"{rows['policies']:,} policies of {rows['vendors']:,} vendors{span}, with the ledger of "
        "all captures and the provenance of each text."
    )
    return " ".join([said, *_chosen(release)])


def _chosen(release: Release) -> list[str]:
    said = []
    told = [_told(chosen) for chosen in release.chosen if _told(chosen)]
    if told:
        said.append(f"It is a part of an archive, chosen by {', then by '.join(told)}.")
    if release.text_free:
        said.append(_TEXT_FREE)
    elif release.redacted:
        said.append(_REDACTED)
    return said


def _told(chosen: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{name}: {_some(value) if isinstance(value, list) else value}"
        for name, value in chosen.items()
        if not isinstance(value, bool)
    )


def _some(values: Sequence[object]) -> str:
    """Name the first of many; the package has all."""
    named = ", ".join(map(str, values[:_NAMED]))
    more = len(values) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named
