"""The sandbox's replies beside recorded ones of web.archive.org, class by class.

The facts are in `recorded_facts`. Where POLICYTRAIL_CORPUS names a folder that holds the
recordings (`NAME__NN.headers`, `NAME__NN.body`), the facts are held against these too, and the
headers of recording and sandbox against each other.
"""

import gzip
import os
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from recorded_facts import FACTS, departures
from sandbox_clients import Got, get

from crawler.sandbox.archive import archive_of, capture
from crawler.sandbox.faults import Fault
from crawler.sandbox.server import Sandbox

CORPUS = os.environ.get("POLICYTRAIL_CORPUS", "")
RECORDINGS = sorted(Path(CORPUS).rglob("*__*.headers")) if CORPUS else []
RECORDINGS = [path for path in RECORDINGS if path.name.split("__")[0] in FACTS]
# What belongs to one server of theirs, one year, or one connection; and what the site sent.
INCIDENTAL = {"set-cookie", "x-be", "x-as", "x-cache-key", "x-archive-screenname", "connection"}
INCIDENTAL |= {"content-encoding", "cache-control", "server-timing"}

PAGE = "http://acme.example/privacy"
CDX = f"/cdx/search/cdx?url={PAGE}&limit=2&showResumeKey=true"
KEY = urlsafe_b64encode(zlib.compress(b"example,acme)/privacy 20010101000000")).decode()
REQUESTS = {
    "cdx_200_text": f"/cdx/search/cdx?url={PAGE}",
    "cdx_200_text_filtered": f"/cdx/search/cdx?url={PAGE}&filter=statuscode:404",
    "cdx_200_text_resumed": f"/cdx/search/cdx?url={PAGE}&resumeKey={KEY}",
    "cdx_200_text_with_resume_key": CDX,
    "cdx_200_text_resumed_with_resume_key": f"{CDX}&resumeKey={KEY}",
    "cdx_200_text_filtered_with_resume_key": f"{CDX}&filter=statuscode:.*",
    "cdx_200_empty_last_page": "/cdx/search/cdx?url=http://nobody.example/",
    "cdx_403_blocked_site": "/cdx/search/cdx?url=http://sealed.example/",
    "memento_raw_200": f"/web/20000101000000id_/{PAGE}",
    "memento_raw_301_archived_redirect": f"/web/20010101000000id_/{PAGE}",
    "memento_raw_302_archived_redirect": f"/web/20020101000000id_/{PAGE}",
    "memento_raw_303_archived_redirect": f"/web/20030101000000id_/{PAGE}",
    "memento_raw_404_archived_404": f"/web/20040101000000id_/{PAGE}",
    "memento_raw_429_ARCHIVED_429": f"/web/20050101000000id_/{PAGE}",
    "memento_raw_302_wayback_redirect_to_nearest_capture": f"/web/20060101000000id_/{PAGE}",
    "memento_view_302_wayback_redirect_to_nearest_capture": f"/web/20060101000000/{PAGE}",
    "memento_raw_200_without_memento_datetime": "/web/20000101000000id_/http://hidden.example/",
    "memento_raw_403_blocked_site": "/web/20000101000000id_/http://sealed.example/",
    "memento_raw_404_not_in_archive": "/web/20000101000000id_/http://nobody.example/",
    "memento_view_200": f"/web/20000101000000/{PAGE}",
    "memento_view_404_archived_404": f"/web/20040101000000/{PAGE}",
    "memento_view_200_html_notice_got_http_302_at_crawl_time": f"/web/20020101000000/{PAGE}",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    redirects = [
        capture(PAGE, "20010101000000", status=301, location="/p"),
        capture(PAGE, "20020101000000", status=302, location="/p", content_type=""),
        capture(PAGE, "20030101000000", status=303, location="/p", content_type=""),
    ]
    archive = archive_of(
        capture(PAGE, "20000101000000", "<html>policy</html>"),
        *redirects,
        capture(PAGE, "20040101000000", "<html>gone</html>", status=404),
        capture(PAGE, "20050101000000", "slow", status=429, headers={"Retry-After": "6"}),
        capture("http://hidden.example/", "20000101000000", "hidden"),
        capture("http://sealed.example/", "20000101000000", "sealed"),
        excluded=["http://sealed.example/"],
        faults=[Fault("excluded-200", where="http://hidden.example/")],
    )
    with Sandbox(archive) as running:
        yield running


def asked(sandbox: Sandbox, name: str) -> tuple[Got, str]:
    reply = get(sandbox.url + REQUESTS[name], Accept_Encoding="gzip, deflate")
    packed = reply.header("content-encoding") == "gzip"
    return reply, (gzip.decompress(reply.body) if packed else reply.body).decode()


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_reply_has_status_headers_and_form_of_its_class(sandbox: Sandbox, name: str) -> None:
    reply, text = asked(sandbox, name)

    assert departures(FACTS[name], reply, text) == []


def recorded(path: Path) -> tuple[Got, str]:
    first, *lines = path.read_text(encoding="utf-8").strip().splitlines()
    _, status, reason = first.split(" ", 2)
    pairs = [line.split(": ", 1) for line in lines if ": " in line]
    body = path.with_suffix(".body").read_bytes()
    text = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    headers = [(name, value) for name, value in pairs]
    reply = Got(status=int(status), reason=reason, headers=headers, body=body)
    return reply, text.decode("utf-8", "replace")


def recording_id(path: Path) -> str:
    return path.stem


if RECORDINGS:

    @pytest.mark.parametrize("path", RECORDINGS, ids=recording_id)
    def test_the_facts_are_those_of_the_recording(path: Path) -> None:
        reply, text = recorded(path)

        wrong = departures(FACTS[path.name.split("__")[0]], reply, text)
        assert [said for said in wrong if "content-encoding" not in said] == []

    @pytest.mark.parametrize("path", RECORDINGS, ids=recording_id)
    def test_the_sandbox_sends_every_header_that_was_recorded(sandbox: Sandbox, path: Path) -> None:
        reply, _ = recorded(path)

        mine, _ = asked(sandbox, path.name.split("__")[0])

        site = {name for name in reply.names if name.startswith("x-archive-orig-")}
        assert reply.names - INCIDENTAL - site - mine.names == set()
        assert mine.status == reply.status
        assert (
            mine.header("content-type").split(";")[0]
            == (reply.header("content-type").split(";")[0])
        )
