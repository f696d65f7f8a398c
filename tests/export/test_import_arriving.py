"""The way in: whatever arrives twice, late or half is written down once and whole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gzip import decompress
from pathlib import Path

import pytest
from arriving_texts import ACME, URI_R, arrival, counts, policy, rows, undated

from crawler.items import Listing, Outcome, State
from crawler.vendors import Location, Policy, Vendor
from pipelines.corpora.arrivals import Arrival
from pipelines.corpora.arriving import Item, arrive
from pipelines.corpora.owners import Owners, slug
from pipelines.database.checking import check_facts
from pipelines.database.file import reading, writing
from pipelines.database.load import capture_row
from pipelines.database.opening import remembered
from pipelines.database.relisting import compare
from pipelines.database.rows import insert
from pipelines.database.schedule import Schedule, read_past, windows
from pipelines.history.status import due, latest_archive

SOURCE = "princeton-leuven"
DAY = timedelta(days=1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
OLD = arrival("20150101000000", policy())
NEW = arrival("20160101000000", policy("And we tell you of changes."))
LISTED = Policy(vendor_id="acme", kind="privacy", locations=(Location(uri_r=URI_R),))
FACTS = ("captures", "mementos", "documents", "texts", "extractions", "versions", "diffs")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two dated texts, one of them twice, and one without a date."""
    data = tmp_path_factory.mktemp("arriving") / "data"
    arrive(data, SOURCE, [OLD, NEW, NEW, undated("a/b.md", policy("Undated."))], {"import": SOURCE})
    return data


def interrupted(items: list[Arrival]) -> Iterator[Item]:
    yield from items
    raise KeyboardInterrupt


def test_the_ledger_balances_after_an_import(data: Path) -> None:
    with reading(data) as connection:
        broken = [found for found in check_facts(connection) if found.broken]
    listed = rows(data, "SELECT source, rows, added, known, duplicates FROM listings")

    assert broken == []
    assert listed == [(SOURCE, 3, 2, 0, 1)]


def test_a_text_of_a_collection_is_no_answer_of_a_server(data: Path) -> None:
    (shelf,) = (data / "warc").iterdir()

    records = decompress(shelf.read_bytes())

    assert records.count(b"WARC-Type: conversion") == 3
    assert b"WARC-Type: response" not in records
    assert rows(data, "SELECT DISTINCT statuscode, source FROM mementos") == [(0, SOURCE)]


def test_an_interrupted_import_is_finished_by_the_next(tmp_path: Path, data: Path) -> None:
    many = [arrival(f"2015{day:04}000000", policy("x"), uri_r=URI_R) for day in (101, 102)]
    batch = [replace(many[0], timestamp=f"20150101{n // 60:04}{n % 60:02}") for n in range(200)]
    with pytest.raises(KeyboardInterrupt):
        arrive(tmp_path, SOURCE, interrupted([*batch, many[1]]), {})
    before = counts(tmp_path, ("captures", "mementos", "versions"))

    arrived = arrive(tmp_path, SOURCE, [*batch, many[1]], {})

    assert before == {"captures": 200, "mementos": 200, "versions": 1}
    assert (arrived.new, arrived.known) == (1, 200)
    assert rows(tmp_path, "SELECT outcome FROM crawls ORDER BY started_at") == [
        ("shutdown",),
        ("finished",),
    ]


def test_a_listed_line_whose_body_arrives_is_fetched(tmp_path: Path) -> None:
    item = replace(OLD, statuscode="200", headers=(("content-type", "text/html"),))
    page = replace(item, body=b"<p>" + policy().encode(), content_type="text/html")
    listing = Listing(
        policy_id=ACME.policy_id,
        uri_r=URI_R,
        outcome=Outcome.COMPLETE,
        captures=(page.capture,),
        listed_at=NOW,
    )
    with writing(tmp_path) as connection:
        insert(connection, "captures", [capture_row(page.capture, listing, 0)])

    arrived = arrive(tmp_path, "warc", [page], {})

    assert arrived.new == 1
    assert rows(tmp_path, "SELECT state, duplicates FROM captures") == [("fetched", 0)]
    assert rows(tmp_path, "SELECT statuscode, source FROM mementos") == [(200, "warc")]
    assert rows(tmp_path, "SELECT source FROM observations") == [("warc",)]


def test_a_line_without_a_body_says_why(tmp_path: Path) -> None:
    moved = replace(OLD, body=b"", state=State.REDIRECT, reason="https://acme.example/new")

    arrive(tmp_path, "warc", [replace(moved, digest="X", statuscode="301")], {})

    assert rows(tmp_path, "SELECT state, reason, digest FROM captures") == [
        ("redirect", "https://acme.example/new", "X")
    ]
    assert rows(tmp_path, "SELECT count(*) FROM mementos") == [(0,)]


def test_a_crawl_lists_an_address_although_texts_of_it_were_imported(data: Path) -> None:

    schedule = Schedule(only_due=True, every=7 * DAY, overlap=DAY, relist=180 * DAY)
    with reading(data) as connection:
        past = read_past(connection, [LISTED], NOW)
        lines = remembered(connection, [LISTED])

    assert [window.uri_r for window in windows(LISTED, past, schedule, NOW)] == [URI_R]
    assert lines == []


def test_a_listing_without_an_imported_line_withdraws_nothing(data: Path) -> None:

    with reading(data) as connection:
        past = read_past(connection, [LISTED], NOW)
    listing = Listing(
        policy_id=ACME.policy_id, uri_r=URI_R, outcome=Outcome.EMPTY, captures=(), listed_at=NOW
    )

    found = compare(listing, {OLD.capture.key}, past, DAY)

    assert found.withdrawn == 0
    unaware = compare(listing, {OLD.capture.key}, replace(past, imported=frozenset()), DAY)
    assert unaware.withdrawn == 1


def test_an_import_is_no_crawl_of_an_archive(data: Path) -> None:

    with reading(data) as connection:
        archive = latest_archive(connection)
        unlisted = due(connection, [ACME.policy_id]).unlisted

    assert archive is None
    assert unlisted == 1


@pytest.mark.parametrize("name", ["Bolt.example", "微博", "../../etc", "Śnieg & Co", "-"])
def test_a_name_of_which_something_is_lost_has_a_hash_in_its_id(name: str) -> None:
    made = slug(name)

    assert re.fullmatch("[a-z0-9-]*[0-9a-f]{6}", made)
    assert made != slug(f"{name}!")


def test_a_plain_name_is_an_id() -> None:
    assert slug("Acme Desk 2") == "acme-desk-2"


VENDORS = [
    Vendor(
        vendor_id=name,
        name=name.title(),
        homepage=f"https://{name}.example/",
        policies=(
            Policy(
                vendor_id=name,
                kind="privacy",
                locations=(
                    Location(uri_r=f"http://shared.example/{name}"),
                    Location(uri_r=f"https://{name}.example/privacy"),
                ),
            ),
        ),
    )
    for name in ("acme", "bolt")
]


@pytest.mark.parametrize(
    ("uri_r", "expected"),
    [
        pytest.param("https://www.shared.example/bolt/", "bolt/privacy", id="a known address"),
        pytest.param("http://acme.example/old.html", "acme/privacy", id="a known host"),
        pytest.param("http://shared.example/x", "shared-example/privacy", id="a shared host"),
        pytest.param("http://new.example/x", "new-example/privacy", id="an unknown host"),
    ],
)
def test_an_address_has_one_owner(uri_r: str, expected: str) -> None:
    assert Owners(VENDORS).of_address(uri_r, "privacy").policy_id == expected


@pytest.mark.parametrize(
    ("service", "kind", "expected"),
    [
        pytest.param("ACME", "privacy", "acme/privacy", id="the name of a vendor"),
        pytest.param("Bolt", "terms", "bolt/terms", id="another document of it"),
        pytest.param("Crate Desk", "terms", "crate-desk/terms", id="unknown"),
    ],
)
def test_a_service_has_one_owner(service: str, kind: str, expected: str) -> None:
    assert Owners(VENDORS).of_service(service, kind).policy_id == expected
