"""One archive out of several folders, manifests and WARC files. Standard library only."""

from collections.abc import Iterable
from pathlib import Path

from crawler.sandbox.archive import Archive
from crawler.sandbox.folders import BadSource, load_folder
from crawler.sandbox.warcs import load_warc


def load(paths: Iterable[Path | str]) -> Archive:
    """Read each path by what it is; a folder without manifest.jsonl gives its WARCs.

    Raises BadSource.
    """
    archive = Archive()
    for path in map(Path, paths):
        archive = archive + _load_one(path)
    return archive


def _load_one(path: Path) -> Archive:
    if not path.exists():
        raise BadSource(path, 0, "no such file or folder")
    if path.is_dir() and not (path / "manifest.jsonl").exists():
        warcs = sorted((*path.glob("*.warc.gz"), *path.glob("*.warc")))
        return load(warcs) if warcs else load_folder(path)
    return load_warc(path) if path.name.endswith((".warc", ".warc.gz")) else load_folder(path)
