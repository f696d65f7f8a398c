"""Answers of the index: what is surely a page, and what must not pass for an empty listing."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cdx import FIELDS, CdxQuery, Page, SiteExcluded
from crawler.errors import CdxError

URI_R = "http://acme.example/privacy?b=2&a=1 x"
KEY = "example,acme)/privacy"
LINE = f"{KEY} 20150101000000 http://acme.example/privacy text/html 200 {'A' * 32} 1811"
OTHER = f"{KEY} 20160101000000 http://acme.example/privacy text/html 200 {'B' * 32} 1812"
HEADER = list(FIELDS)
RATE = (
    "<html><body><h1>429 Too Many Requests</h1>\n"
    "You have sent too many requests in a given amount of time.\n</body></html>"
)
BLOCKED = (
    "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception."
    "{}AccessControlException: Blocked\n"
)


def read(body: str | bytes, status: int = 200, content_type: str = "text/plain") -> Page:
    """What one answer is to a query for URI_R."""
    query = CdxQuery(URI_R, archive="http://archive.example/", page_rows=10)
    coded = body if isinstance(body, bytes) else body.encode()
    return query.parse_page("acme/privacy", status, coded, content_type)


def test_the_query_asks_for_every_line_of_one_address_in_pages() -> None:
    query = CdxQuery(URI_R, archive="http://archive.example/", page_rows=10)

    parts = urlsplit(query.page_url())

    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == (
        "http://archive.example/cdx/search/cdx"
    )
    assert parse_qs(parts.query) == {
        "url": ["http://acme.example/privacy?b=2&a=1%20x"],
        "limit": ["10"],
        "showResumeKey": ["true"],
    }


@pytest.mark.parametrize("key", ["example%2Cacme%29%2F+20150101000001%21", "eJxLzy_Tyy=="])
def test_the_next_page_is_the_same_query_with_the_key_as_it_came(key: str) -> None:
    query = CdxQuery(URI_R, archive="http://archive.example", page_rows=10)

    first, following = (parse_qs(urlsplit(query.page_url(k)).query) for k in (None, key))

    assert following == first | {"resumeKey": [key]}


def test_a_line_becomes_a_capture_field_by_field() -> None:
    (capture,) = read(LINE + "\n").captures

    assert capture.key == (
        "acme/privacy",
        KEY,
        "20150101000000",
        "http://acme.example/privacy",
        "A" * 32,
        "200",
    )
    assert (capture.mimetype, capture.length, capture.malformed) == ("text/html", 1811, None)


@pytest.mark.parametrize(
    ("body", "lines", "resume_key"),
    [
        pytest.param("", 0, None, id="nothing archived"),
        pytest.param(f"{LINE}\n{OTHER}\n", 2, None, id="last page"),
        pytest.param(f"{LINE}\n{LINE}\n", 2, None, id="the same line twice"),
        pytest.param(f"{LINE}\n{OTHER}\n\nexample%2Cacme+2015%21\n", 2, "example%2Cacme+2015%21"),
        pytest.param("\neJxLzy_Tyy=\n", 0, "eJxLzy_Tyy=", id="only a resume key"),
        pytest.param("[]", 0, None, id="JSON of nothing"),
        pytest.param("[]\n", 0, None, id="JSON of nothing and a line end"),
        pytest.param(json.dumps([HEADER]), 0, None, id="JSON of a header"),
        pytest.param(json.dumps([HEADER, LINE.split(), OTHER.split()]), 2, None, id="JSON"),
        pytest.param(json.dumps([HEADER, LINE.split(), [], ["key%21"]]), 1, "key%21"),
        pytest.param(json.dumps([HEADER, [], ["key%21"]]), 0, "key%21", id="JSON of a key"),
        pytest.param(json.dumps([[], ["key%21"]]), 0, "key%21", id="JSON of a key alone"),
    ],
)
def test_every_form_of_a_page_gives_its_lines_and_its_key(
    body: str, lines: int, resume_key: str | None
) -> None:
    page = read(body)

    assert len(page.captures) == lines
    assert page.resume_key == resume_key


def test_text_and_json_say_the_same() -> None:
    as_json = json.dumps([HEADER, LINE.split(), OTHER.split()], indent=0)

    assert read(as_json) == read(f"{LINE}\n{OTHER}\n")


@pytest.mark.parametrize("name", ["Administrative", "Robot"])
@pytest.mark.parametrize("status", [403, 200])
def test_a_blocked_site_is_excluded_and_not_empty(name: str, status: int) -> None:
    with pytest.raises(SiteExcluded) as caught:
        read(BLOCKED.format(name), status)

    assert caught.value.uri_r == URI_R


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        pytest.param(400, "url parameter is required\n", "text/plain", id="no url"),
        pytest.param(400, "Sorry, matchType=x is not supported\n", "text/plain", id="match type"),
        pytest.param(400, "", "text/plain", id="no user agent"),
        pytest.param(429, RATE, "text/html", id="rate"),
        pytest.param(503, "<html>Busy</html>", "text/html", id="overload"),
        pytest.param(504, "", "text/plain", id="gateway"),
        pytest.param(503, f"{LINE}\n", "text/plain", id="overload with lines"),
        pytest.param(302, "", "text/plain", id="a redirect"),
        pytest.param(204, "", "text/plain", id="no content"),
        pytest.param(200, RATE, "text/html", id="rate with status 200"),
        pytest.param(200, RATE, "text/plain", id="rate with status 200 called text"),
        pytest.param(200, "", "text/html; charset=utf-8", id="an empty web page"),
        pytest.param(200, "  \n<!DOCTYPE html>\n", "", id="a page after blanks"),
        pytest.param(200, "The index is not available now\n", "text/plain", id="a sentence"),
        pytest.param(200, "The index can not be read now\n", "text/plain", id="seven words"),
        pytest.param(200, '{"message": "no captures"}\n', "text/plain", id="a JSON object"),
    ],
)
def test_an_error_is_never_a_listing(status: int, body: str, content_type: str) -> None:
    with pytest.raises(CdxError) as caught:
        read(body, status, content_type)

    assert str(caught.value).startswith(f"cannot list the captures of {URI_R}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(LINE, id="cut before its line end"),
        pytest.param(f"{LINE}\n{OTHER[:60]}", id="cut in a line"),
        pytest.param(f"{LINE}\n\n", id="cut before its key"),
        pytest.param(f"{LINE}\n\nexample%2Cac", id="cut in its key"),
        pytest.param("\n", id="a line end alone"),
        pytest.param(f"{LINE}\n\n{OTHER}\n", id="a blank line between lines"),
        pytest.param(f"{LINE}\n\nkey\n{OTHER}\n", id="lines after the key"),
        pytest.param(f"\n{LINE}\n", id="a line in place of the key"),
    ],
)
def test_a_page_cut_or_torn_is_a_failed_listing(body: str) -> None:
    with pytest.raises(CdxError):
        read(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(f"{KEY} {'a' * 65_536}\n", "a line of 65558 characters", id="a long line"),
        pytest.param("a)\n" * 50_001, "a page of 50001 lines", id="many lines"),
    ],
)
def test_a_page_beyond_all_measure_is_a_failed_listing(body: str, reason: str) -> None:
    with pytest.raises(CdxError, match=reason):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(LINE.replace("privacy ", "priv\0acy ") + "\n", id="text"),
        pytest.param(
            json.dumps([HEADER, LINE.replace("privacy ", "priv\0acy ").split()]), id="JSON"
        ),
        pytest.param(
            json.dumps([HEADER, LINE.replace("privacy ", "priv\ud800acy ").split()]),
            id="half a character",
        ),
    ],
)
def test_what_no_database_keeps_is_marked_in_the_capture(body: str) -> None:
    (capture,) = read(body).captures

    assert capture.urlkey in ("example,acme)/priv\ufffdacy", "example,acme)/priv?acy")
    assert capture.urlkey == capture.original.replace("http://acme.example", "example,acme)")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(json.dumps([HEADER, LINE.split()])[:-1], id="cut"),
        pytest.param(json.dumps([HEADER, LINE.split(), []]), id="a blank row without a key"),
        pytest.param(json.dumps([HEADER, [], []]), id="an empty key row"),
        pytest.param(json.dumps([[], []]), id="nothing but blank rows"),
        pytest.param(json.dumps([HEADER, [], ["a", "b"]]), id="two keys"),
        pytest.param(json.dumps([[], 5]), id="a number for a key"),
        pytest.param(json.dumps(["error"]), id="a word"),
        pytest.param("[" * 100_000, id="nothing but beginnings"),
        pytest.param(json.dumps([{"error": "overloaded"}]), id="an object"),
        pytest.param(json.dumps([["error"]]), id="a row that is no header"),
        pytest.param(json.dumps([LINE.split()]), id="no header"),
        pytest.param(json.dumps([HEADER, ["a", ["b"]]]), id="a row in a row"),
    ],
)
def test_json_that_is_no_page_is_a_failed_listing(body: str) -> None:
    with pytest.raises(CdxError):
        read(body)


@pytest.mark.parametrize("length", ["-", "-1", "", "1e3", "big"])
def test_a_length_that_is_no_number_is_unknown(length: str) -> None:
    line = " ".join([*LINE.split(" ")[:-1], length])

    (capture,) = read(line + "\n").captures

    assert capture.length is None
    assert capture.malformed is None


def test_a_revisit_keeps_its_dashes() -> None:
    line = f"{KEY} 20150101000000 http://acme.example/privacy warc/revisit - {'A' * 32} -"

    (capture,) = read(line + "\n").captures

    assert (capture.mimetype, capture.statuscode, capture.length) == ("warc/revisit", "-", None)


@pytest.mark.parametrize("blanks", [1, 2])
def test_an_address_with_blanks_is_kept_whole(blanks: int) -> None:
    original = "http://acme.example/our" + " " * blanks + "privacy"

    (capture,) = read(f"{LINE}\n".replace("http://acme.example/privacy", original)).captures

    assert capture.original == original
    assert (capture.mimetype, capture.statuscode, capture.length) == ("text/html", "200", 1811)
    assert capture.malformed is None


@pytest.mark.parametrize(
    "timestamp", ["20000012170449", "20000800241623", "2015010100000", "201501010000000", "-", "x"]
)
def test_an_impossible_timestamp_spoils_its_own_line_only(timestamp: str) -> None:
    spoilt = LINE.replace("20150101000000", timestamp)

    bad, good = read(f"{spoilt}\n{OTHER}\n").captures

    assert bad.malformed == f"the timestamp {timestamp!r} is no moment that exists"
    assert (bad.timestamp, bad.digest) == (timestamp, "A" * 32)
    assert good.malformed is None


@pytest.mark.parametrize("fields", range(1, 7))
def test_a_line_of_the_index_with_too_few_fields_is_counted_as_malformed(fields: int) -> None:
    short = " ".join(LINE.split(" ")[:fields])

    bad, good = read(f"{short}\n{OTHER}\n").captures

    assert bad.malformed == f"{fields} fields in place of 7"
    assert bad.urlkey == short
    assert good.malformed is None


@given(st.binary() | st.text().map(str.encode), st.sampled_from([200, 403, 503]))
def test_no_answer_whatever_crashes_the_reader(body: bytes, status: int) -> None:
    try:
        page = read(body, status)
    except CdxError:
        return

    assert status == 200
    assert page.captures or page.resume_key or body.strip() in (b"", b"[]")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner),
        max_leaves=12,
    ).map(lambda value: [value])
    | st.lists(st.sampled_from([HEADER, LINE.split(), [], ["key"], ["key", "2"], 5]), max_size=5)
)
def test_no_json_whatever_crashes_the_reader(value: object) -> None:
    body = json.dumps(value)

    try:
        page = read(body)
    except CdxError:
        return

    assert page.captures or page.resume_key or value in ([], [HEADER])


@given(st.integers(min_value=0, max_value=3), st.data())
def test_a_page_cut_anywhere_fails_or_gives_whole_lines(lines: int, data: st.DataObject) -> None:
    whole = "".join(f"{line}\n" for line in [LINE, OTHER, LINE][:lines]) + "\nkey%21\n"
    cut = whole[: data.draw(st.integers(min_value=1, max_value=len(whole) - 1))]

    try:
        page = read(cut)
    except CdxError:
        return

    assert page.captures == read(whole).captures[: len(page.captures)]
    assert page.resume_key is None
    assert cut.endswith("\n")
