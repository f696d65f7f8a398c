"""Playback that goes wrong: each class of answer ends in its state, and failures are retried."""

from dataclasses import dataclass

import pytest

from crawl.archives import address, history, page
from crawl.commands import Ran
from crawl.conftest import MakeDesk
from crawl.desks import Desk, Rows
from crawler.sandbox.archive import ArchivedCapture, capture
from crawler.sandbox.faults import Fault

pytestmark = pytest.mark.database
MIDDLE = "20160101000000"
# What befalls the middle one of three captures: a fault, its state, words of its reason.
STRUCK = {
    "drifted": ("drifted", "drifted", "the archive served 20"),
    "elsewhere": ("elsewhere", "drifted", "the archive offered 20"),
    "sorry": ("excluded-200", "excluded", "excludes the address"),
    "forbidden": ("excluded-403", "excluded", "excludes the address"),
    "busy": ("503", "failed", "HTTP 503"),
    "gateway": ("504", "failed", "HTTP 504"),
    "reset": ("reset", "failed", ""),
    "short": ("short-body", "failed", "broke off"),
    "chunks": ("cut-chunks", "failed", "broke off"),
    "lie": ("gzip-lie", "fetched", ""),
    "twice": ("encoding-twice", "fetched", ""),
    "first": ("first-504", "fetched", ""),
}
FAILING = [name for name, (_, state, _) in STRUCK.items() if state == "failed"]


def archived(name: str) -> ArchivedCapture:
    """The middle capture where the archive is well, and what it archived is special."""
    url = address(name)
    if name == "moved":
        return capture(url, MIDDLE, status=302, location="http://other.example/privacy")
    if name in ("404", "410", "429", "500", "503"):
        headers = {"Retry-After": "120"}
        return capture(url, MIDDLE, page("X"), status=int(name), headers=headers)
    if name == "cut":
        return capture(url, MIDDLE, page("X"), headers={"Content-Length": "99999"})
    if name == "gzip":
        broken = b"\x1f\x8b\x08\x00 and then no deflate stream at all" * 9
        return capture(url, MIDDLE, broken, headers={"Content-Encoding": "gzip"})
    return capture(url, MIDDLE, b"%PDF-1.4\n1 0 obj", content_type="application/pdf")


ARCHIVED = {
    "moved": ("redirect", "http://other.example/privacy"),
    "404": ("absent", "archived HTTP 404"),
    "410": ("absent", "archived HTTP 410"),
    "429": ("error", "archived HTTP 429"),
    "500": ("error", "archived HTTP 500"),
    "503": ("error", "archived HTTP 503"),
    "cut": ("damaged", "of 99999 bytes"),
    "gzip": ("damaged", "broken"),
    "pdf": ("damaged", "PDF without its end"),
}
NAMES = [*STRUCK, *(f"v{name}" for name in ARCHIVED)]


def around(name: str, middle: ArchivedCapture) -> list[ArchivedCapture]:
    return [*history(name, "AA"), middle, capture(address(name), "20180101000000", page("A", 9))]


def unhappy_archive() -> list[ArchivedCapture]:
    struck = [around(name, capture(address(name), MIDDLE, page("B"))) for name in STRUCK]
    special = [around(f"v{name}", archived_at(name)) for name in ARCHIVED]
    return [each for captures in (*struck, *special) for each in captures]


def archived_at(name: str) -> ArchivedCapture:
    made = archived(name)
    moved = capture(address(f"v{name}"), MIDDLE, made.body, status=made.status)
    return ArchivedCapture(
        **{
            field: getattr(moved if field in ("urlkey", "url") else made, field)
            for field in made.__slots__
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhappy:
    """A crawl through it all, the next one with the faults gone, and an undisturbed one."""

    desk: Desk
    through: Ran
    middles: dict[str, tuple[str, str]]
    pauses: int
    versions: dict[str, list[int]]
    again: Ran
    asked_again: list[str]
    tables: dict[str, Rows]
    undisturbed: dict[str, Rows]


@pytest.fixture(scope="module")
def unhappy(make_desk: MakeDesk) -> Unhappy:
    faults = [
        Fault(fault, where=address(name), timestamp=MIDDLE, on="playback")
        for name, (fault, _, _) in STRUCK.items()
    ]
    desk = make_desk(unhappy_archive(), NAMES, faults)
    through = desk.crawl()
    middles = {
        name.partition("/")[0]: (state, reason)
        for name, state, reason in desk.ask(
            "SELECT policy_id, state, reason FROM captures WHERE timestamp = ?", MIDDLE
        )
    }
    versions: dict[str, list[int]] = {}
    for name, observations in desk.ask(
        "SELECT policy_id, observations FROM versions ORDER BY policy_id, version"
    ):
        versions.setdefault(name.partition("/")[0], []).append(observations)
    desk.sandbox.faults.faults.clear()
    seen = len(desk.sandbox.log)
    again = desk.crawl()
    calm = desk.another("calm")
    asked_again = [request.path for request in list(desk.sandbox.log)[seen:]]
    calm.crawl(*FAILING)
    assert calm.states().keys() == {"fetched"}
    return Unhappy(
        desk=desk,
        through=through,
        middles=middles,
        pauses=through.err.count("HTTP 429: every request pauses"),
        versions=versions,
        again=again,
        asked_again=[path for path in asked_again if path.startswith("/web/")],
        tables=of_policies(desk, FAILING),
        undisturbed=of_policies(calm, FAILING),
    )


def of_policies(desk: Desk, names: list[str]) -> dict[str, Rows]:
    wanted = {f"{name}/privacy" for name in names}
    return {
        table: [row for row in rows if row[0] in wanted]
        for table, rows in desk.tables().items()
        if table in ("captures", "mementos", "versions", "changes")
    }


@pytest.mark.parametrize("name", STRUCK)
def test_an_answer_of_each_class_ends_in_its_state(unhappy: Unhappy, name: str) -> None:
    state, reason = unhappy.middles[name]

    assert state == STRUCK[name][1]
    assert STRUCK[name][2] in reason
    assert bool(reason) == (state != "fetched")


@pytest.mark.parametrize("name", ARCHIVED)
def test_what_was_archived_ends_in_its_state(unhappy: Unhappy, name: str) -> None:
    state, reason = unhappy.middles[f"v{name}"]

    assert state == ARCHIVED[name][0]
    assert ARCHIVED[name][1] in reason


def test_archived_429s_cause_no_pause(unhappy: Unhappy) -> None:
    assert unhappy.pauses == 0


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("lie", "twice", "first")])
def test_a_body_that_was_not_had_ends_no_version(unhappy: Unhappy, name: str) -> None:
    assert unhappy.versions[name] == [3]


@pytest.mark.parametrize("name", ["lie", "twice", "first"])
def test_a_body_that_was_had_in_spite_of_all_is_a_version(unhappy: Unhappy, name: str) -> None:
    assert unhappy.versions[name] == [2, 1, 1]


def test_the_next_run_asks_only_for_what_failed(unhappy: Unhappy) -> None:
    asked = sorted(path.rpartition("/web/")[2] for path in unhappy.asked_again)

    assert unhappy.again.code == 0
    assert asked == sorted(f"{MIDDLE}id_/{address(name)}" for name in FAILING)


def test_what_failed_and_was_retried_is_as_if_it_had_never_failed(unhappy: Unhappy) -> None:
    assert len(unhappy.tables["mementos"]) == 4 * len(FAILING)
    assert unhappy.tables == unhappy.undisturbed


def test_the_invariants_hold_in_spite_of_all(unhappy: Unhappy) -> None:
    assert unhappy.desk.run("check").code == 0


def test_a_capture_that_the_archive_lists_and_does_not_play_is_unplayable(
    make_desk: MakeDesk,
) -> None:
    alone = capture(address("acme"), MIDDLE, page("A"), faults=["elsewhere"])
    desk = make_desk([alone], ["acme"])

    desk.crawl()
    desk.sandbox.log.clear()
    desk.crawl()

    assert desk.states() == {"unplayable": 1}
    assert desk.sandbox.log.count("playback") == 0


def test_an_unplayable_capture_is_asked_for_again_after_a_week(make_desk: MakeDesk) -> None:
    from pipelines.database.file import writing

    alone = capture(address("acme"), MIDDLE, page("A"))
    fault = Fault("elsewhere", where=address("acme"))
    desk = make_desk([alone], ["acme"], [fault])
    desk.crawl()
    desk.sandbox.faults.faults.clear()
    with writing(desk.data) as connection:
        connection.execute("UPDATE captures SET settled_at = settled_at - INTERVAL 8 DAY")

    desk.crawl()

    assert desk.states() == {"fetched": 1}


def test_a_digest_whose_first_capture_fails_is_had_from_the_next_one(make_desk: MakeDesk) -> None:
    captures = history("acme", "AAB", twins=True)
    fault = Fault("503", where=address("acme"), timestamp=captures[0].timestamp)
    desk = make_desk(captures, ["acme"], [fault])

    desk.crawl()
    desk.sandbox.faults.faults.clear()
    observed = desk.ask("SELECT observations FROM versions ORDER BY version")
    desk.crawl()

    assert observed == [(1,), (1,)]
    assert desk.states() == {"fetched": 2, "unchanged": 1}
    assert desk.ask("SELECT observations FROM versions ORDER BY version") == [(2,), (1,)]
    assert desk.run("check").code == 0
