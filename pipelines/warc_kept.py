"""The records of the shelf: what a kept memento is written as. Uses warcio."""

from io import BytesIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.memento import Memento

_REASONS = {200: "200 OK"}
_IN_ADDRESS = ":/?#[]@!$&'()*+,;="


def response(writer: WARCWriter, memento: Memento, facts: dict[str, str]) -> ArcWarcRecord:
    """Make the record of an answer of a server."""
    status = _REASONS.get(memento.statuscode, f"{memento.statuscode} Archived")
    return writer.create_warc_record(
        memento.capture.original.replace(" ", "%20"),
        "response",
        payload=BytesIO(memento.body),
        length=len(memento.body),
        http_headers=StatusAndHeaders(status, list(memento.headers), protocol="HTTP/1.1"),
        warc_headers_dict=facts,
    )


def conversion(writer: WARCWriter, memento: Memento, facts: dict[str, str]) -> ArcWarcRecord:
    """Make the record of a text that somebody made of an answer."""
    # Names of files may hold anything; a header may not.
    names = ("WARC-Source-URI", "WARC-Archive-Source")
    return writer.create_warc_record(
        quote(memento.capture.original, safe=_IN_ADDRESS),
        "conversion",
        payload=BytesIO(memento.body),
        length=len(memento.body),
        warc_content_type=memento.content_type,
        warc_headers_dict=facts | {name: quote(facts[name], safe=_IN_ADDRESS) for name in names},
    )
