"""datapackage.json: the authority on what is in a dataset (Frictionless Data Package v2)."""

import re
from typing import Any

from pipelines.database.model import Column, Foreign
from pipelines.export.papers.legal import ADDRESS, FULL_NAME, SPDX
from pipelines.export.papers.publisher import Publisher
from pipelines.export.papers.release import KEYWORDS, NAME, TITLE, File, Release
from pipelines.export.papers.words import abstract
from pipelines.export.rows import NULL

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
# pandas, by which frictionless reads Parquet, knows no integer that is missing: it becomes NaN.
_NO_INTEGER = "nan"
_DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "nullSequence": NULL,
}
# The licence of the package would else be read as that of the texts too.
_OWNERS = {"name": "none", "path": "NOTICE", "title": "Texts belong to their owners: see NOTICE"}
_ADDRESS = re.compile(r"https?://\S+")


def datapackage(release: Release) -> dict[str, Any]:
    """Describe the whole: each table as a file with its fields and keys."""
    moment = release.contents.newest
    return {
        "$schema": PROFILE,
        "name": NAME,
        "id": release.urn,
        "title": TITLE,
        "description": abstract(release),
        "version": release.version,
        **({"created": f"{moment:%Y-%m-%dT%H:%M:%SZ}"} if moment else {}),
        "keywords": list(KEYWORDS),
        "licenses": [{"name": SPDX, "path": ADDRESS, "title": FULL_NAME}],
        "contributors": [_contributor(release.publisher)],
        "sources": [_source(archive) for archive in release.contents.archives],
        "resources": [_resource(release, file) for file in release.files],
        "policytrail": _ours(release),
    }


def _ours(release: Release) -> dict[str, Any]:
    """Say what the profile has no words for, and `--verify` and `import` go by."""
    reader = release.contents.reader
    return {
        "version": release.software_version,
        "schema_version": release.schema_version,
        "extractor_id": reader.extractor_id if reader else None,
        "format": release.layout,
        "chosen": [dict(chosen) for chosen in release.chosen],
        "rows": dict(release.rows),
        "states": dict(release.contents.states),
        "languages": dict(release.contents.languages),
        "redacted": dict(release.redactions),
    }


def _resource(release: Release, file: File) -> dict[str, Any]:
    table, layout = file.table, release.layout
    schema: dict[str, Any] = {
        "fields": [_field(column, layout) for column in table.columns],
        # An empty text is a text: only what is missing is missing.
        "missingValues": _missing(layout),
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [_foreign(foreign) for foreign in table.foreign]
    return {
        "name": table.name,
        "type": "table",
        "path": file.path,
        "title": table.name.replace("_", " "),
        "description": table.description,
        "format": layout,
        "mediatype": MEDIA_TYPES[layout],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        **({"licenses": [dict(_OWNERS)]} if table.texts and not release.text_free else {}),
        **({"dialect": dict(_DIALECT)} if layout == "csv" else {}),
        "schema": schema,
    }


def _field(column: Column, layout: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": "array" if column.type.endswith("[]") else _TYPES[column.type],
        "description": column.description,
    }
    if not column.nullable:
        described["constraints"] = {"required": True}
    elif described["type"] == "integer" and layout == "parquet":
        described["missingValues"] = [_NO_INTEGER]
    return described


def _missing(layout: str) -> list[str]:
    return [NULL] if layout == "csv" else []


def _foreign(foreign: Foreign) -> dict[str, Any]:
    return {
        "fields": list(foreign.columns),
        "reference": {"resource": foreign.table, "fields": list(foreign.references)},
    }


def _contributor(publisher: Publisher) -> dict[str, Any]:
    told: dict[str, Any] = {"title": publisher.name, "roles": ["publisher"]}
    if publisher.mail:
        told["email"] = publisher.mail
    if publisher.page:
        told["path"] = publisher.page
    return told


def _source(archive: str) -> dict[str, str]:
    if _ADDRESS.fullmatch(archive):
        return {"title": archive, "path": archive}
    return {"title": archive}
