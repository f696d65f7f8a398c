"""A small corpus of invented pages with their truth, so that nobody needs one of real pages.

Four vendors, each in a dress of its own, whose text changes at every second of six captures; a
page that holds two documents; pages that are no policy. Standard library only.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks._pages import policy_page, timestamp, uri_r

EDITIONS = 6
STANDS = 2
_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.DOTALL)
_HEADING = "<h2>1."
_MARKS = (
    ("<h1>", "\n# "),
    ("<h2>", "\n## "),
    ("<(?:p|ul)[^>]*>", "\n"),
    ("<li[^>]*>", "* "),
    ("<tr><t[hd]>", "| "),
    ("</th></tr>", " |\n| --- | --- |\n"),
    ("</td></tr>", " |\n"),
    ("</t[hd]><t[hd]>", " | "),
    ("<table>|</(?:h1|h2|p|li)>", "\n"),
    ("<[^>]+>", ""),
)
_TABLE = (
    "<table><tr><th>What we hold</th><th>How long</th></tr>"
    "<tr><td>Tickets and their attachments</td><td>Three years</td></tr>"
    "<tr><td>Invoices of vendor {vendor}</td><td>Ten years, as the law asks</td></tr></table>"
)
_TERMS = "<h1>Terms of service</h1>" + "".join(
    f"<h2>Clause {number}</h2><p>For plan {number} you pay {7 * number} coins a month in advance. "
    f"You may let {number} colleagues use the desk, and may not let it out to others. We may end "
    f"the contract where fees stay unpaid for {number + 20} days, you at any month's end.</p>"
    for number in range(1, 13)
)
_ERRORS = {
    "not_found": "<title>Page not found</title><h1>404</h1><p>The page you asked for is gone.</p>",
    "maintenance": "<title>Maintenance</title><p>We are down for maintenance. Back soon.</p>",
    "script_shell": "<title>Desk</title><div id=root></div><script src=/app.js></script>",
    "redirect": "<meta http-equiv=refresh content='0; url=/home'><p>You are being redirected.</p>",
    "login": "<title>Log in</title><form><p>Please log in to continue.</p><input name=user></form>",
}


def write_corpus(folder: Path) -> None:
    """Write the pages, their truth and the manifests into an empty folder."""
    rows = [row for vendor in range(len(_DRESSES)) for row in _captures(folder, vendor)]
    rows.append(_mixed(folder))
    _manifest(folder / "invented.manifest.jsonl", rows)
    errors = folder / "soft_errors"
    errors.mkdir()
    for name, body in _ERRORS.items():
        (errors / f"{name}.html").write_text(f"<html>{body}</html>", encoding="utf-8")
    _manifest(errors / "manifest.jsonl", [_error(name) for name in _ERRORS])


def _captures(folder: Path, vendor: int) -> Iterator[dict[str, Any]]:
    for edition in range(EDITIONS):
        page = policy_page(vendor, edition, STANDS).decode()
        article = _article(page).replace(_HEADING, _TABLE.format(vendor=vendor) + _HEADING, 1)
        body = _DRESSES[vendor](article, edition)
        changed = edition // STANDS != (edition - 1) // STANDS if edition else None
        yield _kept(folder, vendor, edition, body, _markdown(article)) | {
            "page_class": "single",
            "substantive_change_from_previous": changed,
        }


def _mixed(folder: Path) -> dict[str, Any]:
    vendor = len(_DRESSES)
    article = _article(policy_page(vendor, 0).decode())
    body = _plain(f"{_TERMS}<hr>{article}", 0)
    return _kept(folder, vendor, 0, body, _markdown(article)) | {"page_class": "mixed"}


def _kept(folder: Path, vendor: int, edition: int, body: str, truth: str) -> dict[str, Any]:
    site, moment = f"helpdesk-{vendor}.example", timestamp(edition)
    (folder / site).mkdir(exist_ok=True)
    paths = {
        "html_path": f"{site}/{moment}.html",
        "truth_path": f"{site}/{moment}.truth.txt",
        "truth_md_path": f"{site}/{moment}.truth.md",
    }
    (folder / paths["html_path"]).write_text(body, encoding="utf-8")
    for path in (paths["truth_path"], paths["truth_md_path"]):
        (folder / path).write_text(truth, encoding="utf-8")
    return {"site": site, "url": uri_r(vendor), "timestamp": moment, "language": "en", **paths}


def _article(page: str) -> str:
    found = _ARTICLE.search(page)
    assert found
    return found[1]


def _markdown(article: str) -> str:
    for mark, put in _MARKS:
        article = re.sub(mark, put, article)
    return article.strip() + "\n"


def _plain(article: str, edition: int) -> str:
    menu = "".join(f"<li><a href=/{name}>{name.title()}</a></li>" for name in _MENU)
    return (
        f"{_HEAD}<header><nav><ul>{menu}</ul></nav></header><main><article>{article}</article>"
        f"</main><footer><p>Follow us</p><ul>{menu}</ul></footer><script>n={edition}</script>"
    )


def _legacy(article: str, edition: int) -> str:
    menu = "".join(f"<br><a href={name}.html>{name.title()}</a>" for name in _MENU)
    return (
        f"{_HEAD}<table width=760><tr><td width=140 bgcolor=#eeeeee><font size=1>{menu}</font></td>"
        f"<td><font face=Arial>{article}</font></td></tr></table><!-- {edition} -->"
    )


def _accordion(article: str, edition: int) -> str:
    first, *sections = article.split("<h2>")
    hidden = "".join(
        f"<div class=accordion><h2>{section.replace('</h2>', '</h2><div style=display:none>')}"
        "</div></div>"
        for section in sections
    )
    return _plain(f"<div id=cookie-policy>{first}</div>{hidden}", edition)


def _article_of_a_desk(article: str, edition: int) -> str:
    return _plain(
        f"<p><a href=/>Home</a> &gt; <a href=/kb>Knowledgebase</a></p>{article}"
        f"<p>Was this article helpful? yes / no</p><p>Article views: {97 * edition + 11}</p>",
        edition,
    )


def _error(name: str) -> dict[str, Any]:
    return {"path": f"{name}.html", "error_class": name, "timestamp": timestamp(0)}


def _manifest(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


_MENU = ("features", "pricing", "support", "blog", "careers", "partners", "contact")
_HEAD = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Privacy policy</title></head><body>"
_DRESSES: tuple[Callable[[str, int], str], ...] = (
    _plain,
    _legacy,
    _accordion,
    _article_of_a_desk,
)
