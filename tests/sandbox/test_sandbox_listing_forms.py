"""The forms of a listing: text, JSON, compressed, empty, refused."""

import gzip
import json
from collections.abc import Iterator

import pytest
from listed_archive import PRIVACY, cdx, column, history
from sandbox_clients import get

from crawler.sandbox.server import Sandbox

HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(history()) as running:
        yield running


def test_json_has_a_heading_row_and_only_texts(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&output=json&limit=1")

    heading, row = json.loads(reply.body)
    assert heading == HEADER
    assert row[:5] == ["example,acme)/privacy", "20100101000000", PRIVACY, "text/html", "200"]
    assert reply.header("Content-Type").startswith("application/json")


@pytest.mark.parametrize(
    ("query", "body"),
    [
        pytest.param("url=nobody.example", b"", id="text"),
        pytest.param("url=nobody.example&output=json", b"[]\n", id="json"),
    ],
)
def test_no_captures_is_an_empty_answer(sandbox: Sandbox, query: str, body: bytes) -> None:
    reply = cdx(sandbox, query)

    assert (reply.status, reply.body) == (200, body)


@pytest.mark.parametrize("path", ["/web/timemap/cdx", "/cdx/search/cdx/"])
def test_the_index_has_other_doors(sandbox: Sandbox, path: str) -> None:
    reply = get(f"{sandbox.url}{path}?url={PRIVACY}&limit=1&fl=timestamp")

    assert reply.body == b"20100101000000\n"


def test_the_json_timemap_is_json_without_being_asked(sandbox: Sandbox) -> None:
    reply = get(f"{sandbox.url}/web/timemap/json?url={PRIVACY}&limit=1&fl=timestamp")

    assert json.loads(reply.body) == [["timestamp"], ["20100101000000"]]


@pytest.mark.parametrize(
    ("extra", "compressed"),
    [pytest.param("", True, id="asked"), pytest.param("&gzip=false", False, id="declined")],
)
def test_a_listing_is_compressed_where_that_is_welcome(
    sandbox: Sandbox, extra: str, compressed: bool
) -> None:
    plain = cdx(sandbox, f"url={PRIVACY}")

    reply = cdx(sandbox, f"url={PRIVACY}{extra}", Accept_Encoding="gzip, deflate")

    assert (reply.header("Content-Encoding") == "gzip") is compressed
    assert (gzip.decompress(reply.body) if compressed else reply.body) == plain.body


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("", "url parameter is required", id="no-url"),
        pytest.param("url=", "url parameter is required", id="blank-url"),
        pytest.param("url=a.example&matchType=fuzzy", "Sorry, matchType=fuzzy is not", id="match"),
        pytest.param("url=a.example&from=spring", "Invalid from", id="from"),
        pytest.param("url=a.example&limit=many", "Invalid limit", id="limit"),
        pytest.param("url=a.example&filter=statuscode:[", "Invalid filter", id="filter"),
        pytest.param("url=a.example&filter=colour:red", "Invalid field", id="field"),
        pytest.param("url=a.example&collapse=digest:x", "Invalid collapse", id="collapse"),
        pytest.param("url=a.example&resumeKey=garbage", "Invalid resumeKey", id="resume-key"),
        pytest.param("url=a.example&fl=colour", "Invalid fl", id="fl"),
    ],
)
def test_what_cannot_be_read_is_400_with_the_reason(
    sandbox: Sandbox, query: str, said: str
) -> None:
    reply = cdx(sandbox, query)

    assert reply.status == 400
    assert reply.body.decode().startswith(said)


def test_a_client_without_a_name_is_refused(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}", **{"User-Agent": " "})

    assert reply.status == 400


@pytest.mark.parametrize("url", ["sealed.example", "http://www.sealed.example/any/page"])
def test_an_excluded_site_is_403_with_the_reason_twice(sandbox: Sandbox, url: str) -> None:
    reply = cdx(sandbox, f"url={url}")

    reason = reply.header("X-Archive-Wayback-Runtime-Error")
    assert reply.status == 403
    assert reason.endswith("AdministrativeAccessControlException: Blocked Site Error")
    assert reply.body.decode().strip() == reason


def test_an_excluded_site_is_missing_from_wider_listings(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, "url=*.example")

    assert reply.status == 200
    assert len(column(reply)) == 11
    assert b"sealed" not in reply.body
