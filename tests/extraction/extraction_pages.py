"""Invented pages of invented vendors, with the dirt of real ones."""

import zlib
from collections.abc import Sequence

PARAGRAPHS = (
    (
        "Larkspur Desk respects the privacy of every visitor. This policy says which personal "
        "information we collect on larkspur.example, why we collect it and with whom we share it."
    ),
    (
        "When you open a ticket we ask for your name, your email address and the product you use. "
        "We keep this information for three years and use it to answer you and for nothing else."
    ),
    (
        "We set one cookie that remembers your language. You may refuse it in your browser; the "
        "help desk works without it, although it will greet you in English each time you return."
    ),
    (
        "We do not sell personal data to third parties. Our hosting company processes it on our "
        "behalf under a written agreement and may not use it for any purpose of its own."
    ),
    (
        "You may ask for a copy of your data, have it corrected or have it erased. Write to our "
        "privacy officer, who answers within thirty days and keeps a record of each request."
    ),
)


def policy_page(
    *, head: str = "", before: str = "", after: str = "", paragraphs: Sequence[str] = PARAGRAPHS
) -> str:
    """A policy with a menu and a footer around it; `before` and `after` stand beside the text."""
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>Privacy policy</title>{head}</head><body>"
        '<nav><a href="/">Home</a> <a href="/tour">Tour</a></nav>'
        f"<main><h1>Privacy policy</h1>{before}{body}{after}</main>"
        "<footer>Larkspur Desk Ltd.</footer></body></html>"
    )


def article_page(*, views: int, votes: int) -> str:
    """A knowledge-base article as help desks show it: the policy, then counters and a vote."""
    return policy_page(
        after=(
            '<p>Was this article helpful? <a href="javascript:void(0)">yes</a> / '
            '<a href="javascript:void(0)">no</a></p>'
            "<table><tr><td>Article details</td><td></td></tr>"
            f"<tr><td>Article views:</td><td>{views}</td></tr>"
            f"<tr><td>Rating (Votes):</td><td>({votes})</td></tr></table>"
        )
    )


def short_page(title: str, text: str) -> bytes:
    """A page that came with status 200 and is no policy."""
    return (
        f"<html><head><title>{title}</title></head><body><div><p>{text}</p></div></body></html>"
    ).encode()


def pdf(lines: Sequence[str], *, title: str = "") -> bytes:
    """A PDF of one page with one text operator a line, cross-reference table and all."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td {shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("latin-1"),
    ]
    return _file_of(objects, b"/Root 1 0 R /Info 6 0 R")


def sheets(*pages: Sequence[str], turned: int = 0) -> bytes:
    """A PDF whose pages run the instructions given; character 1 of its font is the ligature fi."""
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        b"/BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>"
    )
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font,
    ]
    for number, instructions in enumerate(pages):
        stream = "\n".join(instructions).encode("cp1252")
        leaf = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects += [
            leaf % (turned, 5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return _file_of(objects, b"/Root 1 0 R")


def put(text: str, x: float, y: float, size: float = 10) -> str:
    """Show a text that begins `x` points from the left and `y` from the bottom."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"


def drawing_twice(depth: int) -> bytes:
    """A PDF in which a form draws the next form twice, and that one the next."""
    leaf = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        leaf,
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(depth):
        stream = b"/X Do /X Do" if number < depth - 1 else b"BT /F1 9 Tf (We collect) Tj ET"
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font "
            b"<< /F1 5 0 R >> /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
            % (min(7 + number, 5 + depth), len(stream), stream)
        )
    return _file_of(objects, b"/Root 1 0 R")


def drawn_often(instructions: bytes, pages: int) -> bytes:
    """A PDF whose pages all draw one packed stream."""
    packed = zlib.compress(instructions)
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    leaf = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[leaf] * pages,
    ]
    return _file_of(objects, b"/Root 1 0 R")


def _file_of(objects: Sequence[bytes], trailer: bytes) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(written))
    )
