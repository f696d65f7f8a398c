"""What the tests of whole crawls share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from crawl.archives import Place, write_vendors
from crawl.desks import Desk
from crawler.sandbox.archive import Archive, ArchivedCapture
from crawler.sandbox.faults import Fault
from crawler.sandbox.server import Sandbox

MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="module")
def make_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    """Serve captures and write a vendor list; each call is an archive and a folder of its own."""
    with ExitStack() as stack:

        def make(
            captures: Archive | Iterable[ArchivedCapture],
            vendors: Path | Mapping[str, Sequence[Place]] | Iterable[str],
            faults: Iterable[Fault] = (),
        ) -> Desk:
            folder = tmp_path_factory.mktemp("desk")
            archive = captures if isinstance(captures, Archive) else Archive(captures)
            listed = vendors
            if not isinstance(listed, Path):
                listed = write_vendors(folder / "vendors.toml", listed)
            sandbox = stack.enter_context(Sandbox(archive, faults=faults))
            return Desk(data=folder / "data", vendors=listed, sandbox=sandbox)

        yield make
