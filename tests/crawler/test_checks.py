"""Playback answers: what is a memento, what is a state, and why."""

import gzip
from datetime import UTC, datetime

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.checks import Answer, digest_of, judge
from crawler.items import Settlement, State
from crawler.memento import Capture, Memento

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
STAMP = "Thu, 01 Jan 2015 00:00:00 GMT"
HERE = "http://archive.example/web/20150101000000id_/http://acme.example/privacy"
PAGE = b"<!DOCTYPE html><title>Privacy</title><p>We keep what you send us.\n" * 5
LIMIT = 1 << 20
CAPTURE = Capture(
    policy_id="acme/privacy",
    urlkey="example,acme)/privacy",
    timestamp="20150101000000",
    original="http://acme.example/privacy",
    mimetype="text/html",
    statuscode="200",
    digest=digest_of(PAGE),
)
EXCLUDED_PAGE = b"<html>Sorry. This URL has been excluded from the Wayback Machine.</html>"
MISSING_PAGE = b"<html>Hrm. The Wayback Machine has not archived that URL.</html>"
NOTICE_PAGE = b"<html>Got an HTTP 302 response at crawl time</html>"
RATE_PAGE = b"<html><body><h1>429 Too Many Requests</h1></body></html>"

Header = tuple[str, str]


def answer(*headers: Header, status: int = 200, body: bytes = PAGE) -> Answer:
    """What the archive sends, without saying that it is a capture."""
    return Answer(uri_m=HERE, status=status, headers=headers, body=body, received_at=NOW)


def played(*headers: Header, status: int = 200, body: bytes = PAGE) -> Answer:
    """What the archive sends for the capture that was asked for."""
    return answer(("memento-datetime", STAMP), *headers, status=status, body=body)


def state_of(given: Answer, capture: Capture = CAPTURE) -> tuple[State, str]:
    """The state that an answer which is no kept memento leads to."""
    outcome = judge(capture, given, LIMIT)
    assert isinstance(outcome, Settlement)
    assert outcome.capture == capture
    assert outcome.settled_at == NOW
    return outcome.state, outcome.reason


def body_of(given: Answer) -> bytes:
    """The body of an answer that is a memento."""
    outcome = judge(CAPTURE, given, LIMIT)
    assert isinstance(outcome, Memento), outcome
    return outcome.body


def test_a_capture_played_back_is_a_memento_with_all_that_is_known_of_it() -> None:
    headers = (
        ("content-type", "text/html; charset=utf-8"),
        ("x-archive-src", "spn2-2015/part.warc.gz"),
        ("x-archive-orig-server", "Apache"),
        ("x-archive-orig-set-cookie", "a=1"),
        ("x-archive-orig-set-cookie", "b=2"),
        ("x-archive-orig-content-type", "text/html"),
        ("x-archive-orig-transfer-encoding", "chunked"),
        ("server", "nginx"),
    )

    memento = judge(CAPTURE, played(*headers), LIMIT)

    assert memento == Memento(
        capture=CAPTURE,
        uri_m=HERE,
        memento_datetime=datetime(2015, 1, 1, tzinfo=UTC),
        statuscode=200,
        content_type="text/html; charset=utf-8",
        headers=(
            ("content-type", "text/html; charset=utf-8"),
            ("server", "Apache"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
        ),
        body=PAGE,
        digest=CAPTURE.digest,
        archive_source="spn2-2015/part.warc.gz",
        fetched_at=NOW,
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (301, State.REDIRECT),
        (302, State.REDIRECT),
        (303, State.REDIRECT),
        (307, State.REDIRECT),
        (308, State.REDIRECT),
        (404, State.ABSENT),
        (410, State.ABSENT),
        (403, State.ERROR),
        (429, State.ERROR),
        (451, State.ERROR),
        (500, State.ERROR),
        (503, State.ERROR),
    ],
)
def test_with_a_memento_datetime_the_status_is_history(status: int, state: State) -> None:
    assert state_of(played(("retry-after", "60"), status=status))[0] is state


def test_an_archived_page_about_the_archive_is_a_page() -> None:
    assert body_of(played(body=EXCLUDED_PAGE)) == EXCLUDED_PAGE


@pytest.mark.parametrize(
    ("given", "state", "reason"),
    [
        pytest.param(answer(body=EXCLUDED_PAGE), State.EXCLUDED, "excludes the address (HTTP 200)"),
        pytest.param(
            answer(("content-encoding", "gzip"), body=gzip.compress(EXCLUDED_PAGE)),
            State.EXCLUDED,
            "excludes the address (HTTP 200)",
            id="excluded, coded",
        ),
        pytest.param(
            answer(
                (
                    "x-archive-wayback-runtime-error",
                    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked",
                ),
                status=403,
                body=b"",
            ),
            State.EXCLUDED,
            "excludes the address (HTTP 403)",
            id="blocked",
        ),
        pytest.param(
            answer(
                ("x-archive-wayback-runtime-error", "RobotAccessControlException: By Robots"),
                status=403,
            ),
            State.EXCLUDED,
            "excludes the address (HTTP 403)",
            id="robots",
        ),
        pytest.param(
            answer(status=404, body=MISSING_PAGE), State.UNPLAYABLE, "says that it is not archived"
        ),
        pytest.param(
            answer(status=404, body=EXCLUDED_PAGE),
            State.EXCLUDED,
            "excludes the address (HTTP 404)",
            id="excluded, as 404",
        ),
        pytest.param(
            answer(body=MISSING_PAGE),
            State.UNPLAYABLE,
            "HTTP 200 without Memento",
            id="not archived, as 200",
        ),
        pytest.param(answer(body=NOTICE_PAGE), State.UNPLAYABLE, "HTTP 200 without Memento"),
        pytest.param(answer(), State.UNPLAYABLE, "HTTP 200 without Memento-Datetime"),
        pytest.param(answer(status=403), State.UNPLAYABLE, "HTTP 403 without Memento-Datetime"),
        pytest.param(answer(status=429, body=RATE_PAGE), State.FAILED, "answered HTTP 429"),
        *(
            pytest.param(answer(status=status, body=b""), State.FAILED, f"answered HTTP {status}")
            for status in (500, 502, 503, 504, 520)
        ),
    ],
)
def test_without_a_memento_datetime_nothing_is_a_capture(
    given: Answer, state: State, reason: str
) -> None:
    found, words = state_of(given)

    assert found is state
    assert reason in words


@pytest.mark.parametrize(
    ("headers", "state", "reason"),
    [
        pytest.param(
            (("x-archive-redirect-reason", "found capture at 20170929002712"),),
            State.DRIFTED,
            "the archive offered 20170929002712",
            id="with its reason",
        ),
        pytest.param(
            (("location", "/web/20170929002712id_/http://acme.example/privacy"),),
            State.DRIFTED,
            "the archive offered 20170929002712",
            id="by its target",
        ),
        pytest.param(
            (("location", HERE.replace("http:", "https:")),),
            State.UNPLAYABLE,
            "redirected without a capture: no reason",
            id="to the same capture",
        ),
        pytest.param(
            (("location", "http://archive.example/login"),),
            State.UNPLAYABLE,
            "redirected without a capture: no reason",
            id="to somewhere else",
        ),
        pytest.param((), State.UNPLAYABLE, "redirected without a capture", id="to nowhere"),
    ],
)
@pytest.mark.parametrize("status", [302, 307])
def test_the_archives_own_redirect_is_never_history(
    headers: tuple[Header, ...], state: State, reason: str, status: int
) -> None:
    found, words = state_of(answer(*headers, status=status, body=b""))

    assert found is state
    assert reason in words


@pytest.mark.parametrize(
    ("location", "target"),
    [
        pytest.param(
            (
                (
                    "location",
                    "http://archive.example/web/20150101000000id_/https://acme.example/new",
                ),
            ),
            "https://acme.example/new",
            id="rewritten by the archive",
        ),
        pytest.param(
            (("location", "/web/20150101000000id_/https://acme.example/new"),),
            "https://acme.example/new",
            id="rewritten without a host",
        ),
        pytest.param((("location", "https://b.example/x"),), "https://b.example/x", id="plain"),
        pytest.param((("location", "/new?a=1"),), "http://acme.example/new?a=1", id="path"),
        pytest.param((("location", "//b.example/x"),), "http://b.example/x", id="no scheme"),
        pytest.param(
            (("x-archive-orig-location", "new"),), "http://acme.example/new", id="historic only"
        ),
        pytest.param((("location", "http://[x"),), "http://[x", id="unreadable"),
        pytest.param((), "a redirect without a target", id="none"),
        pytest.param((("location", CAPTURE.original),), CAPTURE.original, id="a loop"),
        pytest.param(
            (("location", f"{HERE}/on"),), "http://acme.example/privacy/on", id="a chain's link"
        ),
    ],
)
def test_an_archived_redirect_says_which_address_it_led_to(
    location: tuple[Header, ...], target: str
) -> None:
    assert state_of(played(*location, status=301, body=b"")) == (State.REDIRECT, target)


@pytest.mark.parametrize("status", [200, 301, 404, 503])
def test_another_moment_than_the_one_asked_for_is_drift_whatever_the_status(status: int) -> None:
    later = answer(("memento-datetime", "Thu, 01 Jan 2015 00:00:01 GMT"), status=status)

    assert state_of(later) == (State.DRIFTED, "the archive served 20150101000001")


@pytest.mark.parametrize(
    "stamp", ["Thu, 01 Jan 2015 02:00:00 +0200", "Thu, 01 Jan 2015 00:00:00 -0000", STAMP[:-4]]
)
def test_the_served_moment_is_compared_in_utc(stamp: str) -> None:
    memento = judge(CAPTURE, answer(("memento-datetime", stamp)), LIMIT)

    assert isinstance(memento, Memento)
    assert memento.memento_datetime == datetime(2015, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp",
    ["yesterday", "2015-01-01", "Thu, 32 Jan 2015 00:00:00 GMT", " ", f"{STAMP[:-3]}+9" + "9" * 30],
)
def test_an_unreadable_moment_is_unplayable(stamp: str) -> None:
    assert state_of(answer(("memento-datetime", stamp)))[0] is State.UNPLAYABLE


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param((("content-encoding", "gzip"),), gzip.compress(PAGE), id="coded"),
        pytest.param((("content-encoding", "gzip"),), PAGE, id="not coded, though it says so"),
        pytest.param((("content-encoding", "gzip, gzip"),), gzip.compress(PAGE), id="said twice"),
        pytest.param(
            (("content-encoding", "gzip"), ("content-encoding", "gzip")),
            gzip.compress(PAGE),
            id="said in two headers",
        ),
        pytest.param(
            (("x-archive-orig-content-encoding", "gzip"),), PAGE, id="decoded by the archive"
        ),
        pytest.param(
            (("x-archive-orig-content-encoding", "gzip"),), gzip.compress(PAGE), id="left as it was"
        ),
        pytest.param(
            (("x-archive-orig-content-encoding", "br"),), brotli.compress(PAGE), id="left as br"
        ),
        pytest.param(
            (("x-archive-orig-content-encoding", "zstd"),),
            zstandard.compress(PAGE),
            id="left as zstd",
        ),
        pytest.param(
            (("content-encoding", "gzip"), ("x-archive-orig-content-encoding", "gzip")),
            gzip.compress(gzip.compress(PAGE)),
            id="coded then and now",
        ),
        pytest.param(
            (("content-encoding", "gzip"), ("x-archive-orig-content-encoding", "br")),
            gzip.compress(PAGE),
            id="coded now, decoded from then",
        ),
    ],
)
def test_the_body_is_the_page_however_the_codings_lie(
    headers: tuple[Header, ...], body: bytes
) -> None:
    assert body_of(played(*headers, body=body)) == PAGE


def coded_over_and_over(times: int) -> bytes:
    """The page in gzip in gzip in gzip."""
    body = PAGE
    for _ in range(times):
        body = gzip.compress(body)
    return body


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        pytest.param(
            (("content-encoding", "gzip"),), gzip.compress(PAGE)[:-9], "cut off", id="cut gzip"
        ),
        pytest.param(
            (("x-archive-orig-content-encoding", "br"),),
            brotli.compress(bytes(range(256)) * 9)[:-9],
            "cut off",
            id="cut when it was captured",
        ),
        pytest.param(
            (("content-encoding", "gzip"),),
            gzip.compress(bytes(LIMIT + 1)),
            f"over {LIMIT} bytes",
            id="bomb",
        ),
        pytest.param((), bytes(LIMIT + 1), f"over {LIMIT} bytes", id="too long"),
        pytest.param(
            (("x-archive-orig-content-length", str(len(PAGE) + 1)),),
            PAGE,
            f"{len(PAGE)} of {len(PAGE) + 1} bytes",
            id="shorter than it said",
        ),
        pytest.param((), b"%PDF-1.4\nobj", "a PDF without its end", id="half a PDF"),
        pytest.param(
            (),
            b"%PDF-1.4\n%%EOF\n" + b"obj\n" * 5_000,
            "a PDF without its end",
            id="half a PDF made for the web",
        ),
        pytest.param(
            (("content-encoding", "gzip, " * 6),),
            coded_over_and_over(6),
            "more than 5 times",
            id="coded over and over",
        ),
        pytest.param(
            (("content-encoding", "gzip"), ("x-archive-orig-content-encoding", "gzip")),
            gzip.compress(gzip.compress(bytes(LIMIT + 1))),
            f"over {LIMIT} bytes",
            id="a bomb within what it was coded in then",
        ),
    ],
)
def test_a_body_that_is_not_whole_is_damaged(
    headers: tuple[Header, ...], body: bytes, reason: str
) -> None:
    state, words = state_of(played(*headers, body=body))

    assert state is State.DAMAGED
    assert reason in words


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param((("x-archive-orig-content-length", "12"),), PAGE, id="longer than it said"),
        pytest.param((("x-archive-orig-content-length", "9, 9"),), PAGE, id="two lengths"),
        pytest.param((("x-archive-orig-content-length", "big"),), PAGE, id="no length"),
        pytest.param((("content-length", "9999999"),), PAGE, id="length of the transfer"),
        pytest.param(
            (
                ("x-archive-orig-content-length", "9999999"),
                ("x-archive-orig-content-encoding", "gzip"),
            ),
            PAGE,
            id="length of the coded body",
        ),
        pytest.param((), b"%PDF-1.4\nobj\n%%EOF\n", id="a whole PDF"),
        pytest.param((), b"%PDF-1.4\n%%EOF\n" + bytes(2_000), id="a PDF padded by its server"),
        pytest.param(
            (),
            b"%PDF-1.4\n" + b"obj\n" * 9_000 + b"%%EOF\n" + bytes(6_000),
            id="a long PDF padded by its server",
        ),
        pytest.param((), b"", id="an empty body"),
    ],
)
def test_a_body_that_may_be_whole_is_kept(headers: tuple[Header, ...], body: bytes) -> None:
    assert body_of(played(*headers, body=body)) == body


@pytest.mark.parametrize(
    ("listed", "digest"),
    [
        pytest.param(PAGE, digest_of(PAGE), id="of the page"),
        pytest.param(gzip.compress(PAGE, mtime=0), digest_of(gzip.compress(PAGE, mtime=0))),
        pytest.param(b"another page", digest_of(PAGE), id="of neither"),
    ],
)
def test_the_digest_is_the_listed_one_if_any_form_of_the_body_has_it(
    listed: bytes, digest: str
) -> None:
    capture = Capture(
        policy_id="acme/privacy",
        urlkey="k",
        timestamp=CAPTURE.timestamp,
        original=CAPTURE.original,
        mimetype="text/html",
        statuscode="200",
        digest=digest_of(listed),
    )
    coded = played(("content-encoding", "gzip"), body=gzip.compress(PAGE, mtime=0))

    memento = judge(capture, coded, LIMIT)

    assert isinstance(memento, Memento)
    assert memento.digest == digest


def test_the_digest_of_nothing_is_the_one_that_every_index_is_full_of() -> None:
    assert digest_of(b"") == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


NAMES = [
    "memento-datetime",
    "location",
    "content-encoding",
    "x-archive-orig-content-encoding",
    "x-archive-orig-content-length",
    "x-archive-redirect-reason",
    "x-archive-wayback-runtime-error",
]


@given(
    st.integers(min_value=200, max_value=599),
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.text() | st.sampled_from([STAMP, "gzip", "br, zstd", "deflate", HERE, "http://["]),
        ),
        max_size=4,
    ),
    st.binary(),
)
def test_no_answer_whatever_crashes_the_judge(
    status: int, headers: list[Header], body: bytes
) -> None:
    outcome = judge(CAPTURE, answer(*headers, status=status, body=body), LIMIT)

    said = any(name == "memento-datetime" for name, _ in headers)
    assert said or (isinstance(outcome, Settlement) and outcome.reason)
