"""What every test keeps to: nothing is left in the home of whoever runs the tests."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from empty import copy_from, make_template, template
from hypothesis import settings

from pipelines.database import file

# The same examples every time, or a run fails by chance. To search for others:
# pytest --hypothesis-profile=default
settings.register_profile("suite", derandomize=True)
settings.load_profile("suite")

_NUMBERS = count()
_WHOLE_CRAWLS = ("crawl_storm", "pace", "crawl_bisect", "crawl", "saving", "test_readme.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with whole crawls, so that no worker is left with one at the end."""
    from crawl.commands import ensure_running

    ensure_running()
    items.sort(key=lambda item: item.nodeid.split("/")[1].split("::")[0] not in _WHOLE_CRAWLS)


@pytest.fixture(scope="session", autouse=True)
def empty_database_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copy the empty database instead of making it for each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "_make", file._make)
        make_template(tmp_path_factory.mktemp("empty"))
        copy_from(template() or Path())
        patch.setitem(file._CONFIG, "threads", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def state_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder that the pace of every archive is kept in, for processes started too."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "session"))
        patch.setenv("MPLCONFIGDIR", str(folder / "fonts"))
        yield folder


@pytest.fixture(autouse=True)
def state_folder(state_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a pace of its own: the port of an archive may come up again."""
    folder = state_folders / str(next(_NUMBERS))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
