"""Answers that no client should have to take in, as it sees them."""

import http.client
import socket
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from faulty_archive import BODY, FIRST, PRIVACY, Ask, cdx, history, play
from sandbox_clients import Serve

from crawler.sandbox.archive import archive_of, capture
from crawler.sandbox.faults import FAULTS, HOSTILE, Fault
from crawler.sandbox.server import Sandbox


def raw(sandbox: Sandbox, path: str) -> socket.socket:
    """Send a request and leave the answer in the socket."""
    parts = urlsplit(sandbox.url)
    client = socket.create_connection((str(parts.hostname), parts.port or 0), timeout=5)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: sandbox\r\nUser-Agent: tests\r\n\r\n".encode())
    return client


def test_the_hostile_faults_are_faults() -> None:
    assert FAULTS.keys() > HOSTILE


@pytest.mark.parametrize("ask", [play, cdx])
def test_a_circle_leads_to_the_very_address_that_was_asked_for(serve: Serve, ask: Ask) -> None:
    sandbox = serve(history(), faults=[Fault("circle")])

    reply = ask(sandbox)

    assert reply.status == 302
    assert reply.header("location") == next(iter(sandbox.log)).path
    assert "memento-datetime" not in reply.names


def test_a_drip_comes_a_byte_at_a_time(serve: Serve) -> None:
    archive = archive_of(capture(PRIVACY, FIRST, "ab", content_type="image/png"))
    sandbox = serve(archive, faults=[Fault("drip", seconds=0.05)])
    began = time.monotonic()

    reply = play(sandbox)

    assert reply.body == b"ab"
    assert time.monotonic() - began > 0.05 * 10


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        pytest.param(f"/web/{FIRST}id_/{PRIVACY}", BODY, id="playback"),
        pytest.param(f"/cdx/search/cdx?url={PRIVACY}", b"example,acme)/privacy ", id="listing"),
    ],
)
def test_an_endless_body_repeats_itself_until_the_client_has_enough(
    serve: Serve, path: str, piece: bytes
) -> None:
    sandbox = serve(history(), faults=[Fault("endless")])

    with raw(sandbox, path) as client, client.makefile("rb") as stream:
        taken = stream.read(1 << 20)

    places = [place for place in range(len(taken)) if taken.startswith(piece, place)]
    assert len(taken) == 1 << 20
    assert len(places) > 100
    assert len({after - before for before, after in pairwise(places)}) <= 3


@pytest.mark.parametrize(
    ("name", "complaint"), [("long-header", "header line"), ("many-headers", "100 headers")]
)
def test_headers_may_be_more_than_a_client_takes(serve: Serve, name: str, complaint: str) -> None:
    sandbox = serve(history(), faults=[Fault(name)])

    with pytest.raises(http.client.HTTPException, match=complaint):
        play(sandbox)
