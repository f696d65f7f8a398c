"""What the tests of asking for captures share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import pytest
from crawl.archives import write_vendors

from crawler.sandbox.budgets import NONE, Budgets
from crawler.sandbox.faults import Fault
from crawler.sandbox.saves import SaveRules
from crawler.sandbox.server import Sandbox
from saving.places import KEY, Office, archive_of_old

MakeOffice = Callable[..., Office]


@pytest.fixture
def make_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeOffice]:
    """Serve one old capture of each vendor, with Save Page Now behind a key."""
    with ExitStack() as stack:

        def make(
            *names: str,
            live: Mapping[str, str | bytes | None] | None = None,
            looks: int = 1,
            budgets: Budgets = NONE,
            faults: tuple[Fault, ...] = (),
            opens_to: str = KEY,
        ) -> Office:
            folder = tmp_path_factory.mktemp("office")
            sandbox = Sandbox(
                archive_of_old(*names),
                live=live or {},
                saving=SaveRules(key=opens_to, looks=looks),
                budgets=budgets,
                faults=faults,
            )
            vendors = write_vendors(folder / "vendors.toml", names)
            stack.enter_context(sandbox)
            return Office(data=folder / "data", vendors=vendors, sandbox=sandbox)

        yield make
