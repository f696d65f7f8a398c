"""WARC files that others made, into the archive: `import --from warc`. No SQL.

Records of addresses that the vendor list names become captures, in the states that a crawl would
give them. One pass over each file; only a revisit of what did not come yet waits for the end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.errors import AskedWrongly, PolicytrailError
from crawler.items import Settlement, State
from crawler.memento import Capture, Memento, is_timestamp, to_datetime
from crawler.planning import stood
from crawler.urlkeys import urlkey_of
from crawler.vendors import Policy, Vendor, default_vendors, load_vendors
from pipelines.corpora.answers import (
    MOST_BYTES,
    capture_of,
    is_redirect,
    judged,
    refers_to,
    state_of,
)
from pipelines.corpora.arrivals import Arrival, Owner
from pipelines.corpora.arriving import arrive
from pipelines.corpora.tally import Tally
from pipelines.database.arrivals import kept_digests
from pipelines.database.file import reading
from pipelines.warc_reading import DamagedWarc, Found, expect_warc, read_records

SOURCE = "warc"
_ENDINGS = (".warc", ".warc.gz")


class Incomplete(PolicytrailError):  # noqa: N818
    """Some files could not be read to their end; what came before is in the archive."""

    def __init__(self, damaged: Sequence[DamagedWarc], words: str) -> None:
        more = f" (and {len(damaged) - 1:,} more files)" if len(damaged) > 1 else ""
        super().__init__(
            f"{damaged[0]}{more}; what lies before is imported: {words}; mend the file and import "
            "it again for the rest"
        )
        self.damaged = damaged


def import_warc(
    data: Path,
    paths: Sequence[Path],
    vendors: Path | None,
    step: Callable[[int], None] = lambda _: None,
) -> str:
    """Take in WARC files, or all those below a folder; give the closing line.

    Raises AskedWrongly where one is no WARC file, before anything is written; Incomplete at the
    end where one could not be read to its end.
    """
    files = [file for path in paths for file in _files(path)]
    for path in files:
        expect_warc(path)
    taker = _Taker(data, load_vendors(vendors or default_vendors(data)))
    arrived = arrive(
        data, SOURCE, taker.arrivals(files), {"files": [path.name for path in files]}, step
    )
    words = taker.tally.words(arrived.new, arrived.known)
    if taker.damaged:
        raise Incomplete(taker.damaged, words)
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A location of the list, and whose it is."""

    policy: Policy
    owner: Owner
    uri_r: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revisit:
    """A revisit of what did not come yet: its line, and which capture it names."""

    place: _Place
    line: Capture
    file: str
    refers_to: tuple[str, str] | None


class _Taker:
    """Makes arrivals of records, and remembers which bodies came."""

    def __init__(self, data: Path, vendors: Sequence[Vendor]) -> None:
        self.tally = Tally()
        self.damaged: list[DamagedWarc] = []
        self._data = data
        self._places = _places(vendors)
        # By policy: the digest of each capture that has a body, and the first one of each digest.
        self._digests: dict[str, dict[tuple[str, str], str]] = {}
        self._first: dict[str, dict[tuple[str, str], str]] = {}
        self._waiting: list[_Revisit] = []

    def arrivals(self, files: Sequence[Path]) -> Iterator[Arrival]:
        """Read all files, each as far as it can be read."""
        for path in files:
            try:
                for found in read_records(path, self._is_listed, MOST_BYTES):
                    yield from self._meet(found, path.name)
            except DamagedWarc as error:
                self.damaged.append(error)
        for revisit in self._waiting:
            yield self._resolved(revisit)

    def _is_listed(self, uri: str) -> bool:
        return urlkey_of(uri) in self._places

    def _meet(self, found: Found, file: str) -> Iterator[Arrival]:
        if not self._is_listed(found.uri):
            self.tally.other(found.uri)
            return
        place = self._places[urlkey_of(found.uri)]
        line = capture_of(place.policy.policy_id, found)
        settled = self._without_body(place.policy, line, found)
        if settled is None and found.kind == "revisit" and not is_redirect(found):
            named = refers_to(found)
            self._waiting.append(_Revisit(place=place, line=line, file=file, refers_to=named))
        else:
            result = settled or judged(line, found, file, datetime.now(UTC))
            yield self._arrival(place, line, file, result)

    def _without_body(self, policy: Policy, line: Capture, found: Found) -> Settlement | None:
        """Settle what a crawl would not ask for."""
        if not is_timestamp(line.timestamp):
            reason = f"the record's date {line.timestamp!r} is no moment"
            return _settled(line, State.DAMAGED, reason)
        if not stood(policy, line, to_datetime(line.timestamp)):
            reason = "outside the dates of its address in the vendor list"
            return _settled(line, State.SKIPPED, reason)
        if verdict := state_of(found):
            return _settled(line, *verdict)
        return None if is_redirect(found) else self._unchanged(line)

    def _unchanged(self, line: Capture) -> Settlement | None:
        self._learn(line.policy_id)
        first = self._first[line.policy_id].get((line.urlkey, line.digest))
        return _settled(line, State.UNCHANGED, f"same digest as {first}") if first else None

    def _resolved(self, revisit: _Revisit) -> Arrival:
        """Settle a revisit, by its digest or by the capture that it names."""
        line, named = revisit.line, revisit.refers_to
        if self._unchanged(line) is None and named and named[0] == line.urlkey:
            line = replace(line, digest=self._digests[line.policy_id].get(named, line.digest))
        reason = "a revisit of a record that is in none of the files"
        result = self._unchanged(line) or _settled(line, State.UNPLAYABLE, reason)
        return self._arrival(revisit.place, line, revisit.file, result)

    def _arrival(
        self, place: _Place, line: Capture, file: str, result: Memento | Settlement
    ) -> Arrival:
        memento = result if isinstance(result, Memento) else None
        state = result.state if isinstance(result, Settlement) else State.FETCHED
        self.tally.states[state] += 1
        if state in (State.FETCHED, State.UNCHANGED):
            self._learn(line.policy_id)
            self._digests[line.policy_id][line.urlkey, line.timestamp] = line.digest
        if memento and line.digest not in ("", "-"):
            self._first[line.policy_id].setdefault((line.urlkey, line.digest), line.timestamp)
        return Arrival(
            owner=place.owner,
            uri_r=place.uri_r,
            timestamp=line.timestamp,
            uri_m=memento.uri_m if memento else "",
            path=file,
            body=memento.body if memento else b"",
            content_type=memento.content_type if memento else "",
            state=state,
            reason=result.reason if isinstance(result, Settlement) else "",
            line=line,
            memento=memento,
        )

    def _learn(self, policy_id: str) -> None:
        """Ask the archive once which bodies of a policy it has."""
        if policy_id in self._first:
            return
        first = self._first.setdefault(policy_id, {})
        digests = self._digests.setdefault(policy_id, {})
        with reading(self._data) as connection:
            for urlkey, timestamp, digest in kept_digests(connection, policy_id):
                digests[urlkey, timestamp] = digest
                first.setdefault((urlkey, digest), timestamp)


def _places(vendors: Sequence[Vendor]) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    for vendor in vendors:
        for policy in vendor.policies:
            owner = Owner(
                vendor_id=vendor.vendor_id,
                kind=policy.kind,
                name=vendor.name,
                homepage=vendor.homepage,
                locations=policy.locations,
            )
            for location in policy.locations:
                place = _Place(policy=policy, owner=owner, uri_r=location.uri_r)
                places.setdefault(urlkey_of(location.uri_r), place)
    return places


def _settled(line: Capture, state: State, reason: str) -> Settlement:
    now = datetime.now(UTC)
    return Settlement(capture=line, state=state, reason=reason, settled_at=now)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.name.endswith(_ENDINGS))
    if not files:
        raise AskedWrongly(f"{path} holds no file whose name ends in .warc or .warc.gz")
    return files
