"""Everything that can go wrong with the archive, as a client sees it."""

import gzip
import http.client
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from faulty_archive import BODY, FIRST, PRIVACY, SECOND, TERMS, Ask, cdx, history, play
from sandbox_clients import Serve, get

from crawler.sandbox.archive import archive_of, capture
from crawler.sandbox.faults import Fault


@pytest.mark.parametrize("ask", [play, cdx])
@pytest.mark.parametrize(
    ("name", "status"),
    [("429", 429), ("429-seconds", 429), ("429-date", 429), ("503", 503), ("504", 504)],
)
def test_the_archive_refuses_without_a_moment(
    serve: Serve, ask: Ask, name: str, status: int
) -> None:
    sandbox = serve(history(), faults=[Fault(name)])

    reply = ask(sandbox)

    assert reply.status == status
    assert b"<h1>" in reply.body
    assert "memento-datetime" not in reply.names


def test_a_429_tells_how_long_to_wait_in_seconds(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("429-seconds", seconds=7)])

    assert play(sandbox).header("Retry-After") == "7"


def test_a_429_tells_how_long_to_wait_as_a_date(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("429-date", seconds=90)])

    moment = parsedate_to_datetime(play(sandbox).header("Retry-After"))

    assert 80 < (moment - datetime.now(UTC)).total_seconds() <= 91


def test_a_429_may_tell_nothing(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("429")])

    assert "retry-after" not in play(sandbox).names


def test_each_address_times_out_once(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("first-504")])

    statuses = [play(sandbox, url).status for url in (PRIVACY, TERMS, PRIVACY, TERMS)]

    assert statuses == [504, 504, 200, 200]


def test_a_reset_sends_nothing(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("reset", times=1)])

    with pytest.raises(ConnectionResetError):
        play(sandbox)

    assert play(sandbox).status == 200


def test_a_ban_refuses_connections_for_a_while_and_then_serves_again(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("ban", times=1, seconds=0.4)])
    with pytest.raises(ConnectionError):
        play(sandbox)
    banned_at = time.monotonic()

    with pytest.raises(ConnectionRefusedError):
        play(sandbox)
    time.sleep(max(0.6 - (time.monotonic() - banned_at), 0))

    assert play(sandbox).status == 200


def test_a_ban_cuts_the_connections_that_were_open(serve: Serve) -> None:
    sandbox = serve(history())
    kept = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    kept.request("GET", f"/web/{FIRST}id_/{TERMS}")
    kept.getresponse().read()

    sandbox.ban(60)

    with pytest.raises((http.client.HTTPException, ConnectionError)):
        _again(kept)
    kept.close()


def _again(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", f"/web/{FIRST}id_/{TERMS}")
    connection.getresponse()


@pytest.mark.parametrize("name", ["short-body", "cut-chunks"])
@pytest.mark.parametrize("ask", [play, cdx])
def test_a_body_may_break_off(serve: Serve, ask: Ask, name: str) -> None:
    sandbox = serve(history(), faults=[Fault(name)])

    with pytest.raises(http.client.IncompleteRead):
        ask(sandbox)


def test_a_short_body_promises_its_whole_length(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("short-body")])

    with pytest.raises(http.client.IncompleteRead) as broken:
        play(sandbox)

    assert broken.value.partial == BODY[: len(BODY) // 2]
    assert broken.value.expected == len(BODY) - len(BODY) // 2


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_a_cut_listing_ends_inside_a_line_of_a_whole_reply(serve: Serve, accepted: str) -> None:
    sandbox = serve(history(), faults=[Fault("cut-listing")])
    whole = get(f"{serve(history()).url}/cdx/search/cdx?url={PRIVACY}").body

    reply = cdx(sandbox, Accept_Encoding=accepted)

    body = gzip.decompress(reply.body) if accepted == "gzip" else reply.body
    assert reply.status == 200
    assert whole.startswith(body)
    assert not body.endswith(b"\n")
    assert body


def test_an_error_page_may_pose_as_a_listing(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("html-listing")])

    reply = cdx(sandbox)

    assert reply.status == 200
    assert reply.header("Content-Type").startswith("text/html")
    assert reply.body.startswith(b"<!DOCTYPE html>")
    assert play(sandbox).status == 200


def test_a_plain_body_may_claim_to_be_gzip(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("gzip-lie")])

    reply = play(sandbox, Accept_Encoding="gzip")

    assert reply.all("Content-Encoding") == ["gzip"]
    assert reply.body == BODY


def test_the_content_encoding_may_come_twice(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("encoding-twice")])

    reply = play(sandbox, Accept_Encoding="gzip")

    sent = [pair for pair in reply.headers if pair[0].lower() == "content-encoding"]
    assert sent == [("content-encoding", ""), ("Content-Encoding", "gzip")]
    assert gzip.decompress(reply.body) == BODY


def test_an_answer_may_be_late(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("slow", seconds=0.3)])
    asked_at = time.monotonic()

    reply = play(sandbox)

    assert time.monotonic() - asked_at >= 0.3
    assert reply.body == BODY


def test_a_drifted_memento_has_the_moment_and_body_of_another(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("drifted")])

    reply = play(sandbox)

    assert reply.status == 200
    assert reply.header("Memento-Datetime") == "Sun, 01 Jan 2012 00:00:00 GMT"
    assert reply.body.endswith(b"<p>And more.</p>")


@pytest.mark.parametrize(
    ("timestamp", "served"),
    [
        pytest.param(FIRST, "Wed, 01 Jan 2014 00:00:00 GMT", id="a-day"),
        pytest.param("20160229120000", "Sat, 29 Feb 2020 12:00:00 GMT", id="a-leap-day"),
        pytest.param("20960229120000", "Fri, 01 Jan 2100 00:00:00 GMT", id="a-day-there-is-not"),
    ],
)
def test_even_a_single_capture_can_drift(serve: Serve, timestamp: str, served: str) -> None:
    sandbox = serve(archive_of(capture(TERMS, timestamp, "terms")), faults=[Fault("drifted")])

    reply = play(sandbox, TERMS, timestamp)

    assert (reply.status, reply.header("Memento-Datetime")) == (200, served)


def test_a_listed_capture_may_lead_elsewhere(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("elsewhere")])

    reply = play(sandbox)

    assert reply.status == 302
    assert reply.header("X-Archive-Redirect-Reason") == f"found capture at {SECOND}"
    assert "memento-datetime" not in reply.names


def test_where_there_is_no_other_capture_it_leads_nowhere(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("elsewhere")])

    assert play(sandbox, TERMS).status == 404


@pytest.mark.parametrize(("name", "status"), [("excluded-200", 200), ("excluded-403", 403)])
def test_the_notice_of_exclusion_comes_under_two_statuses(
    serve: Serve, name: str, status: int
) -> None:
    sandbox = serve(history(), faults=[Fault(name)])

    reply = play(sandbox)

    assert reply.status == status
    assert b"This URL has been excluded from the Wayback Machine." in reply.body
    assert "memento-datetime" not in reply.names
    assert cdx(sandbox).status == 200
