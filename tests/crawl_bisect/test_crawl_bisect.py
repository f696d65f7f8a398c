"""A search for changes from the listing to the database, in processes that may be killed."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawl_bisect.shop import LETTERS, Rows, Shop, lamp, open_shop
from crawler.bisecting import UNREAD
from crawler.sandbox.faults import Fault
from crawler.sandbox.server import Sandbox
from pipelines.database.file import writing

pytestmark = pytest.mark.database
CHANGES = "SELECT not_before, not_after, old_text_id, new_text_id FROM changes ORDER BY ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A crawl that ended, and what it took."""

    shop: Shop
    code: int
    mementos: int
    history: dict[str, Rows]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(lamp()) as serving:
        yield serving


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Done:
    return done(open_shop(tmp_path_factory.mktemp("whole") / "shop", sandbox), "all")


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Done:
    return done(open_shop(tmp_path_factory.mktemp("searched") / "shop", sandbox), "bisect")


def done(shop: Shop, strategy: str) -> Done:
    code, mementos = shop.crawl(strategy)
    return Done(shop=shop, code=code, mementos=mementos, history=shop.history())


def test_a_search_gives_the_changes_of_a_whole_crawl_with_a_fraction_of_its_requests(
    whole: Done, searched: Done
) -> None:
    found = searched.shop.ask(CHANGES)

    assert (whole.code, searched.code) == (0, 0)
    assert len(found) == 3
    assert found == whole.shop.ask(CHANGES)
    assert searched.mementos < 0.4 * whole.mementos


def test_what_stayed_unseen_is_skipped_with_a_reason_and_counted(searched: Done) -> None:
    (skipped,) = searched.shop.ask("SELECT skipped FROM coverage")
    reasons = searched.shop.ask(
        "SELECT reason, count(*) FROM captures WHERE state = 'skipped' GROUP BY reason ORDER BY 1"
    )

    assert [reason for reason, _ in reasons] == [
        "bisected: between two captures that read alike",
        "bisected: one redirect in 90 days is enough",
    ]
    assert sum(count for _, count in reasons) == skipped[0] > len(LETTERS) / 2


def test_a_second_search_asks_only_for_what_failed(searched: Done) -> None:
    failed = searched.shop.ask("SELECT count(*) FROM captures WHERE state = 'failed'")

    code, mementos = searched.shop.crawl("bisect")

    assert (code, mementos) == (0, 2 * failed[0][0])
    assert searched.shop.history() == searched.history


@pytest.mark.slow
@pytest.mark.parametrize("requests", [2, 22])
def test_a_search_that_is_killed_goes_on_where_it_was(
    searched: Done, sandbox: Sandbox, tmp_path: Path, requests: int
) -> None:
    shop = open_shop(tmp_path / "shop", sandbox)
    slow = Fault("slow", on="playback", seconds=0.02)
    sandbox.faults.add(slow)

    killed = shop.kill_after("bisect", requests)
    sandbox.faults.faults.remove(slow)
    kept = len(shop.ask("SELECT * FROM mementos"))
    code, mementos = shop.crawl("bisect")

    assert (killed, code) == (-signal.SIGKILL, 0)
    assert shop.history() == searched.history
    assert mementos <= searched.mementos - kept


def test_all_after_a_search_gives_what_all_alone_gives(
    whole: Done, searched: Done, tmp_path: Path, sandbox: Sandbox
) -> None:
    shop = open_shop(tmp_path / "shop", sandbox)
    shop.crawl("bisect:300")

    code, _ = shop.crawl("all")

    assert code == 0
    assert shop.history() == whole.history


def test_with_an_extractor_that_is_not_adopted_a_search_fetches_its_grid_and_ends(
    searched: Done, tmp_path: Path, sandbox: Sandbox
) -> None:
    shop = open_shop(tmp_path / "shop", sandbox)
    shop.crawl("bisect", "--max-fetches", "0")
    with writing(shop.data) as connection:
        connection.execute("INSERT INTO extractors VALUES ('x', 'other', '1', '{}', '2999-01-01')")

    code, mementos = shop.crawl("bisect")

    reasons = shop.ask("SELECT DISTINCT reason FROM captures WHERE state = 'skipped' ORDER BY 1")
    assert (code, shop.ask("SELECT count(*) FROM observations")) == (0, [(0,)])
    assert mementos < searched.mementos
    assert reasons == [(UNREAD,), ("bisected: one redirect in 90 days is enough",)]


def test_a_budget_stops_a_search_that_then_goes_on(
    searched: Done, tmp_path: Path, sandbox: Sandbox
) -> None:
    shop = open_shop(tmp_path / "shop", sandbox)

    codes = [shop.crawl("bisect", "--max-fetches", "25")[0] for _ in range(2)]

    assert codes == [75, 0]
    assert shop.history()["changes"] == searched.history["changes"]


def test_a_dry_run_says_that_more_is_asked_for_where_texts_differ(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    told = open_shop(tmp_path / "shop", sandbox).say("--dry-run")

    assert "lamp/privacy: 132 captures, " in told
    assert " more only where those differ or fail)" in told
