"""Bytes to characters: labels in the order of the WHATWG, but checked. Standard library only.

A label is a claim. Valid UTF-8 with multi-byte sequences is UTF-8 whatever the label says,
because no other text looks so by chance; any other label is one witness among several.
"""

import re

from pipelines.extraction.charset_labels import claims
from pipelines.extraction.guess import guess, read, telling
from pipelines.extraction.mojibake import repair
from pipelines.extraction.wide import unmark, width

_SEVEN_BIT = {
    b"\x1b$)C": ("iso2022_kr",),
    b"\x1b$": ("iso2022_jp_2", "iso2022_jp_ext"),
    b"\x1b(": ("iso2022_jp_2", "iso2022_jp_ext"),
    b"~{": ("hz",),
}
_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_MOST_REPLACED = 0.01
# No encoding takes more than four bytes for a character: this is beyond any policy.
_LARGEST = 20_000_000


def decode(body: bytes, content_type: str = "") -> str | None:
    """Read `body` as characters, double encoding repaired; None where no encoding fits.

    A body of more than 20 million bytes is not worth it and comes back unread, a character a byte.
    """
    if len(body) > _LARGEST:
        return body.decode("latin-1")
    characters = _decode(body, content_type)
    if characters.count("\ufffd") > max(3, _MOST_REPLACED * len(characters)):
        return None
    if characters.count("\x00") > 0.1 * len(characters):
        return None
    return repair(characters.replace("\x00", "").replace("\ufeff", ""))


def _decode(body: bytes, content_type: str) -> str:
    body, marked = unmark(body)
    wide = width(body, marked)
    if wide:
        whole = len(body) - len(body) % (2 if "16" in wide else 4)
        return body[:whole].decode(wide, errors="replace")
    if body.isascii():
        return _seven_bit(body)
    characters = _as_utf8(body)
    if characters is not None:
        return characters
    sample = telling(body)
    return read(body, guess(sample, claims(body, content_type)) or "cp1252")


def _seven_bit(body: bytes) -> str:
    """Read a body without high bytes, escapes and all."""
    for escape, encodings in _SEVEN_BIT.items():
        if escape in body:
            for encoding in encodings:
                try:
                    return body.decode(encoding)
                except UnicodeDecodeError:
                    continue
    return body.decode("ascii")


def _as_utf8(body: bytes) -> str | None:
    """Read UTF-8, a few foreign bytes among it taken as windows-1252; None if it is not UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:
            return body[: error.start].decode()
    characters = body.decode(errors="surrogateescape")
    strays = len(_STRAY.findall(characters))
    sequences = len(_NOT_ASCII.findall(characters)) - strays
    if strays * 5 > sequences:
        return None
    return _STRAY.sub(_stray, characters)


def _stray(match: re.Match[str]) -> str:
    byte = match[0].encode(errors="surrogateescape")
    return byte.decode("cp1252", errors="replace")
