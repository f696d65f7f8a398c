"""The charset matrix: texts of `policy_texts` in the encodings that were made for them."""

import unicodedata

from policy_texts import TEXTS

# Python's name, the label a page would carry, the languages.
ENCODINGS = (
    ("utf-8", "utf-8", "en fr pl tr vi ru el he ar th ja zh ko"),
    ("utf-16-le", "utf-16le", "en ru th ja zh"),
    ("utf-16-be", "utf-16be", "en ru th ja zh"),
    ("utf-32-le", "utf-32le", "en ja"),
    ("cp1252", "windows-1252", "en fr de es pt it nl sv da no fi is"),
    ("latin-1", "iso-8859-1", "fr de es pt it sv da no is"),
    ("iso8859-15", "iso-8859-15", "en fr de es fi et"),
    ("mac-roman", "macintosh", "en fr de es pt da"),
    ("cp1250", "windows-1250", "pl cs sk hu ro sl hr"),
    ("iso8859-2", "iso-8859-2", "pl cs sk hu ro sl hr"),
    ("cp1251", "windows-1251", "ru uk bg sr"),
    ("koi8-r", "koi8-r", "ru"),
    ("koi8-u", "koi8-u", "uk"),
    ("iso8859-5", "iso-8859-5", "ru bg sr"),
    ("cp1253", "windows-1253", "el"),
    ("iso8859-7", "iso-8859-7", "el"),
    ("cp1254", "windows-1254", "tr"),
    ("iso8859-9", "iso-8859-9", "tr"),
    ("cp1255", "windows-1255", "he"),
    ("iso8859-8", "iso-8859-8", "he"),
    ("cp1256", "windows-1256", "ar"),
    ("iso8859-6", "iso-8859-6", "ar"),
    ("cp1257", "windows-1257", "lt lv et"),
    ("iso8859-13", "iso-8859-13", "lt lv"),
    ("iso8859-4", "iso-8859-4", "lt lv"),
    ("cp1258", "windows-1258", "vi"),
    ("cp874", "windows-874", "th"),
    ("shift_jis", "shift_jis", "ja"),
    ("euc_jp", "euc-jp", "ja"),
    ("iso2022_jp", "iso-2022-jp", "ja"),
    ("gb2312", "gb2312", "zh"),
    ("gb18030", "gb18030", "zh zh-tw"),
    ("hz", "hz-gb-2312", "zh"),
    ("big5", "big5", "zh-tw"),
    ("euc_kr", "euc-kr", "ko"),
    ("iso2022_kr", "iso-2022-kr", "ko"),
)
CASES = [
    (encoding, label, language)
    for encoding, label, languages in ENCODINGS
    for language in languages.split()
]
FIRST = [(encoding, label, languages.split()[0]) for encoding, label, languages in ENCODINGS]
NAMES = [f"{language} in {label}" for _, label, language in CASES]
# What servers say of pages that they know nothing of.
LIES = ("utf-8", "iso-8859-1", "windows-1251", "gb2312", "x-nonsense")
_PLAINER = str.maketrans(
    {
        "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2014": "-", "\u2013": "-",
        "\u2026": "...", "\u2122": " (tm)", "\u20ac": "EUR ", "\u0153": "oe",
    }
)  # fmt: skip
_VOWEL_MARKS = "\u0302\u0306\u031b"


def text_in(encoding: str, language: str) -> str:
    """Give the text, with plainer signs where the encoding does not hold them."""
    text = TEXTS[language]
    try:
        encoded(text, encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER)
    return text


def encoded(characters: str, encoding: str) -> bytes:
    """Encode, tones beside their letters where the encoding wants them so."""
    if encoding == "cp1258":
        characters = "".join(map(_toned, characters))
    return characters.encode(encoding)


def _toned(character: str) -> str:
    base, *marks = unicodedata.normalize("NFD", character)
    vowel = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in _VOWEL_MARKS))
    return vowel + "".join(mark for mark in marks if mark not in _VOWEL_MARKS)


def paged(text: str, head: str = "") -> str:
    """A small page of the text."""
    first, _, second = text.partition("\n")
    return (
        f"<html><head>{head}<title>Policy</title></head>\n<body><p>{first}</p>\n"
        f"<p>{second}</p></body></html>"
    )
