"""Markdown that others made of a page, as a page again. Owns markdown-it-py.

What they could not tell from the policy goes the way of all pages then: chrome, counters, doubled
titles, bullets of Word. Links that an archive rewrote lead to the web again, and the head that
says where a text was taken from is no part of it.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

from crawler.memento import is_timestamp, parse_uri_m
from pipelines.extraction.titles import title_of_pdf

TYPE = "text/markdown"
# The line before a text of the Princeton-Leuven corpus: host, day, and the capture's address.
_HEAD = re.compile(
    r"\A\ufeff?\s*>?[\s*_]*The following text is extracted and transformed from the (?P<host>\S+)"
    r" privacy policy that was archived on (?P<day>\d{4}-\d\d-\d\d)\.(?P<rest>[^\n]*)(?:\n|\Z)"
)
_TARGET = re.compile(r"\((?P<target>(?:https?:)?//[^\s()]+)\)")
_ARCHIVE = r"(?:(?:https?:)?//(?:web\.|wayback\.|www\.)?archive\.org(?::\d+)?)"
_FLAGS = r"(?:\d{1,14}\*?|\*)?(?:[a-z]{2}_)?"
# Up to the address that an archive was asked for, in any spelling of its own.
_ASKED = re.compile(
    rf"(?:{_ARCHIVE}/(?:web/|wayback/)?|(?<=\()/web/){_FLAGS}/?"
    r"(?P<uri>(?:https?(?::|%3A)/{1,2}|mailto(?::|%3A)|(?<=[\d_]/)[\w-]+\.)[^\s<>\"')\]]*)",
    re.IGNORECASE,
)
_OWN = re.compile(rf"{_ARCHIVE}(?P<path>/[^\s]*|)", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*(?::?-{3,}:?[ \t]*)?")
_PARTED = re.compile(r"\s*[|:\u2013\u2014\u00bb-]\s+|\s+[|\u2013\u2014\u00bb-]\s*")
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a text says: of which host, and where in the archive the capture is."""

    host: str
    day: str
    uri_m: str
    timestamp: str
    uri_r: str


def is_markdown(content_type: str) -> bool:
    """Say whether a body was called Markdown by whoever kept it."""
    return content_type.partition(";")[0].strip().lower() == TYPE


def head_of(characters: str) -> Head | None:
    """Read the head of a text of the Princeton-Leuven corpus, None where there is no whole one."""
    found = _HEAD.match(characters)
    if found is None:
        return None
    for target in _TARGET.finditer(found["rest"]):
        played = parse_uri_m(target["target"])
        if played and is_timestamp(played.timestamp) and played.timestamp[:8] == _digits(found):
            uri_r = unquote(played.uri_r)
            archive = target["target"].partition("/web/")[0]
            return Head(
                host=found["host"],
                day=found["day"],
                uri_m=f"{archive}/web/{played.timestamp}/{uri_r}",
                timestamp=played.timestamp,
                uri_r=uri_r,
            )
    return None


def as_page(characters: str, url: str = "") -> str:
    """Write Markdown as HTML; `url` is where links belong that an archive took for its own."""
    text = _HEAD.sub("", characters, count=1)
    text = _with_heads(_ASKED.sub(_asked, text))
    tokens = _PARSER.parse(text)
    for token in tokens:
        for child in token.children or ():
            _send_home(child, url)
    title, tokens = _title(tokens)
    title = title or title_of_pdf("", text)
    body = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return f"<html><head><title>{html.escape(title)}</title></head><body>{body}</body></html>"


def _digits(head: re.Match[str]) -> str:
    return head["day"].replace("-", "")


def _asked(found: re.Match[str]) -> str:
    uri = found["uri"]
    plain = unquote(uri) if "%3a" in uri[:10].lower() else uri
    return plain if re.match(r"(?:https?|mailto):", plain, re.IGNORECASE) else f"http://{plain}"


def _with_heads(text: str) -> str:
    """Give a table whose first line does not fit it an empty one, so that it is a table."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if _RULE.fullmatch(line) and _cells(line) != _cells(lines[place - 1] if place else ""):
            lines[place] = f"\n{'| ' * _cells(line)}|\n{'|---' * _cells(line)}|"
    return "\n".join(lines)


def _cells(line: str) -> int:
    return line.strip().strip("|").count("|") + 1 if line.strip() else 0


def _send_home(token: Token, url: str) -> None:
    name = {"link_open": "href", "image": "src"}.get(token.type, "")
    own = _OWN.fullmatch(str(token.attrGet(name) or "")) if name else None
    if own:
        token.attrSet(name, urljoin(url, own["path"] or "/") if url else "")


def _title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """Part a title of the page, with the site's name, from the document's own that follows it."""
    if [token.type for token in tokens[:2]] != ["heading_open", "inline"]:
        return "", tokens
    title = tokens[1].content.strip()
    following = next((token.content for token in tokens[3:] if token.type == "inline"), "")
    bare = following.strip(" #*_").lower()
    parts = [part.strip(" #*_").lower() for part in _PARTED.split(title)]
    return title, tokens[3:] if len(parts) > 1 and bare in parts else tokens
