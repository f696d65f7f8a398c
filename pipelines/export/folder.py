"""A folder of an export: whole, or as it was before. Standard library only.

Everything is written into a hidden folder beside the place, which then takes the place in two
renames. Every folder made here holds a small file that says so: only such a folder, or an empty
one, is ever replaced.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from crawler.errors import AskedWrongly, PolicytrailError

MARKER = ".policytrail-export"
_WORDS = "This folder was written by `policytrail export`, which may replace it.\n"
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,99}")
_UNFIT = re.compile(r"[^a-z0-9_-]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(?:\..*)?")


class CannotExport(PolicytrailError):  # noqa: N818
    """The folder could not be written; what was there before is there still."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"cannot write {folder}: {reason}: make room or name another folder and run again, "
            "nothing was changed"
        )


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; at the end it takes the place of `folder`.

    Raises AskedWrongly, before anything is written, where what is there is not ours to replace;
    CannotExport where the disk takes no more.
    """
    place = Path(os.path.realpath(folder))
    if not place.name:
        raise AskedWrongly(f"cannot write {folder}: name a folder in it")
    part, old = (place.with_name(f".{place.name}.{end}") for end in ("part", "old"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _held(part):
            _put_back(place, old)
            _check(place)
            yield from _filled(part)
            _settle(part)
            _move(part, place, old)
    except OSError as error:
        raise CannotExport(folder, _reason(error, part)) from error


def is_ours(folder: Path) -> bool:
    """Say whether a folder was written by an export."""
    return (folder / MARKER).is_file()


def safe_name(text: str) -> str:
    """Give a name for a file or folder: no way out, and a different one for a different text.

    A plain text (small letters, digits, `-`, `_`, inner dots) is its own name; any other gets
    what is plain in it and a hash.
    """
    plain = _PLAIN.fullmatch(text) and not _DEVICES.fullmatch(text) and not text.endswith(".")
    if plain:
        return text
    kept = _UNFIT.sub("-", text.lower()).strip("-")[:60]
    return f"{kept}~{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _filled(part: Path) -> Iterator[Path]:
    _empty(part)
    (part / MARKER).write_text(_WORDS, encoding="utf-8")
    yield part


def _put_back(place: Path, old: Path) -> None:
    """Put back what a killed run had moved away."""
    if is_ours(old) and not place.exists():
        old.rename(place)


def _check(place: Path) -> None:
    """Refuse what is not ours to replace."""
    if place.exists() and not place.is_dir():
        raise AskedWrongly(f"{place} is a file: name a folder")
    if place.exists() and not is_ours(place) and any(place.iterdir()):
        raise AskedWrongly(f"{place} holds what no export wrote: name an empty folder or a new one")


@contextmanager
def _held(part: Path) -> Iterator[None]:
    """Hold the folder to write into against others; what is in it at the end goes, unless moved."""
    held = _take(part)
    try:
        yield
    except BaseException:
        _remove(part)
        raise
    finally:
        os.close(held)


def _take(part: Path) -> int:
    """Make the folder to write into and lock it; a killed run's is used again."""
    while True:
        part.mkdir(exist_ok=True)
        held = os.open(part, os.O_RDONLY)
        why = _objection(held, part)
        if not why and _is_same(held, part):
            return held
        os.close(held)
        if why:
            raise AskedWrongly(f"{part} {why}")


def _objection(held: int, part: Path) -> str:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "is being written by another export: let it end"
    # Whoever held it may have just moved it to its place.
    if _is_same(held, part) and any(part.iterdir()) and not is_ours(part):
        return "holds what no export wrote: move it away"
    return ""


def _is_same(held: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(held), path.stat())
    return False


def _empty(folder: Path) -> None:
    """Remove all but the marker, without which a folder is no longer ours to remove."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()


def _settle(folder: Path) -> None:
    """Bring every file and folder to the disk."""
    for parent, _, names in os.walk(folder):
        for path in (*(os.path.join(parent, name) for name in names), parent):  # noqa: PTH118
            if not os.path.islink(path):  # noqa: PTH114
                _sync(path)


def _sync(path: str | Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _move(part: Path, place: Path, old: Path) -> None:
    """Let the new folder take the place of the old one, or put the old one back."""
    _remove(old)
    try:
        if is_ours(place):
            place.rename(old)
        part.rename(place)
    except BaseException:
        _put_back(place, old)
        raise
    _sync(place.parent)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, or an empty one; any other stays."""
    with suppress(OSError):
        if is_ours(folder):
            _empty(folder)
            (folder / MARKER).unlink()
        folder.rmdir()


def _reason(error: OSError, part: Path) -> str:
    words = error.strerror or str(error)
    return words.replace(f"{part}/", "").replace(f"{part}", "it")
