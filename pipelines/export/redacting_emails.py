"""Where e-mail addresses stand in a text, also those hidden from robots. Standard library only."""

import re
from collections.abc import Iterator

from pipelines.export.spans import Span, windows

_S = r"[ \xa0]"
_AT = rf"{_S}?[\[({{<]{_S}?(?:at|@|arroba|arobase|ät|chez|bei){_S}?[\])}}>]{_S}?"
_DOT = rf"{_S}?[\[({{<]{_S}?(?:dot|\.|punkt|punto|point|ponto){_S}?[\])}}>]{_S}?"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
# A backslash stands before an underscore in Markdown; http://jane@acme.example is one gone wrong.
_LOCAL = r"(?:(?<![\w.+%/@\\-])|(?<=//))[\w.+](?:[\w.+%'\u2019-]|\\_){0,63}"
_END = r"(?!(?:png|jpe?g|gif|svg|webp|css|js)\b)[^\W\d_]{2,24}(?!_?[^\W_]|-)"
_EMAIL = re.compile(
    # as a robot reads it: jane@acme.example, also with %40 or spaces around the sign
    rf"{_LOCAL}(?:{_S}?[@\uff20]{_S}?|%40)(?:{_LABEL}\.){{1,8}}{_END}"
    # as it is hidden from robots: jane {at} acme {dot} example, jane[at]acme.example
    rf"|{_LOCAL}{_AT}(?:{_LABEL}(?:\.|{_DOT}|{_S}dot{_S})){{1,8}}{_END}"
    # jane at acme dot example: both in words, or every "at" would be one
    rf"|{_LOCAL}{_S}at{_S}(?!(?:the|an?|our|your|this){_S})(?:{_LABEL}(?:{_DOT}|{_S}dot{_S})){{1,8}}{_END}"
    # as a network of caches hides it: anybody can undo it
    r"|(?<=/email-protection#)[0-9a-fA-F]{16,}",
    re.IGNORECASE,
)
_HINT = re.compile(
    rf"[@\uff20]|%40|[\[({{<]{_S}?(?i:at|arroba|arobase|ät|chez|bei){_S}?[\])}}>]|/email-protection#"
)
_IN_WORDS = re.compile(rf"{_S}at{_S}[\w-]+(?:{_DOT}|{_S}dot{_S})", re.IGNORECASE)


def find_emails(text: str) -> Iterator[Span]:
    """Give where addresses stand, in order."""
    hints = [match.start() for match in _HINT.finditer(text)]
    if "dot" in text or "DOT" in text:
        hints += [match.start() for match in _IN_WORDS.finditer(text)]
    for start, end in windows(hints, 80, 400):
        for match in _EMAIL.finditer(text, start, end):
            yield match.span()
