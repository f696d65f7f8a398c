"""Captures asked for: what the archive sees of it, what is recorded, how a run ends."""

import signal
import time
from itertools import pairwise

import pytest
from crawl.archives import address, page

from crawler.sandbox.budgets import Budgets
from crawler.sandbox.faults import Fault
from pipelines.database.lock import FolderLock
from saving.conftest import MakeOffice
from saving.places import Office, enter_known

UNEVEN = 0.3  # the archive's clock stops when the request is read, which a busy machine delays
PACED = {"SAVE_REQUESTS_PER_MINUTE": "120"}


def office_of(make_office: MakeOffice, *names: str, **given: object) -> Office:
    """An office whose ledger knows one old capture of each vendor."""
    office = make_office(*names, **given)
    enter_known(office.data, office.vendors, *names)
    return office


def outcomes(office: Office) -> list[str]:
    """What came of each asking, in order."""
    return [outcome for _, outcome, _ in office.saves()]


def test_a_new_capture_is_asked_for_and_the_next_crawl_lists_and_fetches_it(
    make_office: MakeOffice,
) -> None:
    office = make_office("acme", live={address("acme"): page("B")})
    office.crawl()
    assert office.sandbox.log.count("save") == 0
    office.sandbox.log.clear()

    saved = office.save("--format", "csv", LOG_LEVEL="DEBUG")

    ((_, outcome, timestamp),) = office.saves()
    assert saved.code == 0, saved.err
    assert outcome == "saved"
    assert f"saved,{timestamp},{office.sandbox.url}/web/{timestamp}id_/" in saved.out
    asked = list(office.sandbox.log)
    assert [(request.method, request.kind) for request in asked] == [
        ("POST", "save"),
        ("GET", "save"),
        ("GET", "save"),
    ]
    assert {request.user_agent.partition("/")[0] for request in asked} == {"policytrail"}
    assert office.ask("SELECT count(*) FROM captures") == [(1,)]
    kept = b"".join(office.files().values())
    assert b"s3cr3t" not in kept
    assert "s3cr3t" not in saved.out + saved.err
    assert "nothing was sent" in office.save("--older-than", "0").last_line
    assert office.sandbox.log.count() == len(asked)
    assert office.crawl().code == 0
    assert office.ask("SELECT timestamp, state FROM captures ORDER BY timestamp DESC LIMIT 1") == [
        (timestamp, "fetched")
    ]
    assert office.ask("SELECT count(*) FROM versions") == [(2,)]


def test_a_page_that_could_not_be_captured_is_said_and_the_others_are_asked_for_evenly(
    make_office: MakeOffice,
) -> None:
    office = office_of(make_office, "acme", "bolt", live={address("acme"): None})

    saved = office.save(**PACED)

    assert saved.code == 1
    assert "error:not-found" in saved.last_line
    assert "1 of 2: failed" in saved.err
    assert [save[:2] for save in office.saves()] == [("acme", "failed"), ("bolt", "saved")]
    sent = [request.monotonic for request in office.sandbox.log]
    assert len(sent) == 4
    assert min(after - before for before, after in pairwise(sent)) >= 0.5 - UNEVEN


def test_after_so_many_pages_the_rest_is_left_for_the_next_run(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme", "bolt", "crag")

    first = office.save("--max-saves", "2")

    assert first.code == 75
    assert "1 pages are left" in first.last_line
    assert [save[:2] for save in office.saves()] == [("acme", "saved"), ("bolt", "saved")]


@pytest.mark.slow
def test_after_a_429_nothing_is_asked_until_the_pause_is_over(make_office: MakeOffice) -> None:
    fault = Fault("429-seconds", on="save", times=1, seconds=2)
    office = office_of(make_office, "acme", faults=(fault,))

    saved = office.save()

    refused, *later = (request.monotonic for request in office.sandbox.log)
    assert saved.code == 0
    assert later[0] - refused >= 2 - 0.05
    assert outcomes(office) == ["saved"]


def test_the_third_429_ends_the_run_and_leaves_a_pause_for_all(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme", "bolt", budgets=Budgets(save_per_minute=0))

    limited = office.save(PAUSE_AFTER_429_SECONDS="0.5")

    assert limited.code == 75
    assert "(HTTP 429): no request before" in limited.last_line
    assert office.saves() == [("acme", "limited", "")]
    assert office.sandbox.log.count("save") == 3


def test_a_refused_connection_is_a_ban_and_nothing_is_asked_until_it_is_over(
    make_office: MakeOffice,
) -> None:
    office = office_of(make_office, "acme", faults=(Fault("ban", on="save", seconds=3600),))

    banned = office.save()
    again = office.save()

    assert (banned.code, again.code) == (75, 75)
    assert again.says_it_in_one_line
    assert "no request before" in again.last_line
    assert outcomes(office) == ["refused"]


def test_a_key_that_does_not_open_ends_the_run_at_the_first_page(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme", "bolt", opens_to="other:key")

    refused = office.save()

    assert refused.code == 2
    assert "HTTP 401" in refused.last_line
    assert outcomes(office) == ["refused"]
    assert office.sandbox.log.count() == 1
    assert "s3cr3t" not in refused.err


def test_without_a_key_the_archives_open_door_is_tried_when_that_is_wanted(
    make_office: MakeOffice,
) -> None:
    office = office_of(make_office, "acme", "bolt", live={address("bolt"): None}, opens_to="")

    saved = office.save("--without-key")

    assert saved.code == 1
    assert outcomes(office) == ["saved", "failed"]
    assert [request.method for request in office.sandbox.log] == ["GET", "GET"]


def test_an_order_whose_end_never_comes_is_recorded_as_asked(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme", looks=10**9)

    waited = office.save(SAVE_PATIENCE_SECONDS="0.3", **PACED)

    assert waited.code == 1
    assert "not known to be saved" in waited.last_line
    assert outcomes(office) == ["asked"]


def test_interrupted_it_has_recorded_what_was_asked_for(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme", "bolt", looks=10**9)
    running = office.start(*office.saving(**PACED))
    while office.sandbox.log.count("save") < 3:
        time.sleep(0.02)

    running.send(signal.SIGINT)
    ended = running.wait()

    assert ended.code == 75
    assert "interrupted" in ended.last_line
    assert office.saves() == [("acme", "asked", "")]
    assert FolderLock(office.data).take() is None


def test_nothing_is_asked_while_a_crawl_is_at_work(make_office: MakeOffice) -> None:
    office = office_of(make_office, "acme")
    lock = FolderLock(office.data)
    lock.take()

    refused = office.save()

    lock.release()
    assert refused.code == 75
    assert refused.says_it_in_one_line
    assert "another crawl holds" in refused.last_line
    assert office.sandbox.log.count() == 0
