"""The sample archive, crawled twice: requests, the ledger's balance, `check`."""

import shutil
from collections import Counter
from dataclasses import dataclass

import pytest

from crawl.archives import address, history, page
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk
from crawler.items import State
from crawler.sandbox.archive import capture
from crawler.sandbox.log import LoggedRequest
from crawler.sandbox.samples import VENDORS, sample_archive
from pipelines.database.file import writing

pytestmark = pytest.mark.database
ADDRESSES = 8  # two locations in three policies, two policies more with one, and a PDF
ARTICLE = "http://www.acmedesk.example/knowledgebase/index.php?article=78"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """A desk with two crawls behind it, and the requests of each."""

    desk: Desk
    first: Ran
    second: Ran
    requests: list[LoggedRequest]
    requests_again: list[LoggedRequest]


@pytest.fixture(scope="module")
def samples(make_desk: MakeDesk) -> Crawled:
    desk = make_desk(sample_archive(), VENDORS)
    first = desk.crawl(CDX_PAGE_ROWS="3")
    requests = list(desk.sandbox.log)
    desk.sandbox.log.clear()
    second = desk.crawl()
    return Crawled(
        desk=desk,
        first=first,
        second=second,
        requests=requests,
        requests_again=list(desk.sandbox.log),
    )


def test_the_samples_are_crawled_without_a_failure(samples: Crawled) -> None:
    assert samples.first.code == 0, samples.first.err
    assert samples.desk.states().keys().isdisjoint({State.FAILED, State.PENDING})


def test_every_line_listed_is_in_the_ledger_once(samples: Crawled) -> None:
    served = [
        row for row in samples.desk.sandbox.archive.rows if not row[0].startswith("example,sealed")
    ]

    kept = samples.desk.ask(
        "SELECT urlkey, timestamp, original, mimetype, statuscode, digest, length::VARCHAR "
        "FROM captures"
    )

    assert Counter(kept) == Counter(served)


def test_lines_listed_are_lines_new_known_or_repeated(samples: Crawled) -> None:
    listed = samples.desk.ask("SELECT sum(rows), sum(added + known + duplicates) FROM listings")
    in_ledger = samples.desk.ask("SELECT sum(1 + duplicates) FROM captures")

    assert listed[0][0] == listed[0][1] == 2 * in_ledger[0][0]


def test_a_listing_takes_one_request_a_page(samples: Crawled) -> None:
    pages = Counter(request.kind for request in samples.requests)["cdx"]
    lines = [rows for (rows,) in samples.desk.ask("SELECT rows FROM listings WHERE added > 0")]

    assert len(lines) == ADDRESSES + 1
    assert pages == sum(-(-rows // 3) for rows in lines)


def test_a_digest_is_asked_for_once(samples: Crawled) -> None:
    asked = [request.path for request in samples.requests if request.kind == "playback"]
    bodies = samples.desk.ask(
        "SELECT DISTINCT urlkey, digest, statuscode[1] = '3' FROM captures "
        "WHERE state IN ('fetched', 'unchanged', 'redirect', 'drifted')"
    )

    assert len(asked) == len(set(asked)) == len(bodies)


def test_a_second_crawl_lists_and_fetches_no_memento(samples: Crawled) -> None:
    kinds = Counter(request.kind for request in samples.requests_again)

    assert samples.second.code == 0
    assert kinds == {"cdx": ADDRESSES + 1}


def test_the_archive_learns_who_asks(samples: Crawled) -> None:
    agents = {request.user_agent.partition("/")[0] for request in samples.requests}

    assert agents == {"policytrail"}


def test_captures_that_differ_in_counters_are_one_version(samples: Crawled) -> None:
    seen = samples.desk.ask(
        "SELECT observations FROM versions "
        "WHERE policy_id = 'acmedesk/privacy' AND uri_r = ? ORDER BY version",
        ARTICLE,
    )
    bodies = samples.desk.ask(
        "SELECT count(DISTINCT digest) FROM mementos WHERE uri_r = ?", ARTICLE
    )

    assert seen == [(4,), (3,), (2,), (3,), (4,)]  # so many captures of each text of the samples
    assert bodies == [(16,)]


def test_a_page_that_moved_to_another_company_keeps_its_history(samples: Crawled) -> None:
    timeline = samples.desk.ask(
        "SELECT uri_r LIKE '%meridian%', not_before = lag(last_seen) OVER (ORDER BY version) "
        "FROM versions WHERE policy_id = 'ticketbarn/privacy' ORDER BY version"
    )

    moved = [at_new_home for at_new_home, _ in timeline]
    assert moved == sorted(moved)
    assert set(moved) == {False, True}
    assert [follows for _, follows in timeline] == [None, *[True] * (len(timeline) - 1)]


def test_the_invariants_hold(samples: Crawled) -> None:
    checked = samples.desk.run("check")

    assert checked.code == 0
    assert "BROKEN" not in checked.out


def test_a_damaged_body_is_found(samples: Crawled, make_desk: MakeDesk) -> None:
    desk = samples.desk.another("damaged")
    shutil.copytree(samples.desk.data, desk.data)
    warc = next((desk.data / "warc").iterdir())
    held = bytearray(warc.read_bytes())
    held[len(held) // 2] ^= 0xFF
    warc.write_bytes(held)

    checked = desk.run("check")

    assert checked.code == 1
    assert checked.out.count("BROKEN") == 1
    assert checked.last_line == "policytrail: 1 of 18 invariants do not hold"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM captures WHERE timestamp = (SELECT max(timestamp) FROM captures)",
        "DELETE FROM mementos WHERE timestamp = (SELECT min(timestamp) FROM mementos)",
        "DELETE FROM extractions WHERE body_sha256 = (SELECT min(body_sha256) FROM mementos)",
        "DELETE FROM texts WHERE text_id = (SELECT min(text_id) FROM texts)",
        "UPDATE captures SET state = 'lost' WHERE state = 'drifted'",
        "DELETE FROM diffs",
    ],
    ids=["a line", "a memento", "an extraction", "a text", "a state", "the differences"],
)
def test_a_row_that_went_missing_is_found(samples: Crawled, statement: str) -> None:
    desk = samples.desk.another("missing")
    shutil.rmtree(desk.data, ignore_errors=True)
    shutil.copytree(samples.desk.data, desk.data)
    with writing(desk.data) as connection:
        connection.execute(statement)

    checked = desk.run("check", "--no-bodies")

    assert checked.code == 1
    assert "BROKEN" in checked.out


def test_an_archived_redirect_gives_a_location_candidate(make_desk: MakeDesk) -> None:
    new_home = "https://bigger.example/legal/privacy"
    moved = capture(address("acme"), "20160601000000", status=301, location=new_home)
    desk = make_desk([*history("acme", "AAB"), moved], ["acme"])
    crawled = desk.crawl()

    told = desk.run("status")

    assert crawled.code == 0
    assert f"candidates  1: {new_home} (acme/privacy" in told.out


def test_a_candidate_that_became_a_location_goes_on_with_the_history(make_desk: MakeDesk) -> None:
    new_home = "https://bigger.example/legal/privacy"
    captures = [
        *history("acme", "AAB"),
        capture(address("acme"), "20160601000000", status=301, location=new_home),
        capture(new_home, "20160602000000", page("B")),
        capture(new_home, "20170602000000", page("C")),
    ]
    places = [(address("acme"), "", "2016-06-01"), (new_home, "2016-06-02", "")]
    desk = make_desk(captures, {"acme": places})
    assert desk.crawl().code == 0

    told = desk.run("status")

    assert new_home not in told.out
    assert "healthy" in told.out
    assert desk.ask("SELECT observations, not_before IS NULL FROM versions ORDER BY version") == [
        (2, True),
        (2, False),
        (1, False),
    ]
