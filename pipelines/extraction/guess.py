"""The encoding of a page that names none, or the wrong one. Standard library only.

An encoding was made for some languages. The right one gives a text that reads as one of them,
with few signs where letters should be; a wrong one gives another language or a row of signs.
"""

import re
import unicodedata

from pipelines.extraction.language import likeliest

_WEST = frozenset(
    {"en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "nn", "fi", "is", "fo"}
    | {"ca", "gl", "eu", "ga", "cy", "br", "oc", "af", "lb", "id", "ms"}
)
_CENTRE = frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "bs", "sr", "ro", "sq"})
_CYRILLIC = frozenset({"ru", "uk", "bg", "be", "mk", "sr", "kk", "ky", "mn"})
_MADE_FOR = {
    "cp1252": _WEST,
    "iso8859_15": _WEST,
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1254": frozenset({"tr", "az"}),
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp1253": frozenset({"el"}),
    "cp1255": frozenset({"he"}),
    "cp1256": frozenset({"ar", "fa", "ur", "ug"}),
    "cp1257": frozenset({"lt", "lv", "et"}),
    "cp874": frozenset({"th"}),
    "gb18030": frozenset({"zh"}),
    "big5hkscs": frozenset({"zh"}),
    "cp932": frozenset({"ja"}),
    "euc_jp": frozenset({"ja"}),
    "cp949": frozenset({"ko"}),
    "mac_roman": _WEST,
}
_TAGS = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_SAMPLE = 1_500
_MOST_SIGNS = 0.2


def telling(body: bytes) -> bytes:
    """Give the lines of text that hold more than ASCII, as many as a guess needs."""
    lines = (line for line in re.split(rb"[\r\n]+", _TAGS.sub(b"\n", body)) if not line.isascii())
    sample = b""
    for line in lines:
        sample += line.strip() + b"\n"
        if len(sample) > _SAMPLE:
            break
    return sample


def guess(sample: bytes) -> str | None:
    """Name the encoding that fits the `telling` lines of a page best, or None."""
    ranks = [(-rank, name) for name in _MADE_FOR if (rank := fit(sample, name)) is not None]
    # Python's sort is stable, and the usual encodings come first above.
    return min(ranks, key=lambda ranked: ranked[0])[1] if ranks else None


def fit(sample: bytes, encoding: str) -> float | None:
    """Say how well an encoding fits, 1 at best; None where it cannot be the one."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if len(sample) - error.start > 3:
            return None
        text = sample[: error.start].decode(encoding, errors="ignore")
    foreign = [character for character in text if character > "\x7f"]
    signs = sum(map(_is_odd, foreign)) + sum(map(_is_odd_pair, text, text[1:]))
    if not foreign or signs > _MOST_SIGNS * len(foreign) + 2:
        return None
    language, probability = likeliest(text)
    if language not in _MADE_FOR.get(encoding, frozenset({language})):
        return None
    return probability - signs / len(foreign)


def _is_odd(character: str) -> bool:
    """Say whether a character is one that no writer of a policy would type."""
    if character in "€£©®™§«»°–—‘’“”„‚…•·\u00a0¿¡":  # noqa: RUF001
        return False
    return unicodedata.category(character)[0] not in "LMN" or character in "ªºþÿ"


def _is_odd_pair(before: str, after: str) -> bool:
    """Say whether a capital or a vowel sign stands where only a wrong alphabet puts it."""
    if after <= "\x7f":
        return False
    if after.isupper():
        return before.islower()
    return unicodedata.category(after) == "Mn" and not before.isalpha() and before <= "\x7f"
