"""Texts as the Princeton-Leuven corpus keeps them: Markdown with a head that says from where."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.errors import AskedWrongly
from pipelines.corpora.arrivals import Arrival, Undated
from pipelines.corpora.arriving import arrive
from pipelines.corpora.closing import closing_line
from pipelines.corpora.git import Repository, is_repository, must_be_whole
from pipelines.corpora.owners import Owners, owners_of
from pipelines.extraction.markdown import head_of

SOURCE = "princeton-leuven"
KIND = "privacy"
_SUFFIXES = (".md", ".markdown", ".txt")
_ABOUT = ("readme", "license", "licence", "contributing", "changelog", "notice", "citation")


def import_princeton_leuven(
    data: Path, paths: Sequence[Path], vendors: Path | None, step: Callable[[int], None]
) -> str:
    """Take in files, folders and repositories; give the closing line.

    Raises AskedWrongly, VendorListError, and what `arrive` raises.
    """
    for path in paths:
        _must_be_readable(path)
    texts = _Texts(owners_of(data, vendors))
    options = {"import": SOURCE, "paths": [path.resolve().name for path in paths]}
    arrived = arrive(data, SOURCE, texts.of(paths), options, step)
    return closing_line(arrived, SOURCE, {"empty": texts.empty, "read again": texts.again})


@dataclass(slots=True)
class _Texts:
    """Turns files into arrivals; of a capture that was read several times, the newest text."""

    owners: Owners
    empty: int = 0
    again: int = 0
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def of(self, paths: Sequence[Path]) -> Iterator[Arrival | Undated]:
        """Give what lies under some paths."""
        for path in paths:
            found = self._history(path) if is_repository(path) else self._files(path)
            for name, body in found:
                if not body.strip():
                    self.empty += 1
                elif item := self._item(name, body):
                    yield item
                else:
                    self.again += 1

    def _item(self, name: str, body: bytes) -> Arrival | Undated | None:
        head = head_of(body.decode("utf-8", "replace"))
        if head is None:
            return Undated(path=name, body=body)
        if (head.timestamp, head.uri_r) in self._seen:
            return None
        self._seen.add((head.timestamp, head.uri_r))
        return Arrival(
            owner=self.owners.of_address(head.uri_r, KIND),
            uri_r=head.uri_r,
            timestamp=head.timestamp,
            uri_m=head.uri_m,
            path=name,
            body=body,
        )

    def _files(self, path: Path) -> Iterator[tuple[str, bytes]]:
        if path.is_file():
            yield path.name, path.read_bytes()
            return
        for file in sorted(path.rglob("*")):
            if file.is_file() and _is_text(file.name):
                yield file.relative_to(path).as_posix(), file.read_bytes()

    def _history(self, path: Path) -> Iterator[tuple[str, bytes]]:
        with Repository(path) as repository:
            for revision in repository.revisions(oldest_first=False):
                for change in revision.changes:
                    if _is_text(change.path) and not change.is_same:
                        yield change.path, repository.read(change.blob)


def _is_text(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in _SUFFIXES and path.stem.lower() not in _ABOUT


def _must_be_readable(path: Path) -> None:
    try:
        if not path.is_dir():
            path.open("rb").close()
        elif is_repository(path):
            must_be_whole(path)
    except OSError as error:
        raise AskedWrongly(
            f"cannot read {path}: {error.strerror}: name files, a folder or a repository of texts"
        ) from error
