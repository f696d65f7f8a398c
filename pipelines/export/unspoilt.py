"""The files of a dataset beside what is said of them: sums, sizes, none lost and none new.

Standard library only.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.database.checking import Finding
from pipelines.export.folder import MARKER
from pipelines.export.package import Package

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_THERE = "every file that SHA256SUMS names is there, and no other"
_SAME = "every file has the hash that SHA256SUMS says"
_TOLD = "datapackage.json says the bytes and the hash of every table"


def check_sums(package: Package) -> Iterator[Finding]:
    """Compare the files of a dataset with SHA256SUMS and datapackage.json."""
    folder = package.folder
    try:
        sums = _read_sums(folder / SUMS)
    except (OSError, ValueError) as error:
        yield _finding(_THERE, [f"{SUMS} cannot be read: {error}"])
        sums = {}
    there = {path: folder / path for path in _files(folder)}
    if sums:
        lost = [f"{path} is lost" for path in sorted(sums.keys() - there.keys())]
        new = [f"{path} is not named" for path in sorted(there.keys() - sums.keys())]
        yield _finding(_THERE, lost + new)
    hashes = {path: _sha256(place) for path, place in there.items()}
    if sums:
        both = sorted(sums.keys() & there.keys())
        yield _finding(_SAME, [path for path in both if hashes[path] != sums[path]])
    yield _finding(
        _TOLD,
        [
            resource.path
            for resource in package.resources.values()
            if hashes.get(resource.path) != resource.sha256
            or there[resource.path].stat().st_size != resource.bytes
        ],
    )


def _read_sums(path: Path) -> dict[str, str]:
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            raise ValueError(f"a line is no sum: {line[:80]!r}")
        found[match[2]] = match[1]
    found.pop(MARKER, None)  # it says who may replace the folder, and is no part of the dataset
    return found


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in (SUMS, MARKER):
            yield name


def _sha256(path: Path) -> str:
    """Hash a file; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _finding(invariant: str, broken: list[str]) -> Finding:
    return Finding(invariant=invariant, broken=len(broken), example=broken[0] if broken else "")
