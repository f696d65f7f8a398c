"""What a request to the archive is about: a listing, a playback, a save. Standard library."""

from dataclasses import dataclass
from functools import partial

from crawler.sandbox.archive import Archive
from crawler.sandbox.listing import PATHS, asked_query, list_captures
from crawler.sandbox.playback import Asked, play, read_path
from crawler.sandbox.replies import notice
from crawler.sandbox.saves import SavePageNow, asked_page
from crawler.sandbox.wire import Reply, Request
from crawler.urlkeys import urlkey_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request, read. `kind` is cdx, playback, save or other; `asked` is of playback alone."""

    archive: Archive
    request: Request
    kind: str
    saves: SavePageNow
    urlkey: str = ""
    asked: Asked | None = None

    @property
    def timestamp(self) -> str:
        """The digits asked for, empty where there are none."""
        return self.asked.digits if self.asked else ""

    @property
    def own_faults(self) -> tuple[str, ...]:
        """The faults that belong to the very capture asked for."""
        if not self.asked:
            return ()
        found = self.archive.captures_of(self.urlkey)
        return tuple(
            name
            for capture in found
            if capture.timestamp == self.timestamp
            for name in capture.faults
        )

    def answer(self) -> Reply:
        """Give what the archive says on a good day."""
        if self.kind == "cdx":
            return list_captures(self.archive, self.request)
        if self.kind == "save":
            return self.saves.answer(self.archive, self.request)
        if self.asked:
            return play(self.archive, self.request, self.asked)
        return notice(404, "NOT FOUND", "Not found.", "This is the sandbox of an archive.")


def visit_of(archive: Archive, saves: SavePageNow, request: Request) -> Visit:
    """Read what a request is about."""
    path = request.path
    read = partial(Visit, archive=archive, saves=saves, request=request)
    if path.partition("?")[0].rstrip("/") in PATHS:
        query = asked_query(request)
        urlkey = query.urlkey if query else ""
        return read(kind="cdx", urlkey=urlkey)
    if page := asked_page(request):
        return read(kind="save", urlkey=urlkey_of(page))
    asked = read_path(path)
    if asked is None:
        return read(kind="other")
    return read(kind="playback", urlkey=asked.urlkey, asked=asked)
