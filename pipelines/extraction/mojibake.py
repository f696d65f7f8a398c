"""Text that was decoded twice, put right. Owns ftfy."""

import re
from itertools import islice

import ftfy

# What the first byte of a UTF-8 sequence looks like when read as windows-1252, and a follower.
_LEADS = "\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2\u00e3"
_FOLLOWERS = (
    "[\u0080-\u00bf\u20ac\u201a-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2013\u2014"
    "\u2018-\u201d\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u0192\u02c6\u02dc\u2122]"
)
# One pattern a letter: a literal beginning is found many times faster than a set of letters.
_TRACES = {lead: re.compile(lead + _FOLLOWERS) for lead in _LEADS}
_TRACES["\u00c2"] = re.compile(f"\u00c2(?:{_FOLLOWERS}|(?=[ <\\n]|$))")
_BETWEEN_TAGS = re.compile(r"[^<>]+")
_RUN = re.compile("[^\x00-\x7f]+")
# Through which encodings whole pages have been sent twice.
_THROUGH = (
    *("cp1252", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("mac_roman", "latin-1", "iso8859_2"),
)
_LAYERS = 3
_SLICE, _RUNS, _FEWEST_RUNS = 3_000, 20, 4
_MOST_TRUE = 0.1


def repair(characters: str) -> str:
    """Undo double encoding: of a whole page, or in each stretch that shows a trace of it."""
    for _ in range(_LAYERS):
        through = _through(characters)
        if not through:
            break
        characters = _taken_off(characters, through)
    if not _shows_trace(characters):
        return characters
    return _BETWEEN_TAGS.sub(_repaired, characters)


def _repaired(match: re.Match[str]) -> str:
    stretch = match[0]
    return ftfy.fix_encoding(stretch) if _shows_trace(stretch) else stretch


def _shows_trace(characters: str) -> bool:
    if characters.isascii():
        return False
    return any(lead in characters and trace.search(characters) for lead, trace in _TRACES.items())


def _through(characters: str) -> str:
    """Name the encoding that nearly all of the page went through on its way to UTF-8, or ""."""
    if characters.isascii():
        return ""
    third = len(characters) // 3
    sample = (characters[place : place + _SLICE] for place in (0, third, 2 * third))
    runs = [run for piece in sample for run in _RUN.findall(piece)[1:-1][:_RUNS]]
    if len(runs) < _FEWEST_RUNS:
        return ""
    most = int(_MOST_TRUE * len(runs))
    for name in _THROUGH:
        true = (run for run in runs if not _once(run, name))
        if len(list(islice(true, most + 1))) <= most:
            return name
    return ""


def _taken_off(characters: str, name: str) -> str:
    return _RUN.sub(lambda run: _once(run[0], name) or run[0], characters)


def _once(run: str, name: str) -> str:
    """Take one layer off; "" where there is none."""
    try:
        if "\x80" <= min(run) <= "\x9f":
            return b"".join(_byte(character, name) for character in run).decode()
        return run.encode(name).decode()
    except UnicodeError:
        return ""


def _byte(character: str, name: str) -> bytes:
    # Browsers let a byte through that the encoding leaves undefined.
    if "\x80" <= character <= "\x9f":
        byte = character.encode("latin-1")
        if not byte.decode(name, errors="ignore"):
            return byte
    return character.encode(name)
