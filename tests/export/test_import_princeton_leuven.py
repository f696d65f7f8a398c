"""Texts with a head become observations, texts without one are kept and have no date."""

from pathlib import Path
from shutil import copytree
from urllib.parse import quote

import pytest
from arriving_texts import counts, policy, rows
from terms_repository import Commit, when, write_repository

from crawler.errors import AskedWrongly
from pipelines.corpora.princeton_leuven import import_princeton_leuven
from pipelines.database.backup import export_ledger
from pipelines.database.bodies import read_again
from pipelines.database.file import reading
from pipelines.database.restoring import restore
from pipelines.history.versions import mentions

VENDORS = """
[[vendor]]
id = "acme"
name = "Acme"
homepage = "https://www.acme.example/"
[[vendor.policy]]
kind = "privacy"
locations = [{ uri_r = "http://acme.example/privacy.html" }]
"""
ADDRESS = "http://www.acme.example/privacy.html"
OBSERVED = "SELECT policy_id, timestamp, uri_m, uri_r FROM observations ORDER BY timestamp"


def headed(timestamp: str, address: str, text: str) -> str:
    """Write a text as the corpus does."""
    day = f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}"
    target = f"https://web.archive.org/web/{timestamp}id_/{quote(address, safe='/')}"
    return (
        "> *The following text is extracted and transformed from the acme.example privacy policy "
        f"that was archived on {day}. Please check the [original snapshot on the Wayback Machine]"
        f"({target}) for the most accurate reproduction.*\n\n{text}"
    )


ONE, TWO, THREE = "20120101000000", "20140101000000", "20121204173813"
BOLT = "http://bolt.example/p?a=1"
UNDATED = "ö %20 b.txt"


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def import_into(data: Path, *paths: Path) -> str:
    """Import by a list that knows Acme."""
    vendors = write(data.parent / "vendors.toml", VENDORS)
    return import_princeton_leuven(data, paths, vendors, lambda _: None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts, a text beside it, and a repository of one text in three revisions."""
    folder = tmp_path_factory.mktemp("leuven")
    write(folder / "texts" / "a.md", headed(THREE, ADDRESS, policy("Third.")))
    write(folder / "texts" / "b.txt", headed("20130101000000", BOLT, policy()))
    write(folder / "texts" / "README.md", "About these texts.")
    write(folder / "texts" / "empty.md", "\n")
    write(folder / UNDATED, policy("A zanthophane is a word."))
    texts = (
        headed(ONE, ADDRESS, policy("First.")),
        headed(TWO, ADDRESS, policy("Second.")),
        headed(TWO, ADDRESS, policy("Second, read better.")),
    )
    commits = [
        Commit(at=when(f"2020-0{month}-01"), message="More", files={"a/acme.md": text})
        for month, text in enumerate(texts, 1)
    ]
    write_repository(folder / "corpus", commits)
    return folder


@pytest.fixture(scope="module")
def imported(folder: Path) -> tuple[Path, str]:
    """The archive after their import, and its closing line."""
    data = folder / "data"
    return data, import_into(data, folder / "texts", folder / UNDATED, folder / "corpus")


@pytest.fixture(scope="module")
def data(imported: tuple[Path, str]) -> Path:
    """The archive after their import."""
    return imported[0]


def test_a_head_dates_a_text_and_says_whose_it_is(data: Path) -> None:
    found = rows(data, OBSERVED)

    archive = "https://web.archive.org/web"
    assert found == [
        ("acme/privacy", ONE, f"{archive}/{ONE}/{ADDRESS}", ADDRESS),
        ("acme/privacy", THREE, f"{archive}/{THREE}/{ADDRESS}", ADDRESS),
        ("bolt-example/privacy", "20130101000000", f"{archive}/20130101000000/{BOLT}", BOLT),
        ("acme/privacy", TWO, f"{archive}/{TWO}/{ADDRESS}", ADDRESS),
    ]


def test_the_head_is_no_part_of_the_text(data: Path) -> None:
    assert rows(data, "SELECT text FROM texts WHERE text LIKE '%archive%'") == []


def test_of_a_capture_read_twice_the_newest_text_counts(data: Path) -> None:
    found = rows(
        data,
        "SELECT text LIKE '%read better%' FROM observations JOIN texts USING (text_id) "
        f"WHERE timestamp = '{TWO}'",
    )

    assert found == [(True,)]


def test_an_import_says_what_it_took_and_what_not(imported: tuple[Path, str]) -> None:
    assert imported[1] == (
        "4 texts of 2 policies from princeton-leuven, 1 without a date, kept to be searched, "
        "1 empty, 1 read again"
    )


def test_a_text_without_a_head_is_found_and_has_no_date(data: Path) -> None:
    with reading(data) as connection:
        answer = mentions(connection, "zantho", [], undated=True)
        (found,) = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        of_acme = list(mentions(connection, "zantho", ["acme/privacy"]).rows)

    assert (found["document"], found["quote"]) == (UNDATED, "A zanthophane is a word.")
    assert [found[name] for name in ("policy_id", "version", "first_seen", "uri_m")] == [None] * 4
    assert of_acme == []
    assert len(rows(data, "SELECT text_id FROM term_mentions WHERE term = 'cookie'")) == 5


def test_importing_again_adds_nothing(data: Path, folder: Path) -> None:
    tables = ("captures", "mementos", "documents", "texts", "locations", "vendors", "versions")
    before = counts(data, tables)

    closing = import_into(data, folder / "texts", folder / UNDATED)

    assert counts(data, tables) == before
    assert closing.startswith("0 texts of 2 policies from princeton-leuven, 2 dated ones known")


def test_what_is_imported_is_rebuilt_like_all_else(data: Path, folder: Path) -> None:
    again = folder / "again"
    with reading(data) as connection:
        export_ledger(connection, folder / "ledger.gz")
    copytree(data / "warc", again / "warc")

    restore(again, folder / "ledger.gz")
    read_again(again)

    for table in ("mementos", "documents", "vendors", "locations", "extractions", "listings"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert rows(again, query) == rows(data, query)
    assert rows(again, OBSERVED) == rows(data, OBSERVED)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match=r"cannot read .*nowhere: No such file"):
        import_into(tmp_path / "data", tmp_path / "nowhere")

    assert not (tmp_path / "data").exists()
