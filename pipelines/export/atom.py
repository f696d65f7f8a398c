"""Changes as Atom feeds (RFC 4287), one for all vendors and one for each. Writes with lxml.

No text of a policy is in a feed, only where both texts lie. The same changes are the same bytes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid5

from lxml import etree  # type: ignore[import-untyped]
from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.files import write_files
from pipelines.history.changes import NAMESPACE, Change, changes
from pipelines.history.policies import began, policy_ids, vendor_names

ALL = "changes"
_ATOM = "http://www.w3.org/2005/Atom"
_FLIP = (
    "Rather a slip of the page than an edit: whole lines came or went for a capture or two, "
    "and the text before came back."
)
_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def export_atom(
    connection: Connection,
    folder: Path,
    choices: Choices,
    step: Callable[[int], None],
    limit: int,
) -> str:
    """Write the feeds of all changes; say in one line how many."""
    del choices, step  # feeds hold no text, and are done at once
    found = changes(connection, policy_ids(connection, []))
    written = feeds(vendor_names(connection), found, began(connection), limit)
    write_files(folder, written)
    return f"{len(written):,} feeds of {len(found):,} changes in {folder}"


def feeds(
    vendors: Mapping[str, str], found: Sequence[Change], since: datetime, limit: int
) -> dict[str, bytes]:
    """Write each feed; give their bytes by file name.

    `vendors` are names by id; each has a feed, with no entry where nothing changed. `since` is
    when the archive began, the date of a feed without entries. `limit` counts entries a feed.
    """
    newest = sorted(found, key=lambda change: (change.found_at, change.not_after, change.change_id))
    newest.reverse()
    written = {
        f"{vendor_id}.atom": _feed(
            vendor_id,
            f"{name}: policy changes",
            [change for change in newest if change.vendor_id == vendor_id][:limit],
            since,
        )
        for vendor_id, name in vendors.items()
    }
    return written | {f"{ALL}.atom": _feed(ALL, "Policy changes", newest[:limit], since)}


def _feed(name: str, title: str, entries: Sequence[Change], since: datetime) -> bytes:
    updated = entries[0].found_at if entries else since
    feed = _E.feed(
        _E.id(uuid5(NAMESPACE, f"feed {name}").urn),
        _E.title(_text(title)),
        _E.subtitle("Each change lies between two captures of a web archive; the day is not known"),
        _E.updated(_moment(updated)),
        _E.author(_E.name("policytrail")),
        _E.link(rel="self", href=f"{name}.atom"),
        *map(_entry, entries),
    )
    written: bytes = etree.tostring(feed, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _entry(change: Change) -> etree._Element:
    found = _moment(change.found_at)
    kind = change.policy_id.partition("/")[2]
    how = change.significance or "not compared"
    return _E.entry(
        _E.id(change.change_id),
        _E.title(_text(f"{change.vendor_name}: {kind} policy changed ({change.language}, {how})")),
        _E.updated(found),
        _E.published(found),
        _E.link(rel="alternate", href=_text(change.new_uri_m), title="The new text"),
        _E.link(rel="related", href=_text(change.old_uri_m), title="The old text"),
        _E.category(term=_text(change.policy_id)),
        _E.category(term=how),
        *([_E.category(term="flip")] if change.flip else []),
        _E.summary(_summary(change)),
    )


def _summary(change: Change) -> str:
    between = (
        f"The text changed between {_words(change.not_before)}, when the old one was last seen, "
        f"and {_words(change.not_after)}, when the new one was first seen "
        f"({change.width_days:.1f} days)."
    )
    if change.similarity is None:
        return f"{between} The two were not compared yet."
    flip = f" {_FLIP}" if change.flip else ""
    return (
        f"{between} Words added: {change.words_added:,}, removed: {change.words_removed:,}; "
        f"{change.similarity:.1%} alike; {change.significance}.{flip}"
    )


def _moment(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"


def _words(moment: datetime) -> str:
    return f"{moment.isoformat(sep=' ', timespec='seconds')} UTC"


def _text(text: str) -> str:
    """Put a mark where XML has no room for a character."""
    return _NO_XML.sub("\ufffd", text)
