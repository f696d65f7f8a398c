"""One body in, one extraction out. Standard library only: the rooms beside it do the work.

The way of a body: unpack, PDF or characters, parse, main text, tidy, verdict, facts.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from pipelines.extraction.charset import decode
from pipelines.extraction.dateline import date_of
from pipelines.extraction.dates import NO_DATE
from pipelines.extraction.language import language_of
from pipelines.extraction.maintext import main_text
from pipelines.extraction.markdown import as_page, is_markdown
from pipelines.extraction.normalize import count_words, fold, id_of
from pipelines.extraction.page import Page, is_vast, parse
from pipelines.extraction.pdf import is_pdf, read_pdf
from pipelines.extraction.sniff import is_binary, is_json, is_too_large
from pipelines.extraction.tidy import tidy
from pipelines.extraction.titles import title_of, title_of_pdf
from pipelines.extraction.undated import undated_id
from pipelines.extraction.unpack import unpack
from pipelines.extraction.verdict import Evidence, Judgement, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read out of one body.

    `text` is Markdown, "" when there is none; then its ids are None. `verdict` is "policy" or
    "not-policy", and only the latter has a `reason`. `score` says from 0 to 1 how much the text
    looks like a policy: below 0.5 is none, 0.5 one in a language whose words are not known.
    `language` is ISO 639-1, "und" when unknown. `stated_kind` is "updated", "effective",
    "version" or ""; `stated_date` is None beside a quote that is ambiguous or names no day.
    """

    text: str
    text_id: str | None
    normalized_id: str | None
    undated_id: str | None
    words: int
    verdict: str
    reason: str
    score: float
    title: str
    language: str
    stated_date: date | None
    stated_kind: str
    stated_quote: str


def extract(body: bytes, *, content_type: str = "", url: str = "") -> Extraction:
    """Read a body, decoded from its Content-Encoding. Never raises, whatever the bytes.

    `content_type` is the header as received; `url` the address the body had on the web.
    """
    body = unpack(body)
    if is_pdf(body):
        found = read_pdf(body)
        text = tidy(found.text)
        return _extraction(text, title_of_pdf(found.title, text), found.reason)
    if not body.strip():
        return _extraction("", "", "empty")
    characters = None if is_binary(body) else decode(body, content_type)
    if characters is None:
        return _extraction("", "", "undecodable")
    if is_too_large(characters):
        return _extraction("", "", "too-large")
    if is_markdown(content_type):
        characters = as_page(characters, url)
    elif is_json(characters):
        return _extraction("", "", "other-page")
    page = parse(characters)
    if is_vast(page):
        return _extraction("", page.title, "too-large")
    return _extraction(tidy(main_text(page, url)), page.title, "", page)


def refused(reason: str) -> Extraction:
    """Give what stands for a body of which no text is to be had."""
    return _extraction("", "", reason)


def _extraction(text: str, title: str, reason: str, page: Page | None = None) -> Extraction:
    plain = fold(text)
    words = count_words(plain)
    language = language_of(text)
    judged = Judgement(reason=reason, score=0.0)
    if not reason:
        judged = judge(Evidence(title=title, text=text, words=words, language=language, page=page))
    stated = date_of(page, text, language) if not judged.reason else NO_DATE
    return Extraction(
        text=text,
        text_id=hashlib.sha256(text.encode()).hexdigest() if text else None,
        normalized_id=id_of(plain) if text else None,
        undated_id=undated_id(text, plain) if text else None,
        words=words,
        verdict="not-policy" if judged.reason else "policy",
        reason=judged.reason,
        score=judged.score,
        title=title_of(page, text) if page else title,
        language=language,
        stated_date=stated.date,
        stated_kind=stated.kind,
        stated_quote=stated.quote,
    )
