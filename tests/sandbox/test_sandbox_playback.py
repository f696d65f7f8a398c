"""Playback of the sandbox, asked over the wire."""

import gzip
from email.utils import parsedate_to_datetime

import brotli
import pytest
import requests.utils
from played_archive import FIRST, PRIVACY, history, play
from sandbox_clients import Serve, get

from crawler.memento import to_datetime
from crawler.sandbox.archive import archive_of, capture, revisit_of


def test_a_memento_has_the_bytes_and_the_moment_of_its_capture(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20100101000000", PRIVACY)

    assert (reply.status, reply.body) == (200, b"<p>one</p>")
    assert reply.header("Memento-Datetime") == "Fri, 01 Jan 2010 00:00:00 GMT"
    assert reply.header("X-Archive-Src").endswith(".warc.gz")


def test_every_header_of_the_site_is_prefixed_but_its_content_type(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20100101000000", PRIVACY)

    assert reply.header("X-Archive-Orig-Date") == "Fri, 01 Jan 2010 00:00:00 GMT"
    assert reply.header("X-Archive-Orig-Last-Modified") == "Thu, 31 Dec 2009 10:00:00 GMT"
    assert reply.all("X-Archive-Orig-Via") == ["a", "b"]
    assert reply.header("X-Archive-Orig-Content-Length") == "10"
    assert reply.header("Content-Type") == "text/html; charset=utf-8"
    assert not {"via", "last-modified", "x-archive-orig-content-type"} & reply.names


def test_the_link_header_names_the_neighbours(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20120101000000", PRIVACY)

    links = {link["rel"]: link for link in requests.utils.parse_header_links(reply.header("Link"))}
    web = f"{sandbox.url}/web"
    assert {rel: link["url"] for rel, link in links.items()} == {
        "original": PRIVACY,
        "timemap": f"{web}/timemap/link/{PRIVACY}",
        "timegate": f"{web}/{PRIVACY}",
        "first memento": f"{web}/20100101000000/{PRIVACY}",
        "prev memento": f"{web}/20100101000000/{PRIVACY}",
        "memento": f"{web}/20120101000000/{PRIVACY}",
        "next memento": f"{web}/20140101000000/{PRIVACY}",
        "last memento": f"{web}/20140101000000/{PRIVACY}",
    }
    assert links["memento"]["datetime"] == "Sun, 01 Jan 2012 00:00:00 GMT"


def test_the_first_has_no_previous_and_the_last_no_next(serve: Serve) -> None:
    sandbox = serve(history())

    first = play(sandbox, "20100101000000", PRIVACY).header("Link")
    last = play(sandbox, "20140101000000", PRIVACY).header("Link")

    assert 'rel="prev memento"' not in first
    assert 'rel="next memento"' in first
    assert 'rel="next memento"' not in last


def test_a_revisit_plays_the_bytes_it_repeats_at_its_own_moment(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20140101000000", PRIVACY)

    assert (reply.status, reply.body) == (200, b"<p>one</p>")
    assert parsedate_to_datetime(reply.header("Memento-Datetime")) == to_datetime("20140101000000")


@pytest.mark.parametrize("status", [404, 410, 403, 429, 503, 500])
def test_an_archived_error_is_a_memento(serve: Serve, status: int) -> None:
    sandbox = serve(
        archive_of(
            capture(PRIVACY, "20150101000000", "no", status=status, headers={"Retry-After": "9"})
        )
    )

    reply = play(sandbox, "20150101000000", PRIVACY)

    assert (reply.status, reply.body) == (status, b"no")
    assert "memento-datetime" in reply.names
    assert reply.header("X-Archive-Orig-Retry-After") == "9"
    assert "retry-after" not in reply.names


@pytest.mark.parametrize(
    "uri_r",
    [
        pytest.param("https://www.acme.example/privacy/", id="another-form"),
        pytest.param("http:/acme.example/privacy", id="a-slash-lost"),
        pytest.param("http%3A%2F%2Facme.example%2Fprivacy", id="quoted"),
        pytest.param("acme.example/privacy", id="no-scheme"),
    ],
)
def test_an_address_is_found_by_its_key(serve: Serve, uri_r: str) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20100101000000", uri_r)

    assert (reply.status, reply.body) == (200, b"<p>one</p>")


def test_an_address_with_a_query_is_played_back(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20140101000000", f"{PRIVACY}?print=1")

    assert reply.body == b"<p>print</p>"


@pytest.mark.parametrize(
    ("uri_r", "status"),
    [
        pytest.param("http://acme.example/privacy", 301, id="plain"),
        pytest.param("http://acme.example:80/privacy", 301, id="default-port"),
        pytest.param("https://acme.example/privacy", 200, id="encrypted"),
        pytest.param("https://www.acme.example/privacy", 200, id="neither"),
    ],
)
def test_of_two_captures_in_a_second_the_same_address_wins_then_the_page(
    serve: Serve, uri_r: str, status: int
) -> None:
    second = "20160304050607"
    sandbox = serve(
        archive_of(
            capture(PRIVACY, second, status=301, location="https://acme.example/privacy"),
            capture("https://acme.example/privacy", second, "page"),
        )
    )

    reply = play(sandbox, second, uri_r)

    assert reply.status == status


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        pytest.param("gzip", gzip.compress(b"packed", mtime=0), id="gzip"),
        pytest.param("br", brotli.compress(b"packed"), id="brotli"),
        pytest.param("gzip", b"not packed at all", id="a-lie"),
    ],
)
def test_a_body_keeps_the_coding_of_its_time(serve: Serve, coding: str, packed: bytes) -> None:
    sandbox = serve(
        archive_of(capture(PRIVACY, "20150101000000", packed, headers={"Content-Encoding": coding}))
    )

    reply = play(sandbox, "20150101000000", PRIVACY, Accept_Encoding="gzip, br")

    assert reply.all("Content-Encoding") == [coding]
    assert reply.body == packed


@pytest.mark.parametrize(
    ("content_type", "compressed"), [("text/html", True), ("application/pdf", False), ("", False)]
)
def test_text_is_compressed_for_who_accepts_it(
    serve: Serve, content_type: str, compressed: bool
) -> None:
    body = b"text " * 100
    sandbox = serve(archive_of(capture(PRIVACY, "20150101000000", body, content_type=content_type)))

    reply = play(sandbox, "20150101000000", PRIVACY, Accept_Encoding="gzip")

    assert (reply.header("Content-Encoding") == "gzip") is compressed
    assert (gzip.decompress(reply.body) if compressed else reply.body) == body
    assert reply.header("Content-Type") == content_type


def test_a_line_whose_moment_does_not_exist_is_listed_but_not_played(serve: Serve) -> None:
    bad = capture(PRIVACY, "20150230000000", "never", headers={"Date": "now"})
    sandbox = serve(history() + archive_of(bad))

    listed = get(f"{sandbox.url}/cdx/search/cdx?url={PRIVACY}&filter=timestamp:20150230000000")
    reply = play(sandbox, "20150230000000", PRIVACY)

    assert len(listed.lines) == 2
    assert reply.status == 302


def test_a_revisit_of_nothing_kept_is_not_played(serve: Serve) -> None:
    sandbox = serve(archive_of(revisit_of(FIRST, "20140101000000")))

    reply = play(sandbox, "20140101000000", PRIVACY)

    assert (reply.status, "memento-datetime" in reply.names) == (404, False)
