"""How policies stand: healthy, unfinished, excluded, late or failing; and the ledger's balance."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from archive_facts import NOW, POLICY, URI_R, insert, settle

from crawler.items import SITE_EXCLUDED
from pipelines.database.file import Connection
from pipelines.database.schedule import NEVER, Schedule
from pipelines.history import health, status
from pipelines.history.health import Health, Standing

pytestmark = pytest.mark.database
SECOND = "http://acme.example/legal"
MONTHLY = Schedule(
    only_due=True,
    every=timedelta(days=30),
    overlap=timedelta(days=30),
    relist=timedelta(days=180),
)


def listed(
    database: Connection,
    outcome: str = "complete",
    days_ago: float = 0.0,
    uri_r: str = URI_R,
    reason: str = "",
    **counts: int,
) -> None:
    numbers = {"rows": 0, "added": 0, "known": 0, "duplicates": 0} | counts
    names: dict[str, Any] = {"crawl_id": "c", "policy_id": POLICY, "uri_r": uri_r}
    told = {"outcome": outcome, "reason": reason, "listed_at": NOW - timedelta(days=days_ago)}
    insert(database, "listings", names | numbers | told)


def add_address(database: Connection) -> None:
    insert(database, "locations", {"policy_id": POLICY, "uri_r": SECOND, "guessed": False})


def standing(database: Connection) -> Standing:
    (found,) = health.standings(database, [POLICY], MONTHLY)
    return found


def judged(database: Connection) -> Health:
    return standing(database).health(NOW.replace(tzinfo=UTC))


def due_in(database: Connection) -> float:
    """Days until the policy is due; below zero where it is late."""
    return (standing(database).due_at - NOW.replace(tzinfo=UTC)) / timedelta(days=1)


@pytest.mark.parametrize("outcome", ["complete", "empty"])
def test_a_policy_listed_within_its_time_is_healthy(database: Connection, outcome: str) -> None:
    listed(database, outcome, days_ago=29)

    assert judged(database) is Health.HEALTHY
    assert due_in(database) == 1


def test_a_policy_never_listed_is_late(database: Connection) -> None:
    assert judged(database) is Health.LATE
    assert standing(database).due_at == NEVER


def test_a_policy_is_late_by_its_own_measure(database: Connection) -> None:
    listed(database, days_ago=10)
    before = judged(database)

    database.execute("UPDATE policies SET every_days = 7")

    assert (before, judged(database)) == (Health.HEALTHY, Health.LATE)
    assert due_in(database) == -3


def test_a_policy_is_as_late_as_its_address_listed_longest_ago(database: Connection) -> None:
    add_address(database)
    listed(database, days_ago=1)
    unlisted = standing(database)

    listed(database, days_ago=40, uri_r=SECOND)

    assert unlisted.due_at == NEVER
    assert (judged(database), due_in(database)) == (Health.LATE, -10)


def test_an_address_that_the_policy_has_left_is_late_after_half_a_year(
    database: Connection,
) -> None:
    database.execute("UPDATE locations SET until = '2020-01-01'")
    listed(database, days_ago=100)

    assert (judged(database), due_in(database)) == (Health.HEALTHY, 80)


def test_an_address_written_otherwise_is_the_same(database: Connection) -> None:
    listed(database, uri_r="https://www.acme.example/privacy")

    assert judged(database) is Health.HEALTHY


def test_a_listing_that_failed_is_failing_until_one_succeeds(database: Connection) -> None:
    listed(database, days_ago=2)
    listed(database, "failed", days_ago=1, reason="HTTP 503")
    failing = standing(database)

    listed(database, days_ago=0)

    assert failing.health(NOW.replace(tzinfo=UTC)) is Health.FAILING
    assert failing.reason == f"{URI_R}: HTTP 503"
    assert judged(database) is Health.HEALTHY


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("failed", Health.FAILING),
        ("pending", Health.UNFINISHED),
        ("excluded", Health.HEALTHY),
        ("unplayable", Health.HEALTHY),
    ],
)
def test_captures_left_open_keep_a_policy_from_health(
    database: Connection, state: str, expected: Health
) -> None:
    listed(database)
    settle(database, "2018-01-01", state)

    assert judged(database) is expected


def test_an_excluded_site_is_excluded_not_failing(database: Connection) -> None:
    listed(database, days_ago=400)
    listed(database, "failed", days_ago=9, reason=SITE_EXCLUDED)

    assert judged(database) is Health.EXCLUDED
    assert status.due(database, [POLICY]).failed_listings == 0


def test_another_address_of_an_excluded_policy_can_be_late(database: Connection) -> None:
    add_address(database)
    listed(database, "failed", reason=SITE_EXCLUDED)
    listed(database, days_ago=31, uri_r=SECOND)

    assert judged(database) is Health.LATE


@pytest.mark.parametrize(
    ("counts", "holds"),
    [
        pytest.param({"rows": 2, "added": 1, "duplicates": 1}, True, id="balanced"),
        pytest.param({"rows": 1, "added": 1, "duplicates": 1}, False, id="a listing is unequal"),
        pytest.param({"rows": 2, "added": 2}, False, id="a line is lost"),
        pytest.param({}, False, id="a line is invented"),
    ],
)
def test_the_ledger_balances_when_it_has_what_was_listed(
    database: Connection, counts: dict[str, int], holds: bool
) -> None:
    settle(database, "2018-01-01", "fetched")
    listed(database, **counts)

    held = health.balance(database)

    assert held.lines == 1
    assert held.holds is holds


def test_the_last_crawl_is_told_with_the_last_that_came_to_its_end(database: Connection) -> None:
    before = health.last_crawl(database)
    for day, outcome in ((1, "finished"), (2, "finished"), (3, "banned")):
        row = {
            "crawl_id": f"c{day}",
            "policytrail_version": "0",
            "archive": "https://a.example",
            "options": "{}",
        }
        times = {"started_at": NOW + timedelta(hours=day), "finished_at": NOW + timedelta(days=day)}
        insert(database, "crawls", row | times | {"outcome": outcome})

    last = health.last_crawl(database)

    assert before is None
    assert last is not None
    assert (last.crawl_id, last.outcome) == ("c3", "banned")
    assert last.last_success == NOW + timedelta(days=2)
