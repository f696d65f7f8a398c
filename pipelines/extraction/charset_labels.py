"""What a page says its encoding is, by the names of Python. Standard library only.

A label is a claim: the bytes have the last word.
"""

import codecs
import re

# Browsers read these labels as the wider encoding, and pages rely on it.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "big5": "big5hkscs",
}
# Labels of the web that Python does not know.
_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "sjis-win": "cp932",
    "ms949": "cp949",
    "ms936": "gb18030",
}
# Python reads these too, but no browser does: a page that claims one wants to be misread.
_NO_CHARSETS = ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape")
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_IN_META = re.compile(r"<meta\b[^<>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_IN_XML = re.compile(r"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE)
_WINDOWS = re.compile(r"(?:windows|win|cp|ms)[-_ ]?(\d{3,4})")
_PRESCAN = 16_384


def claims(body: bytes, content_type: str) -> list[str]:
    """Name the encodings claimed by header, meta and XML declaration, the stronger first."""
    beginning = body[:_PRESCAN].decode("latin-1")
    labels = [*_IN_HEADER.findall(content_type), *_IN_META.findall(beginning)]
    labels += _IN_XML.findall(beginning[:1_000])
    return list(dict.fromkeys(name for name in map(_python_name, labels) if name))


def _python_name(label: str) -> str:
    label = label.strip().lower().removeprefix("x-")
    label = _WINDOWS.sub(r"cp\1", _ALIASES.get(label, label))
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return ""
    # A label that can be read at all cannot be in UTF-16 or UTF-32.
    if name in _NO_CHARSETS or name.startswith(("utf-16", "utf-32")):
        return ""
    return _WIDER.get(name, name)
