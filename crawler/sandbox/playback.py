"""Playback: mementos, the archive's own redirects, its notices. Standard library only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import unquote, urljoin

from crawler.sandbox.archive import Archive, ArchivedCapture
from crawler.sandbox.formats import http_date, seconds_of
from crawler.sandbox.replies import excluded, not_archived, notice, playback_headers
from crawler.sandbox.wire import Reply, Request
from crawler.urlkeys import urlkey_of

_PATH = re.compile(r"^/web/(?P<digits>\d{1,14})?(?P<mode>[a-z]{2}_)?/?(?P<uri_r>.+)$", re.DOTALL)
# These alone keep their name in playback; every other header of the site is prefixed.
_UNPREFIXED = ("content-type", "content-encoding", "location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a playback address asks for; `digits` may be short, or missing."""

    digits: str
    mode: str
    uri_r: str

    @property
    def urlkey(self) -> str:
        """The key under which the address is filed."""
        return urlkey_of(self.uri_r)


def read_path(path: str) -> Asked | None:
    """Read the path of a playback request; None for any other."""
    found = _PATH.match(path)
    if not found or found["uri_r"].startswith("timemap/"):
        return None
    uri_r = found["uri_r"]
    if re.match(r"https?%3A", uri_r, re.IGNORECASE):  # quoted as a whole, as some links are
        uri_r = unquote(uri_r)
    uri_r = re.sub(r"^(https?:)/+", r"\1//", uri_r)
    return Asked(digits=found["digits"] or "", mode=found["mode"] or "", uri_r=uri_r)


def play(archive: Archive, request: Request, asked: Asked) -> Reply:
    """Answer a playback request as the archive does."""
    if archive.excludes(asked.urlkey):
        return excluded(403)
    playable = archive.playable_of(asked.urlkey)
    if not playable:
        return not_archived(request.archive, asked.uri_r)
    capture = exact(playable, asked)
    if capture is None:
        return elsewhere(request, asked, nearest(playable, asked.digits))
    return memento(archive, request, asked, capture)


def exact(captures: Sequence[ArchivedCapture], asked: Asked) -> ArchivedCapture | None:
    """Choose the capture of exactly this second: the same original first, then a 200."""
    found = [capture for capture in captures if capture.timestamp == asked.digits]
    found.sort(key=lambda capture: (not _same(capture.url, asked.uri_r), capture.status != 200))
    return found[0] if found else None


def nearest(captures: Sequence[ArchivedCapture], digits: str) -> ArchivedCapture:
    """Choose the capture nearest in time; the newest where no time was named."""
    if not digits:
        return captures[-1]
    wanted = seconds_of(first_moment(digits))
    return min(captures, key=lambda capture: abs(seconds_of(capture.timestamp) - wanted))


def first_moment(digits: str) -> str:
    """Fill up a short timestamp to its first moment; below a year, to that of the web."""
    return digits + "00000101000000"[len(digits) :] if len(digits) > 3 else "19960101000000"


def elsewhere(request: Request, asked: Asked, found: ArchivedCapture) -> Reply:
    """Make the archive's own redirect to another capture, which is no memento."""
    uri_m = f"{request.archive}/web/{found.timestamp}{asked.mode}/{found.url}"
    headers = (
        ("Content-Type", "text/plain; charset=utf-8"),
        *playback_headers(302),
        ("location", uri_m),
        ("x-archive-redirect-reason", f"found capture at {found.timestamp}"),
    )
    return Reply(status=302, reason="FOUND", headers=headers, chunked=False, compress=False)


def memento(archive: Archive, request: Request, asked: Asked, capture: ArchivedCapture) -> Reply:
    """Play a capture back, with the status and the headers of its time."""
    held = archive.payload_of(capture) or capture
    view = asked.mode == ""
    if view and 300 <= capture.status < 400 and capture.header("location"):
        return _redirect_notice(capture)
    reply = Reply(
        status=capture.status,
        reason=capture.reason,
        headers=(
            *_historic(request, asked, capture),
            *playback_headers(capture.status),
            ("cache-control", "max-age=1800"),
            ("content-security-policy", "default-src 'self' 'unsafe-inline' data: blob:"),
            ("link", _links(archive, request, capture)),
            ("memento-datetime", http_date(capture.timestamp)),
            ("x-archive-src", capture.source),
        ),
        body=held.body,
    )
    return _viewed(reply, capture) if view else reply


def _historic(
    request: Request, asked: Asked, capture: ArchivedCapture
) -> tuple[tuple[str, str], ...]:
    kept = []
    for name, value in capture.headers:
        if name.lower() == "location":
            kept.append((name, _archived_location(request, asked, capture, value)))
        elif name.lower() in _UNPREFIXED:
            kept.append((name, value))
        else:
            kept.append((f"x-archive-orig-{name.lower()}", value))
    return tuple(kept)


def _archived_location(request: Request, asked: Asked, capture: ArchivedCapture, value: str) -> str:
    """Point a redirect of its time into the archive, as absolute or relative as it was."""
    target = urljoin(capture.url, value)
    path = f"/web/{capture.timestamp}{asked.mode}/{target}"
    if value.startswith("//"):
        return request.archive.partition(":")[2] + path
    return path if value.startswith("/") else request.archive + path


def _links(archive: Archive, request: Request, capture: ArchivedCapture) -> str:
    others = archive.playable_of(capture.urlkey)
    place = others.index(capture)
    web = f"{request.archive}/web"
    links = [
        f'<{capture.url}>; rel="original"',
        f'<{web}/timemap/link/{capture.url}>; rel="timemap"; type="application/link-format"',
        f'<{web}/{capture.url}>; rel="timegate"',
    ]
    relations = [("first memento", 0), ("memento", place), ("last memento", len(others) - 1)]
    if place > 0:
        relations.insert(1, ("prev memento", place - 1))
    if place + 1 < len(others):
        relations.insert(-1, ("next memento", place + 1))
    for relation, index in relations:
        found = others[index]
        links.append(
            f'<{web}/{found.timestamp}/{found.url}>; rel="{relation}"; '
            f'datetime="{http_date(found.timestamp)}"'
        )
    return ", ".join(links)


def _viewed(reply: Reply, capture: ArchivedCapture) -> Reply:
    """Dress a memento as the archive's viewer does: an added banner, a guessed type."""
    charset = capture.header("content-type").partition("charset=")[2] or "utf-8"
    seen = reply.lacking("cache-control").having(
        ("x-archive-guessed-content-type", capture.mimetype),
        ("x-archive-guessed-charset", charset),
    )
    if capture.mimetype != "text/html" or capture.header("content-encoding"):
        return seen
    banner = f"<!-- FILE ARCHIVED ON {http_date(capture.timestamp)} AND RETRIEVED LATER -->\n"
    return replace(seen, body=seen.body + banner.encode())


def _redirect_notice(capture: ArchivedCapture) -> Reply:
    target = urljoin(capture.url, capture.header("location"))
    link = f'<p><a href="/web/{capture.timestamp}/{escape(target)}">Impatient?</a></p>'
    said = f"<p>Redirecting to...</p>\n<p>{escape(target)}</p>\n{link}"
    text = f"Got an HTTP {capture.status} response at crawl time"
    page = notice(200, "OK", "Loading...", text, more=said)
    return page.having(("x-archive-src", capture.source))


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(url: str) -> str:
    return re.sub(r"^(http://[^/:]+):80(?=/|$)|^(https://[^/:]+):443(?=/|$)", r"\1\2", url)
