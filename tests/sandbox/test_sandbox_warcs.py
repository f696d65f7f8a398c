"""Captures out of WARC files, as the sandbox lists and plays them."""

import gzip
from pathlib import Path

import brotli
import pytest
from sandbox_clients import Serve, get
from warc_files import BODY, write_warc

from crawler.sandbox.folders import BadSource
from crawler.sandbox.formats import digest_of
from crawler.sandbox.sources import load
from crawler.sandbox.warcs import load_warc


def test_a_warc_gives_its_responses_and_revisits(tmp_path: Path) -> None:
    archive = load_warc(write_warc(tmp_path / "a.warc.gz"))

    rows = [(row[0][-1], row[1][:4], row[3], row[4]) for row in archive.rows]
    assert rows == [
        ("a", "2016", "text/html", "200"),
        ("a", "2017", "warc/revisit", "-"),
        ("b", "2016", "text/html", "200"),
        ("c", "2016", "text/html", "200"),
        ("d", "2016", "text/html", "200"),
        ("e", "2016", "text/html", "404"),
    ]
    assert archive.captures[0].digest == archive.captures[1].digest == digest_of(BODY)
    assert 300 < int(archive.captures[0].length) < 1000
    assert archive.captures[0].source == "a.warc/a.warc.gz"


@pytest.mark.parametrize(
    ("path", "date", "body", "coding"),
    [
        pytest.param("/a", "2016", BODY, "", id="plain"),
        pytest.param("/a", "2017", BODY, "", id="revisit"),
        pytest.param("/b", "2016", b"<p>one </p>  ", "", id="chunked"),
        pytest.param("/c", "2016", gzip.compress(BODY, mtime=0), "gzip", id="gzip"),
        pytest.param("/d", "2016", brotli.compress(BODY), "br", id="brotli"),
        pytest.param("/e", "2016", b"gone", "", id="archived-404"),
    ],
)
def test_a_record_plays_back_as_it_was_kept(
    tmp_path: Path, serve: Serve, path: str, date: str, body: bytes, coding: str
) -> None:
    sandbox = serve(load_warc(write_warc(tmp_path / "a.warc.gz")))

    reply = get(f"{sandbox.url}/web/{date}0101000000id_/http://warc.example{path}")

    assert "memento-datetime" in reply.names
    assert (reply.body, reply.header("Content-Encoding")) == (body, coding)


def test_a_record_keeps_its_reason_and_a_revisit_its_own_headers(
    tmp_path: Path, serve: Serve
) -> None:
    sandbox = serve(load_warc(write_warc(tmp_path / "a.warc.gz")))

    first = get(f"{sandbox.url}/web/20160101000000id_/http://warc.example/a")
    again = get(f"{sandbox.url}/web/20170101000000id_/http://warc.example/a")

    assert first.reason == "Document follows"
    assert first.header("X-Archive-Orig-Server") == "warc"
    assert again.header("X-Archive-Orig-X-Later") == "yes"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"these are no records at all\n" * 20, "holds no response record", id="text"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\n", "a.warc.gz", id="cut"),
        pytest.param(b"", "holds no response record", id="empty"),
    ],
)
def test_what_is_no_warc_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)

    with pytest.raises(BadSource, match=reason):
        load([path])
