"""Why a page reads as it does, for a person who looks into one. Standard library only."""

from dataclasses import dataclass

from pipelines.extraction.charset import decode
from pipelines.extraction.extract import Extraction
from pipelines.extraction.maintext import left_out_of
from pipelines.extraction.markdown import as_page, is_markdown
from pipelines.extraction.page import is_vast, parse
from pipelines.extraction.pdf import is_pdf
from pipelines.extraction.reader import Body
from pipelines.extraction.sniff import is_binary, is_json, is_too_large
from pipelines.extraction.unpack import unpack

# In the order in which they are likely; what two have in common is called by the first.
_CHARSETS = (
    *("ascii", "utf-8", "utf-8-sig", "cp1252", "iso8859-15", "cp1250", "cp1251", "cp1253"),
    *("cp1254", "cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-5", "iso8859-7", "koi8-r"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5hkscs", "cp949", "cp874"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A part of the page that is not in its text, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What stands behind an extraction.

    `charset` is the one that the bytes were read in, "" where they are no characters, "mixed"
    where no single one gives what was read.
    """

    extraction: Extraction
    charset: str
    dropped: tuple[Dropped, ...]


def explain(body: Body, extraction: Extraction) -> Explanation:
    """Say what stands behind what a reader made of a body, which is within its limits."""
    return Explanation(extraction=extraction, charset=_charset(body), dropped=_dropped(body))


def _dropped(body: Body) -> tuple[Dropped, ...]:
    plain = unpack(body.body)
    characters = None if is_pdf(plain) or is_binary(plain) else decode(plain, body.content_type)
    if not characters or is_too_large(characters) or is_json(characters):
        return ()
    is_ours = is_markdown(body.content_type)
    page = parse(as_page(characters, body.url) if is_ours else characters)
    if is_vast(page):
        return ()
    return tuple(Dropped(text=text, why=why) for why, text in left_out_of(page, body.url))


def _charset(body: Body) -> str:
    plain = unpack(body.body)
    if is_pdf(plain) or is_binary(plain):
        return ""
    characters = decode(plain, body.content_type)
    if not characters:
        return ""
    fits = (name for name in _CHARSETS if _read_in(plain, name) == characters)
    return next(fits, "mixed")


def _read_in(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, errors="replace")
    except UnicodeError:  # a mark that utf-16 and its like begin with, and that is not there
        return ""
