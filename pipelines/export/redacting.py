"""Texts without e-mail addresses, telephone numbers and people named as contacts.

By form, not by understanding: what is found is replaced by what it was, in square brackets, and
counted. A text that has nothing to hide comes back as it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.export.redacting_emails import find_emails
from pipelines.export.redacting_names import find_names
from pipelines.export.redacting_phones import find_phones
from pipelines.export.spans import Span

_KINDS = (
    ("e-mail address", find_emails),
    ("telephone number", find_phones),
    ("name", find_names),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text without what was found in it; `counts` has each kind that was found."""

    text: str
    counts: Mapping[str, int]


def redact(text: str) -> Redacted:
    """Replace what names or reaches a person.

    Again until nothing is found: a name stands where it did not before, once what was named with
    it is gone. Each time there are fewer letters and digits outside of brackets, so it ends.
    """
    counts: Counter[str] = Counter()
    found = -1
    while found < counts.total():
        found = counts.total()
        for kind, find in _KINDS:
            text, times = _replace(text, kind, find(text))
            counts[kind] += times
    return Redacted(text=text, counts=dict(+counts))


def _replace(text: str, kind: str, spans: Iterable[Span]) -> tuple[str, int]:
    kept, reached, times = [], 0, 0
    for start, end in spans:
        kept += [text[reached:start], f"[{kind}]"]
        reached = end
        times += 1
    return ("".join([*kept, text[reached:]]), times) if times else (text, 0)
