"""UTF-16 and UTF-32, by their mark or by their zeros, whatever the mark says. Standard library.

Half the bytes of their tags and spaces are zeros, which no other text holds; in the right order
those are tags and spaces again, in the wrong one they are letters nobody writes.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ORDERS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_TAG = re.compile(rb"<(?:[a-z]{1,10}[\s>]|!doctype)", re.IGNORECASE)
_PRINTED = re.compile(r"[\t\r\n -~]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ud800-\udfff]")
_SAMPLE = 8_192
_FEWEST_PRINTED = 0.03
_MOST_ZEROS = 0.1


def unmark(body: bytes) -> tuple[bytes, str]:
    """Take the byte order mark off; give what is left, and the encoding of the mark or ""."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :], encoding
    return body, ""


def width(body: bytes, marked: str) -> str:
    """Name the order of a body in UTF-16 or UTF-32, "" for any other.

    `marked` is the encoding of the mark that was taken off, "" where there was none.
    """
    sample = body[:_SAMPLE]
    if 0 in sample:
        readings = {order: sample.decode(order, errors="ignore") for order in _ORDERS}
        best = max(_ORDERS, key=lambda order: _likeness(readings[order]))
        if _likeness(readings[best]) > _FEWEST_PRINTED:
            return best
    elif _TAG.search(sample):
        return ""
    return marked if marked in _ORDERS else ""


def _likeness(reading: str) -> float:
    if not reading or reading.count("\x00") > _MOST_ZEROS * len(reading):
        return 0
    return (len(_PRINTED.findall(reading)) - 2 * len(_CONTROLS.findall(reading))) / len(reading)
