"""A small valid PDF out of a policy, the same bytes each time. Standard library only."""

import textwrap

from crawler.sandbox.samples.policies import PolicyText

LINES_A_PAGE = 50
COLUMNS = 92


def pdf_of(policy: PolicyText) -> bytes:
    """Set a policy in Helvetica on A4; what cp1252 lacks becomes a question mark."""
    lines = [policy.title, ""]
    for section in policy.sections:
        lines += [section.heading] if section.heading else []
        lines += [*textwrap.wrap(section.paragraph, COLUMNS), ""]
    sheets = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        objects += [_page(5 + 2 * number), _stream(sheet)]
    return _file(objects)


def _page(content: int) -> bytes:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _stream(lines: list[str]) -> bytes:
    shown = [f"({_escaped(line)}) Tj T*" for line in lines]
    drawn = "\n".join(["BT /F1 10 Tf 56 786 Td 14 TL", *shown, "ET"]).encode("cp1252", "replace")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(written))
    )
