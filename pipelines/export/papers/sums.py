"""SHA256SUMS: the hash of every file of a dataset, as `sha256sum --check` reads it.

Hidden files are no part of a dataset: whoever publishes it may lose them.
"""

import hashlib
from pathlib import Path

NAME = "SHA256SUMS"


def sha256_of(path: Path) -> str:
    """Hash a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(part: Path, known: dict[str, str]) -> str:
    """Give a line for each file below `part`, by its path; hashes that are known are not redone."""
    paths = sorted(path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file())
    listed = [path for path in paths if path != NAME and not path.startswith(".")]
    return "".join(f"{known.get(path) or sha256_of(part / path)}  {path}\n" for path in listed)
