"""What `status` and `ledger` are told: candidates, failed listings, what is due."""

from datetime import UTC, datetime, timedelta

import pytest
from archive_facts import NOW, POLICY, URI_R, insert, remember, settle

from crawler.items import State
from pipelines.database.file import Connection
from pipelines.history import status

pytestmark = pytest.mark.database


def test_redirects_lead_to_candidates_that_are_not_locations_yet(database: Connection) -> None:
    for month, target in enumerate(
        [
            "https://new.example/privacy",
            "https://new.example/privacy",
            "https://www.acme.example/privacy/",
            "http://[broken",
            "a redirect without a target",
        ],
        start=1,
    ):
        settle(database, f"2018-0{month}-01", "redirect", target)

    found = [(row[1], row[2]) for row in status.candidates(database, [POLICY]).rows]

    assert found == [("https://new.example/privacy", 2), ("http://[broken", 1)]


def listing(outcome: str, listed_at: datetime) -> dict[str, object]:
    counts = {"rows": 0, "added": 0, "known": 0, "duplicates": 0}
    names = {"crawl_id": "c", "policy_id": POLICY, "uri_r": URI_R}
    return names | counts | {"outcome": outcome, "reason": "HTTP 503", "listed_at": listed_at}


def test_only_a_listing_whose_newest_try_failed_is_told(database: Connection) -> None:
    insert(database, "listings", listing("failed", NOW))
    before = list(status.failed_listings(database, [POLICY]).rows)

    insert(database, "listings", listing("complete", NOW + timedelta(hours=1)))

    assert before == [(POLICY, URI_R, "HTTP 503", NOW)]
    assert list(status.failed_listings(database, [POLICY]).rows) == []


def test_due_is_what_the_next_crawl_takes_up(database: Connection) -> None:
    settle(database, "2018-01-01", "pending")
    settle(database, "2018-02-01", "failed")
    settle(database, "2018-03-01", "unplayable")
    settle(database, "2018-04-01", "unplayable")
    settle(database, "2018-05-01", "drifted")
    settle(database, "2018-06-01", "drifted")
    database.execute(
        "UPDATE captures SET settled_at = ? WHERE timestamp[5:6] IN ('04', '06')",
        [datetime.now(UTC).replace(tzinfo=None)],
    )

    due = status.due(database, [POLICY])

    assert (due.pending, due.failed, due.again, due.unlisted) == (1, 1, 2, 1)
    assert (due.failed_listings, due.running, due.observed) == (0, None, 0)


def test_the_ledger_is_given_whole_or_by_state(database: Connection) -> None:
    remember(database, ("2018-01-01", "old"))
    settle(database, "2018-02-01", "absent", "archived HTTP 404")

    whole = [row[1] for row in status.ledger(database, [POLICY], None).rows]
    absent = [row[1] for row in status.ledger(database, [POLICY], State.ABSENT).rows]

    assert (whole, absent) == (["20180101000000", "20180201000000"], ["20180201000000"])
    assert status.states(database, [POLICY]) == {State.FETCHED: 1, State.ABSENT: 1}
