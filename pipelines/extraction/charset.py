"""Bytes to characters: labels in the order of the WHATWG, but checked. Standard library only.

A label is a claim. Valid UTF-8 with multi-byte sequences is UTF-8 whatever the label says,
because no other text looks so by chance; a label that the bytes contradict is passed over.
"""

import codecs
import re

from pipelines.extraction.guess import fit, guess, telling
from pipelines.extraction.mojibake import repair

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these labels as the wider encoding, and pages rely on it.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
# Python reads these too, but no browser does: a page that claims one wants to be misread.
_NO_CHARSETS = ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape")
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_LABEL = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE)
_SEVEN_BIT = re.compile(rb"\x1b[$(]|~\{")
_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_USUAL_LIES = ("cp1252",)
_ENOUGH = 60
_PRESCAN = 4_096
_MOST_REPLACED = 0.01


def decode(body: bytes, content_type: str = "") -> str | None:
    """Read `body` as characters, double encoding repaired; None where no encoding fits."""
    characters = _decode(body, content_type)
    if characters.count("\ufffd") > max(3, _MOST_REPLACED * len(characters)):
        return None
    if characters.count("\x00") > 0.1 * len(characters):
        return None
    return repair(characters.replace("\x00", ""))


def _decode(body: bytes, content_type: str) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, errors="replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, errors="replace")
    claims = _claims(body, content_type)
    if body.isascii():
        return _ascii(body, claims)
    whole = _as_utf8(body)
    if whole is not None:
        return whole
    sample = telling(body)
    for claim in claims:
        if claim != "utf-8" and _believable(body, sample, claim):
            return body.decode(claim, errors="replace")
    return body.decode(guess(sample) or "cp1252", errors="replace")


def _wide(body: bytes) -> str:
    sample = body[:_PRESCAN]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) * 0.2
    if odd > enough and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > enough and even > 4 * odd else ""


def _claims(body: bytes, content_type: str) -> list[str]:
    beginning = body[:_PRESCAN].decode("latin-1")
    found = (
        _LABEL.search(content_type),
        _LABEL.search(beginning),
        _XML_LABEL.search(beginning),
    )
    names = [_python_name(match[1]) for match in found if match]
    return [name for name in names if name]


def _python_name(label: str) -> str:
    label = label.strip().lower().removeprefix("x-").replace("ks_c_5601-1987", "cp949")
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return ""
    if name in _NO_CHARSETS:
        return ""
    if name.startswith("utf-16"):
        # A label inside the page that can be read at all cannot be in UTF-16.
        return "utf-8"
    return _WIDER.get(name, name)


def _ascii(body: bytes, claims: list[str]) -> str:
    if _SEVEN_BIT.search(body):
        for claim in claims:
            if claim in ("iso2022_jp", "iso2022_kr", "hz"):
                return body.decode(claim, errors="replace")
        if b"\x1b$" in body:
            return body.decode("iso2022_jp_2", errors="replace")
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


def _believable(body: bytes, sample: bytes, claim: str) -> bool:
    try:
        body.decode(claim)
    except UnicodeDecodeError as error:
        # The last character of a page that was cut off does not speak against its label.
        if error.start < len(body) - 4 and claim not in _USUAL_LIES:
            return False
    except ValueError:
        return False
    # Servers put these labels on everything, so they need a second witness.
    if claim not in _USUAL_LIES or len(sample) < _ENOUGH:
        return True
    return fit(sample, claim) is not None or guess(sample) is None
