"""WARC files for the tests, with bodies as they really are kept."""

import gzip
import io
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

BODY = b"<p>We keep what we must.</p>"


def write_warc(path: Path) -> Path:
    """A response, a revisit of it, and bodies as they really are kept."""
    chunked = b"6\r\n<p>one\r\n7\r\n </p>  \r\n0\r\n\r\n"
    packed, brotlied = gzip.compress(BODY, mtime=0), brotli.compress(BODY)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        digest = respond(writer, "/a", "2016-01-01T00:00:00Z", BODY, "200 Document follows")
        revisit = writer.create_revisit_record(
            "http://warc.example/a",
            digest,
            "http://warc.example/a",
            "2016-01-01T00:00:00Z",
            http_headers=StatusAndHeaders("200 OK", [("X-Later", "yes")], protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2017-01-01T00:00:00Z"},
        )
        writer.write_record(revisit)
        respond(
            writer, "/b", "2016-01-01T00:00:00Z", chunked, extra=("Transfer-Encoding", "chunked")
        )
        respond(writer, "/c", "2016-01-01T00:00:00Z", packed, extra=("Content-Encoding", "gzip"))
        respond(writer, "/d", "2016-01-01T00:00:00Z", brotlied, extra=("Content-Encoding", "br"))
        respond(writer, "/e", "2016-01-01T00:00:00Z", b"gone", "404 Not Found")
    return path


def respond(
    writer: WARCWriter,
    path: str,
    date: str,
    body: bytes,
    status: str = "200 OK",
    extra: tuple[str, str] = ("Server", "warc"),
) -> str:
    headers = StatusAndHeaders(status, [("Content-Type", "text/html"), extra], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        f"http://warc.example{path}",
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Payload-Digest"))
