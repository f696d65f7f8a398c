"""Texts as Open Terms Archive keeps its versions: a git repository with a commit for each record.

`Service/Document type.md` is a document; a commit's author date is when it was fetched, unless its
message gives a better date. A record made by new rules of theirs from an old snapshot is no
sighting of another text: it has a source of its own, that shows no version beside theirs.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.errors import AskedWrongly
from crawler.memento import to_timestamp
from pipelines.corpora.arrivals import Arrival, Undated
from pipelines.corpora.arriving import arrive
from pipelines.corpora.closing import closing_line
from pipelines.corpora.git import Change, Repository, Revision, is_repository, must_be_whole
from pipelines.corpora.owners import Owners, owners_of, slug

SOURCE = "open-terms-archive"
KINDS = {"privacy policy": "privacy", "terms of service": "terms"}
_REREAD = re.compile(r"refilter\b|apply technical or declaration upgrade\b|re-?extract", re.I)
_STATED = re.compile(
    r"^(?:snapshot (?:was )?(?:originally )?(?:obtained|fetched|recorded) on"
    r"|(?:x-)?(?:snapshot|fetch|fetched|source)[- ](?:date|at|on) *:)"
    r" *(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?"
    r" ?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.I | re.M,
)
_IN_SUBJECT = re.compile(r"\((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2} \d\d \d{4})\)$")
_ADDRESS = re.compile(
    r"^(?:x-)?(?:source(?:-document)?(?:-location|-url)?|location|url) *: *(https?://\S+) *$",
    re.I | re.M,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 1990, 9999


def import_open_terms_archive(
    data: Path, paths: Sequence[Path], vendors: Path | None, step: Callable[[int], None]
) -> str:
    """Take in the histories of repositories; give the closing line.

    Raises AskedWrongly, VendorListError, and what `arrive` raises.
    """
    for path in paths:
        if not is_repository(path):
            raise AskedWrongly(
                f"{path} is no git repository: name a clone of a -versions repository"
            )
        must_be_whole(path)
    records = _Records(owners_of(data, vendors))
    options = {"import": SOURCE, "paths": [path.resolve().name for path in paths]}
    arrived = arrive(data, SOURCE, records.of(paths), options, step)
    left_out = {
        "of other files": records.others,
        "only moved": records.moved,
        "empty": records.empty,
    }
    return closing_line(arrived, SOURCE, left_out)


@dataclass(slots=True)
class _Records:
    """Turns commits into arrivals. A document that is moved stays the policy that it was."""

    owners: Owners
    others: int = 0
    moved: int = 0
    empty: int = 0
    _first: dict[str, str] = field(default_factory=dict)

    def of(self, paths: Sequence[Path]) -> Iterator[Arrival | Undated]:
        """Give the records of some repositories, oldest commit first."""
        for path in paths:
            self._first.clear()
            with Repository(path) as repository:
                for revision in repository.revisions(oldest_first=True):
                    for change in revision.changes:
                        if not self._is_record(change):
                            continue
                        body = repository.read(change.blob)
                        if body.strip():
                            yield self._item(revision, change, body)
                        else:
                            self.empty += 1

    def _is_record(self, change: Change) -> bool:
        if change.path.count("/") == 0 or not change.path.endswith(".md"):
            self.others += 1
            return False
        if change.moved_from:
            first = self._first.get(change.moved_from, change.moved_from)
            self._first[change.path] = first
        self.moved += change.is_same
        return not change.is_same

    def _item(self, revision: Revision, change: Change, body: bytes) -> Arrival | Undated:
        name = f"{revision.commit}:{change.path}"
        fetched_at = fetch_date(revision)
        if fetched_at is None:
            return Undated(path=name, body=body)
        service, _, kind = self._first.get(change.path, change.path)[:-3].rpartition("/")
        address = _ADDRESS.search(revision.message)
        return Arrival(
            owner=self.owners.of_service(service, KINDS.get(kind.casefold()) or slug(kind)),
            uri_r=address[1] if address else change.path,
            timestamp=to_timestamp(fetched_at),
            uri_m=name,
            path=change.path,
            body=body,
            source=f"{SOURCE}-reread" if _REREAD.match(revision.message) else "",
        )


def fetch_date(revision: Revision) -> datetime | None:
    """Say when a record was fetched; None where no such moment exists.

    A stated day alone is no better than an author's date of the same day.
    """
    written_at = _moment(revision.written_at)
    stated = _stated(revision.message)
    if stated is None:
        return written_at
    moment, is_whole = stated
    if not is_whole and written_at and written_at.date() == moment.date():
        return written_at
    return moment


def _moment(seconds: int) -> datetime | None:
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def _stated(message: str) -> tuple[datetime, bool] | None:
    """Read the date in a message, and whether it names a time of day."""
    found = _STATED.search(message)
    subject = _IN_SUBJECT.search(message.partition("\n")[0])
    try:
        if found:
            zone = (found["zone"] or "Z").replace("Z", "+00:00")
            whole = f"{found['day']}T{found['time'] or '00:00'}{zone}"
            return datetime.fromisoformat(whole).astimezone(UTC), bool(found["time"])
        if subject:
            return datetime.strptime(f"{subject[1]} +0000", "%b %d %Y %z"), False
    except ValueError:
        return None  # no such day: then the commit's own date is all there is
    return None
