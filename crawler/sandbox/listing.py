"""The CDX server: a query in, a listing out, as text or JSON. Standard library only."""

import json

from crawler.sandbox.archive import Archive
from crawler.sandbox.query import FIELDS, Answer, BadQuery, Query, Row, answer, read_query
from crawler.sandbox.replies import blocked_listing, listing_reply
from crawler.sandbox.wire import Reply, Request

PATHS = ("/cdx/search/cdx", "/web/timemap/cdx", "/web/timemap/json")


def list_captures(archive: Archive, request: Request) -> Reply:
    """Answer a CDX query: the rows, 400 for one that cannot be read, 403 for an excluded site."""
    if not request.headers.get("user-agent", "").strip():
        return listing_reply(400, "Bad Request", "User-Agent is required\n")
    params = request.params
    try:
        query = read_query(params)
        if archive.excludes(query.urlkey):
            return blocked_listing()
        found = answer(archive, query)
        columns = _columns(params)
    except BadQuery as error:
        return listing_reply(400, "Bad Request", f"{error}\n")
    key = found.resume_key if _on(params, "showResumeKey") else ""
    reply = _rendered(request, found, columns, key)
    return reply if params.get("gzip") != ["false"] else _plain(reply)


def asked_query(request: Request) -> Query | None:
    """Give the query of a request, None for one that cannot be read."""
    try:
        return read_query(request.params)
    except BadQuery:
        return None


def _rendered(request: Request, found: Answer, columns: list[int], key: str) -> Reply:
    rows = [tuple(row[column] for column in columns) for row in found.rows]
    if request.params.get("output") == ["json"] or request.path.startswith("/web/timemap/json"):
        names = tuple(FIELDS[column] for column in columns)
        return listing_reply(200, "OK", _json(names, rows, key), "application/json")
    lines = [" ".join(row) for row in rows]
    if key:
        lines += ["", key]
    return listing_reply(200, "OK", "".join(f"{line}\n" for line in lines))


def _json(names: Row, rows: list[Row], key: str) -> str:
    if not rows and not key:
        return "[]\n"
    lines = [json.dumps(names, separators=(",", ":")), *map(json.dumps, rows)]
    if key:
        lines += ["[]", json.dumps([key])]
    return "[" + ",\n".join(lines) + "]\n"


def _columns(params: dict[str, list[str]]) -> list[int]:
    names = params.get("fl", [""])[0].split(",")
    if names == [""]:
        return list(range(len(FIELDS)))
    known = [FIELDS.index(name) for name in names if name in FIELDS]
    if not known:
        raise BadQuery(f"Invalid fl: {','.join(names)}")
    return known


def _on(params: dict[str, list[str]], name: str) -> bool:
    return params.get(name, [""])[0].lower() == "true"


def _plain(reply: Reply) -> Reply:
    return Reply(
        status=reply.status,
        reason=reply.reason,
        headers=reply.headers,
        body=reply.body,
        compress=False,
    )
