"""What a dataset says of itself is what other people's tools read in it."""

import json
import subprocess
from pathlib import Path

import pytest

from pipelines.export.papers.reading import said_of
from pipelines.export.tables import TABLES, table_of

pytestmark = pytest.mark.peers

NAMES = [table.name for table in TABLES]
LAYOUTS = pytest.mark.parametrize("layout", ["parquet", "csv", "jsonl"])
# frictionless counts no bytes while it reads Parquet; `sha256sum` sees to them. Without its extra
# for JSON it reads no lines of it.
LEFT_OUT = {"parquet": ["byte-count"], "csv": []}
VALIDATE = """
import json, sys
from frictionless import Checklist, validate
found = validate(sys.argv[1], checklist=Checklist(skip_errors=sys.argv[2:]))
print(json.dumps([
    [task.name, task.valid, task.stats.get("rows", 0)] for task in found.tasks
] + [["package", found.valid, found.flatten(["type", "note"])]]))
"""
LOAD_CROISSANT = """
import json, sys, mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
issues = dataset.metadata.ctx.issues
assert not issues.errors and not issues.warnings, issues.report()
print(json.dumps({
    each.uuid: [sorted(record) for record in dataset.records(each.uuid)]
    for each in dataset.metadata.record_sets
}))
"""
LOAD_CARD = """
import json, sys
from datasets import get_dataset_config_names, load_dataset
print(json.dumps({
    name: [part.num_rows, part.column_names]
    for name in get_dataset_config_names(sys.argv[1])
    for part in [load_dataset(sys.argv[1], name, split="train")]
} | {"default": load_dataset(sys.argv[1], split="train").num_rows}))
"""
READ_AS_SAID = """
import json
import pandas as pd
import polars as pl
found = eval({said!r})
print(json.dumps([len(found), list(found.columns), [str(each) for each in found["timestamp"]]]))
"""
CITE = "import sys; from cffconvert.cli.cli import cli; sys.argv[0] = 'cffconvert'; cli()"


def rows_of(folder: Path) -> dict[str, int]:
    """Read how many rows the package says each table has."""
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows: dict[str, int] = told["policytrail"]["rows"]
    return rows


@pytest.mark.parametrize("layout", LEFT_OUT)
def test_frictionless_finds_every_table_valid(export, peer, layout: str) -> None:
    folder = export("--format", layout)

    found = json.loads(peer(VALIDATE, folder / "datapackage.json", *LEFT_OUT[layout]))

    assert found == [
        *([name, True, rows_of(folder)[name]] for name in NAMES),
        ["package", True, []],
    ]


def test_frictionless_follows_foreign_keys_and_finds_one_that_leads_nowhere(
    export, peer, tmp_path: Path
) -> None:
    told = json.loads((export() / "datapackage.json").read_text(encoding="utf-8"))
    (tmp_path / "data").symlink_to(export() / "data")
    listings = next(each for each in told["resources"] if each["name"] == "listings")
    wrong = {"resource": "vendors", "fields": ["vendor_id"]}
    listings["schema"]["foreignKeys"][0]["reference"] = wrong
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")

    *_, (_, valid, errors) = json.loads(peer(VALIDATE, tmp_path / "datapackage.json", "byte-count"))

    assert not valid
    assert {kind for kind, _ in errors} == {"foreign-key"}


def test_mlcroissant_gives_every_record_of_every_table(export, peer) -> None:
    folder = export()

    found = json.loads(peer(LOAD_CROISSANT, folder / "croissant.json"))

    assert {name: len(records) for name, records in found.items()} == rows_of(folder)
    assert found["versions"][0] == sorted(
        f"versions/{column.name}" for column in table_of("versions").columns
    )


@LAYOUTS
def test_datasets_loads_each_table_as_a_configuration(export, peer, layout: str) -> None:
    folder = export("--format", layout)

    found = json.loads(peer(LOAD_CARD, folder))

    rows = rows_of(folder)
    columns = {table.name: [column.name for column in table.columns] for table in TABLES}
    assert found == {name: [rows[name], columns[name]] for name in NAMES if rows[name]} | {
        "default": rows["versions"]
    }


@pytest.mark.parametrize("tool", ["pandas", "polars"])
@LAYOUTS
def test_what_the_card_says_of_a_tool_opens_a_table(export, peer, layout: str, tool: str) -> None:
    folder = export("--format", layout)
    said = said_of(layout, tool)

    rows, columns, timestamps = json.loads(peer(READ_AS_SAID.format(said=said), cwd=folder))

    assert said in (folder / "README.md").read_text(encoding="utf-8")
    assert rows == rows_of(folder)["versions"]
    assert columns == [column.name for column in table_of("versions").columns]
    assert not [each for each in timestamps if len(each) != 14]


@pytest.mark.parametrize(
    ("contact", "author"),
    [
        pytest.param("", "the publisher of this dataset", id="nobody"),
        pytest.param("Jane Roe <jane@uni.example>", "Jane Roe", id="a name and an address"),
        pytest.param('Q: "R" \\& {S} <https://q.example/?a=1&b=[2]>', 'Q: "R"', id="marks"),
        pytest.param("jane@uni", "jane@uni", id="no address"),
    ],
)
def test_cffconvert_finds_the_citation_valid_and_writes_it_as_bibtex(
    export, replay, contact: str, author: str
) -> None:
    folder = export("--contact", contact)

    valid = replay(CITE, "--validate", cwd=folder)
    cited = replay(CITE, "--format", "bibtex", cwd=folder)

    assert "valid" in valid
    assert f"author = {{{author}" in cited
    assert "title = {Versions of policies" in cited


def test_sha256sum_proves_every_file(export) -> None:
    folder = export()

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )

    files = [path for path in folder.rglob("[!.]*") if path.is_file()]
    assert len(done.stdout.splitlines()) == len(files) - 1
    assert "FAILED" not in done.stdout
