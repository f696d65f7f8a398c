"""The text of PDF policies. Owns pypdf."""

import io
import itertools
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

# The header may stand a little into the file, and often does.
_HEADER_WITHIN = 1_024
_MAX_BYTES = 30_000_000
_MAX_PAGES = 500
# Half a minute's work each. A file of 4 KB can ask for days: every page may draw one long stream,
# and forms may draw forms.
_MAX_CONTENT = 6_000_000
_MAX_STEPS = 400_000
_FEWEST_LETTERS_A_PAGE = 20
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]$")
_ENDS = re.compile(r"[.:;!?。\uff1a\uff1b\uff01\uff1f]$")
_STARTS = re.compile(r"^\s*(?:[-•·▪●o]\s|\(?[0-9a-zA-Z]{1,3}[.)]\s|[0-9]+\.[0-9])")
_LINE = 45
# What pypdf and the codecs below it raise on files that are no whole PDF.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class _TooLong(Exception):  # noqa: N818
    """More instructions than any policy takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """Text and title of a PDF; `reason` is "" or says why this is no whole text."""

    text: str = ""
    title: str = ""
    reason: str = ""


def is_pdf(body: bytes) -> bool:
    """Say whether the bytes are a PDF, whatever their label."""
    return b"%PDF-" in body[:_HEADER_WITHIN]


def read_pdf(body: bytes) -> PdfText:
    """Read all pages. Reasons: truncated, encrypted, scanned, undecodable, too-large."""
    if len(body) > _MAX_BYTES:
        return PdfText(reason="too-large")
    # It warns of each oddity in a file; what counts is whether a text came out.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    cut = _is_cut(body)
    try:
        return _read(body, cut)
    except _TooLong:
        return PdfText(reason="too-large")
    except (FileNotDecryptedError, DependencyError):
        return PdfText(reason="encrypted")
    except _BROKEN:
        return PdfText(reason="truncated" if cut else "undecodable")


def _read(body: bytes, cut: bool) -> PdfText:
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        return PdfText(reason="encrypted")
    if len(reader.pages) > _MAX_PAGES or _is_long(reader):
        return PdfText(reason="too-large")
    count = _counter()
    pages = [_lines(page, count) for page in reader.pages]
    text = "\n\n".join(_paragraphs(lines) for lines in _without_margins(pages)).strip()
    title = (reader.metadata.title if reader.metadata else "") or ""
    letters = sum(character.isalpha() for character in text)
    reason = "scanned" if letters < _FEWEST_LETTERS_A_PAGE * max(1, len(pages)) else ""
    return PdfText(text=text, title=" ".join(title.split()), reason="truncated" if cut else reason)


def _is_long(reader: PdfReader) -> bool:
    left = _MAX_CONTENT
    for page in reader.pages:
        contents = page.get_contents()
        left -= len(contents.get_data()) if contents is not None else 0
        if left < 0:
            return True
    return False


def _counter() -> Callable[..., None]:
    steps = itertools.count(1)

    def count(*_: object) -> None:
        if next(steps) > _MAX_STEPS:
            raise _TooLong

    return count


def _lines(page: PageObject, count: Callable[..., None]) -> list[str]:
    lines = page.extract_text(visitor_operand_before=count).splitlines()
    if len(lines) > 20 and sum(len(line.split()) for line in lines) < 2 * len(lines):
        # Some programs place every word by itself; only the places on the paper make lines of it.
        lines = page.extract_text(extraction_mode="layout").splitlines()
    return lines


def _is_cut(body: bytes) -> bool:
    # Some bytes may follow the end mark; a linearised file has an earlier one near its beginning.
    end = body.rfind(b"%%EOF")
    return end < 0 or end < len(body) - max(2_048, len(body) // 4)


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers and what stands at the top or bottom of most pages."""
    edges = Counter(
        _masked(line) for lines in pages for line in {*lines[:2], *lines[-2:]} if line.strip()
    )
    often = {line for line, pages_with in edges.items() if pages_with > max(2, len(pages) / 2)}
    kept: list[list[str]] = []
    for lines in pages:
        last = len(lines) - 2
        kept.append(
            [
                line
                for place, line in enumerate(lines)
                if not ((place < 2 or place >= last) and _masked(line) in often)
            ]
        )
    return kept


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _paragraphs(lines: list[str]) -> str:
    """Join the lines that only the width of the paper broke."""
    text = ""
    previous = ""
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            text += "\n\n" if previous else ""
        elif _HYPHENATED.search(previous) and line[0].islower():
            text = _HYPHENATED.sub("", text) + line
        elif len(previous) > _LINE and not _ENDS.search(previous) and not _STARTS.match(line):
            text += f" {line}"
        else:
            text += f"\n\n{line}" if previous else line
        previous = line
    return text
