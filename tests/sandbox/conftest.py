"""What the tests of the sandbox share."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sandbox_clients import Serve

from crawler.sandbox.archive import Archive
from crawler.sandbox.server import Sandbox


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve an archive, with any options of Sandbox, until the test ends."""
    with ExitStack() as stack:

        def serving(archive: Archive, **options: object) -> Sandbox:
            return stack.enter_context(Sandbox(archive, **options))  # type: ignore[arg-type]

        yield serving
