"""The CDX server of the sandbox, asked over the wire."""

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from listed_archive import PRIVACY, cdx, column, history

from crawler.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(history()) as running:
        yield running


def test_a_line_has_the_seven_fields_and_every_line_ends(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, f"url={quote(PRIVACY, safe='')}&limit=1")

    digest = base64.b32encode(hashlib.sha1(b"one").digest()).decode()
    line = f"example,acme)/privacy 20100101000000 {PRIVACY} text/html 200 {digest} 420\n"
    assert reply.body.decode() == line


def test_schemes_and_www_are_one_address(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, "url=https://WWW.acme.example/privacy/")

    assert column(reply, 2) == [PRIVACY] * 3 + ["https://www.acme.example/privacy"] + [PRIVACY] * 2


def test_a_revisit_has_its_own_type_no_status_and_the_digest_it_repeats(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&to=20110101000000")

    digests = column(reply, 5)
    assert column(reply, 3) == ["text/html", "text/html", "warc/revisit"]
    assert column(reply, 4) == ["200", "200", "-"]
    assert digests[2] == digests[0]


@pytest.mark.parametrize(
    ("query", "originals"),
    [
        pytest.param("url=acme.example/legal/*", ["legal/privacy"], id="star-after-slash"),
        pytest.param("url=acme.example/legal*", ["legal/privacy", "legality"], id="star"),
        pytest.param(
            "url=acme.example/legal&matchType=prefix", ["legal/privacy", "legality"], id="prefix"
        ),
        pytest.param(
            "url=acme.example/legal/privacy&matchType=exact", ["legal/privacy"], id="exact"
        ),
    ],
)
def test_a_prefix_reaches_what_begins_like_it(
    sandbox: Sandbox, query: str, originals: list[str]
) -> None:
    reply = cdx(sandbox, query)

    assert column(reply, 2) == [f"http://acme.example/{path}" for path in originals]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        pytest.param("url=acme.example&matchType=host", 8, id="host"),
        pytest.param("url=acme.example&matchType=domain", 9, id="domain"),
        pytest.param("url=*.acme.example", 9, id="star-dot"),
        pytest.param("url=acme.example", 0, id="exact"),
        pytest.param("url=help.acme.example&matchType=host", 1, id="subdomain"),
    ],
)
def test_a_host_is_itself_and_a_domain_has_subdomains_but_no_ports(
    sandbox: Sandbox, query: str, count: int
) -> None:
    reply = cdx(sandbox, query)

    assert len(column(reply)) == count


@pytest.mark.parametrize(
    ("window", "years"),
    [
        pytest.param("from=2013", ["2013", "2014"], id="from-year"),
        pytest.param("to=2010", ["2010", "2010"], id="to-end-of-year"),
        pytest.param("from=201006&to=201101", ["2010", "2011"], id="months"),
        pytest.param("from=20120101000000&to=20120101000000", ["2012"], id="one-second"),
        pytest.param("from=20120101000001&to=2012", [], id="a-second-late"),
    ],
)
def test_from_and_to_are_inclusive_at_any_precision(
    sandbox: Sandbox, window: str, years: list[str]
) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&{window}")

    assert [timestamp[:4] for timestamp in column(reply)] == years


@pytest.mark.parametrize(
    ("filters", "statuses"),
    [
        pytest.param("filter=statuscode:200", ["200", "200", "200"], id="equal"),
        pytest.param("filter=!statuscode:200", ["-", "404", "301"], id="not"),
        pytest.param("filter=statuscode:2", [], id="whole-value-only"),
        pytest.param("filter=statuscode:[34]..", ["404", "301"], id="expression"),
        pytest.param("filter=4:404", ["404"], id="by-number"),
        pytest.param("filter=statuscode:[34]..&filter=!mimetype:text/plain", ["301"], id="two"),
        pytest.param("filter=original:https.*", ["200"], id="original"),
    ],
)
def test_a_filter_is_an_expression_for_the_whole_field(
    sandbox: Sandbox, filters: str, statuses: list[str]
) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&{filters}")

    assert column(reply, 4) == statuses


@pytest.mark.parametrize(
    ("collapse", "timestamps"),
    [
        pytest.param("collapse=timestamp:4", ["2010", "2011", "2012", "2013", "2014"], id="year"),
        pytest.param("collapse=digest", ["2010", "2012", "2013"], id="digest"),
        pytest.param("collapse=mimetype", ["2010", "2011", "2012", "2013", "2014"], id="adjacent"),
        pytest.param("collapse=timestamp:3&collapse=urlkey", ["2010"], id="two"),
    ],
)
def test_collapse_drops_adjacent_rows_only(
    sandbox: Sandbox, collapse: str, timestamps: list[str]
) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&{collapse}")

    assert [timestamp[:4] for timestamp in column(reply)] == timestamps


@pytest.mark.parametrize(
    ("part", "years"),
    [
        pytest.param("limit=2", ["2010", "2010"], id="first"),
        pytest.param("limit=-2", ["2013", "2014"], id="last"),
        pytest.param("limit=-2&fastLatest=true", ["2013", "2014"], id="fast-latest"),
        pytest.param("offset=4", ["2013", "2014"], id="offset"),
        pytest.param("offset=1&limit=2", ["2010", "2011"], id="offset-and-limit"),
        pytest.param("sort=reverse&limit=2", ["2014", "2013"], id="reverse"),
        pytest.param("sort=closest&closest=20121231&limit=1", ["2013"], id="closest"),
    ],
)
def test_a_part_of_the_rows_can_be_asked_for(sandbox: Sandbox, part: str, years: list[str]) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&{part}")

    assert [timestamp[:4] for timestamp in column(reply)] == years


def test_fields_come_in_the_order_asked_for(sandbox: Sandbox) -> None:
    reply = cdx(sandbox, f"url={PRIVACY}&fl=statuscode,timestamp&limit=1")

    assert reply.body == b"200 20100101000000\n"
