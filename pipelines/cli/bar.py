"""A progress bar for long work that is not a crawl; silent where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class _Rate(ProgressColumn):
    """How many a second, once there is anything to go by."""

    def render(self, task: Task) -> Text:
        """Draw the rate of a task."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def bar(words: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far `total` steps are; the function given takes how many were just done.

    None: nobody knows how many there will be.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with shown:
        task = shown.add_task(words, total=total)
        yield lambda steps: shown.advance(task, steps)
