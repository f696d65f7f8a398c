"""No bytes raise, hang or change what other bytes give."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from extraction_pages import (
    PARAGRAPHS,
    article_page,
    drawn_often,
    pdf,
    policy_page,
    short_page,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.extraction.extract import extract

PAGES = (
    policy_page().encode(),
    article_page(views=1, votes=2).encode(),
    short_page("404", "Not found"),
    pdf(PARAGRAPHS[:1]),
    policy_page().encode("utf-16"),
)
SOUP = st.lists(
    st.sampled_from(
        "<p> </p> <div >"
        " <table> <td> <script> <!-- ]]> &#xD800; \x00 <?xml <svg> &amp ]( [a <title> "
        "<frame> é data <a&href='http://[ <meta&http-equiv=refresh&content='9 <li> \ufffe <h1> { "
        "<base&href='// \x85".replace("&h", " h")
        .replace("&c", " c")
        .split(" ")
    ),
    max_size=80,
).map("".join)
MANY = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(body=st.binary(max_size=2_000), content_type=st.text(max_size=40))
def test_random_bytes_end_in_an_extraction(body: bytes, content_type: str) -> None:
    extraction = extract(body, content_type=content_type)

    assert (extraction.verdict == "policy") == (extraction.reason == "")
    assert (extraction.text_id is None) == (extraction.text == "")


@MANY
@given(soup=SOUP, url=st.text(max_size=30))
def test_tag_soup_ends_in_an_extraction(soup: str, url: str) -> None:
    extraction = extract(f"<html><body>{soup}".encode(errors="surrogatepass"), url=url)

    assert extraction.verdict in ("policy", "not-policy")


@MANY
@given(
    page=st.sampled_from(PAGES),
    place=st.integers(0, 3_000),
    gone=st.integers(0, 60),
    put=st.binary(max_size=12),
)
def test_a_damaged_page_ends_in_an_extraction(
    page: bytes, place: int, gone: int, put: bytes
) -> None:
    extraction = extract(page[:place] + put + page[place + gone :])

    assert extraction.verdict in ("policy", "not-policy")


@pytest.mark.parametrize(
    "tag",
    [
        *("div", "span", "font", "table><tr><td", "b", "blockquote", "custom-x"),
        *("ul><li", "div><a href=/x"),
    ],
)
@pytest.mark.parametrize("depth", [300, 6_000])
def test_a_text_is_found_however_deep_it_is_nested(tag: str, depth: int) -> None:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"<html><body>{f'<{tag}>' * depth}{inner}</body></html>".encode()

    text = extract(body).text

    assert all(paragraph in text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        b"<p>" * 300_000,
        b"<a href=x>" * 100_000,
        b"<table>" * 20_000,
        b"&nbsp;" * 500_000,
        b"a" * 500_000,
        b"[" * 200_000,
        b"<p>Views: " + b"1," * 200_000,
        b"<p>" + b"[a](" * 30_000,
        b"<script>" * 50_000,
        b"<" * 500_000,
        b"<p>Last updated " + b"on the " * 30_000,
        "\u00c3\u00a9 ".encode() * 200_000,
        b"<p>" + b"error page not " * 20_000,
        b"<div>" + b" \n" * 500_000,
        b"<html><h1>" + b"please log in page " * 80_000,
    ],
    ids=lambda body: bytes(body[:12]).decode("latin-1"),
)
def test_no_page_takes_long(body: bytes) -> None:
    started = time.process_time()

    extract(body)

    assert time.process_time() - started < 20


def table(*rows: str) -> bytes:
    """A page that holds a text and a table."""
    return policy_page().replace("</h1>", f"</h1><table>{''.join(rows)}</table>", 1).encode()


ROW = "<tr><td>data</td></tr>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<p>data privacy</p>" * 400_000, id="many characters"),
        pytest.param(b"<html><body>" + b"<div>" * 200_001, id="many tags"),
        pytest.param(b"<html><body>" + (b"<p>" + b"<b>x</b>" * 50) * 800, id="many elements"),
        pytest.param(b"<p " + b" ".join(b"a%d" % n for n in range(11_000)), id="many attributes"),
        pytest.param(b"<html><body><p>" + b"<em>x</em> " * 8_001, id="many children"),
        pytest.param(b"<html><body>" + b"<table><td>x</table>" * 3_001, id="many tables"),
        pytest.param(table("<tr>", "<td>data" * 6_000), id="a long row"),
        pytest.param(table("<td>data" * 6_000), id="cells without a row"),
        pytest.param(table("<tr>", "<td colspan=100>data" * 51), id="wide cells"),
        pytest.param(
            table("<tr>", "<td colspan=100>data" * 40, "</tr>", ROW * 100), id="a wide grid"
        ),
        pytest.param(table("<tr><td rowspan=999>data</tr>" * 3_000), id="high cells"),
        pytest.param(table(f"<tr><td rowspan={'9' * 500}>x" * 2_500), id="a long number"),
    ],
)
def test_a_page_beyond_all_measure_is_refused_unread(body: bytes) -> None:
    extraction = extract(body)

    assert (extraction.verdict, extraction.reason) == ("not-policy", "too-large")


def test_a_large_table_is_read() -> None:
    row = "<tr><td>personal data<td colspan='50'>we collect<td rowspan=2>your rights</tr>"
    extraction = extract(table(row * 200))

    assert extraction.reason != "too-large"
    assert extraction.text.count("your rights") == 200


@pytest.mark.parametrize(
    ("instruction", "times", "pages"),
    [
        pytest.param(b"(We collect data) Tj 0 -14 Td ", 40_000, 6, id="a long stream, often drawn"),
        pytest.param(b"q Q ", 70_000, 3, id="many small steps"),
    ],
)
def test_a_pdf_beyond_all_measure_is_refused(instruction: bytes, times: int, pages: int) -> None:
    started = time.process_time()

    extraction = extract(drawn_often(b"BT /F1 12 Tf " + instruction * times + b" ET", pages))

    assert (extraction.verdict, extraction.reason) == ("not-policy", "too-large")
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "claim", ["utf-7", "UNICODE-1-1-UTF-7", "punycode", "raw-unicode-escape", "unicode_escape"]
)
def test_an_encoding_that_no_browser_knows_is_not_believed(claim: str) -> None:
    body = policy_page().replace("<p>", "<p>+ADw-b+AD4- \\u003cb\\u003e ").encode() + b"\xa3"

    extraction = extract(body, content_type=f"text/html; charset={claim}")

    assert extraction.text == extract(body, content_type="text/html").text
    assert "+ADw-b+AD4-" in extraction.text.replace("\\", "")


@pytest.mark.parametrize(
    "dress",
    [
        lambda page: page.replace(b"privacy", b"priv\x00acy"),
        gzip.compress,
        lambda page: b"\r\n\r\n" + page,
        lambda page: page.replace(b"<", b"<!-- x --><"),
    ],
    ids=["NUL bytes", "gzip without a header", "leading lines", "comments"],
)
def test_a_page_in_odd_dress_reads_as_it_is(dress: object) -> None:
    assert callable(dress)

    extraction = extract(dress(PAGES[0]), content_type="text/plain")

    assert extraction.normalized_id == extract(PAGES[0]).normalized_id


def test_plain_text_keeps_its_lines() -> None:
    text = "Privacy policy\n\nWe collect your personal data.\nWe share it with nobody at all.\n"

    assert extract(text.encode(), content_type="text/plain").text == text.strip()


def test_the_same_body_reads_the_same_at_any_time_and_in_any_thread() -> None:
    bodies = [*PAGES] * 6
    once = [extract(body) for body in bodies]

    with ThreadPoolExecutor(8) as pool:
        again = list(pool.map(extract, bodies))

    assert again == once
