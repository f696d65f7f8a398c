"""What a record of somebody's WARC file is: a capture, and what became of it. No table, no file.

The answer is judged by the same function as one that an archive played back.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime

from crawler.checks import Answer, digest_of, judge
from crawler.items import Settlement, State
from crawler.memento import Capture, Memento, parse_uri_m, to_timestamp
from crawler.urlkeys import urlkey_of
from pipelines.warc_reading import Found

MOST_BYTES = 20 * 1024 * 1024  # as a crawl's MAX_BODY_BYTES
REVISIT = "warc/revisit"
_LINE = re.compile(r"(\S+) (\d{14}) (.+) (\S+) (\S+) (\S+) (\S+)")
_DIGEST = re.compile(r"[A-Z2-7]{32}")
_OTHER_BYTES = "its bytes are not those that its digest was taken of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the bytes of a record came from, as far as it says; else from the file itself."""

    uri_m: str
    archive_source: str
    fetched_at: datetime
    received_digest: str = ""


def capture_of(policy_id: str, found: Found) -> Capture:
    """Write a record as a line of an index: the one it names, or the one an index would make."""
    stamp = timestamp_of(found)
    line = _LINE.fullmatch(found.warc.get("warc-archive-cdx", ""))
    if line and line[2] == stamp and urlkey_of(line[3]) == urlkey_of(found.uri):
        urlkey, _, original, mimetype, statuscode, digest, length = line.groups()
        return Capture(
            policy_id=policy_id,
            urlkey=urlkey,
            timestamp=stamp,
            original=original,
            mimetype=mimetype,
            statuscode=statuscode,
            digest=digest,
            length=int(length) if length.isdecimal() else None,
        )
    return Capture(
        policy_id=policy_id,
        urlkey=urlkey_of(found.uri),
        timestamp=stamp,
        original=found.uri,
        mimetype=_mimetype(found),
        statuscode=_status(found) or "-",
        digest=_archive_digest(found) or declared_digest(found) or _taken_digest(found),
    )


def refers_to(found: Found) -> tuple[str, str] | None:
    """Give key and timestamp of the capture that a revisit names, if it does."""
    uri = found.warc.get("warc-refers-to-target-uri", found.uri).strip("<>")
    date = found.warc.get("warc-refers-to-date", "")
    return (urlkey_of(uri), _timestamp(date)) if date else None


def timestamp_of(found: Found) -> str:
    """Write WARC-Date as 14 digits; as it stands where it is no moment."""
    return _timestamp(found.warc.get("warc-date", ""))


def _timestamp(date: str) -> str:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date
    return to_timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def declared_digest(found: Found) -> str:
    """Give the SHA-1 that a record says of its payload, in base 32; nothing where it says none."""
    name, value = _digest(found)
    if name != "sha1":
        return ""
    try:
        return base64.b32encode(bytes.fromhex(value)).decode() if len(value) == 40 else value
    except ValueError:
        return ""


def state_of(found: Found) -> tuple[State, str] | None:
    """Say what became of a capture where its status alone tells; None where its body must."""
    status = _status(found)
    if status in ("404", "410"):
        return State.ABSENT, f"archived HTTP {status}"
    if status[:1] in ("4", "5"):
        return State.ERROR, f"archived HTTP {status}"
    return None


def is_redirect(found: Found) -> bool:
    """Say whether a record leads elsewhere; one that was not modified does not."""
    return _status(found)[:1] == "3" and not (found.kind == "revisit" and found.status == "304")


def judged(capture: Capture, found: Found, file: str, now: datetime) -> Memento | Settlement:
    """Judge a response or resource as a crawl judges what it is played."""
    if found.payload is None and not is_redirect(found):
        return _damaged(capture, now, found.flaw or "it has no body")
    origin = _origin(capture, found, file, now)
    answer = Answer(
        uri_m=origin.uri_m,
        status=int(_status(found)) if _status(found).isdecimal() else 200,
        headers=_headers(capture, found, origin),
        body=found.payload or b"",
        received_at=origin.fetched_at,
    )
    result = judge(capture, answer, MOST_BYTES)
    if isinstance(result, Memento) and not _is_true(found, result.body):
        return _damaged(capture, now, _OTHER_BYTES)
    if isinstance(result, Memento) and origin.received_digest:
        return replace(result, digest=origin.received_digest)
    return result


def _archive_digest(found: Found) -> str:
    """Give what an archive's index said of the bytes, before their coding was undone."""
    digest = found.warc.get("warc-archive-digest", "")
    return digest if _DIGEST.fullmatch(digest) else ""


def _taken_digest(found: Found) -> str:
    return "-" if found.payload is None else digest_of(found.payload)


def _is_true(found: Found, body: bytes) -> bool:
    """Whether a digest that can be checked is of these bytes, in one of the forms makers take."""
    name, value = _digest(found)
    if name not in ("md5", "sha1", "sha256", "sha512"):
        return True
    digests = (
        hashlib.new(name, form, usedforsecurity=False).digest()
        for form in (found.block or b"", found.payload or b"", body)
    )
    spelt = value.rstrip("=")
    return any(
        spelt in (digest.hex().upper(), base64.b32encode(digest).decode().rstrip("="))
        for digest in digests
    )


def _digest(found: Found) -> tuple[str, str]:
    name, _, value = found.warc.get("warc-payload-digest", "").partition(":")
    return name.strip().lower().replace("-", ""), value.strip().upper()


def _origin(capture: Capture, found: Found, file: str, now: datetime) -> Origin:
    uri_m = found.warc.get("warc-source-uri", "")
    played = parse_uri_m(uri_m)
    if not uri_m or (played and played.timestamp != capture.timestamp):
        name = found.warc.get("warc-record-id", "").strip("<>")
        return Origin(uri_m=name or found.uri, archive_source=file, fetched_at=now)
    try:
        fetched = datetime.fromisoformat(found.warc.get("warc-creation-date", ""))
    except ValueError:
        fetched = now
    return Origin(
        uri_m=uri_m,
        archive_source=found.warc.get("warc-archive-source", file),
        fetched_at=fetched if fetched.tzinfo else fetched.replace(tzinfo=UTC),
        received_digest=found.warc.get("warc-received-digest", ""),
    )


def _headers(capture: Capture, found: Found, origin: Origin) -> tuple[tuple[str, str], ...]:
    """Write the headers as an archive plays them back: the old ones under names of their own."""
    moment = datetime.strptime(capture.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    told = [
        ("memento-datetime", format_datetime(moment, usegmt=True)),
        ("content-type", _content_type(found)),
        ("x-archive-src", origin.archive_source),
    ]
    told += [("location", value) for name, value in found.headers if name == "location"]
    is_chunked = found.block != found.payload
    kept = [(name, value) for name, value in found.headers if name != "content-length"]
    old = kept if is_chunked else found.headers
    return (*told, *((f"x-archive-orig-{name}", value) for name, value in old))


def _content_type(found: Found) -> str:
    if found.kind == "resource":
        return found.warc.get("content-type", "")
    return next((value for name, value in found.headers if name == "content-type"), "")


def _mimetype(found: Found) -> str:
    if found.kind == "revisit":
        return REVISIT
    return _content_type(found).partition(";")[0].strip().replace(" ", "") or "unk"


def _status(found: Found) -> str:
    if found.kind == "resource":
        return "200"
    return found.status if len(found.status) == 3 and found.status.isdecimal() else ""


def _damaged(capture: Capture, now: datetime, reason: str) -> Settlement:
    return Settlement(capture=capture, state=State.DAMAGED, reason=reason, settled_at=now)
