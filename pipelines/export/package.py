"""A dataset as it lies in a folder: what its datapackage.json says of it. Standard library only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from crawler.errors import AskedWrongly

NAME = "datapackage.json"
LAYOUTS = ("parquet", "csv", "jsonl")


class NoDataset(AskedWrongly):
    """The folder is no dataset that `export` wrote, or its datapackage.json cannot be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} is no dataset: {reason}; name a folder that `policytrail export` wrote, "
            "as parquet, csv or jsonl"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A table as a file; `path` is the folder's own."""

    name: str
    path: str
    bytes: int
    sha256: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a dataset says of itself. `chosen` are the choices, one after the other, that it was
    narrowed by, and `redacted` counts what was taken out of its texts; a whole one has neither."""

    folder: Path
    layout: str
    schema_version: int
    chosen: tuple[Mapping[str, Any], ...]
    redacted: Mapping[str, int]
    resources: Mapping[str, Resource]

    def file(self, table: str) -> Path:
        """Say where a table's file lies; KeyError where the dataset has no such table."""
        return self.folder / self.resources[table].path


def read_package(folder: Path) -> Package:
    """Read what a dataset says of itself. Raises NoDataset."""
    if not folder.is_dir():
        raise NoDataset(folder, "there is no such folder")
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return _package(folder, told)
    except FileNotFoundError as error:
        raise NoDataset(folder, f"it has no {NAME}") from error
    except OSError as error:
        raise NoDataset(folder, f"{NAME}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoDataset(folder, f"{NAME} is not as export writes it ({_brief(error)})") from error


def _package(folder: Path, told: Mapping[str, Any]) -> Package:
    ours = told["policytrail"]
    resources = [_resource(each) for each in told["resources"]]
    if ours["format"] not in LAYOUTS:
        raise ValueError(f"format {ours['format']!r}")
    return Package(
        folder=folder,
        layout=ours["format"],
        schema_version=int(ours["schema_version"]),
        chosen=tuple(dict(each) for each in ours["chosen"]),
        redacted={str(kind): int(count) for kind, count in ours["redacted"].items()},
        resources={each.name: each for each in resources},
    )


def _resource(told: Mapping[str, Any]) -> Resource:
    path = PurePosixPath(told["path"])
    if path.is_absolute() or ".." in path.parts or "\0" in told["path"]:
        raise ValueError(f"path {told['path']!r}")
    kind, _, sha256 = str(told["hash"]).partition(":")
    if kind != "sha256":
        raise ValueError(f"hash {told['hash']!r}")
    return Resource(
        name=str(told["name"]),
        path=str(path),
        bytes=int(told["bytes"]),
        sha256=sha256,
        fields=tuple(str(field["name"]) for field in told["schema"]["fields"]),
    )


def _brief(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
