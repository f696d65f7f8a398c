"""The text of PDF policies. Owns pypdf."""

import io
import itertools
import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from pipelines.extraction.pdf_lines import Line, Piece, lines_of, piece_of
from pipelines.extraction.pdf_text import text_of

# The header may stand a little into the file, and often does.
_HEADER_WITHIN = 1_024
_MAX_BYTES = 30_000_000
_MAX_PAGES = 500
# Some seconds' work each. A file of 4 KB can ask for days: every page may draw one long stream,
# and forms may draw forms. A page takes the square of its steps.
_MAX_CONTENT, _MAX_CONTENT_A_PAGE = 3_000_000, 1_000_000
_MAX_STEPS, _MAX_STEPS_A_PAGE = 200_000, 12_000
_DRAWING = frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"f", b"S", b"n", b"W", b"w"))
_FEWEST_LETTERS_A_PAGE = 20
# What pypdf and the codecs below it raise on files that are no whole PDF.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,  # of pypdf, for ciphers that it only knows by name
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
    steps = itertools.count(1)
    pages = [_lines(page, steps) for page in reader.pages]
    text = text_of(pages)
    title = (reader.metadata.title if reader.metadata else "") or ""
    letters = sum(character.isalpha() for character in text)
    reason = "scanned" if letters < _FEWEST_LETTERS_A_PAGE * max(1, len(pages)) else ""
    return PdfText(text=text, title=" ".join(title.split()), reason="truncated" if cut else reason)


def _is_long(reader: PdfReader) -> bool:
    left = _MAX_CONTENT
    for page in reader.pages:
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        left -= size
        if left < 0 or size > _MAX_CONTENT_A_PAGE:
            return True
    return False


def _lines(page: PageObject, steps: Iterator[int]) -> list[Line]:
    """Read a page; `steps` counts the instructions of the whole file."""
    pieces: list[Piece] = []
    steps_here = itertools.count(1)

    def count(operator: bytes, *_: object) -> None:
        long = operator not in _DRAWING and next(steps_here) > _MAX_STEPS_A_PAGE
        if long or next(steps) > _MAX_STEPS:
            raise _TooLong

    def keep(text: str, matrix: list[float], placed: list[float], _: object, size: float) -> None:
        if text:
            pieces.append(piece_of(text, matrix, placed, size))

    page.extract_text(visitor_operand_before=count, visitor_text=keep)
    return lines_of(pieces)


def _is_cut(body: bytes) -> bool:
    # Some bytes may follow the end mark; a linearised file has an earlier one near its beginning.
    end = body.rfind(b"%%EOF")
    return end < 0 or end < len(body) - max(2_048, len(body) // 4)
