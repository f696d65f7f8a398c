"""What is derived and kept, brought up to date: differences of neighbours, and words to find."""

from collections.abc import Collection
from pathlib import Path

from pipelines.database.turn import Turn, take
from pipelines.database.word_index import indexing
from pipelines.history.differences import comparing


def keep_up(data: Path, policy_ids: Collection[str] | None = None) -> None:
    """Compare new neighbours of some policies, or of all, and index the words of new texts.

    Raises NoDatabase, CannotOpen, CannotWrite.
    """
    waiting: list[Turn] = []
    for turn in comparing(data, policy_ids):
        if waiting:
            take(data, *waiting)
        waiting = [turn]
    for turn in indexing(data):
        take(data, *waiting, turn)
        waiting = []
    if waiting:
        take(data, *waiting)
