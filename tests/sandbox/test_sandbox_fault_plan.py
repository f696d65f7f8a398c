"""Where and how often a fault strikes, and that a storm can be repeated."""

import contextlib
import http.client
from collections import Counter

import pytest
from faulty_archive import BODY, FIRST, PRIVACY, SECOND, TERMS, cdx, history, play
from sandbox_clients import Serve

from crawler.sandbox.archive import archive_of, capture
from crawler.sandbox.faults import FAULTS, Fault, FaultPlan


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        pytest.param(Fault("503"), ["cdx", "first", "second", "terms"], id="everywhere"),
        pytest.param(Fault("503", on="cdx"), ["cdx"], id="listing"),
        pytest.param(Fault("503", on="playback"), ["first", "second", "terms"], id="playback"),
        pytest.param(Fault("503", where=TERMS), ["terms"], id="address"),
        pytest.param(Fault("503", where="https://www.acme.example/terms/"), ["terms"], id="form"),
        pytest.param(
            Fault("503", where="http://acme.example/p*"), ["cdx", "first", "second"], id="start"
        ),
        pytest.param(Fault("503", timestamp=SECOND), ["second"], id="timestamp"),
        pytest.param(Fault("503", times=2), ["cdx", "first"], id="times"),
        pytest.param(Fault("503", probability=0.0), [], id="never"),
    ],
)
def test_a_fault_strikes_where_it_is_told_to(serve: Serve, fault: Fault, struck: list[str]) -> None:
    sandbox = serve(history(), faults=[fault])

    replies = {
        "cdx": cdx(sandbox),
        "first": play(sandbox),
        "second": play(sandbox, timestamp=SECOND),
        "terms": play(sandbox, TERMS),
    }

    assert [name for name, reply in replies.items() if reply.status == 503] == struck


def test_a_capture_can_have_a_fault_of_its_own(serve: Serve) -> None:
    sandbox = serve(
        archive_of(
            capture(PRIVACY, FIRST, BODY, faults=["gzip-lie"]), capture(PRIVACY, SECOND, BODY)
        )
    )

    encodings = [play(sandbox, timestamp=at).header("Content-Encoding") for at in (FIRST, SECOND)]

    assert encodings == ["gzip", ""]


def test_faults_can_be_added_while_it_runs(serve: Serve) -> None:
    sandbox = serve(history())
    before = play(sandbox).status

    sandbox.faults.add(Fault("504"))

    assert (before, play(sandbox).status) == (200, 504)


def test_an_unknown_fault_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no fault 'flood': known are .*cut-chunks"):
        Fault("flood")


def storm(seed: int, order: list[str]) -> dict[str, list[str]]:
    plan = FaultPlan([Fault("503", probability=0.3), Fault("reset", probability=0.3)], seed)
    struck: dict[str, list[str]] = {}
    for urlkey in order:
        fault = plan.choose("playback", urlkey, FIRST)
        struck.setdefault(urlkey, []).append(fault.name if fault else "")
    return struck


def test_a_storm_is_the_same_in_any_order_of_arrival() -> None:
    keys = [f"example,acme)/{number}" for number in range(50)] * 3

    assert storm(7, keys) == storm(7, sorted(keys, reverse=True))


def test_another_seed_is_another_storm_of_the_same_strength() -> None:
    keys = [f"example,acme)/{number}" for number in range(1000)]

    one, other = (Counter(name for [name] in storm(seed, keys).values()) for seed in (1, 2))

    assert storm(1, keys) != storm(2, keys)
    assert 240 < one["503"] < 360
    assert 240 < other["503"] < 360


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"endless"}))
def test_every_fault_leaves_its_name_in_the_log(serve: Serve, name: str) -> None:
    sandbox = serve(history(), faults=[Fault(name, times=1, seconds=0.01)])
    ask = cdx if name.endswith("-listing") else play

    with contextlib.suppress(http.client.HTTPException, ConnectionError):
        ask(sandbox)

    [request] = sandbox.log

    assert request.fault == name
