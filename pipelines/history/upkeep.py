"""What is derived and kept, brought up to date: differences of neighbours, and words to find."""

from collections.abc import Collection
from pathlib import Path

from pipelines.database.word_index import index_words
from pipelines.history.differences import derive


def keep_up(data: Path, policy_ids: Collection[str] | None = None) -> None:
    """Compare new neighbours of some policies, or of all, and index the words of new texts.

    Raises NoDatabase, CannotOpen, CannotWrite.
    """
    derive(data, policy_ids)
    index_words(data)
