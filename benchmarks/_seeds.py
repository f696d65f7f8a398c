"""The pages that inputs are mutated from: invented ones, or cuts of a folder of real ones."""

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks._pages import policy_page

# Most cuts are of some kilobytes, so that many are read in little time.
_CUT = (800, 16_000)
_HEAD = 600
_SENTENCES = (
    "We collect your personal data when you open a ticket and keep it for three years.",
    "Last updated: 3 March 2019. Effective date: 05/06/2018.",
    "Nous ne vendons pas vos données à caractère personnel. Dernière mise à jour : 12 mai 2020.",
    "Wir speichern Ihre personenbezogenen Daten. Stand: 25.05.2018.",
    "我们收集您的个人信息。更新日期 2021年4月26日。",
    "個人情報の利用目的をお知らせします。改定日 令和2年3月1日。",
    "Мы обрабатываем персональные данные. Последнее обновление 1 июня 2019 года.",
    "نحن نجمع بياناتك الشخصية. آخر تحديث 1 يناير 2020.",
    "Was this article helpful? Article views: 1,234. 3 out of 7 found this helpful.",
)
_LEAF = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where pages come from: files of a corpus, or none, then invented pages."""

    files: tuple[Path, ...] = ()

    def page(self, random: Random) -> bytes:
        """Give a page of some kilobytes, the same for the same state of `random`."""
        seeds = invented()
        if not self.files or random.random() < 0.1:
            return random.choice(seeds)
        return cut(random, random.choice(self.files).read_bytes())


def source(corpus: Path | None) -> Source:
    """Take the pages below a folder; SystemExit where there are none. No folder: invented ones."""
    if corpus is None:
        return Source()
    files = [path for path in corpus.rglob("*") if path.suffix in (".html", ".htm", ".pdf")]
    if not files:
        raise SystemExit(f"{corpus}: no page in it: name a folder with .html or .pdf files")
    return Source(files=tuple(sorted(files)))


def cut(random: Random, page: bytes) -> bytes:
    """Keep the head of a page and a piece from anywhere in it."""
    wanted = int(random.triangular(*_CUT, _CUT[0]))
    if len(page) <= wanted or page.startswith(b"%PDF"):
        return page
    place = random.randrange(len(page) - wanted + 1)
    return page[: random.randrange(_HEAD)] + page[place : place + wanted]


@cache
def invented() -> Sequence[bytes]:
    """Write the pages, each of another make."""
    said = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES)
    made = policy_page(1, 1).decode()
    article = made[made.index("<h1>") : made.index("</article>")]
    short = article[:4_000]
    pages = (
        f"<!DOCTYPE html><html><head><title>Privacy</title></head><body>{said * 6}</body></html>",
        f"<html><body><nav><a href=/>Home</a></nav><main>{article}</main></body></html>",
        f"<table><tr><td><font size=2>{short}</font></td><td>menu</td></tr></table>",
        f"<form id=aspnetForm><input type=hidden value={'A' * 900}>{short}</form>",
        f"<html xmlns:o='urn:x'><p class=MsoNormal><o:p>&nbsp;</o:p></p>{said}</html>",
        f"<dl><dt>Cookies<dd>{said}<dt>Sharing<dd>{said}</dl>",
        f"<details><summary>More</summary><div style='display:none'>{short}</div></details>",
        "<frameset cols='20%,*'><frame src=menu.html><frame src=policy.html></frameset>",
        "<html><body><div id=root></div><script>window.data={}</script></body></html>",
        f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>{said}</html>",
        f"<table>{'<tr><th>Data<td>Three years<td colspan=2>Yes</tr>' * 40}</table>{said}",
        "\n\n".join(_SENTENCES * 6),
        json.dumps({"policy": [{"text": sentence} for sentence in _SENTENCES * 3]}),
    )
    encoded = [page.encode() for page in pages]
    return (*encoded, gzip.compress(encoded[0], mtime=0), pages[0].encode("utf-16"), *_pdfs())


def _pdfs() -> tuple[bytes, ...]:
    return tuple(_pdf(lines, packed=packed) for lines in (4, 60) for packed in (False, True))


def _pdf(lines: int, *, packed: bool) -> bytes:
    shown = "".join(f"({_SENTENCES[0]}) Tj 0 -14 Td " for _ in range(lines))
    stream = f"BT /F1 11 Tf 50 780 Td {shown}ET".encode("latin-1")
    way = b"/Filter /FlateDecode " if packed else b""
    stream = zlib.compress(stream) if packed else stream
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _LEAF,
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (way, len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        % (
            size,
            table,
            size,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(written)
    )
