"""What recorded replies of web.archive.org look like, class by class: facts, no bodies.

A class is named as in the collection of recordings that the facts were read from.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox_clients import Got

ALWAYS = frozenset({"server", "date", "content-type", "x-app-server", "x-ts"})
MEMENTO = ALWAYS | {"memento-datetime", "link", "x-archive-src", "cache-control"}
MEMENTO_ONLY = frozenset({"memento-datetime", "x-archive-src", "link"})
CDX_LINE = re.compile(r"^\S+ \d{14} \S+ \S+ (\d{3}|-) [A-Z2-7]{32} (\d+|-)$")
RESUME_KEY = re.compile(r"^[\w=%+.-]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one class: status and words, headers that must and must not be there, form of body."""

    status: int
    reason: str | None
    must: frozenset[str]
    must_not: frozenset[str]
    content_type: str
    body: Callable[[str], bool]
    framing: str = "transfer-encoding"


def empty(text: str) -> bool:
    return text == ""


def anything(text: str) -> bool:
    return isinstance(text, str)


def lines(text: str) -> bool:
    return text.endswith("\n") and all(map(CDX_LINE.match, text.splitlines()))


def lines_and_key(text: str) -> bool:
    *rows, blank, key = text.splitlines()
    told = blank == "" and RESUME_KEY.match(key) is not None
    return told and lines("".join(f"{row}\n" for row in rows))


def saying(phrase: str) -> Callable[[str], bool]:
    return lambda text: phrase in text and "<html" in text.lower()


def blocked(text: str) -> bool:
    return text.strip().endswith("AdministrativeAccessControlException: Blocked Site Error")


def _cdx(status: int, reason: str, body: Callable[[str], bool], *must: str) -> Facts:
    return Facts(
        status=status,
        reason=reason,
        must=ALWAYS | {"x-page-cache", *must},
        must_not=MEMENTO_ONLY | {"content-length"},
        content_type="text/plain",
        body=body,
    )


def _memento(
    status: int,
    reason: str | None,
    *must: str,
    view: bool = False,
    content_type: str = "text/html",
) -> Facts:
    guessed = {"x-archive-guessed-content-type", "x-archive-guessed-charset"}
    needed = MEMENTO | {"content-security-policy", *must}
    return Facts(
        status=status,
        reason=reason,
        must=frozenset(needed - {"cache-control"} | guessed if view else needed)
        - (frozenset() if content_type else {"content-type"}),
        must_not=frozenset(
            {"x-archive-redirect-reason", "content-length", "x-archive-orig-content-type"}
            | ({"cache-control"} if view else guessed)
        ),
        content_type=content_type,
        body=anything,
    )


def _notice(status: int, reason: str, phrase: str, *must: str) -> Facts:
    return Facts(
        status=status,
        reason=reason,
        must=ALWAYS | {*must},
        must_not=frozenset({"memento-datetime", "link", "location", "x-archive-redirect-reason"}),
        content_type="text/html; charset=utf-8",
        body=saying(phrase),
    )


_ELSEWHERE = Facts(
    status=302,
    reason="FOUND",
    must=ALWAYS | {"location", "x-archive-redirect-reason"},
    must_not=MEMENTO_ONLY | {"transfer-encoding", "content-encoding"},
    content_type="text/plain; charset=utf-8",
    body=empty,
    framing="content-length",
)

FACTS = {
    "cdx_200_text": _cdx(200, "OK", lines, "x-location"),
    "cdx_200_text_filtered": _cdx(200, "OK", lines, "x-location"),
    "cdx_200_text_resumed": _cdx(200, "OK", lines, "x-location"),
    "cdx_200_text_with_resume_key": _cdx(200, "OK", lines_and_key, "x-location"),
    "cdx_200_text_resumed_with_resume_key": _cdx(200, "OK", lines_and_key, "x-location"),
    "cdx_200_text_filtered_with_resume_key": _cdx(200, "OK", lines_and_key, "x-location"),
    "cdx_200_empty_last_page": _cdx(200, "OK", empty, "x-location"),
    "cdx_403_blocked_site": _cdx(403, "Forbidden", blocked, "x-archive-wayback-runtime-error"),
    "memento_raw_200": _memento(200, None),
    "memento_raw_301_archived_redirect": _memento(301, "Moved Permanently", "location"),
    "memento_raw_302_archived_redirect": _memento(302, "Found", "location", content_type=""),
    "memento_raw_303_archived_redirect": _memento(303, "See Other", "location", content_type=""),
    "memento_raw_404_archived_404": _memento(404, "Not Found"),
    "memento_raw_429_ARCHIVED_429": _memento(
        429, "Too Many Requests", "x-archive-orig-retry-after"
    ),
    "memento_raw_302_wayback_redirect_to_nearest_capture": _ELSEWHERE,
    "memento_view_302_wayback_redirect_to_nearest_capture": _ELSEWHERE,
    "memento_raw_200_without_memento_datetime": _notice(
        200, "OK", "This URL has been excluded from the Wayback Machine."
    ),
    "memento_raw_403_blocked_site": _notice(
        403, "FORBIDDEN", "This URL has been excluded from the Wayback Machine."
    ),
    "memento_raw_404_not_in_archive": _notice(
        404, "NOT FOUND", "The Wayback Machine has not archived that URL."
    ),
    "memento_view_200": _memento(200, "OK", view=True),
    "memento_view_404_archived_404": _memento(404, "Not Found", view=True),
    "memento_view_200_html_notice_got_http_302_at_crawl_time": _notice(
        200, "OK", "response at crawl time", "x-archive-src"
    ),
}


def departures(facts: Facts, reply: Got, text: str) -> list[str]:
    """Say where a reply departs from the facts of its class; empty where it does not."""
    wrong = []
    if reply.status != facts.status or facts.reason not in (None, reply.reason):
        wrong.append(f"{reply.status} {reply.reason}")
    wrong += [f"lacks {name}" for name in sorted(facts.must - reply.names)]
    wrong += [f"has {name}" for name in sorted(facts.must_not & reply.names)]
    if facts.framing not in reply.names:
        wrong.append(f"is not framed by {facts.framing}")
    if not reply.header("content-type").startswith(facts.content_type):
        wrong.append(f"is {reply.header('content-type')}")
    if reply.header("x-ts") != str(reply.status):
        wrong.append(f"x-ts is {reply.header('x-ts')}")
    if not facts.body(text):
        wrong.append(f"its body is {text[:80]!r}")
    return wrong
