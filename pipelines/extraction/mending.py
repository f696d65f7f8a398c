"""Text that a page hides from programs, put back into its tree. Uses lxml."""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HTMLParser, fragments_fromstring  # type: ignore[import-untyped]

from pipelines.extraction.tags import CONTROL, UNSEEN

_TAGS = re.compile(r"</?(?:p|div|span|a|strong|em|b|i|u|ul|ol|li|h[1-6]|br|table|tr|td)\b[^<>]*>")
_FEWEST_TAGS = 6
_AS_WRITTEN = ("pre", "code", "textarea")
_HIDDEN_MAIL = "/cdn-cgi/l/email-protection"
_HEX = re.compile(r"(?:[0-9a-f]{2}){6,200}", re.IGNORECASE)


def mend(tree: Any) -> None:
    """Undo, in place, e-mail addresses in a cipher and markup that was escaped once too often."""
    for element in list(tree.iter()):
        code = element.get("data-cfemail")
        if code:
            _write_mail(element, _deciphered(code))
        target = element.get("href") or ""
        if _HIDDEN_MAIL in target:
            mail = _deciphered(target.partition("#")[2])
            element.set("href", f"mailto:{mail}" if mail else "")
        if element.tag in _AS_WRITTEN or element.tag in UNSEEN or not element.text:
            continue
        if element.text.count("</") >= 2:
            _parse_within(element)


def _write_mail(element: Any, mail: str) -> None:
    if mail:
        del element[:]
        element.text = mail


def _deciphered(code: str) -> str:
    """Give the address whose letters are each combined with the first byte, "" if it is none."""
    if not _HEX.fullmatch(code):
        return ""
    key, *letters = bytes.fromhex(code)
    mail = bytes(letter ^ key for letter in letters).decode("utf-8", errors="replace")
    return mail.partition("?")[0] if "@" in mail and mail.isprintable() else ""


def _parse_within(element: Any) -> None:
    if len(_TAGS.findall(element.text)) < _FEWEST_TAGS:
        return
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        parts = fragments_fromstring(element.text, parser=parser)
    except (etree.LxmlError, ValueError, TypeError):
        return
    if parts and isinstance(parts[0], str):
        element.text = CONTROL.sub("", parts.pop(0))
    else:
        element.text = None
    for place, part in enumerate(parts):
        element.insert(place, part)
