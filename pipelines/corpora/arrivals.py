"""What a collection brings, one text or page at a time. Standard library only."""

import hashlib
from base64 import b32encode
from dataclasses import dataclass, field

from crawler.items import State
from crawler.memento import Capture, Memento
from crawler.urlkeys import urlkey_of
from crawler.vendors import Location

MARKDOWN = "text/markdown; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose document it is; `locations` are those that the vendor list gives the policy."""

    vendor_id: str
    kind: str
    name: str
    homepage: str = ""
    locations: tuple[Location, ...] = ()

    @property
    def policy_id(self) -> str:
        """The id used everywhere: `hesk/privacy`."""
        return f"{self.vendor_id}/{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A text or page that says when and where it stood.

    `uri_r` is its address on the web, or where in the collection it is if nobody knows; `uri_m`
    is what calls the very text: an address in an archive, or `commit:path`. `path` is where in the
    collection it was found. `digest` is what an archive lists; without one it is the body's.
    A `state` other than fetched has a `reason` and no body. Whoever knows more of it than that
    says so: `line` is the line of an index, `memento` the answer of a server, and `source` who
    made this very text, where that is not the import's.
    """

    owner: Owner
    uri_r: str
    timestamp: str
    uri_m: str
    path: str
    body: bytes = field(default=b"", repr=False)
    content_type: str = MARKDOWN
    statuscode: str = "-"
    headers: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    state: State = State.FETCHED
    reason: str = ""
    source: str = ""
    line: Capture | None = None
    memento: Memento | None = None

    @property
    def capture(self) -> Capture:
        """The line of the ledger that it becomes."""
        return self.line or Capture(
            policy_id=self.owner.policy_id,
            urlkey=urlkey_of(self.uri_r) if "://" in self.uri_r else self.uri_r,
            timestamp=self.timestamp,
            original=self.uri_r,
            mimetype=self.content_type.partition(";")[0].strip().lower() or "unk",
            statuscode=self.statuscode,
            digest=self.digest or digest_of(self.body),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """A text that says neither when nor where it stood; `path` is where in the collection."""

    path: str
    body: bytes = field(repr=False)
    content_type: str = MARKDOWN


def digest_of(body: bytes) -> str:
    """Give the archive's kind of hash of a body: SHA-1 in base 32."""
    return b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
