"""Redirects of the sandbox, archived and its own, its notices and its viewer."""

import pytest
from played_archive import PRIVACY, history, play
from sandbox_clients import Serve, get

from crawler.sandbox.archive import archive_of, capture


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param(
            "https://new.example/p", "{url}/web/20150101000000id_/https://new.example/p", id="whole"
        ),
        pytest.param("/p?a=1", "/web/20150101000000id_/http://acme.example/p?a=1", id="path"),
        pytest.param(
            "//new.example/p", "{bare}/web/20150101000000id_/http://new.example/p", id="host"
        ),
        pytest.param("p2", "{url}/web/20150101000000id_/http://acme.example/p2", id="relative"),
    ],
)
def test_an_archived_redirect_leads_into_the_archive_at_its_own_second(
    serve: Serve, location: str, expected: str
) -> None:
    sandbox = serve(archive_of(capture(PRIVACY, "20150101000000", status=301, location=location)))

    reply = play(sandbox, "20150101000000", PRIVACY)

    bare = sandbox.url.removeprefix("http:")
    assert reply.status == 301
    assert reply.reason == "Moved Permanently"
    assert reply.header("Location") == expected.format(url=sandbox.url, bare=bare)
    assert "memento-datetime" in reply.names


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("20100101000001", "20100101000000", id="a-second-late"),
        pytest.param("20111231235959", "20120101000000", id="a-second-early"),
        pytest.param("19960101000000", "20100101000000", id="before-all"),
        pytest.param("20300101000000", "20140101000000", id="after-all"),
        pytest.param("2012", "20120101000000", id="a-year"),
        pytest.param("20", "20100101000000", id="a-century"),
    ],
)
def test_another_moment_leads_to_the_nearest_capture(serve: Serve, asked: str, found: str) -> None:
    sandbox = serve(history())

    reply = play(sandbox, asked, PRIVACY)

    assert (reply.status, reply.reason, reply.body) == (302, "FOUND", b"")
    assert reply.header("Location") == f"{sandbox.url}/web/{found}id_/{PRIVACY}"
    assert reply.header("X-Archive-Redirect-Reason") == f"found capture at {found}"
    assert reply.header("Content-Length") == "0"
    assert reply.header("Content-Type").startswith("text/plain")
    assert "memento-datetime" not in reply.names


def test_no_moment_at_all_leads_to_the_newest_capture(serve: Serve) -> None:
    sandbox = serve(history())

    reply = get(f"{sandbox.url}/web/{PRIVACY}")

    assert reply.header("Location") == f"{sandbox.url}/web/20140101000000/{PRIVACY}"


def test_what_was_never_archived_is_a_404_without_a_moment(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20100101000000", "http://acme.example/<never>")

    assert reply.status == 404
    assert b"Hrm." in reply.body
    assert b"The Wayback Machine has not archived that URL." in reply.body
    assert b"<never>" not in reply.body
    assert "memento-datetime" not in reply.names


def test_an_excluded_site_is_a_403_without_a_moment(serve: Serve) -> None:
    sandbox = serve(history() + archive_of(capture("http://sealed.example/p", "20100101000000")))

    reply = play(sandbox, "20100101000000", "http://sealed.example/p")

    assert reply.status == 403
    assert b"This URL has been excluded from the Wayback Machine." in reply.body
    assert "memento-datetime" not in reply.names


def test_the_viewer_adds_to_a_page_and_guesses_its_type(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "20120101000000", PRIVACY, mode="")

    assert reply.status == 200
    assert reply.body.startswith(b"<p>two</p><!-- FILE ARCHIVED ON")
    assert reply.header("X-Archive-Guessed-Content-Type") == "text/html"
    assert reply.header("X-Archive-Guessed-Charset") == "utf-8"
    assert "memento-datetime" in reply.names


def test_the_viewer_shows_a_notice_in_place_of_an_archived_redirect(serve: Serve) -> None:
    sandbox = serve(archive_of(capture(PRIVACY, "20150101000000", status=302, location="/new")))

    reply = play(sandbox, "20150101000000", PRIVACY, mode="")

    assert reply.status == 200
    assert b"Got an HTTP 302 response at crawl time" in reply.body
    assert b'href="/web/20150101000000/http://acme.example/new"' in reply.body
    assert "x-archive-src" in reply.names
    assert not {"memento-datetime", "location"} & reply.names


def test_addresses_in_replies_are_those_the_client_used(serve: Serve) -> None:
    sandbox = serve(history())

    reply = play(sandbox, "2011", PRIVACY, Host="web.archive.org", **{"X-Forwarded-Proto": "https"})

    assert reply.header("Location").startswith("https://web.archive.org/web/2010")
