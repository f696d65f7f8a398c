"""Inputs that no server should send: pages damaged in every way, each the same by its number.

Standard library only, but for the pages that hypothesis makes.
"""

import gzip
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks._seeds import Source
from benchmarks._soup import soup

_LONGEST = 60_000
# A few inputs are repeated to this size, for what takes long by the byte.
_VAST = (300_000, 3_000_000)
_SELDOM = 1 / 400
_TAG = re.compile(rb"<[a-zA-Z/][^<>]{0,80}>")
_TAGS = (b"div", b"span", b"table><tr><td", b"ul><li", b"b", b"blockquote", b"font", b"details",
         b"form", b"x-y", b"svg", b"p", b"dl><dd", b"a href=/x", b"select", b"h2")  # fmt: skip
_ENTITIES = (b"&nbsp;", b"&#0;", b"&#xD800;", b"&#x110000;", b"&amp;amp;lt;", b"&notit", b"&#",
             b"&copy", b"&#150;", b"&NotEqualTilde;", b"&#8203;", b"&", b"&;")  # fmt: skip
_ATTRIBUTES = (b"class='cookie-banner modal'", b"style='display:none'", b"id=sharing", b"hidden",
               b"colspan=1000", b"rowspan=99999", b"colspan=-1", b"colspan=x", b"aria-hidden=true",
               b"href='http://['", b"href=javascript:x", b"href", b"=", b"'\"", b"xml:lang=zz",
               b"src='data:,'", b"on\x00=1", b"a:b:c=d", b"\xff=\xfe")  # fmt: skip
_CODECS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp1251", "shift_jis",
           "gb18030", "big5", "euc-jp", "euc-kr", "iso2022_jp", "koi8-r", "utf-7", "cp037",
           "mac-roman", "iso8859-8", "hz")  # fmt: skip
_CLAIMS = (*_CODECS, "x-user-defined", "unicode", "", "utf8mb4", "idna", "zlib", "\x00", "none")
_ADDRESSES = ("", "http://acme.example/privacy", "https://acme.example/a/b?c#d", "http://[", "/x",
              "javascript:x", "http://acme.example:99999/", "\x00", "//" * 500)  # fmt: skip
_RUNS = (b"[", b"](", b"](a", b"| ", b"* ", b"&lt;", b" \n", b"1,", b"- ", b"updated on ", b"<",
         b"\xc3\x83\xc2\xa9 ", b"error page not ", b"<p>", b"\\", b"_", b"http://a.", b"2019 ",
         "　".encode(), "日".encode(), "e\u0301".encode(), b"#", b"(" , b"Views: 1 ")  # fmt: skip

Mutate = Callable[[Random, bytes, Source], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A body and what came with it; `how` names what was done to make it."""

    body: bytes
    content_type: str
    url: str
    how: str


def make(seed: int, index: int, source: Source) -> Input:
    """Make the input of a number; the same seed, number and source give the same bytes."""
    random = Random(f"{seed} {index}")
    names = [random.choice(list(MUTATIONS)) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    body = source.page(random)
    for name in names:
        body = MUTATIONS[name](random, body, source)[:_LONGEST]
    if body and random.random() < _SELDOM:
        names.append("vast")
        body *= random.randint(*_VAST) // len(body)
    claim = random.choice(_CLAIMS)
    kinds = ("", "text/html", f"text/html; charset={claim}", "text/plain", "application/pdf", claim)
    return Input(
        body=body,
        content_type=random.choice(kinds),
        url=random.choice(_ADDRESSES),
        how="+".join(names),
    )


def _hypothesis(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    return soup(random).encode(errors="surrogatepass")


def _bits(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    flipped = bytearray(body)
    for _ in range(random.choice((1, 3, 30, 300)) if body else 0):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _cut(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    start, end = _span(random, body)
    return body[:start] if random.random() < 0.5 else body[:start] + body[end:]


def _splice(random: Random, body: bytes, source: Source) -> bytes:
    other = source.page(random)
    return body[: random.randrange(len(body) + 1)] + other[random.randrange(len(other) + 1) :]


def _double(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    start, end = _span(random, body)
    return body[:end] + body[start:end] * random.choice((1, 2, 20)) + body[end:]


def _nest(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    tag = b"<" + random.choice(_TAGS) + b">"
    place = random.randrange(len(body) + 1)
    return body[:place] + tag * random.choice((20, 300, 3_000)) + body[place:]


def _entities(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    put = b"".join(random.choices(_ENTITIES, k=random.choice((5, 80, 800))))
    return _spread(random, body, [put[at : at + 40] for at in range(0, len(put), 40)])


def _attributes(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    def dress(tag: re.Match[bytes]) -> bytes:
        if random.random() < 0.6:
            return tag[0]
        chosen = b" ".join(random.choices(_ATTRIBUTES, k=random.choice((1, 3, 20))))
        return tag[0][:-1] + b" " + chosen + b">"

    return _TAG.sub(dress, body)


def _unbalance(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    tags = _TAG.findall(body) or [b"</p>"]

    def other(tag: re.Match[bytes]) -> bytes:
        return random.choice((tag[0], tag[0], tag[0], b"", tag[0] * 2, random.choice(tags)))

    return _TAG.sub(other, body)


def _relabel(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    text = body.decode(errors="replace")
    meta = f"<meta charset='{random.choice(_CLAIMS)}'>"
    return (meta + text).encode(random.choice(_CODECS), errors="replace")


def _nul(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    odd = [bytes([random.choice((0, 0, 1, 8, 11, 12, 27, 127, 128, 255))]) for _ in range(60)]
    return _spread(random, body, odd)


def _table(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    span = random.choice((b"", b" colspan=90", b" rowspan=90", b" colspan=0", b" rowspan=x"))
    cell = b"<td" + span + b">" + random.choice((b"data", b"", b"<p>a<p>b", b"<table><td>x"))
    row = b"<tr>" + cell * random.choice((1, 5, 400))
    place = random.randrange(len(body) + 1)
    rows = row * random.choice((1, 30, 400))
    return body[:place] + b"<table>" + rows[:40_000] + b"</table>" + body[place:]


def _run(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    place = random.randrange(len(body) + 1)
    return body[:place] + random.choice(_RUNS) * random.choice((9, 500, 9_000)) + body[place:]


def _packed(random: Random, body: bytes, source: Source) -> bytes:
    packed = random.choice((_gzip, zlib.compress, lambda raw: _gzip(raw * 50)))(body)
    return random.choice((_bits, _cut, _splice))(random, packed, source)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)  # else the hour would be in it


def _document(random: Random, body: bytes, source: Source) -> bytes:
    """Damage a PDF: the text of a body means nothing to its reader."""
    pages = [page for _ in range(20) if (page := source.page(random)).startswith(b"%PDF")]
    page = random.choice(pages) if pages else b"%PDF-1.4\n" + body
    return random.choice((_bits, _cut, _double, _numbers))(random, page, source)


def _numbers(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    odd = (b"0", b"-1", b"4", b"99999999999", b"1e9", b"<<", b"[", b"R", b"null")
    return re.sub(
        rb"\d+", lambda found: random.choice(odd) if random.random() < 0.1 else found[0], body
    )


def _json(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    text = body.decode(errors="replace")
    nested = "[" * 2_000 + "]" * random.choice((2_000, 1_999, 0))
    return random.choice((json.dumps({"html": text}), json.dumps([text] * 3), nested)).encode()


def _binary(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    return random.randbytes(random.choice((1, 40, 4_000))) + body[: random.choice((0, 900))]


def _plain(random: Random, body: bytes, source: Source) -> bytes:  # noqa: ARG001
    return _TAG.sub(random.choice((b"", b"\n", b" ", b"\r\n\r\n")), body)


def _span(random: Random, body: bytes) -> tuple[int, int]:
    start, end = sorted(random.randrange(len(body) + 1) for _ in range(2))
    return start, end


def _spread(random: Random, body: bytes, pieces: list[bytes]) -> bytes:
    """Put each piece at a place of its own."""
    places = sorted(random.randrange(len(body) + 1) for _ in pieces)
    parts = [body[at:to] for at, to in zip([0, *places], [*places, len(body)], strict=True)]
    return parts[0] + b"".join(piece + part for piece, part in zip(pieces, parts[1:], strict=True))


MUTATIONS: dict[str, Mutate] = {
    "hypothesis": _hypothesis,
    "bits": _bits,
    "cut": _cut,
    "splice": _splice,
    "double": _double,
    "nest": _nest,
    "entities": _entities,
    "attributes": _attributes,
    "unbalance": _unbalance,
    "relabel": _relabel,
    "nul": _nul,
    "table": _table,
    "run": _run,
    "packed": _packed,
    "document": _document,
    "json": _json,
    "binary": _binary,
    "plain": _plain,
}
