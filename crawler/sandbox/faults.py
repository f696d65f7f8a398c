"""What can go wrong with the archive, where and how often. Standard library only.

Whether a fault strikes depends on its seed, the address and how often that address was asked
for, never on the order in which connections come in: a storm can be repeated.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass

from crawler.urlkeys import urlkey_of

# name: what it does. The first group answers instead of the archive, the second spoils the
# archive's answer; those of LISTING and PLAYBACK strike only there.
FAULTS = {
    "429": "too many requests, without Retry-After",
    "429-seconds": "too many requests, Retry-After in seconds",
    "429-date": "too many requests, Retry-After as an HTTP date",
    "503": "service unavailable, HTML",
    "504": "gateway time-out, HTML",
    "first-504": "gateway time-out for the first request of each address, then the answer",
    "reset": "the connection is reset",
    "ban": "reset, and every further connection refused for a while",
    "html-listing": "a 200 HTML error page in place of a listing",
    "excluded-200": "the notice of an excluded address, as 200",
    "excluded-403": "the notice of an excluded address, as 403",
    "slow": "the answer comes late",
    "short-body": "Content-Length promises more than is sent",
    "cut-chunks": "the chunked body ends early",
    "cut-listing": "a whole reply whose text listing ends inside a line",
    "gzip-lie": "Content-Encoding: gzip on a plain body",
    "encoding-twice": "Content-Encoding sent twice, the first one empty",
    "drifted": "another capture under the timestamp asked for",
    "elsewhere": "Wayback's own redirect to another capture",
    "circle": "a redirect to the very address that was asked for",
    "drip": "the answer comes a byte at a time",
    "endless": "a body that is sent over and over and never ends",
    "long-header": "a header longer than clients take",
    "many-headers": "five megabytes of headers",
}
# These do not pass: whoever meets them again and again is right to give up. A storm has none.
HOSTILE = frozenset({"circle", "drip", "endless", "long-header", "many-headers"})
LISTING = frozenset({"cut-listing", "html-listing"})
PLAYBACK = frozenset({"excluded-200", "excluded-403", "drifted", "elsewhere"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and where it strikes; fields left alone mean everywhere and always.

    `where` is an original address, or the start of one with a `*` at its end. `on` is `cdx` or
    `playback`; saves are struck only where it is `save`. `times` bounds how often it strikes in
    all. `seconds` is the delay of `slow`, the Retry-After of the 429s, the length of a `ban`, or
    between two bytes of a `drip`.
    """

    name: str
    _: KW_ONLY
    where: str = ""
    timestamp: str = ""
    on: str = ""
    times: int | None = None
    probability: float = 1.0
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.name not in FAULTS:
            raise ValueError(f"no fault {self.name!r}: known are {', '.join(FAULTS)}")

    def concerns(self, kind: str, urlkey: str, timestamp: str) -> bool:
        """Say whether a request is of the kind, at the address and timestamp of this fault."""
        if kind not in _kinds(self) or self.timestamp not in ("", timestamp):
            return False
        if self.where.endswith("*"):
            return urlkey.startswith(urlkey_of(self.where[:-1]).removesuffix("/"))
        return not self.where or urlkey == urlkey_of(self.where)


class FaultPlan:
    """Chooses the fault of each request, thread-safe."""

    def __init__(self, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        self.faults = list(faults)
        self.seed = seed
        self._struck: Counter[Fault] = Counter()
        self._asked: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, *faults: Fault) -> None:
        """Let more faults strike from now on."""
        with self._lock:
            self.faults.extend(faults)

    def choose(
        self, kind: str, urlkey: str, timestamp: str, own: tuple[str, ...] = ()
    ) -> Fault | None:
        """Give the first fault that strikes a request, None for a good day.

        `own` names the faults that belong to the capture itself; they come first.
        """
        with self._lock:
            self._asked[kind, urlkey, timestamp] += 1
            nth = self._asked[kind, urlkey, timestamp]
            for fault in [*map(Fault, own), *self.faults]:
                if fault.concerns(kind, urlkey, timestamp) and self._strikes(
                    fault, nth, (kind, urlkey, timestamp)
                ):
                    self._struck[fault] += 1
                    return fault
        return None

    def _strikes(self, fault: Fault, nth: int, request: tuple[str, str, str]) -> bool:
        if fault.name == "first-504" and nth > 1:
            return False
        if fault.times is not None and self._struck[fault] >= fault.times:
            return False
        return self._draw(fault.name, nth, request) < fault.probability

    def _draw(self, name: str, nth: int, request: tuple[str, str, str]) -> float:
        said = "\n".join((str(self.seed), name, str(nth), *request))
        return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8]) / 2**64


def _kinds(fault: Fault) -> tuple[str, ...]:
    if fault.name in LISTING:
        return ("cdx",)
    if fault.name in PLAYBACK:
        return ("playback",)
    return (fault.on,) if fault.on else ("cdx", "playback")
