"""Files of an export: all of them, each whole, or none. Standard library only."""

from collections.abc import Mapping
from pathlib import Path

from crawler.errors import AskedWrongly


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write every file beside its place, then move them there; makes the folder if need be.

    Raises AskedWrongly, with nothing moved and nothing left over, where one cannot be written.
    """
    parts = {name: folder / f".{name}.part" for name in contents}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in parts.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(f"{name} is a folder there")
            part.write_bytes(contents[name])
        for name, part in parts.items():
            part.replace(folder / name)
    except OSError as error:
        raise AskedWrongly(f"cannot write in {folder}: {error.strerror or error}") from error
    finally:
        for part in parts.values():
            _forget(part)


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the folder is none, or takes no change: nothing of ours is in it
        return
