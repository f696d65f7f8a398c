"""Save Page Now: what is asked, what its answers mean, and a key that nobody sees."""

import json
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.errors import AskedWrongly
from crawler.items import Save, SaveOutcome
from crawler.saving import KEY, SavePage, Word, read_key
from crawler.spiders.saves import SavesSpider

ARCHIVE = "https://archive.example"
URI_R = "http://acme.example/privacy?b=1&a=2"
ASKED_AT = datetime(2026, 5, 1, 12, 0, 30, tzinfo=UTC)
NEW, OLD = "20260501120041", "20260501110000"
SECRET = "s3cret/with:colon+plus"
JOB = {"url": URI_R, "job_id": "spn2-0123456789abcdef"}
DONE = {"status": "success", "original_url": URI_R, "timestamp": NEW}


def page(archive: str = ARCHIVE) -> SavePage:
    return SavePage(URI_R, archive=archive)


def ordered(told: object, status: int = 200) -> Word:
    """What the answer to an order means."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return page().read_order(status, body, ASKED_AT)


def looked(told: object, status: int = 200) -> Word | None:
    """What the answer to a look at an order means."""
    return page().read_status(status, json.dumps(told).encode(), ASKED_AT)


def led_to(location: str, status: int = 302, archive: str = ARCHIVE) -> Word:
    """What the answer to a request without a key means."""
    return page(archive).read_redirect(status, location, ASKED_AT)


def test_an_order_names_the_whole_address_and_goes_to_the_archive_that_was_named() -> None:
    order = SavePage(f" {URI_R} x", archive=f"{ARCHIVE}/")

    assert order.order_url == f"{ARCHIVE}/save"
    assert parse_qs(order.order_form.decode())["url"] == [f"{URI_R}%20x"]
    assert order.request_url == f"{ARCHIVE}/save/{URI_R}%20x"
    assert order.status_url("spn2-1") == f"{ARCHIVE}/save/status/spn2-1"


def test_an_order_that_was_taken_has_a_job_and_no_end() -> None:
    assert ordered(JOB) == Word(outcome=SaveOutcome.ASKED, job_id=JOB["job_id"])


def test_a_page_that_was_captured_just_now_is_looked_after_like_any_order() -> None:
    word = ordered({**JOB, "message": "The same snapshot had been made 2 minutes ago."})

    assert word.job_id == JOB["job_id"]


def test_a_job_that_would_lead_elsewhere_is_no_job() -> None:
    assert ordered({"job_id": "../../account"}).outcome == SaveOutcome.FAILED


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"status_ext": "error:too-many-daily-captures", "message": "5 times"}, SaveOutcome.KNOWN),
        ({"status_ext": "error:user-session-limit", "message": "busy"}, SaveOutcome.LIMITED),
        ({"message": "You have already reached the limit of active sessions"}, SaveOutcome.LIMITED),
        ({"message": "You cannot make more than 9 captures per day."}, SaveOutcome.LIMITED),
        ({"status_ext": "error:no-access", "message": "HTTP status=403"}, SaveOutcome.FAILED),
        ({"status": "error"}, SaveOutcome.FAILED),
        ({}, SaveOutcome.FAILED),
        ([], SaveOutcome.FAILED),
        (b"<html>Save Page Now</html>", SaveOutcome.FAILED),
        (b"", SaveOutcome.FAILED),
    ],
    ids=[
        "captured often today",
        "too many at once",
        "too many at once, in words",
        "too many today",
        "the site shuts it out",
        "an error without words",
        "nothing",
        "a list",
        "a web page",
        "no body",
    ],
)
def test_an_order_that_was_not_taken_says_why_though_it_is_a_200(
    told: object, outcome: SaveOutcome
) -> None:
    word = ordered(told)

    assert (word.outcome, word.job_id) == (outcome, "")
    assert word.reason


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_does_not_open_is_a_refusal(status: int) -> None:
    told = {"message": "You need to be logged in to use Save Page Now."}

    assert ordered(told, status).outcome == SaveOutcome.REFUSED
    assert led_to("", status).outcome == SaveOutcome.REFUSED


def test_a_server_that_does_not_work_took_no_order() -> None:
    assert ordered(JOB, 503) == Word(
        outcome=SaveOutcome.FAILED, reason="the archive answered HTTP 503 and no order"
    )


def test_an_order_that_is_done_names_its_capture() -> None:
    assert looked(DONE) == Word(
        outcome=SaveOutcome.SAVED, timestamp=NEW, uri_m=f"{ARCHIVE}/web/{NEW}id_/{URI_R}"
    )


def test_a_capture_from_before_the_order_is_known_and_not_new() -> None:
    word = looked({**DONE, "timestamp": OLD})

    assert word is not None
    assert (word.outcome, word.timestamp) == (SaveOutcome.KNOWN, OLD)


def test_a_clock_a_little_ahead_of_the_archives_makes_no_new_capture_an_old_one() -> None:
    word = looked({**DONE, "timestamp": "20260501115700"})

    assert word is not None
    assert word.outcome == SaveOutcome.SAVED


def test_a_page_that_led_elsewhere_says_where_to() -> None:
    word = looked({**DONE, "original_url": "https://acme.example/legal"})

    assert word is not None
    assert word.reason == "the page led to https://acme.example/legal"
    assert word.uri_m.endswith(f"/web/{NEW}id_/https://acme.example/legal")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"status": "pending", "job_id": "spn2-1", "resources": []}, 200),
        ({"job_id": "spn2-1"}, 200),
        (["pending"], 200),
        (DONE, 502),
    ],
    ids=["pending", "no status", "another form", "no answer of the archive's"],
)
def test_what_is_no_end_is_waited_for(told: object, status: int) -> None:
    assert looked(told, status) is None


@pytest.mark.parametrize("timestamp", ["", "2026", None, "20261399000000", "../account/x"])
def test_a_success_without_a_moment_is_none(timestamp: str | None) -> None:
    word = looked({**DONE, "timestamp": timestamp})

    assert word is not None
    assert (word.outcome, word.timestamp) == (SaveOutcome.FAILED, "")


@pytest.mark.parametrize(
    ("location", "archive"),
    [
        (f"/web/{NEW}/{URI_R}", ARCHIVE),
        (f"{ARCHIVE}/web/{NEW}/{URI_R}", ARCHIVE),
        (f"http://127.0.0.1:8111/web/{NEW}/{URI_R}", "http://127.0.0.1:8111/"),
    ],
    ids=["a path", "an address", "on the loopback"],
)
def test_without_a_key_the_answer_leads_to_the_capture(location: str, archive: str) -> None:
    word = led_to(location, archive=archive)

    assert (word.outcome, word.timestamp) == (SaveOutcome.SAVED, NEW)
    assert word.uri_m == f"{archive.rstrip('/')}/web/{NEW}id_/{URI_R}"


@pytest.mark.parametrize(
    ("location", "status"),
    [("", 200), ("https://elsewhere.example/account/login", 302), (f"/web/{NEW}/{URI_R}", 523)],
    ids=["nowhere", "to a login", "an error"],
)
def test_an_answer_without_a_key_that_leads_to_no_capture_failed(
    location: str, status: int
) -> None:
    before = time.monotonic()

    word = led_to(location, status)

    assert word.outcome == SaveOutcome.FAILED
    assert time.monotonic() - before < 4  # waybackpy would sleep for 5 seconds and look again


def test_the_key_is_sent_in_one_header_and_shown_nowhere() -> None:
    key = read_key({KEY: f" acc:{SECRET}\n"}, ARCHIVE)

    assert key is not None
    assert key.header == f"LOW acc:{SECRET}"
    assert "acc" not in repr(key)
    assert SECRET not in f"{key!r}{key}"


@pytest.mark.parametrize("environment", [{}, {KEY: ""}, {KEY: "  "}])
def test_no_key_is_none(environment: dict[str, str]) -> None:
    assert read_key(environment, ARCHIVE) is None


@pytest.mark.parametrize("given", ["secretalone", "acc:", ":secret", "acc:sec ret", "acc:sec\nret"])
def test_a_key_of_another_form_is_refused_without_showing_it(given: str) -> None:
    with pytest.raises(AskedWrongly, match="ACCESS:SECRET") as caught:
        read_key({KEY: given}, ARCHIVE)

    assert "sec" not in str(caught.value)


@pytest.mark.parametrize(
    ("archive", "sent"),
    [
        ("http://archive.example", False),
        ("http://127.0.0.1.archive.example", False),
        ("http://127.0.0.1:8111", True),
        ("https://archive.example", True),
    ],
)
def test_a_key_is_sent_where_nobody_between_can_read_it(archive: str, sent: bool) -> None:
    if sent:
        assert read_key({KEY: "acc:secret"}, archive)
        return
    with pytest.raises(AskedWrongly, match="https"):
        read_key({KEY: "acc:secret"}, archive)


@pytest.mark.parametrize(
    ("dropped", "sent", "recorded"),
    [
        ("banned", True, [SaveOutcome.REFUSED]),
        ("rate-limited", True, [SaveOutcome.LIMITED]),
        ("banned", False, []),
        ("rate-limited", False, []),
        ("the crawl is ending", True, []),
    ],
)
def test_what_never_left_for_the_archive_is_recorded_as_nothing(
    dropped: str, sent: bool, recorded: list[SaveOutcome]
) -> None:
    kept: list[Save] = []
    spider = SavesSpider(pages=[("acme/privacy", URI_R)], keep=kept.append)
    spider.settings = Settings({"ARCHIVE": ARCHIVE})
    (request,) = spider._next()
    request.meta.update({"sent_at": ASKED_AT.timestamp()} if sent else {})
    failure = Failure(IgnoreRequest(dropped))
    failure.request = request  # type: ignore[attr-defined]

    assert list(spider.fail(failure)) == []
    assert [save.outcome for save in kept] == recorded


def test_a_spider_that_nobody_gave_a_record_to_asks_for_nothing() -> None:
    spider = SavesSpider(pages=[("acme/privacy", URI_R)])

    assert list(spider._next()) == []
