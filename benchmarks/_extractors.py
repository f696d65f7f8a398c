"""The extractors that are compared. Uses trafilatura, readability, justext, resiliparse, html2text.

Each of the others is given the characters that policytrail decoded, so that none is judged by
its guess of a charset, and is asked for as much structure as it can give.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import html2text
import justext
import readability
import trafilatura
from lxml import etree
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from pipelines.extraction.charset import decode
from pipelines.extraction.extract import extract
from pipelines.extraction.normalize import normalized_id
from pipelines.extraction.unpack import unpack

OURS = "policytrail"
STUMBLES = (
    ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError,
    readability.readability.Unparseable,
)  # fmt: skip
_STOP_LISTS = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one extractor made of one page, and the seconds of CPU it took.

    `ids` names the rungs on which two pages are compared, finest first. The others know neither
    verdict nor language.
    """

    text: str
    ids: dict[str, str | None]
    seconds: float = 0.0
    verdict: str = ""
    reason: str = ""
    language: str = ""


Read = Callable[[bytes, str | None], Reading]


def ours(body: bytes, language: str | None) -> Reading:  # noqa: ARG001
    """Read a page as `policytrail read FILE` does."""
    found = extract(body)
    ids = {
        "text": found.text_id,
        "normalized": found.normalized_id,
        # An extraction has this rung from the fourth rules on.
        "undated": found.undated_id,
    }
    return Reading(
        text=found.text,
        ids=ids,
        verdict=found.verdict,
        reason=found.reason,
        language=found.language,
    )


def peer(find: Callable[[str, str | None], str], body: bytes, language: str | None) -> Reading:
    """Read a page with another extractor; where it stumbles it has found no text."""
    characters = decode(unpack(body), "")
    try:
        text = find(characters, language) if characters else ""
    except STUMBLES:
        text = ""
    text_id = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest() if text else None
    return Reading(text=text, ids={"text": text_id})


def rungs(reading: Reading) -> dict[str, str | None]:
    """Give the ids of a reading; the normalised words of a peer's text are counted as ours are."""
    if "normalized" in reading.ids:
        return reading.ids
    return reading.ids | {"normalized": normalized_id(reading.text) if reading.text else None}


def _trafilatura(page: str, _: str | None, *, recall: bool) -> str:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(
        page, output_format="markdown", include_links=True, favor_recall=recall
    )
    return found or ""


def _readability(page: str, _: str | None) -> str:
    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    document = readability.Document(page)
    return _as_markdown(f"<h1>{document.short_title()}</h1>{document.summary()}")


def _justext(page: str, language: str | None) -> str:
    paragraphs = justext.justext(page, *_stop_list(language or "en"))
    return "\n\n".join(found.text for found in paragraphs if not found.is_boilerplate)


def _resiliparse(page: str, _: str | None, *, main: bool) -> str:
    tree = HTMLTree.parse(page)
    return str(extract_plain_text(tree, main_content=main, preserve_formatting=True))


def _html2text(page: str, _: str | None) -> str:
    return _as_markdown(page)


def _as_markdown(page: str) -> str:
    writer = html2text.HTML2Text(bodywidth=0)
    return writer.handle(page)


@cache
def _stop_list(language: str) -> tuple[frozenset[str], int, int, float, float]:
    """Give justext's words of a language, or tell it to do without, as it does for any other."""
    if language in _STOP_LISTS:
        return justext.get_stoplist(_STOP_LISTS[language]), 70, 200, 0.3, 0.32
    return frozenset(), 70, 200, 0.0, 0.0


EXTRACTORS: dict[str, Read] = {
    OURS: ours,
    "trafilatura": partial(peer, partial(_trafilatura, recall=False)),
    "trafilatura-recall": partial(peer, partial(_trafilatura, recall=True)),
    "readability": partial(peer, _readability),
    "justext": partial(peer, _justext),
    "resiliparse": partial(peer, partial(_resiliparse, main=True)),
    "resiliparse-all": partial(peer, partial(_resiliparse, main=False)),
    "html2text": partial(peer, _html2text),
}
PLAIN = frozenset({"justext", "resiliparse", "resiliparse-all"})  # they mark no structure
