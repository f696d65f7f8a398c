"""What the sandbox remembers of its requests, and how it treats its connections."""

import json
import socket
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sandbox_clients import AGENT, Serve, get

from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.faults import Fault
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"
MOMENT = "20100101000000"
LISTING = f"/cdx/search/cdx?url={PRIVACY}"
PLAYBACK = f"/web/{MOMENT}id_/{PRIVACY}"


def history() -> Archive:
    return archive_of(capture(PRIVACY, MOMENT, "text"))


def test_every_request_is_in_the_log_with_its_answer(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("503", on="playback", times=1)])

    for path in (LISTING, PLAYBACK, PLAYBACK, "/robots.txt"):
        get(sandbox.url + path)

    seen = [(it.kind, it.path, it.status, it.fault) for it in sandbox.log]
    assert seen == [
        ("cdx", LISTING, 200, ""),
        ("playback", PLAYBACK, 503, "503"),
        ("playback", PLAYBACK, 200, ""),
        ("other", "/robots.txt", 404, ""),
    ]
    assert {it.user_agent for it in sandbox.log} == {AGENT}
    assert sandbox.log.count("playback") == 2
    assert sandbox.log.count() == len(sandbox.log) == 4


def test_the_log_knows_distances_and_moments(serve: Serve) -> None:
    sandbox = serve(history())
    get(sandbox.url + LISTING)
    time.sleep(0.1)

    get(sandbox.url + LISTING)

    first, second = sandbox.log
    assert second.monotonic - first.monotonic >= 0.1
    assert first.at < second.at
    assert first.at.endswith("+00:00")


def test_the_log_goes_into_a_file_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    with Sandbox(history(), log_file=file) as sandbox:
        get(sandbox.url + LISTING)
        written_at_once = file.read_text()
        sandbox.log.clear()
        get(sandbox.url + PLAYBACK)

    assert json.loads(written_at_once)["path"] == LISTING
    assert [json.loads(line)["kind"] for line in file.read_text().splitlines()] == [
        "cdx",
        "playback",
    ]
    assert len(sandbox.log) == 1


def test_a_connection_serves_many_requests(serve: Serve) -> None:
    sandbox = serve(history())
    connection = HTTPConnection(sandbox.url.removeprefix("http://"))

    bodies = []
    for _ in range(3):
        connection.request("GET", PLAYBACK)
        socket = connection.sock
        bodies.append(connection.getresponse().read())
        assert connection.sock is socket

    connection.close()
    assert bodies == [b"text"] * 3


def test_a_head_request_gets_the_headers_alone(serve: Serve) -> None:
    sandbox = serve(history())
    connection = HTTPConnection(sandbox.url.removeprefix("http://"))

    replies = []
    for _ in range(2):
        connection.request("HEAD", PLAYBACK)
        reply = connection.getresponse()
        replies.append((reply.headers["Memento-Datetime"], reply.read()))

    connection.close()
    assert replies == [("Fri, 01 Jan 2010 00:00:00 GMT", b"")] * 2


def test_many_clients_are_served_at_once(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("slow", seconds=0.3)])
    started = time.monotonic()
    threads = [threading.Thread(target=get, args=(sandbox.url + PLAYBACK,)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert time.monotonic() - started < 1.5
    assert len(sandbox.log) == 8


def test_another_archive_can_take_its_place_while_it_runs(serve: Serve) -> None:
    sandbox = serve(history())
    before = get(sandbox.url + LISTING).body.count(b"\n")

    sandbox.serve(history() + archive_of(capture(PRIVACY, "20200101000000", "later")))

    assert (before, get(sandbox.url + LISTING).body.count(b"\n")) == (1, 2)


def test_after_its_end_nobody_listens() -> None:
    with Sandbox(history()) as sandbox:
        get(sandbox.url + LISTING)

    with pytest.raises(ConnectionRefusedError):
        get(sandbox.url + LISTING)


def test_five_hundred_small_pages_cost_less_than_a_second(serve: Serve) -> None:
    sandbox = serve(archive_of(capture(PRIVACY, MOMENT, b"<p>text</p>" * 300)))
    connection = HTTPConnection(sandbox.url.removeprefix("http://"))
    started = (
        time.process_time()
    )  # client and sandbox; whoever else uses the machine does not count

    for _ in range(500):
        connection.request("GET", PLAYBACK)
        connection.getresponse().read()

    assert time.process_time() - started < 1
    connection.close()


def raw(sandbox: Sandbox, sent: bytes) -> bytes:
    """Send bytes and read until the sandbox hangs up."""
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rsplit(":", 1)[1]))) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_client_of_http_1_0_gets_a_body_that_ends_with_the_connection(serve: Serve) -> None:
    sandbox = serve(history())

    answer = raw(sandbox, f"GET {PLAYBACK} HTTP/1.0\r\n\r\n".encode())

    assert answer.endswith(b"\r\n\r\ntext")
    assert b"Transfer-Encoding" not in answer


def test_a_proxied_request_names_the_whole_address(serve: Serve) -> None:
    sandbox = serve(history())

    answer = raw(
        sandbox,
        f"GET http://web.archive.org{PLAYBACK} HTTP/1.1\r\nConnection: close\r\n\r\n".encode(),
    )

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("sent", [b"hello\r\n\r\n", b"\r\n", b"GET / HT"])
def test_who_talks_nonsense_is_hung_up_on(serve: Serve, sent: bytes) -> None:
    sandbox = serve(history())
    port = int(sandbox.url.rsplit(":", 1)[1])

    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(10)

    assert answer == b""
    assert get(sandbox.url + PLAYBACK).status == 200
