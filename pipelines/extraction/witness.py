"""What an extractor found, as something to lay beside the page. Standard library only."""

from collections.abc import Iterator, Sequence

from pipelines.extraction.tags import words_of

_SHINGLE = 4


class Witness:
    """Knows which words of a page an extractor took for its main text."""

    def __init__(self, text: str) -> None:
        self.words = 0
        self._lines: set[tuple[str, ...]] = set()
        self._shingles: set[tuple[str, ...]] = set()
        # Cells of a table stand beside each other in a line.
        for line in text.replace("|", "\n").splitlines():
            words = tuple(words_of(line))
            self.words += len(words)
            self._lines.add(words)
            self._shingles.update(_shingles(words))

    def count(self, words: Sequence[str]) -> int:
        """Count the words of a run of text that the extractor has too, in their order."""
        if len(words) < _SHINGLE:
            return len(words) if tuple(words) in self._lines else 0
        found = list(map(self._shingles.__contains__, _shingles(words)))
        if all(found):
            return len(words)
        counted = until = 0
        for place in (place for place, known in enumerate(found) if known):
            counted += place + _SHINGLE - max(place, until)
            until = place + _SHINGLE
        return counted


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
