"""The headers that every reply of the archive carries, and its error pages. Standard library."""

import time
from email.utils import formatdate
from html import escape

from crawler.sandbox.wire import Reply, Request

BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
_COMMON = (
    ("Server", "nginx"),
    ("Permissions-Policy", "interest-cohort=()"),
    ("Referrer-Policy", "no-referrer-when-downgrade"),
    ("X-NA", "0"),
    ("X-NID", "-"),
    ("X-RL", "0"),
    ("x-app-server", "sandbox"),
    ("x-tr", "1"),
)
_LISTING = (("X-Page-Cache", "BYPASS"),)
_PLAYBACK = (
    ("X-Page-Cache", "MISS"),
    ("X-location", "All"),
    ("server-timing", "captures_list;dur=0.100000, load_resource;dur=0.100000"),
)


def common(status: int) -> tuple[tuple[str, str], ...]:
    """Give the headers that the archive's own servers add to everything."""
    return (*_COMMON, ("x-ts", str(status)))


def listing_reply(status: int, reason: str, body: str, media_type: str = "text/plain") -> Reply:
    """Make a reply of the CDX server; a working one says where it came from."""
    place = (("X-location", "cdx"),) if status == 200 else ()
    headers = (("Content-Type", f"{media_type};charset=UTF-8"), *common(status), *_LISTING, *place)
    return Reply(status=status, reason=reason, headers=headers, body=body.encode())


def blocked_listing() -> Reply:
    """Make the CDX server's answer for an excluded site."""
    reply = listing_reply(403, "Forbidden", BLOCKED + "\n")
    return reply.having(("x-archive-wayback-runtime-error", BLOCKED))


def playback_headers(status: int) -> tuple[tuple[str, str], ...]:
    """Give the headers that all playback replies have, mementos and notices alike."""
    return (*common(status), *_PLAYBACK)


def notice(status: int, reason: str, title: str, text: str, *, more: str = "") -> Reply:
    """Make one of the archive's own HTML pages; `more` is HTML."""
    body = (
        '<!DOCTYPE html>\n<html lang="en">\n<head><title>Wayback Machine</title></head>\n<body>\n'
        '<form action="/web/submit"><input name="url"><button>Latest</button></form>\n'
        f'<div id="error">\n<h2>{escape(title)}</h2>\n<p>{escape(text, quote=False)}</p>{more}\n'
        "</div>\n<footer><p>Invented by the sandbox in the manner of the archive.</p></footer>\n"
        "</body>\n</html>\n"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"), *playback_headers(status))
    return Reply(status=status, reason=reason, headers=headers, body=body.encode())


def excluded(status: int) -> Reply:
    """Make the notice of an excluded address: 403 since 2023, 200 before."""
    text = "This URL has been excluded from the Wayback Machine."
    return notice(status, "FORBIDDEN" if status == 403 else "OK", "Sorry.", text)


def not_archived(archive: str, uri_r: str) -> Reply:
    """Make the notice of an address that was never archived."""
    link = f'<p><a href="{archive}/web/*/{escape(uri_r)}/*">Search all pages below it</a></p>'
    text = "The Wayback Machine has not archived that URL."
    return notice(404, "NOT FOUND", "Hrm.", text, more=link)


def circle(request: Request) -> Reply:
    """Make a redirect that leads nowhere but to where it was asked for."""
    headers = (("Content-Type", "text/plain"), *common(302), ("location", request.path))
    return Reply(status=302, reason="FOUND", headers=headers, chunked=False, compress=False)


def too_many_requests(retry_after: str = "") -> Reply:
    """Make the answer to a client over its budget. `retry_after` as it shall be sent."""
    body = (
        "<html><body><h1>429 Too Many Requests</h1>\n"
        "You have sent too many requests in a given amount of time.\n</body></html>\n"
    )
    reply = _error(429, "Too Many Requests", body)
    return reply.having(("Retry-After", retry_after)) if retry_after else reply


def overloaded(status: int) -> Reply:
    """Make the page of a gateway whose servers do not answer: 503 or 504."""
    reason = {503: "Service Unavailable", 504: "Gateway Time-out"}[status]
    body = f"<html><body><h1>{status} {reason}</h1>\nNothing answered in time.\n</body></html>\n"
    return _error(status, reason, body)


def http_date_in(seconds: float) -> str:
    """Write the moment that lies some seconds ahead as HTTP does."""
    return formatdate(time.time() + seconds, usegmt=True)


def _error(status: int, reason: str, body: str) -> Reply:
    headers = (("Content-Type", "text/html"), *common(status))
    return Reply(status=status, reason=reason, headers=headers, body=body.encode(), chunked=False)
