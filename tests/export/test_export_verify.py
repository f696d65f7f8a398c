"""A dataset is proved without its database: silent on a sound one, and each damage is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from datasets_made import renew, rewrite, sha256, tell, write
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_archive import write_sound

from pipelines.cli.main import cli
from pipelines.database.checking import Finding, questions
from pipelines.database.proving import find_in_keys, find_lost_references
from pipelines.export.package import NoDataset, Package, read_package
from pipelines.export.tables import TABLES
from pipelines.export.unspoilt import check_sums
from pipelines.export.verifying import misfits, verify

LAYOUTS = ("parquet", "csv", "jsonl")
SLOWLY = ("parquet", *(pytest.param(each, marks=pytest.mark.slow) for each in LAYOUTS[1:]))
Copy = Callable[..., Path]


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    write_sound(folder / "data")
    for layout in LAYOUTS:
        write(folder / "data", folder / layout, layout)
    return folder


@pytest.fixture
def dataset(datasets: Path, tmp_path: Path) -> Path:
    """A dataset of one's own, to spoil."""
    return shutil.copytree(datasets / "parquet", tmp_path / "dataset")


def broken(findings: list[Finding]) -> dict[str, str]:
    return {found.invariant: found.example for found in findings if found.broken}


@pytest.mark.parametrize("layout", SLOWLY)
def test_a_sound_dataset_is_proved_whole(datasets: Path, layout: str) -> None:
    findings = list(verify(datasets / layout))

    assert [found for found in findings if found.broken or found.unchecked] == []
    # Files three, shape, keys, references, what follows five, and all invariants but that of
    # readings, which were just made.
    assert len(findings) == 3 + 3 + 5 + len(questions()) - 1


# What the sums find, without a look into the tables.


def flip(folder: Path) -> None:
    path = folder / "data" / "texts.parquet"
    spoilt = bytearray(path.read_bytes())
    spoilt[len(spoilt) // 3] ^= 1
    path.write_bytes(spoilt)


def cut(folder: Path) -> None:
    path = folder / "data" / "captures.parquet"
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("damage", "example"),
    [
        pytest.param(flip, "data/texts.parquet", id="a flipped bit"),
        pytest.param(cut, "data/captures.parquet", id="a lost byte"),
        pytest.param(
            lambda folder: (folder / "README.md").unlink(), "README.md is lost", id="a lost file"
        ),
        pytest.param(
            lambda folder: (folder / "data" / "texts.parquet").unlink(),
            "data/texts.parquet is lost",
            id="a lost table",
        ),
        pytest.param(
            lambda folder: (folder / "data" / "more.csv").write_text("x"),
            "data/more.csv is not named",
            id="a file too many",
        ),
        pytest.param(
            lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS cannot", id="no sums"
        ),
        pytest.param(
            lambda folder: (folder / "SHA256SUMS").write_text("nonsense\n"),
            "a line is no sum: 'nonsense'",
            id="bad sums",
        ),
    ],
)
def test_a_damaged_file_is_named(
    dataset: Path, damage: Callable[[Path], None], example: str
) -> None:
    damage(dataset)

    examples = broken(list(check_sums(read_package(dataset)))).values()

    assert any(words.startswith(example) or example in words for words in examples)


def test_sums_that_were_renewed_beside_an_old_datapackage_are_found(dataset: Path) -> None:
    old = (dataset / "datapackage.json").read_text()
    rewrite(dataset, "vendors", "SELECT * REPLACE (upper(name) AS name) FROM rows")
    (dataset / "datapackage.json").write_text(old)
    sums = (dataset / "SHA256SUMS").read_text().splitlines()
    renewed = {line.split("  ")[1]: line for line in sums}
    renewed["datapackage.json"] = f"{sha256(old.encode())}  datapackage.json"
    (dataset / "SHA256SUMS").write_text("\n".join(renewed.values()) + "\n")

    found = broken(list(check_sums(read_package(dataset))))

    assert list(found.values()) == ["data/vendors.parquet"]


# What the shape of the tables says, when the sums were renewed.


@pytest.mark.parametrize(
    ("table", "query", "words"),
    [
        pytest.param("vendors", "SELECT * EXCLUDE (name) FROM rows", "vendors: ", id="lost"),
        pytest.param("vendors", "SELECT *, 1 AS more FROM rows", "more INTEGER where", id="more"),
        pytest.param(
            "captures",
            "SELECT * REPLACE (length::VARCHAR AS length) FROM rows",
            "length VARCHAR where length BIGINT",
            id="type",
        ),
        pytest.param(
            "crawls",
            "SELECT * REPLACE (started_at::TIMESTAMP AS started_at) FROM rows",
            "started_at TIMESTAMP where",
            id="no instant",
        ),
    ],
)
def test_a_column_that_is_not_as_it_must_be_is_named(
    dataset: Path, table: str, query: str, words: str
) -> None:
    rewrite(dataset, table, query)

    with duckdb.connect() as connection:
        (why,) = misfits(connection, read_package(dataset))

    assert words in why


def replace_in(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    renew(folder)


@pytest.mark.parametrize(
    ("layout", "name", "old", "new", "words"),
    [
        pytest.param("csv", "vendors.csv", "homepage", "page", "its header", id="header"),
        pytest.param("csv", "captures.csv", ",1000,", ",many,", "many", id="a word for a number"),
        pytest.param("jsonl", "vendors.jsonl", '"name"', '"title"', "title", id="another name"),
        pytest.param("jsonl", "crawls.jsonl", "2026-01-10T", "long ago ", "long", id="no moment"),
    ],
)
def test_rows_that_cannot_be_read_as_they_must_be_are_named(
    datasets: Path, tmp_path: Path, layout: str, name: str, old: str, new: str, words: str
) -> None:
    folder = shutil.copytree(datasets / layout, tmp_path / "dataset")
    replace_in(folder, name, old, new)

    with duckdb.connect() as connection:
        (why,) = misfits(connection, read_package(folder))

    assert why.startswith(f"{name.partition('.')[0]}: ")
    assert words in why


# What the rows say, when the sums were renewed.


@pytest.mark.parametrize(
    ("table", "query", "example"),
    [
        pytest.param(
            "vendors", "FROM rows UNION ALL FROM rows", "vendors acme", id="a key stands twice"
        ),
        pytest.param(
            "policies",
            "SELECT * REPLACE (NULL::VARCHAR AS kind) FROM rows",
            "policies.kind of 2 rows",
            id="a value is missing",
        ),
    ],
)
def test_a_key_or_a_value_that_must_not_be_is_found(
    dataset: Path, table: str, query: str, example: str
) -> None:
    rewrite(dataset, table, query)

    with duckdb.connect() as connection:
        assert list(misfits(connection, read_package(dataset))) == []
        found = find_in_keys(connection, TABLES)

    assert (found.broken, found.example) == (2, example)


def test_a_row_that_names_no_row_is_found(dataset: Path) -> None:
    rewrite(dataset, "policies", "FROM rows WHERE vendor_id <> 'bolt'")

    with duckdb.connect() as connection:
        assert list(misfits(connection, read_package(dataset))) == []
        found = find_lost_references(connection, TABLES)

    assert found.broken > 5
    assert "bolt/privacy in policies" in found.example


CONTRADICTIONS = {
    "versions": "SELECT * REPLACE (observations + 1 AS observations) FROM rows",
    "captures": "SELECT * REPLACE (if(state = 'redirect', 'absent', state) AS state) FROM rows "
    "WHERE timestamp <> '20160301000000'",
    "texts": "SELECT * REPLACE (text || ' Indeed.' AS text) FROM rows",
}


@pytest.fixture(scope="module")
def contradicted(datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is found where rows were changed in several tables, and the sums renewed."""
    folder = shutil.copytree(datasets / "parquet", tmp_path_factory.mktemp("bad") / "dataset")
    for table, query in CONTRADICTIONS.items():
        rewrite(folder, table, query)
    return broken(list(verify(folder)))


@pytest.mark.parametrize(
    ("invariant", "example"),
    [
        pytest.param("versions: what follows", "acme/privacy en 1", id="altered versions"),
        pytest.param("coverage: what follows", "acme/privacy", id="a state changed"),
        pytest.param("Every text is the one", "", id="a text changed"),
        pytest.param("Lines listed for the first time", "bolt/privacy", id="a lost line"),
        pytest.param("Every memento belongs", "bolt/privacy 20160301000000", id="its memento"),
        pytest.param("whatever names a row", "mementos bolt/privacy", id="what names it"),
    ],
)
def test_rows_that_contradict_the_others_are_found(
    contradicted: dict[str, str], invariant: str, example: str
) -> None:
    (words,) = [words for name, words in contradicted.items() if name.startswith(invariant)]

    assert words.startswith(example)


def test_what_does_not_contradict_the_others_is_left_in_peace(
    contradicted: dict[str, str],
) -> None:
    assert not [name for name in contradicted if name.startswith(("changes:", "every file"))]


@pytest.mark.slow
def test_a_bit_that_flipped_before_the_sums_were_made_is_found_and_told(dataset: Path) -> None:
    flip(dataset)
    renew(dataset)

    found = broken(list(verify(dataset)))

    assert found
    assert not [name for name in found if name.startswith("every file")]


def test_what_cannot_be_checked_behind_a_lost_table_is_said(dataset: Path) -> None:
    (dataset / "data" / "texts.parquet").unlink()

    findings = list(verify(dataset))

    assert "texts: there is no data/texts.parquet" in broken(findings).values()
    assert {found.unchecked for found in findings} == {"", "the tables are not sound"}


@pytest.mark.slow
def test_an_older_schema_is_proved_but_for_what_is_derived_otherwise_now(dataset: Path) -> None:
    tell(dataset, schema_version=4)

    findings = list(verify(dataset))

    assert broken(findings) == {}
    assert [found.unchecked for found in findings if found.unchecked] == [
        "it is of schema 4, this policytrail derives by 5"
    ]


# The command, and folders that are no dataset.


def test_the_command_says_a_line_for_each_invariant_and_fails_where_one_is_broken(
    dataset: Path,
) -> None:
    (dataset / "data" / "texts.parquet").unlink()

    result = CliRunner().invoke(cli, ["--data", "nowhere", "export", "--verify", str(dataset)])

    assert result.exit_code == 1
    assert "BROKEN every file that SHA256SUMS names is there" in result.stdout
    assert "       1 times; the first: data/texts.parquet is lost\n" in result.stdout
    assert "ok     every file has the hash that SHA256SUMS says\n" in result.stdout
    assert "\n       not checked: the tables are not sound\n" in result.stdout
    assert "3 of 8 invariants do not hold" in result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "it has no datapackage.json", id="none"),
        pytest.param("{", "not as export writes it", id="no JSON"),
        pytest.param('{"resources": []}', "KeyError: 'policytrail'", id="not ours"),
    ],
)
def test_a_folder_that_is_no_dataset_is_refused_in_one_line(
    tmp_path: Path, content: str | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "datapackage.json").write_text(content)

    result = CliRunner().invoke(cli, ["export", "--verify", str(tmp_path)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("path", ["/etc/passwd", "../data.parquet", "data/../../x"])
def test_a_path_that_leads_out_of_the_folder_is_refused(dataset: Path, path: str) -> None:
    package = dataset / "datapackage.json"
    told = json.loads(package.read_text())
    told["resources"][0]["path"] = path
    package.write_text(json.dumps(told))

    with pytest.raises(NoDataset, match="path"):
        read_package(dataset)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(["format", "schema_version", "chosen", "redacted"])


@settings(max_examples=40)
@given(st.dictionaries(FIELDS, JSON), JSON)
def test_whatever_a_datapackage_says_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ours: dict[str, object], resources: object
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    told = {"policytrail": ours, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(told))

    try:
        package = read_package(folder)
    except NoDataset as error:
        assert "\n" not in str(error)  # noqa: PT017 - either way is right
    else:
        assert isinstance(package, Package)
