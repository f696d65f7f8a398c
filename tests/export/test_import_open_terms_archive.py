"""Histories of Open Terms Archive: every record on its day, whatever the commit looks like."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from arriving_texts import counts, policy, rows
from terms_repository import Commit, run, when, write_repository

from crawler.errors import AskedWrongly
from crawler.memento import to_timestamp
from pipelines.corpora.git import Revision
from pipelines.corpora.open_terms_archive import fetch_date, import_open_terms_archive
from pipelines.database.checking import check_facts
from pipelines.database.file import reading

SERVICES = ("Acme Desk", "Bolt.example", "Śnieg & Co", "C++ Café")
TYPES = ("Privacy Policy", "Terms of Service", "Community Guidelines")
FIRST, NEW = "First record of", "Record new changes of"
DATED = "SELECT timestamp, count(*) FROM observations GROUP BY timestamp"


def take(data: Path, *repositories: Path) -> str:
    vendors = data.parent / "vendors.toml"
    vendors.write_text(
        '[[vendor]]\nid = "acme"\nname = "Acme Desk"\nhomepage = "https://acme.example/"\n'
        '[[vendor.policy]]\nkind = "privacy"\n'
        'locations = [{ uri_r = "https://acme.example/privacy" }]\n'
    )
    return import_open_terms_archive(data, repositories, vendors, lambda _: None)


def half_a_thousand() -> list[Commit]:
    """Records of twelve documents, committed years after they were fetched."""
    commits = []
    for number in range(500):
        service, kind = SERVICES[number % 4], TYPES[number % 3]
        at = when("2015-01-01", "06:30:00") + timedelta(hours=31 * number)
        name = FIRST if number < 12 else NEW
        commits.append(
            Commit(
                at=at,
                committed_at=when("2023-05-05") + timedelta(seconds=number),
                message=f"{name} {service} {kind}\n\nThis version was recorded.",
                files={f"{service}/{kind}.md": policy(f"This is edition {number}.")},
            )
        )
    return commits


@pytest.mark.slow
def test_five_hundred_commits_are_five_hundred_sightings_on_their_days(tmp_path: Path) -> None:
    commits = half_a_thousand()
    repository = write_repository(tmp_path / "terms-versions", commits)

    closing = take(tmp_path / "data", repository)

    found = dict(rows(tmp_path / "data", DATED))
    assert found == {to_timestamp(commit.at): 1 for commit in commits}
    assert closing == "500 texts of 12 policies from open-terms-archive"
    assert rows(tmp_path / "data", "SELECT DISTINCT observations FROM versions") == [(1,)]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one with everything that happens to such repositories."""
    one, two = policy("The first edition."), policy("The second edition.")
    place = "Acme Desk/Privacy Policy.md"
    commits = [
        Commit(at=when("2019-01-01"), message="Initial commit", files={"README.md": "About."}),
        Commit(at=when("2019-02-01"), message=f"Start tracking {place}", files={place: one}),
        Commit(at=when("2019-03-01"), message=f"Update {place}", files={place: two}),
        Commit(at=when("2019-03-01"), message=f"Refilter {place}", files={place: two + "\n\nTop."}),
        Commit(
            at=when("2021-01-01"),
            message="Update Bolt Terms of Service\n\nThis version was recorded after filtering "
            "snapshot 1a2b3c\nSnapshot originally obtained on 2019-04-09",
            files={"Bolt/Terms of Service.md": policy("Of Bolt.")},
        ),
        Commit(
            at=when("2021-01-02"),
            message="Rename Bolt to Bolt Cloud",
            moved={"Bolt/Terms of Service.md": "Bolt Cloud/Terms of Service.md"},
        ),
        Commit(
            at=when("2021-02-01", "10:00:00"),
            message=f"{NEW} Bolt Cloud Terms of Service\n\nX-engine-version: 5.0.0\n"
            "X-source-document-location: https://bolt.example/terms",
            files={"Bolt Cloud/Terms of Service.md": policy("Of Bolt Cloud.")},
        ),
        Commit(at=when("2021-02-15"), message=f"Update {place}", files={place: "\n"}),
        Commit(at=when("2021-03-01"), message="Stop tracking Acme Desk", gone=(place,)),
        Commit(
            at=when("2020-05-05"),
            message=f"{FIRST} Śnieg & Co Privacy Policy",
            files={"Śnieg & Co/Privacy Policy.md": policy("Of Śnieg.")},
            branch="aside",
        ),
        Commit(at=when("2021-04-01"), message="Merge the two", merges="refs/heads/aside"),
    ]
    return write_repository(tmp_path_factory.mktemp("terms") / "small", commits, bare=False)


@pytest.fixture(scope="module")
def data(repository: Path) -> Path:
    """The archive after its import."""
    folder = repository.parent / "data"
    take(folder, repository)
    return folder


def test_each_record_is_a_sighting_of_its_policy(data: Path) -> None:
    found = rows(
        data, "SELECT policy_id, timestamp FROM observations ORDER BY policy_id, timestamp, text_id"
    )

    policies = Counter(policy_id for policy_id, _ in found)
    (snow,) = [policy_id for policy_id in policies if policy_id.startswith("snieg-co-")]
    assert policies == {"acme/privacy": 3, "bolt/terms": 2, snow: 1}
    assert snow.endswith("/privacy")
    assert {stamp for _, stamp in found} == {
        "20190201000000",
        "20190301000000",
        "20190409000000",
        "20210201100000",
        "20200505000000",
    }


def test_a_text_read_anew_from_an_old_snapshot_is_no_change(data: Path) -> None:
    found = rows(
        data,
        "SELECT source, version FROM observations "
        "WHERE policy_id = 'acme/privacy' ORDER BY version",
    )

    assert found == [
        ("open-terms-archive", 1),
        ("open-terms-archive", 2),
        ("open-terms-archive-reread", None),
    ]


def test_an_address_is_the_one_that_a_message_names_or_none(data: Path) -> None:
    found = rows(
        data, "SELECT uri_r, uri_m FROM mementos WHERE policy_id = 'bolt/terms' ORDER BY timestamp"
    )

    assert [uri_r for uri_r, _ in found] == [
        "Bolt/Terms of Service.md",
        "https://bolt.example/terms",
    ]
    assert all(len(uri_m.partition(":")[0]) == 40 for _, uri_m in found)


def test_every_invariant_holds_after_an_import(data: Path) -> None:
    with reading(data) as connection:
        broken = [found for found in check_facts(connection) if found.broken]

    assert broken == []


def test_importing_again_adds_nothing(data: Path, repository: Path) -> None:
    tables = (
        "captures",
        "mementos",
        "documents",
        "texts",
        "extractions",
        "observations",
        "versions",
    )
    before = counts(data, tables)

    closing = take(data, repository)

    assert counts(data, tables) == before
    assert "0 texts" in closing
    assert closing.endswith("6 dated ones known before, 1 of other files, 1 only moved, 1 empty")


def test_a_shallow_clone_is_refused(repository: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", "shallow")

    with pytest.raises(AskedWrongly, match=r"shallow clone.*unshallow"):
        take(tmp_path / "data", tmp_path / "shallow")

    assert not (tmp_path / "data").exists()


def test_a_repository_without_a_commit_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q", "empty")

    with pytest.raises(AskedWrongly, match="empty has no history that git can read"):
        take(tmp_path / "data", tmp_path / "empty")

    assert not (tmp_path / "data").exists()


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="no git repository"):
        take(tmp_path / "data", tmp_path)

    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("Update X Y", "2020-06-01T12:00:00", id="the author's date"),
        pytest.param("Update X Y (Thu Apr 09 2020)", "2020-04-09T00:00:00", id="in the subject"),
        pytest.param(
            "Update\n\nSnapshot originally obtained on 2020-04-09",
            "2020-04-09T00:00:00",
            id="a line",
        ),
        pytest.param(
            "Update\n\nSnapshot originally obtained on 2020-06-01",
            "2020-06-01T12:00:00",
            id="same day",
        ),
        pytest.param(
            "Update\n\nFetch-date: 2020-04-09T23:30:00-02:00", "2020-04-10T01:30:00", id="a trailer"
        ),
        pytest.param("Update\n\nFetch-date: 2020-02-31", "2020-06-01T12:00:00", id="no such day"),
    ],
)
def test_a_record_was_fetched_when_its_message_says(message: str, expected: str) -> None:
    written = int(when("2020-06-01", "12:00:00").timestamp())
    revision = Revision(commit="c", written_at=written, message=message, changes=())

    found = fetch_date(revision)

    assert found is not None
    assert found.replace(tzinfo=None) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("seconds", [0, -5, 10**15], ids=["no date", "before it", "beyond time"])
def test_a_record_without_a_moment_has_no_date(seconds: int) -> None:
    assert fetch_date(Revision(commit="c", written_at=seconds, message="", changes=())) is None
