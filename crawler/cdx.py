"""The listing of one address in the archive's CDX index. Owns waybackpy.

waybackpy checks and builds the query and reads a line; the request is Scrapy's, so that one
pace and one pause hold for all. Its silences are caught here: whatever is not plainly a page
of the index raises CdxError, because a failed listing must never look like an empty one.
"""

import json
import re
from dataclasses import dataclass

from waybackpy.cdx_api import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from crawler.errors import CdxError
from crawler.items import SITE_EXCLUDED
from crawler.memento import Capture, is_timestamp

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_LONGEST_LINE = 1 << 16
_MOST_LINES = 50_000  # of a page; far above what is asked for, as some servers take no limit
_INDEX_LINE = re.compile(r"^[^\s)]+\)")
_BLOCKED = ("AdministrativeAccessControlException", "RobotAccessControlException")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a listing: its lines in order, and the key of the next page, if any."""

    captures: tuple[Capture, ...]
    resume_key: str | None


class SiteExcluded(CdxError):  # noqa: N818
    """The archive excludes the site from its index."""


class CdxQuery(WaybackMachineCDXServerAPI):
    """The captures of one address, exactly as listed: no filter, no collapse, in pages.

    All of them, or those from the timestamp `since` on.
    """

    def __init__(self, uri_r: str, *, archive: str, page_rows: int, since: str = "") -> None:
        super().__init__(uri_r, limit=str(page_rows), gzip="true", start_timestamp=since or None)
        self.uri_r = uri_r
        self.since = since
        self.endpoint = f"{archive.rstrip('/')}/cdx/search/cdx"

    def page_url(self, resume_key: str | None = None) -> str:
        """Write the address of the first page, or of the one that a resume key names."""
        payload: dict[str, str] = {}
        self.add_payload(payload)
        payload["limit"] = str(self.limit)
        payload["showResumeKey"] = "true"
        if resume_key:
            payload["resumeKey"] = resume_key
        return str(full_url(self.endpoint, payload))

    def parse_page(self, policy_id: str, status: int, body: bytes, content_type: str) -> Page:
        """Read one answer of the index; raises CdxError for whatever is not surely a page."""
        text = body.decode("utf-8", "replace")
        if any(name in text[:1000] for name in _BLOCKED):
            raise SiteExcluded(self.uri_r, SITE_EXCLUDED)
        if status != 200:
            raise CdxError(self.uri_r, f"the archive answered HTTP {status}")
        if "html" in content_type or text.lstrip()[:1] == "<":
            raise CdxError(self.uri_r, "the archive answered a web page in place of its index")
        if text.lstrip()[:1] == "[":
            lines, resume_key = self._json_lines(text)
        else:
            lines, resume_key = self._text_lines(text)
        self._expect_measure(lines)
        return Page(
            captures=tuple(self._capture(policy_id, _storable(line)) for line in lines),
            resume_key=resume_key,
        )

    def _text_lines(self, text: str) -> tuple[list[str], str | None]:
        if text and not text.endswith("\n"):
            raise CdxError(self.uri_r, "the listing ends in the middle of a line")
        rows, blank, key = text.partition("\n\n") if not text.startswith("\n") else ("", "\n", text)
        if blank and len(key.split()) != 1:
            raise CdxError(self.uri_r, "no resume key stands where the listing should have one")
        return [line for line in rows.split("\n") if line], key.strip() or None

    def _json_lines(self, text: str) -> tuple[list[str], str | None]:
        try:
            rows = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise CdxError(self.uri_r, f"the listing is broken JSON: {error}") from error
        if not all(isinstance(row, list) for row in rows):
            raise CdxError(self.uri_r, "the listing is JSON of another form")
        key = None
        if len(rows) > 1 and rows[-2] == []:
            *rows, _, key_row = rows
            key = str(key_row[0]) if len(key_row) == 1 else ""
        if key == "" or (rows and tuple(rows[0]) != FIELDS):
            raise CdxError(self.uri_r, "the listing is JSON without its header or resume key")
        return [" ".join(map(str, row)) for row in rows[1:]], key

    def _expect_measure(self, lines: list[str]) -> None:
        if len(lines) > max(_MOST_LINES, int(self.limit)):
            raise CdxError(self.uri_r, f"the listing has a page of {len(lines)} lines")
        longest = max(map(len, lines), default=0)
        if longest > _LONGEST_LINE:
            raise CdxError(self.uri_r, f"the listing has a line of {longest} characters")

    def _capture(self, policy_id: str, line: str) -> Capture:
        fields = line.split(" ")
        if len(fields) > len(FIELDS):  # an address with spaces in it
            fields = [*fields[:2], " ".join(fields[2:-4]), *fields[-4:]]
        if len(fields) != len(FIELDS):
            return self._malformed(policy_id, line, f"{len(fields)} fields in place of 7")
        if not is_timestamp(fields[1]):
            reason = f"the timestamp {fields[1]!r} is no moment that exists"
            return self._malformed(policy_id, line, reason, fields)
        snapshot = CDXSnapshot(dict(zip(FIELDS, fields, strict=True)))
        return Capture(
            policy_id=policy_id,
            urlkey=snapshot.urlkey,
            timestamp=snapshot.timestamp,
            original=snapshot.original,
            mimetype=snapshot.mimetype,
            statuscode=snapshot.statuscode,
            digest=snapshot.digest,
            length=int(snapshot.length) if snapshot.length.isdecimal() else None,
        )

    def _malformed(
        self, policy_id: str, line: str, reason: str, fields: list[str] | None = None
    ) -> Capture:
        if not _INDEX_LINE.match(line):
            raise CdxError(
                self.uri_r, f"the listing holds a line that is no capture: {line[:80]!r}"
            )
        urlkey, timestamp, original, mimetype, statuscode, digest, _ = fields or [line, *[""] * 6]
        return Capture(
            policy_id=policy_id,
            urlkey=urlkey,
            timestamp=timestamp,
            original=original,
            mimetype=mimetype,
            statuscode=statuscode,
            digest=digest,
            malformed=reason,
        )


def _storable(line: str) -> str:
    """Mark what no database keeps as unreadable, or the line would be a new one in each crawl."""
    return line.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
