"""Every version with where it comes from: all of them, each once, in two orders."""

from collections.abc import Iterator

import pytest
from archive_facts import rows
from trap_archive import trap_archive

from pipelines.database.file import Connection
from pipelines.history import provenance
from pipelines.history.provenance import in_time, with_texts

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def traps() -> Iterator[Connection]:
    with trap_archive() as connection:
        yield connection


@pytest.mark.parametrize("chunk", [1, 3, 512])
def test_each_version_comes_with_its_text_however_many_at_a_time(
    traps: Connection, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(provenance, "_CHUNK", chunk)

    found = list(with_texts(traps))

    assert [
        (version.policy_id, version.language, version.version, text) for version, text in found
    ] == rows(
        traps,
        "SELECT policy_id, language, version, text FROM versions JOIN texts USING (text_id) "
        "ORDER BY policy_id, language, version",
    )
    assert [version.number for version, _ in found] == list(range(1, len(found) + 1))


def test_in_time_they_have_the_same_numbers_and_facts(traps: Connection) -> None:
    found = list(in_time(traps))

    by_name = {version.number: version for version, _ in with_texts(traps)}
    assert [by_name[version.number] for version in found] == found
    assert [version.first_seen for version in found] == sorted(
        version.first_seen for version in found
    )


def test_a_version_has_the_names_of_its_vendor_and_extractor(traps: Connection) -> None:
    version = next(in_time(traps))

    assert (version.vendor_id, version.vendor_name) == ("acme", "Acme")
    assert (version.extractor_name, version.extractor_version) == ("reader", "1")
    assert version.names == ("acme", "privacy", "en")
