"""Save Page Now as the sandbox plays it."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sandbox_clients import Got, Serve, get

from crawler.memento import parse_uri_m
from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.budgets import Budgets
from crawler.sandbox.faults import Fault
from crawler.sandbox.saves import SaveRules
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"
OTHER = "http://acme.example/terms"


def history() -> Archive:
    return archive_of(capture(PRIVACY, "20100101000000", "old text"))


def order(sandbox: Sandbox, url: str = PRIVACY, **headers: str) -> Got:
    """Ask for a capture as those with a key do."""
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=10)
    form = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "tests"}
    try:
        connection.request("POST", "/save", urlencode({"url": url}), form | headers)
        reply = connection.getresponse()
        return Got(
            status=reply.status,
            reason=reply.reason,
            headers=reply.getheaders(),
            body=reply.read(),
        )
    finally:
        connection.close()


def told(got: Got) -> dict[str, Any]:
    return dict(json.loads(got.body))


def look(sandbox: Sandbox, job_id: str) -> dict[str, Any]:
    return told(get(f"{sandbox.url}/save/status/{job_id}"))


def lines_of(sandbox: Sandbox, url: str = PRIVACY) -> list[str]:
    listed = get(f"{sandbox.url}/cdx/search/cdx?url={url}")
    return [line for line in listed.lines if line]


def test_an_order_names_a_job_that_is_pending_and_then_done(serve: Serve) -> None:
    sandbox = serve(history(), saving=SaveRules(looks=2))

    job = told(order(sandbox))

    looks = [look(sandbox, job["job_id"]) for _ in range(3)]
    assert job["url"] == PRIVACY
    assert [found["status"] for found in looks] == ["pending", "pending", "success"]
    assert looks[-1]["original_url"] == PRIVACY
    assert looks[-1]["timestamp"] in lines_of(sandbox)[-1]


def test_what_is_captured_is_what_stands_on_the_live_web(serve: Serve) -> None:
    sandbox = serve(history(), live={PRIVACY: "new text"})
    order(sandbox)

    newest = lines_of(sandbox)[-1].split()[1]

    played = get(f"{sandbox.url}/web/{newest}id_/{PRIVACY}")
    assert played.body == b"new text"
    assert played.header("x-archive-src").startswith("spn2-")


def test_a_page_of_which_nothing_is_said_stands_as_it_last_was(serve: Serve) -> None:
    sandbox = serve(history())

    order(sandbox)

    first, second = (line.split() for line in lines_of(sandbox))
    assert first[5] == second[5]


def test_a_page_that_is_gone_or_was_never_there_gives_an_error_as_a_200(serve: Serve) -> None:
    sandbox = serve(history(), live={PRIVACY: None})

    answers = [order(sandbox, url) for url in (PRIVACY, OTHER)]

    assert [answer.status for answer in answers] == [200, 200]
    assert [told(answer)["status_ext"] for answer in answers] == ["error:not-found"] * 2
    assert len(lines_of(sandbox)) == 1


def test_a_second_order_within_the_hour_gets_the_capture_of_the_first(serve: Serve) -> None:
    sandbox = serve(history())

    first, second = told(order(sandbox)), told(order(sandbox))

    assert first["job_id"] == second["job_id"]
    assert "had been made" in second["message"]
    assert len(lines_of(sandbox)) == 2


def test_a_page_is_captured_so_many_times_a_day(serve: Serve) -> None:
    sandbox = serve(history(), saving=SaveRules(again_after=0.0, daily=2))

    answers = [told(order(sandbox)) for _ in range(3)]

    assert [answer.get("status_ext") for answer in answers] == [
        None,
        None,
        "error:too-many-daily-captures",
    ]


def test_a_job_that_nobody_knows_is_pending(serve: Serve) -> None:
    assert look(serve(history()), "spn2-0")["status"] == "pending"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "LOW a:c"}, 401), ({"Authorization": "LOW a:b"}, 200)],
    ids=["no key", "another key", "its key"],
)
def test_it_opens_to_its_key_alone_when_it_has_one(
    serve: Serve, headers: dict[str, str], status: int
) -> None:
    sandbox = serve(history(), saving=SaveRules(key="a:b"))

    assert order(sandbox, **headers).status == status
    assert len(lines_of(sandbox)) == 1 + (status == 200)


def test_without_a_key_the_answer_leads_to_the_new_capture(serve: Serve) -> None:
    sandbox = serve(history(), live={PRIVACY: "new text"})

    led = get(f"{sandbox.url}/save/{PRIVACY}")

    assert led.status == 302
    played = parse_uri_m(led.header("location"))
    assert played is not None
    assert (played.timestamp, played.uri_r) == (lines_of(sandbox)[-1].split()[1], PRIVACY)


def test_without_a_key_a_page_that_is_gone_is_an_error(serve: Serve) -> None:
    sandbox = serve(history(), live={PRIVACY: None})

    assert get(f"{sandbox.url}/save/{PRIVACY}").status == 523


def test_saves_have_a_budget_a_count_and_faults_of_their_own(serve: Serve) -> None:
    budgets = Budgets(save_per_minute=2, retry_after="7")
    sandbox = serve(history(), budgets=budgets, faults=[Fault("503", on="save", times=1)])

    answers = [order(sandbox) for _ in range(3)]

    assert [answer.status for answer in answers] == [503, 200, 429]
    assert answers[-1].header("Retry-After") == "7"
    assert sandbox.log.count("save") == 3
    assert get(f"{sandbox.url}/cdx/search/cdx?url={PRIVACY}").status == 200


def test_a_fault_of_everything_is_none_of_saves(serve: Serve) -> None:
    sandbox = serve(history(), faults=[Fault("503")])

    assert order(sandbox).status == 200
