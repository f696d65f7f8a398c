"""WARC files that others made, into the archive: `import --from warc`. No SQL.

Records of addresses that the vendor list names become captures, in the states that a crawl would
give them. One pass over each file; only a revisit of what did not come yet waits for the end.
"""

from collections.abc import Callable, Sequence
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
from pipelines.corpora.tally import Tally
from pipelines.database.bodies import read_again
from pipelines.database.imports import ImportLedger
from pipelines.history.upkeep import keep_up
from pipelines.warc_reading import DamagedWarc, Found, expect_warc, read_records

SOURCE = "warc"
_ENDINGS = (".warc", ".warc.gz")
# What an import may still change; whatever else became of a line, it stays.
_OPEN = (
    State.PENDING,
    State.SKIPPED,
    State.FAILED,
    State.UNPLAYABLE,
    State.DRIFTED,
    State.EXCLUDED,
    State.DAMAGED,
)
_NO_BETTER = (State.SKIPPED, State.UNPLAYABLE, State.DAMAGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """A line about an address of the list: whose, at which location, and what a revisit names."""

    policy: Policy
    uri_r: str
    capture: Capture
    refers_to: tuple[str, str] | None


class Incomplete(PolicytrailError):  # noqa: N818
    """Some files could not be read to their end; what came before is in the archive."""

    def __init__(self, damaged: Sequence[DamagedWarc], tally: Tally) -> None:
        more = f" (and {len(damaged) - 1:,} more files)" if len(damaged) > 1 else ""
        super().__init__(
            f"{damaged[0]}{more}; what lies before is imported: {tally.words()}; mend the file "
            "and import it again for the rest"
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
    listed = load_vendors(vendors or default_vendors(data))
    names = [path.name for path in files]
    with ImportLedger(data, SOURCE, " ".join(names), listed, {"files": names}) as ledger:
        taker = _Taker(ledger, listed)
        for path in files:
            taker.take(path, step)
        taker.resolve()
        ledger.finish("damaged" if taker.damaged else "finished")
        read_again(data, step)
        keep_up(data)
    if taker.damaged:
        raise Incomplete(taker.damaged, taker.tally)
    return taker.tally.words()


class _Taker:
    """Takes in one record after another; revisits of what did not come yet wait."""

    def __init__(self, ledger: ImportLedger, vendors: Sequence[Vendor]) -> None:
        self.ledger = ledger
        self.tally = Tally()
        self.damaged: list[DamagedWarc] = []
        self._places = {
            urlkey_of(place.uri_r): (policy, place.uri_r)
            for vendor in vendors
            for policy in vendor.policies
            for place in policy.locations
        }
        self._bodies: dict[str, dict[tuple[str, str], str]] = {}
        self._waiting: list[_Met] = []

    def take(self, path: Path, step: Callable[[int], None]) -> None:
        """Take in a file, as far as it can be read."""
        try:
            for found in read_records(path, self._is_listed, MOST_BYTES):
                self._meet(found, path.name)
                step(1)
        except DamagedWarc as error:
            self.damaged.append(error)

    def resolve(self) -> None:
        """Settle the revisits whose record did not come before them."""
        waiting, self._waiting = self._waiting, []
        for met in waiting:
            digest = self._digest_of(met)
            capture = replace(met.capture, digest=digest) if digest else met.capture
            found = self._unchanged(met.policy, capture)
            reason = "a revisit of a record that is in none of the files"
            self._apply(
                replace(met, capture=capture), found or _settled(capture, State.UNPLAYABLE, reason)
            )

    def _is_listed(self, uri: str) -> bool:
        return urlkey_of(uri) in self._places

    def _meet(self, found: Found, file: str) -> None:
        if not self._is_listed(found.uri):
            self.tally.other(found.uri)
            return
        policy, uri_r = self._places[urlkey_of(found.uri)]
        capture = capture_of(policy.policy_id, found)
        met = _Met(policy=policy, uri_r=uri_r, capture=capture, refers_to=refers_to(found))
        result = self._without_body(policy, capture, found)
        if result is None and found.kind == "revisit" and not is_redirect(found):
            self._waiting.append(met)
        else:
            self._apply(met, result or judged(capture, found, file, datetime.now(UTC)))

    def _without_body(self, policy: Policy, capture: Capture, found: Found) -> Settlement | None:
        """Settle what a crawl would not ask for."""
        if not is_timestamp(capture.timestamp):
            reason = f"the record's date {capture.timestamp!r} is no moment"
            return _settled(capture, State.DAMAGED, reason)
        if not stood(policy, capture, to_datetime(capture.timestamp)):
            reason = "outside the dates of its address in the vendor list"
            return _settled(capture, State.SKIPPED, reason)
        if verdict := state_of(found):
            return _settled(capture, *verdict)
        return None if is_redirect(found) else self._unchanged(policy, capture)

    def _unchanged(self, policy: Policy, capture: Capture) -> Settlement | None:
        kept = self._kept(policy).get((capture.urlkey, capture.digest))
        is_itself = capture.key in self.ledger.lines(policy)
        if kept is None or (is_itself and kept == capture.timestamp):
            return None
        return _settled(capture, State.UNCHANGED, f"same digest as {kept}")

    def _kept(self, policy: Policy) -> dict[tuple[str, str], str]:
        if policy.policy_id not in self._bodies:
            self._bodies[policy.policy_id] = {
                (line.capture.urlkey, line.capture.digest): line.capture.timestamp
                for line in self.ledger.lines(policy).values()
                if line.state is State.FETCHED and line.capture.digest not in ("", "-")
            }
        return self._bodies[policy.policy_id]

    def _digest_of(self, met: _Met) -> str:
        """Find the digest of the capture that a revisit names, where it says none that is known."""
        key = (met.capture.urlkey, met.capture.digest)
        if met.refers_to is None or key in self._kept(met.policy):
            return ""
        return next(
            (
                line.capture.digest
                for line in self.ledger.lines(met.policy).values()
                if (line.capture.urlkey, line.capture.timestamp) == met.refers_to
                and met.refers_to[0] == met.capture.urlkey
                and line.state in (State.FETCHED, State.UNCHANGED)
            ),
            "",
        )

    def _apply(self, met: _Met, result: Memento | Settlement) -> None:
        """Write a line down and what became of it, unless that is known for good."""
        before = self.ledger.record(met.policy, met.uri_r, met.capture)
        state = result.state if isinstance(result, Settlement) else State.FETCHED
        if before not in _OPEN or (before is not State.PENDING and state in _NO_BETTER):
            self.tally.known += 1
        else:
            self.tally.states[state] += 1
            if isinstance(result, Settlement):
                self.ledger.settle(result)
            else:
                self.ledger.keep(result)
                key = (met.capture.urlkey, met.capture.digest)
                self._kept(met.policy).setdefault(key, met.capture.timestamp)
        self.ledger.turn()


def _settled(capture: Capture, state: State, reason: str) -> Settlement:
    now = datetime.now(UTC)
    return Settlement(capture=capture, state=state, reason=reason, settled_at=now)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.name.endswith(_ENDINGS))
    if not files:
        raise AskedWrongly(f"{path} holds no file whose name ends in .warc or .warc.gz")
    return files
