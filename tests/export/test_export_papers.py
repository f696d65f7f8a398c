"""What lies beside the tables of a dataset says what is in them, and nothing else can get in."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from archive_facts import empty_database
from hypothesis import given, settings
from hypothesis import strategies as st
from papers_made import Made, covered, head_of, make, marks_of, spoilt, traps

from pipelines.export.papers.card import card
from pipelines.export.papers.citation import citation
from pipelines.export.papers.croissant import croissant
from pipelines.export.papers.datapackage import datapackage
from pipelines.export.papers.legal import license_text, notice
from pipelines.export.papers.release import Release
from pipelines.export.tables import TABLES

PAPERS = [
    *("CITATION.cff", "LICENSE", "NOTICE", "README.md", "SHA256SUMS", "coverage.csv"),
    *("croissant.json", "data", "datapackage.json", "queries"),
]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "\"quoted\" and 'quoted'",
        "two\nlines\r\n---\n- item\n# head",
        "a | b | c",
        "<script>alert(1)</script> <b>&amp;",
        "`code` **bold** [link](http://x.example) ![p](q) http://x.example",
        "key: value # comment",
        "{a: b}, [c], &d *e !f %g @h",
        "=1+1",
        "\x00\x07\x1b[31m\x85\u2028\u202e\ufeff",
        "null",
        "2020-01-01",
        "\\N \\",
        "1.0",
    ]
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with traps() as connection:
        yield make(connection, tmp_path_factory.mktemp("made") / "dataset")


@pytest.fixture(scope="module")
def package(made: Made) -> dict:
    return json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))


def test_every_paper_lies_beside_the_tables(made: Made) -> None:
    assert sorted(path.name for path in made.folder.iterdir()) == PAPERS


def test_the_package_has_the_bytes_and_the_hash_of_each_file(made: Made, package: dict) -> None:
    for resource in package["resources"]:
        content = (made.folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_package_has_the_columns_and_keys_of_the_model(package: dict, table) -> None:
    (resource,) = [each for each in package["resources"] if each["name"] == table.name]
    schema = resource["schema"]

    assert [(field["name"], field["description"]) for field in schema["fields"]] == [
        (column.name, column.description) for column in table.columns
    ]
    assert [field.get("constraints") == {"required": True} for field in schema["fields"]] == [
        not column.nullable for column in table.columns
    ]
    assert tuple(schema.get("primaryKey", ())) == table.key
    assert [
        (tuple(each["fields"]), each["reference"]["resource"])
        for each in schema.get("foreignKeys", [])
    ] == [(foreign.columns, foreign.table) for foreign in table.foreign]


def test_the_package_is_as_old_as_its_newest_fact_and_says_what_made_it(package: dict) -> None:
    ours = package["policytrail"]

    assert package["created"] == "2026-01-02T03:04:05Z"
    assert package["version"] == "2026.1.2"
    assert (ours["extractor_id"], ours["format"], ours["chosen"]) == ("x1", "parquet", [])
    assert ours["rows"]["versions"] == 14
    assert ours["states"] == {"fetched": 16, "unchanged": 3, "failed": 1, "redirect": 1}


def test_another_byte_in_a_file_is_another_name(made: Made) -> None:
    first, *rest = made.told.files

    other = replace(made.told, files=(replace(first, sha256="0" * 64), *rest))

    assert made.told.urn.startswith("urn:uuid:")
    assert other.urn != made.told.urn


def test_croissant_has_a_file_and_a_record_set_for_each_table(made: Made) -> None:
    told = croissant(made.told)

    assert [each["contentUrl"] for each in told["distribution"]] == [
        f"data/{table.name}.parquet" for table in TABLES
    ]
    assert [each["name"] for each in told["recordSet"]] == [table.name for table in TABLES]
    assert told["distribution"][0]["sha256"] == made.told.files[0].sha256
    assert [len(each["field"]) for each in told["recordSet"]] == [
        len(table.columns) for table in TABLES
    ]


def test_the_card_explains_every_column_and_names_each_file_as_a_configuration(
    made: Made,
) -> None:
    written = (made.folder / "README.md").read_text(encoding="utf-8")

    head = head_of(written)
    assert [each["data_files"] for each in head["configs"]] == [
        f"data/{table.name}.parquet" for table in TABLES if made.told.rows[table.name]
    ]
    assert [each["config_name"] for each in head["configs"] if each.get("default")] == ["versions"]
    assert (head["language"], head["size_categories"]) == (["en", "de"], ["n<1K"])
    sections = written.partition("## The tables")[2].split("\n### ")[1:]
    for table, section in zip(TABLES, sections, strict=True):
        assert section.startswith(f"{table.name}\n")
        assert not [each.name for each in table.columns if f"\n| `{each.name}` |" not in section]
    assert "| acme/privacy | Acme | 8 | 7 | 5 | 2010-03-01 | 2021-06-01 | 1,096 days |" in written


def test_a_table_without_rows_is_no_configuration(made: Made) -> None:
    empty = [
        replace(file, rows=0) if file.table.name == "listings" else file for file in made.told.files
    ]

    head = head_of(card(replace(made.told, files=tuple(empty)), []))

    assert "listings" not in [each["config_name"] for each in head["configs"]]
    assert len(head["configs"]) == len([file for file in empty if file.rows])


def test_the_citation_names_the_publisher_and_the_edition(made: Made) -> None:
    told = yaml.safe_load((made.folder / "CITATION.cff").read_text(encoding="utf-8"))

    assert told["authors"] == [{"name": "Jane Roe", "email": "jane@uni.example"}]
    assert (told["type"], told["version"]) == ("dataset", "2026.1.2")
    assert told["date-released"] == date(2026, 1, 2)
    assert told["identifiers"][0]["value"] == made.told.urn


def test_the_licence_covers_the_database_and_never_the_texts(made: Made) -> None:
    license_, notice_ = license_text(made.told), notice(made.told)

    assert "Open Data Commons Attribution License v1.0" in license_
    assert "does not cover the texts" in license_
    assert "belong to their owners" in notice_
    assert "write to Jane Roe, jane@uni.example" in " ".join(notice_.split())
    assert head_of(card(made.told, []))["license"] == "other"


def test_a_copy_without_texts_says_so_and_is_licensed_as_a_whole(made: Made) -> None:
    free = replace(made.told, chosen=({"text_free": True},))

    assert "All of it is covered by the licence" in " ".join(license_text(free).split())
    assert "No text of a policy is in this dataset" in " ".join(notice(free).split())
    assert head_of(card(free, []))["license"] == "odc-by"
    assert "This copy is free of texts" in datapackage(free)["description"]


def test_many_chosen_policies_are_all_in_the_package_and_few_in_the_abstract(made: Made) -> None:
    names = [f"vendor-{number}/privacy" for number in range(500)]
    chosen = replace(made.told, chosen=({"policies": names},))

    package = datapackage(chosen)

    assert package["policytrail"]["chosen"] == [{"policies": names}]
    assert "vendor-11/privacy and 488 more." in package["description"]


def test_the_texts_have_no_licence_in_the_package_unless_they_are_left_out(made: Made) -> None:
    def licences(told: Release) -> dict[str, str]:
        each = datapackage(told)["resources"]
        return {one["name"]: one["licenses"][0]["path"] for one in each if "licenses" in one}

    assert licences(made.told) == {"texts": "NOTICE"}
    assert licences(replace(made.told, chosen=({"text_free": True},))) == {}


def test_what_others_collected_keeps_their_terms(made: Made) -> None:
    theirs = replace(made.told, contents=replace(made.told.contents, collectors=("a", "b")))

    for paper in (license_text, notice):
        assert "collected by others: a, b" in " ".join(paper(theirs).split())
        assert "collected by others" not in paper(made.told)


def test_a_redacted_copy_says_what_was_taken_out(made: Made) -> None:
    redacted = replace(
        made.told, chosen=({"redact": True, "since": "2015-01-01"},), redactions={"name": 7}
    )

    assert "as far as they could be recognised" in " ".join(notice(redacted).split())
    assert datapackage(redacted)["policytrail"]["redacted"] == {"name": 7}
    assert "chosen by since: 2015-01-01" in datapackage(redacted)["description"]
    assert "| redacted | name: 7 |" in card(redacted, [])


def test_no_name_can_break_a_paper(made: Made) -> None:
    few = {"vendors", "policies", "versions", "changes"}
    some = replace(
        made.told, files=tuple(file for file in made.told.files if file.table.name in few)
    )
    plain = card(spoilt(some, "x"), [covered("x"), covered("acme/privacy")])
    paragraphs = notice(spoilt(some, "x")).count("\n\n")
    marks, head = marks_of(plain), head_of(plain)

    @settings(max_examples=30, deadline=None)
    @given(words=WORDS)
    def check(words: str) -> None:
        told = spoilt(some, words)
        written = card(told, [covered(words), covered("acme/privacy")])
        package, cited = datapackage(told), yaml.safe_load(citation(told))

        assert marks_of(written) == marks
        assert head_of(written).keys() == head.keys()
        assert json.loads(json.dumps(package)) == package
        assert package["sources"][0]["title"] == words
        assert cited["authors"][0]["name"] == told.publisher.name
        assert json.loads(json.dumps(croissant(told)))["creator"]["name"] == told.publisher.name
        assert notice(told).count("\n\n") == paragraphs

    check()


def test_the_sums_name_every_file_once_and_in_order(made: Made) -> None:
    lines = (made.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()

    paths = [line[66:] for line in lines]
    files = [path for path in made.folder.rglob("*") if path.is_file() and path.name[0] != "."]
    assert paths == sorted(paths)
    assert {*paths, "SHA256SUMS"} == {path.relative_to(made.folder).as_posix() for path in files}
    for line in lines:
        content = (made.folder / line[66:]).read_bytes()
        assert line[:66] == f"{hashlib.sha256(content).hexdigest()}  "


def test_an_archive_without_facts_has_papers_too(tmp_path: Path) -> None:
    with empty_database() as connection:
        connection.execute("DELETE FROM extractors")
        told = make(connection, tmp_path / "empty").told

    assert (told.version, told.published, told.contents.reader) == ("0.0.0", None, None)
    assert "created" not in datapackage(told)
    assert head_of(card(told, []))["configs"] == []
    assert yaml.safe_load(citation(told))["version"] == "0.0.0"
