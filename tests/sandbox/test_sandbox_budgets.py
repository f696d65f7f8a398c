"""What the archive does to who asks too much."""

import time

import pytest
from sandbox_clients import Serve, get

from crawler.sandbox.archive import Archive, archive_of, capture
from crawler.sandbox.budgets import REAL, Budgets, Gate
from crawler.sandbox.server import Sandbox

PRIVACY = "http://acme.example/privacy"
MOMENT = "20100101000000"


def history() -> Archive:
    return archive_of(capture(PRIVACY, MOMENT, "text"))


def statuses(sandbox: Sandbox, path: str, times: int) -> list[int]:
    return [get(sandbox.url + path).status for _ in range(times)]


LISTING = f"/cdx/search/cdx?url={PRIVACY}"
PLAYBACK = f"/web/{MOMENT}id_/{PRIVACY}"


@pytest.mark.parametrize(
    ("path", "budgets"),
    [
        pytest.param(LISTING, Budgets(cdx_per_minute=2), id="listing"),
        pytest.param(PLAYBACK, Budgets(playback_per_minute=2), id="playback"),
    ],
)
def test_beyond_its_budget_a_client_is_told_so(serve: Serve, path: str, budgets: Budgets) -> None:
    sandbox = serve(history(), budgets=budgets)

    assert statuses(sandbox, path, 4) == [200, 200, 429, 429]
    assert [request.fault for request in sandbox.log] == ["", "", "budget", "budget"]


def test_listing_and_playback_have_budgets_of_their_own(serve: Serve) -> None:
    sandbox = serve(history(), budgets=Budgets(cdx_per_minute=1))

    assert statuses(sandbox, LISTING, 2) == [200, 429]
    assert statuses(sandbox, PLAYBACK, 3) == [200, 200, 200]


def test_without_a_budget_nobody_is_stopped(serve: Serve) -> None:
    sandbox = serve(history())

    assert statuses(sandbox, LISTING, 40) == [200] * 40


def test_the_window_slides(serve: Serve) -> None:
    sandbox = serve(history(), budgets=Budgets(cdx_per_minute=2, window_seconds=0.4))
    crowded = statuses(sandbox, LISTING, 3)

    time.sleep(0.5)

    assert crowded == [200, 200, 429]
    assert statuses(sandbox, LISTING, 2) == [200, 200]


def test_the_refusal_can_tell_how_long_to_wait(serve: Serve) -> None:
    sandbox = serve(history(), budgets=Budgets(cdx_per_minute=0, retry_after="60"))

    assert get(sandbox.url + LISTING).header("Retry-After") == "60"


def test_who_ignores_refusals_is_banned_and_later_let_in_again(serve: Serve) -> None:
    budgets = Budgets(cdx_per_minute=1, window_seconds=0.5, patience_seconds=0.2, ban_seconds=0.6)
    sandbox = serve(history(), budgets=budgets)
    with pytest.raises(ConnectionError):
        _hammer(sandbox.url + LISTING)
    banned_at = time.monotonic()

    with pytest.raises(ConnectionRefusedError):
        get(sandbox.url + LISTING)
    time.sleep(max(0.9 - (time.monotonic() - banned_at), 0))

    assert get(sandbox.url + LISTING).status == 200
    assert 429 in {request.status for request in sandbox.log}


def _hammer(url: str) -> None:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        get(url)


def test_a_client_that_pauses_is_never_banned() -> None:
    gate = Gate(Budgets(cdx_per_minute=1, window_seconds=0.15, patience_seconds=0.2))

    rulings = []
    for _ in range(3):
        rulings += [gate.rule("cdx"), gate.rule("cdx")]
        time.sleep(0.2)

    assert [ruling.allowed for ruling in rulings] == [True, False] * 3
    assert not any(ruling.ban_seconds for ruling in rulings)


def test_each_ban_is_twice_as_long_as_the_one_before() -> None:
    gate = Gate(Budgets(cdx_per_minute=0, patience_seconds=0.0, ban_seconds=10))

    bans = [gate.rule("cdx").ban_seconds for _ in range(3)]

    assert bans == [10, 20, 40]


def test_the_real_budgets_are_those_that_the_archive_names() -> None:
    assert (REAL.cdx_per_minute, REAL.playback_per_minute, REAL.ban_seconds) == (30, 600, 3600)
    assert REAL.save_per_minute == 12
