"""What a crawl knows of earlier ones: each line, what became of it, and what its body reads."""

import sys
from pathlib import Path

import pytest

from crawler.bisecting import NOT_POLICY
from crawler.items import State
from crawler.vendors import Location, Policy
from pipelines.database.file import Connection
from pipelines.database.opening import remembered

# The facts are written by the same helper as in the tests of the answers.
sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
from archive_facts import Sight, adopt, digest_of, empty_database, enlist, extract, remember, settle

pytestmark = pytest.mark.database
ACME = Policy(
    vendor_id="acme",
    kind="privacy",
    locations=(Location(uri_r="http://acme.example/privacy"),),
)
OLD = Sight(when="2015-01-01", text="Old text", normalized="old")
TWIN = Sight(when="2016-01-01", text="Old, text!", normalized="old")
GERMAN = Sight(when="2017-01-01", text="Old text ", normalized="old", language="de")
LOST = Sight(when="2018-01-01", text="Page not found", verdict="not-policy")


@pytest.fixture
def database() -> Connection:
    connection = empty_database()
    enlist(connection, "acme/privacy", "brook/privacy")
    return connection


def reads(database: Connection) -> list[str | None]:
    lines = sorted(remembered(database, [ACME]), key=lambda line: line.capture.timestamp)
    return [line.reads for line in lines]


def test_two_captures_of_one_version_read_alike_and_a_language_or_a_soft_404_does_not(
    database: Connection,
) -> None:
    remember(database, OLD, TWIN, GERMAN, LOST)

    old, twin, german, lost = reads(database)

    assert old == twin == f"en {digest_of('old')}"
    assert german == f"de {digest_of('old')}"
    assert lost == NOT_POLICY


def test_a_body_reads_as_the_adopted_extractor_says(database: Connection) -> None:
    remember(database, OLD, TWIN)
    extract(database, OLD, "x2", "Read anew")

    adopt(database, "x2", "2021-01-01")

    assert reads(database) == [f"en {digest_of('old')}", None]


def test_what_was_not_fetched_reads_like_nothing_and_each_line_comes_once(
    database: Connection,
) -> None:
    remember(database, OLD, Sight(when="2019-01-01", text="Old text", state="unchanged"))
    settle(database, "2020-01-01", "failed", "HTTP 503")
    remember(database, Sight(when="2015-01-01", text="Other", policy_id="brook/privacy"))

    lines = remembered(database, [ACME])

    assert sorted((line.state, line.reads is None) for line in lines) == [
        (State.FAILED, True),
        (State.FETCHED, False),
        (State.UNCHANGED, True),
    ]
