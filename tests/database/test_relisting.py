"""A listing beside what was known: new, known and repeated lines, and late, gone or back ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.items import Listing, Outcome
from crawler.memento import Capture
from pipelines.database.relisting import LATE, RETURNED, WITHDRAWN, Relisted, compare
from pipelines.database.schedule import Listed, Past

NOW = datetime(2026, 7, 1, tzinfo=UTC)
URI_R = "http://desk.example/privacy"
OVERLAP = timedelta(days=30)


def line(day: str, name: str = "privacy", digest: str = "A") -> Capture:
    return Capture(
        policy_id="desk/privacy",
        urlkey=f"example,desk)/{name}",
        timestamp=f"{day}000000",
        original=f"http://desk.example/{name}",
        mimetype="text/html",
        statuscode="200",
        digest=digest,
        length=1,
    )


def listing(*captures: Capture, since: str = "", failed: bool = False) -> Listing:
    outcome = Outcome.COMPLETE if captures else Outcome.EMPTY
    return Listing(
        policy_id="desk/privacy",
        uri_r=URI_R,
        outcome=Outcome.FAILED if failed else outcome,
        captures=captures,
        listed_at=NOW,
        since=since,
    )


def past(day: datetime | None = None, *withdrawn: Capture) -> Past:
    times = Listed(answered=day, listed=day, whole=day) if day else None
    return Past(
        listings={("desk/privacy", "desk.example/privacy"): times} if times else {},
        withdrawn=frozenset(capture.key for capture in withdrawn),
    )


def told(found: Relisted) -> list[tuple[str, str]]:
    return [(change, key[2][:8]) for change, key in found.changes]


JAN, MAY, JUNE = line("20260101"), line("20260515"), line("20260620")
BEFORE = past(datetime(2026, 6, 10, tzinfo=UTC))


def test_each_line_is_new_or_known_or_a_repetition() -> None:
    found = compare(listing(JAN, MAY, MAY, MAY, JUNE), {JAN.key}, Past(), OVERLAP)

    assert list(found.added) == [MAY.key, JUNE.key]
    assert (found.known, found.repeated) == (1, {MAY.key: 2})
    assert found.known + len(found.added) + found.repeated.total() == 5


def test_lines_of_a_first_listing_are_not_late() -> None:
    assert compare(listing(JAN, MAY), set(), Past(), OVERLAP).changes == []


def test_a_line_that_an_earlier_listing_should_have_had_is_late() -> None:
    before = past(datetime(2026, 6, 15, tzinfo=UTC))

    found = compare(listing(JAN, MAY, JUNE), set(), before, OVERLAP)

    assert told(found) == [(LATE, "20260101"), (LATE, "20260515")]


def test_a_line_that_the_archive_was_slow_to_index_is_not_late() -> None:
    assert told(compare(listing(MAY, JUNE), set(), BEFORE, OVERLAP)) == []


def test_a_line_that_is_listed_no_more_is_withdrawn() -> None:
    found = compare(listing(MAY), {JAN.key, MAY.key}, BEFORE, OVERLAP)

    assert told(found) == [(WITHDRAWN, "20260101")]
    assert found.withdrawn == 1


def test_an_empty_listing_withdraws_every_line_of_its_address_and_no_other() -> None:
    other = line("20260101", "terms")

    assert told(compare(listing(), {JAN.key, other.key}, BEFORE, OVERLAP)) == [
        (WITHDRAWN, "20260101")
    ]


def test_a_line_under_another_spelling_of_the_address_belongs_to_it() -> None:
    session = replace(JAN, original="http://desk.example/privacy?phpsessid=1")

    found = compare(listing(MAY), {session.key}, BEFORE, OVERLAP)

    assert told(found) == [(WITHDRAWN, "20260101")]


@pytest.mark.parametrize(("since", "gone"), [("20260101000000", 1), ("20260101000001", 0)])
def test_a_window_says_nothing_of_what_lies_before_it(since: str, gone: int) -> None:
    found = compare(listing(MAY, since=since), {JAN.key, MAY.key}, BEFORE, OVERLAP)

    assert found.withdrawn == gone


def test_a_failed_listing_withdraws_nothing() -> None:
    assert compare(listing(failed=True), {JAN.key}, BEFORE, OVERLAP).changes == []


def test_a_withdrawn_line_is_told_once_and_again_when_it_returns() -> None:
    gone = past(datetime(2026, 6, 10, tzinfo=UTC), JAN)

    assert told(compare(listing(MAY), {JAN.key, MAY.key}, gone, OVERLAP)) == []
    assert told(compare(listing(JAN, MAY), {JAN.key, MAY.key}, gone, OVERLAP)) == [
        (RETURNED, "20260101")
    ]


def test_another_digest_of_the_same_moment_is_another_line() -> None:
    found = compare(listing(replace(JAN, digest="B")), {JAN.key}, BEFORE, OVERLAP)

    assert told(found) == [(LATE, "20260101"), (WITHDRAWN, "20260101")]
