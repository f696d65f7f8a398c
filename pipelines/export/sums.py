"""SHA256SUMS: what `sha256sum --check` proves a folder by. Standard library only."""

import hashlib
from pathlib import Path

NAME = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Write the sums of all files below a folder but hidden ones, in the order of their names."""
    places = {path.relative_to(folder).as_posix(): path for path in folder.rglob("[!.]*")}
    lines = [
        f"{_sum(path)}  {name}\n"
        for name, path in sorted(places.items())
        if path.is_file() and name != NAME
    ]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
