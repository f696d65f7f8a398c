"""Versions as the stream that `git fast-import` reads.

A commit says nothing that a later capture may change (when its version was last seen, how often,
whether it is a flip), so a history only grows where only newer versions came. Whatever changes
the bytes written here gives every repository another history: that is a breaking change.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from pipelines.database.file import Connection
from pipelines.export.folder import safe_name
from pipelines.export.git_program import BRANCH
from pipelines.history.provenance import Version, in_time, with_texts

IDENTITY = "policytrail <policytrail@policytrail.invalid>"
_BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC
_ABOUT = """\
# Versions of policies

Each file is a policy in one language, as a web archive captured it; each commit is one version of
one file, in the order in which they were first seen. The author's date is when the version was
first seen (UTC). When it was written nobody knows: after Not-Before and not after Not-After, which
stand at the end of each message, with the capture that the text was read from.

A policy that stood nowhere any more keeps its last text here.

The texts are their owners'. They are here for research; whoever publishes this repository is the
one to ask for a text to be taken down. Made by policytrail.
"""


def stream(connection: Connection, step: Callable[[int], None]) -> Iterator[bytes]:
    """Write all texts, then a commit for each version, which names its text by its number.

    Texts of one policy lie together, so that git keeps each as its difference from the last.
    """
    yield b"feature done\n"
    for version, text in with_texts(connection):
        yield b"blob\nmark :%d\n" % version.number
        yield from _data(f"{text}\n")
    beginning = b"".join([b"M 100644 inline README.md\n", *_data(_ABOUT)])
    for version in in_time(connection):
        moment = b"%d +0000" % max(0, _seconds(version.first_seen))
        yield b"commit %s\ncommitter %s %s\n" % (BRANCH.encode(), IDENTITY.encode(), moment)
        yield from _data(message(version))
        yield beginning
        yield b"M 100644 :%d %s\n" % (version.number, path_of(version).encode())
        beginning = b""
        step(1)
    yield b"done\n"


def path_of(version: Version) -> str:
    """Name the file of a version's policy and language."""
    vendor, kind, language = map(safe_name, version.names)
    return f"{vendor}/{kind}.{language}.md"


def message(version: Version) -> str:
    """Say which version it is and between which moments it came, then where it comes from."""
    name = _line(f"{version.policy_id} ({version.language}), version {version.version}")
    seen = f"First seen {_words(version.first_seen)}"
    between = (
        f"{seen}. It may be older."
        if version.not_before is None
        else (
            f"{seen}.\nIt changed after {_words(version.not_before)}, when the version before was "
            "last seen."
        )
    )
    trailers = "".join(
        f"{key}: {_line(str(value))}\n" for key, value in _trailers(version) if value
    )
    return f"{name}\n\n{between}\n\n{trailers}"


def _trailers(version: Version) -> Iterator[tuple[str, object]]:
    yield "Policy", version.policy_id
    yield "Language", version.language
    yield "Version", version.version
    yield "First-Seen", _iso(version.first_seen)
    if version.not_before is not None:
        yield "Not-Before", _iso(version.not_before)
        yield "Not-After", _iso(version.first_seen)
    yield "Stated-Date", version.stated_date
    yield "Title", version.title
    yield "URI-R", version.uri_r
    yield "URI-M", version.uri_m
    yield "Memento-Datetime", _iso(version.memento_datetime)
    yield "Digest", version.digest
    yield "Body-SHA256", version.body_sha256
    yield "Text-Id", version.text_id
    reader = f"{version.extractor_name} {version.extractor_version}".strip()
    yield "Extractor", f"{reader} {version.extractor_id}"
    yield "Crawl", version.crawl_id
    yield "Source", version.source


def _data(text: str) -> Iterator[bytes]:
    written = text.encode()
    yield b"data %d\n" % len(written)
    yield written
    yield b"\n"


def _seconds(moment: datetime) -> int:
    return int((moment - _BEGINNING).total_seconds() // 1)


def _iso(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"


def _words(moment: datetime) -> str:
    return f"{moment.isoformat(sep=' ', timespec='seconds')} UTC"


def _line(text: str) -> str:
    """Fold a value to one line: nothing in it can end a trailer or begin another."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
