"""Datasets for tests: written by the command's own functions, and spoilt on purpose."""

import hashlib
import json
from pathlib import Path

import duckdb

from pipelines.database.file import reading
from pipelines.export.choices import Choices
from pipelines.export.dataset import export_csv, export_jsonl, export_parquet

WRITERS = {"parquet": export_parquet, "csv": export_csv, "jsonl": export_jsonl}


def write(data: Path, folder: Path, layout: str = "parquet") -> Path:
    """Export a whole archive."""
    with reading(data) as connection:
        WRITERS[layout](connection, folder, Choices(), lambda _: None)
    return folder


def rewrite(folder: Path, table: str, query: str) -> None:
    """Put what a query makes of a table's rows (`rows`) in their place, and renew all sums."""
    path = folder / "data" / f"{table}.parquet"
    part = path.with_suffix(".part")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW rows AS FROM read_parquet('{path}')")
        connection.execute(f"COPY ({query}) TO '{part}' (FORMAT parquet)")
    part.replace(path)
    renew(folder)


def renew(folder: Path) -> None:
    """Write sizes and hashes anew, as somebody would who hides a change."""
    package = folder / "datapackage.json"
    told = json.loads(package.read_text())
    for resource in told["resources"]:
        content = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256(content)}"}
    package.write_text(json.dumps(told))
    sums = folder / "SHA256SUMS"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != sums)
    sums.write_text(
        "".join(f"{sha256(path.read_bytes())}  {path.relative_to(folder)}\n" for path in files)
    )


def tell(folder: Path, **ours: object) -> None:
    """Change what datapackage.json says for policytrail alone, and renew the sums."""
    package = folder / "datapackage.json"
    told = json.loads(package.read_text())
    told["policytrail"] |= ours
    package.write_text(json.dumps(told))
    renew(folder)


def sha256(content: bytes) -> str:
    """Hash as SHA256SUMS does."""
    return hashlib.sha256(content).hexdigest()
