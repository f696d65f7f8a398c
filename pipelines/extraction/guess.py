"""The encoding of a page that names none, or the wrong one. Owns chardet.

Two witnesses are heard. chardet knows how often bytes follow each other in each language; the
alphabet of the language that a reading seems to be in says which of its characters are out of
place there. A label is a third, weaker one.
"""

# ruff: noqa: RUF001 - the signs of all alphabets are the point here
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import chardet

from pipelines.extraction.alphabets import alphabet
from pipelines.extraction.language import likeliest

# The encodings of the web, the commonest first, by the names of chardet and of Python.
_ENCODINGS = {
    "cp1252": "cp1252", "iso8859-15": "iso8859-15", "cp1250": "cp1250", "iso8859-2": "iso8859-2",
    "cp1251": "cp1251", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "iso8859-5": "iso8859-5",
    "cp1253": "cp1253", "iso8859-7": "iso8859-7", "cp1254": "cp1254", "cp1255": "cp1255",
    "cp1256": "cp1256", "iso8859-6": "iso8859-6", "cp1257": "cp1257", "iso8859-13": "iso8859-13",
    "iso8859-4": "iso8859-4", "cp1258": "cp1258", "cp874": "cp874", "cp932": "cp932",
    "euc_jis_2004": "euc_jp", "gb18030": "gb18030", "big5hkscs": "big5hkscs", "cp949": "cp949",
    "mac-roman": "mac-roman", "mac-cyrillic": "mac-cyrillic", "mac-latin2": "mac-latin2",
    "cp866": "cp866", "iso8859-16": "iso8859-16", "iso8859-10": "iso8859-10",
}  # fmt: skip
_UNSHOWN = re.compile(rb"<(/?)(script|style)\b", re.IGNORECASE)
_TAGS = re.compile(rb"<[^<>]*>|<")
_FOREIGN = re.compile("[^\x00-\x7f]")
_SAMPLE, _SPOKEN = 6_000, 1_500
_MULTI_BYTE = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
_ALWAYS = ("cp1252", "mac-roman")
_TOO_LITTLE = 12
_CLOSE, _POSSIBLE = 0.3, 0.5
_WEIGHT, _EACH = 2.0, 0.1
# A label weighs little against a long text, and much where there is next to none.
_CLAIMED, _FIRST, _LATER = 0.1, 0.5, 0.25
_FEWEST_WIDE, _MOST_BROKEN = 4, 200
# A sign between two letters, a dash before a word, capitals that begin or are no word.
_ODD = re.compile(
    "(?<=[a-z])[«»“”„‚¿¡©®™•°€£§…](?=[a-z])|(?<=[a-km-z])·(?=[a-z])|(?<!\\S)[—–](?=[^\\W\\d])"
    "|(?<!\\S)[ÊÐÑÒÕÝÞ](?!\\S)|(?<!\\w)[À-ÖØ-Þ]{2}(?=[a-z])"
)
# English writes dashes without spaces, but has no word of one foreign letter; others do.
_ODD_ENGLISH = re.compile("(?<!\\S)[À-ÿ](?!\\S)")
_ODD_ELSEWHERE = re.compile("(?<=[a-z])[–—](?=[a-z])")


def telling(body: bytes) -> bytes:
    """Give the lines of text that hold more than ASCII, as many as a guess needs."""
    return _lines(_TAGS.sub(b"\n", _shown(body))) or _lines(body)


def guess(sample: bytes, claims: Sequence[str] = ()) -> str | None:
    """Name the encoding that fits the `telling` lines of a page best, or None.

    `claims` are the encodings that the page says it is in, by Python's names.
    """
    if claims and len(sample) < _TOO_LITTLE and read(sample, claims[0]).count("\ufffd") == 0:
        return claims[0]
    ranks = dict(_ranks(sample, claims))
    return max(ranks, key=lambda name: ranks[name], default=None)


def read(body: bytes, encoding: str) -> str:
    """Read a body in an encoding, what it does not hold as U+FFFD, marks joined to letters."""
    characters = body.decode(encoding, errors="replace")
    # This one writes the tones of Vietnamese beside the letters.
    return unicodedata.normalize("NFC", characters) if encoding == "cp1258" else characters


def _shown(body: bytes) -> bytes:
    """Leave out scripts and styles; a pattern for both ends would take the square of the time."""
    parts, start, inside = [], 0, b""
    for tag in _UNSHOWN.finditer(body):
        name = tag[2].lower()
        if not inside and not tag[1]:
            parts.append(body[start : tag.start()])
            inside = name
        elif inside == name and tag[1]:
            start, inside = tag.start(), b""
    return b"\n".join(parts if inside else (*parts, body[start:]))


def _lines(body: bytes) -> bytes:
    sample = b""
    for line in re.split(rb"[\r\n]+", body):
        if not line.isascii():
            sample += line.strip() + b"\n"
        if len(sample) > _SAMPLE:
            break
    return sample[: 2 * _SAMPLE]


def _ranks(sample: bytes, claims: Sequence[str]) -> Iterator[tuple[str, float]]:
    likely = _likely(sample)
    best = max(likely.values(), default=1.0)
    for place, name in enumerate(dict.fromkeys((*_ENCODINGS.values(), *claims))):
        share = likely.get(name, 0.0) / best
        reading = read(sample, name)
        if name in _MULTI_BYTE and _may_be(reading):
            share = max(share, _POSSIBLE)
        elif share < _CLOSE and name not in (*claims, *_ALWAYS):
            continue
        yield name, share - _oddness(reading) + _trust(reading, name, claims) - place / 300


def _trust(reading: str, name: str, claims: Sequence[str]) -> float:
    if name not in claims:
        return 0
    alone = _FIRST if name == claims[0] else _LATER
    return _CLAIMED + alone / max(1, len(_FOREIGN.findall(reading)))


def _may_be(reading: str) -> bool:
    foreign = len(_FOREIGN.findall(reading))
    return foreign >= _FEWEST_WIDE and reading.count("\ufffd") * _MOST_BROKEN <= foreign


def _likely(sample: bytes) -> dict[str, float]:
    found = chardet.detect_all(
        b"\n" + sample,  # a text that begins with BM is no picture
        ignore_threshold=True,
        compat_names=False,
        include_encodings=_ENCODINGS,
        max_bytes=4 * _SAMPLE,
    )
    likely = {_ENCODINGS.get(each["encoding"] or "", ""): each["confidence"] for each in found}
    return {name: share for name, share in likely.items() if name and share}


@lru_cache(maxsize=64)
def _oddness(text: str) -> float:
    """Say how much of a text beyond ASCII no writer of its language would type."""
    foreign = Counter(character for character in text if character > "\x7f")
    language, _ = likeliest(text[:_SPOKEN])
    letters = alphabet(language)
    odd = sum(count * _weight(character, letters) for character, count in foreign.items())
    odd += len(_ODD.findall(text)) + sum(map(_is_odd_pair, text, text[1:]))
    odd += len((_ODD_ENGLISH if language == "en" else _ODD_ELSEWHERE).findall(text))
    return _WEIGHT * odd / max(1, foreign.total()) + _EACH * min(5, odd)


def _weight(character: str, letters: frozenset[str]) -> float:
    if character in letters:
        return 0
    category = unicodedata.category(character)
    if category[0] == "C" or character == "\ufffd":
        return 3
    return 1 if letters or category[0] not in "LM" else 0.5


def _is_odd_pair(before: str, after: str) -> bool:
    """Say whether a capital or a vowel sign stands where only a wrong alphabet puts it."""
    if after <= "\x7f":
        return False
    if after.isupper():
        return before.islower()
    return unicodedata.category(after) == "Mn" and not before.isalpha() and before <= "\x7f"
