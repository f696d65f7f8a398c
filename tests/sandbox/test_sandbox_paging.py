"""Resume keys of the sandbox's CDX server."""

import base64
import json
import zlib
from urllib.parse import quote, quote_plus

import pytest
from sandbox_clients import Serve, get

from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.server import Sandbox

URL = "http://acme.example/privacy"


def many() -> Archive:
    """Ten captures, of which seven lie within two seconds."""
    crowded = [capture(URL, "20150101000000", f"crowd {number}") for number in range(4)]
    again = [capture(URL, "20150101000001", f"again {number}") for number in range(3)]
    rest = [capture(URL, f"201{year}0101000000", f"{year}") for year in (1, 3, 7)]
    return archive_of(*crowded, *again, *rest)


def page(sandbox: Sandbox, query: str) -> tuple[list[str], str]:
    lines = get(f"{sandbox.url}/cdx/search/cdx?url={URL}&{query}").body.decode().splitlines()
    if "" not in lines:
        return lines, ""
    assert lines.index("") == len(lines) - 2
    return lines[:-2], lines[-1]


def all_pages(sandbox: Sandbox, query: str) -> list[list[str]]:
    rows, key = page(sandbox, f"showResumeKey=true&{query}")
    pages = [rows]
    while key:
        rows, key = page(sandbox, f"showResumeKey=true&{query}&resumeKey={quote(key)}")
        pages.append(rows)
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 7, 9, 10, 11])
def test_no_row_is_lost_or_given_twice_at_any_page_size(serve: Serve, limit: int) -> None:
    sandbox = serve(many())
    whole, _ = page(sandbox, "")

    pages = all_pages(sandbox, f"limit={limit}")

    assert [row for rows in pages for row in rows] == whole
    assert all(len(rows) == limit for rows in pages[:-1])


def test_a_filter_holds_on_every_page(serve: Serve) -> None:
    sandbox = serve(many())

    pages = all_pages(sandbox, "limit=2&filter=timestamp:20150101.*&from=2015")

    assert [len(rows) for rows in pages] == [2, 2, 2, 1]


def test_the_key_is_the_last_row_packed_as_the_new_server_does(serve: Serve) -> None:
    sandbox = serve(many())

    _, key = page(sandbox, "limit=1&showResumeKey=true")

    assert zlib.decompress(base64.urlsafe_b64decode(key)) == b"example,acme)/privacy 20110101000000"


def test_a_key_without_its_padding_is_understood(serve: Serve) -> None:
    sandbox = serve(many())
    _, key = page(sandbox, "limit=2&showResumeKey=true")

    rows, _ = page(sandbox, f"limit=1&resumeKey={key.rstrip('=')}")

    assert rows[0].split(" ")[1] == "20150101000000"


@pytest.mark.parametrize("quoted", [1, 2], ids=["once", "twice"])
def test_a_key_of_the_old_server_is_understood(serve: Serve, quoted: int) -> None:
    sandbox = serve(many())
    key = "example,acme)/privacy 2013010100000!"
    for _ in range(quoted):
        key = quote_plus(key)

    rows, _ = page(sandbox, f"limit=1&resumeKey={key}")

    assert rows[0].split(" ")[1] == "20130101000000"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("limit=10&showResumeKey=true", id="nothing-more"),
        pytest.param("showResumeKey=true", id="no-limit"),
        pytest.param("limit=2", id="not-asked-for"),
        pytest.param("limit=-2&showResumeKey=true", id="from-the-end"),
    ],
)
def test_there_is_a_key_only_where_the_limit_cut(serve: Serve, query: str) -> None:
    sandbox = serve(many())

    _, key = page(sandbox, query)

    assert key == ""


def test_in_json_the_key_follows_an_empty_row(serve: Serve) -> None:
    sandbox = serve(many())
    _, key = page(sandbox, "limit=2&showResumeKey=true")

    reply = get(f"{sandbox.url}/cdx/search/cdx?url={URL}&limit=2&showResumeKey=true&output=json")

    assert json.loads(reply.body)[-2:] == [[], [key]]
    assert len(json.loads(reply.body)) == 5
