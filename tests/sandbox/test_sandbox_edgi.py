"""A client that nobody here wrote lists and plays back every sample capture: EDGI's wayback."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests
import wayback
from sandbox_clients import Serve, edgi_client
from wayback.exceptions import (
    BlockedSiteError,
    MementoPlaybackError,
    NoMementoError,
    RateLimitError,
    WaybackException,
)

from crawler.memento import to_timestamp
from crawler.sandbox.archive import ArchivedCapture, archive_of, capture
from crawler.sandbox.faults import Fault
from crawler.sandbox.samples import sample_archive
from crawler.sandbox.server import Sandbox

SEALED = "http://www.sealeddesk.example/privacy"
SHOWN = [found for found in sample_archive().captures if found.url != SEALED]
PLAYED = [found for found in SHOWN if not found.faults]
MOVED_AT = next(
    found for found in SHOWN if found.url.endswith("?article=78") and found.status == 301
)
PRIVACY = "http://acme.example/privacy"


@pytest.fixture(scope="module")
def client() -> Iterator[wayback.WaybackClient]:
    with Sandbox(sample_archive()) as sandbox, edgi_client(sandbox.url) as edgi:
        yield edgi


def named(found: ArchivedCapture) -> str:
    return f"{found.urlkey}@{found.timestamp}"


@pytest.mark.parametrize("limit", [1, 3, 7])
@pytest.mark.parametrize("urlkey", sorted({found.urlkey for found in SHOWN}))
def test_it_lists_every_capture_page_by_page(
    client: wayback.WaybackClient, urlkey: str, limit: int
) -> None:
    expected = [found for found in SHOWN if found.urlkey == urlkey]

    records = list(client.search(expected[0].url, limit=limit))

    assert [to_timestamp(record.timestamp) for record in records] == [
        found.timestamp for found in expected
    ]
    assert [record.digest for record in records] == [found.digest for found in expected]
    assert [record.statuscode for record in records] == [
        None if found.revisit else found.status for found in expected
    ]


@pytest.mark.parametrize("found", PLAYED, ids=named)
def test_it_plays_back_every_capture(client: wayback.WaybackClient, found: ArchivedCapture) -> None:
    memento = client.get_memento(found.url, timestamp=found.timestamp, follow_redirects=False)

    held = sample_archive().payload_of(found)
    assert held
    assert memento.memento_url.endswith(f"/web/{found.timestamp}id_/{found.url}")
    assert (memento.url, to_timestamp(memento.timestamp)) == (found.url, found.timestamp)
    assert memento.status_code == found.status
    assert memento.headers["Date"] == held.header("Date")
    assert ("Location" in memento.headers) is (found.status in (301, 302))
    if not held.header("Content-Encoding"):
        assert memento.content == held.body


def test_it_follows_an_archived_move_to_the_new_address(client: wayback.WaybackClient) -> None:
    memento = client.get_memento(MOVED_AT.url, timestamp=MOVED_AT.timestamp)

    assert memento.url == "https://www.acmedesk.example/privacy"
    assert [step.status_code for step in memento.history] == [301]


def test_it_decodes_a_body_that_was_packed_when_captured(client: wayback.WaybackClient) -> None:
    found = next(found for found in PLAYED if found.header("Content-Encoding") == "gzip")

    memento = client.get_memento(found.url, timestamp=found.timestamp)

    assert "<title>" in memento.text


def test_it_sees_the_redirect_notice_of_the_viewer(client: wayback.WaybackClient) -> None:
    memento = client.get_memento(MOVED_AT.url, timestamp=MOVED_AT.timestamp, mode=wayback.Mode.view)

    assert memento.url == "https://www.acmedesk.example/privacy"


def test_it_learns_that_a_site_is_excluded(client: wayback.WaybackClient) -> None:
    with pytest.raises(BlockedSiteError):
        list(client.search(SEALED))

    with pytest.raises(BlockedSiteError):
        client.get_memento(SEALED, timestamp="20100101000000")


def test_it_learns_that_a_capture_cannot_be_played(client: wayback.WaybackClient) -> None:
    [unplayable] = [found for found in SHOWN if found.faults]

    with pytest.raises(MementoPlaybackError, match="could not be played"):
        client.get_memento(unplayable.url, timestamp=unplayable.timestamp)


def test_it_learns_that_a_page_was_never_archived(client: wayback.WaybackClient) -> None:
    with pytest.raises(NoMementoError):
        client.get_memento("http://nobody.example/", timestamp="20150101000000")


def test_it_takes_the_nearest_capture_where_it_may(client: wayback.WaybackClient) -> None:
    found = PLAYED[0]

    memento = client.get_memento(found.url, timestamp=str(int(found.timestamp) + 1), exact=False)

    assert to_timestamp(memento.timestamp) == found.timestamp


def test_it_reads_the_links_between_mementos(client: wayback.WaybackClient) -> None:
    first, second, *_ = [found for found in PLAYED if found.urlkey == PLAYED[0].urlkey]

    memento = client.get_memento(first.url, timestamp=first.timestamp)

    assert memento.links["next memento"]["url"].endswith(f"/web/{second.timestamp}id_/{second.url}")


def test_it_can_narrow_a_listing(client: wayback.WaybackClient) -> None:
    records = client.search(
        "opsgrove.example",
        match_type="domain",
        from_date=datetime(2016, 1, 1, tzinfo=UTC),
        to_date=datetime(2017, 12, 31, tzinfo=UTC),
        filter_field="statuscode:404",
    )

    assert [record.statuscode for record in records] == [404]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault("429"), RateLimitError, id="429"),
        pytest.param(Fault("429-seconds", seconds=30), RateLimitError, id="429-seconds"),
        pytest.param(Fault("503"), WaybackException, id="503"),
        pytest.param(Fault("reset"), requests.ConnectionError, id="reset"),
    ],
)
def test_it_recognises_the_refusals_of_the_archive(
    serve: Serve, fault: Fault, error: type[Exception]
) -> None:
    sandbox = serve(archive_of(capture(PRIVACY, "20150101000000", "a")), faults=[fault])

    with edgi_client(sandbox.url) as client, pytest.raises(error):
        client.get_memento(PRIVACY, timestamp="20150101000000")


def test_it_repeats_a_request_that_timed_out(serve: Serve) -> None:
    archive = archive_of(capture(PRIVACY, "20150101000000", "a"))
    sandbox = serve(archive, faults=[Fault("first-504")])

    with edgi_client(sandbox.url) as client:
        memento = client.get_memento(PRIVACY, timestamp="20150101000000")

    assert memento.text == "a"
    assert [request.status for request in sandbox.log] == [504, 200]


def test_it_repairs_the_content_encoding_that_comes_twice(serve: Serve) -> None:
    archive = archive_of(capture(PRIVACY, "20150101000000", "repaired"))
    sandbox = serve(archive, faults=[Fault("encoding-twice")])

    with edgi_client(sandbox.url) as client:
        memento = client.get_memento(PRIVACY, timestamp="20150101000000")

    assert memento.text == "repaired"
