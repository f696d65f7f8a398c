"""The smallest part of a page that holds its document. Uses no library but trees.

What the extractors found says where the document is, not what of it to keep: each run of text is
worth what speaks for it, and the element is taken that holds much of the worth and little else.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipelines.extraction.likeness import policy_words
from pipelines.extraction.survey import Run, prose_words, summed
from pipelines.extraction.witness import Witness

# Measured on real policies; the choice hardly moves with any of them halved or doubled.
_SILENT = 0.3  # worth of sentences without any word that policies use
_TERMS_WANTED = 20  # one such word in so many is enough
_OVERLOOKED = 0.7  # worth of sentences that no extractor took
_LABEL = 0.5  # worth of headings and labels that one took
_ONCE = 7  # a run of more words counts where it stands first: pages repeat themselves


def smallest(tree: Any, runs: Sequence[Run], witness: Witness) -> Any:
    """Choose the element of `tree` that holds the document that `runs` and `witness` tell of."""
    worth = _worths(runs, witness)
    found = summed(runs, lambda run: worth[id(run)])
    words = summed(runs, lambda run: len(run.words))
    best, chosen = 0.0, tree
    for element in tree.iter():
        value = _balance(found, words, element, found[tree])
        # Of equals the innermost: it comes last in the order of the page.
        if value and value >= best:
            best, chosen = value, element
    return chosen


def _balance(found: Counter[Any], words: Counter[Any], element: Any, all_found: float) -> float:
    """Give the harmonic mean of how pure and how complete an element is, 0 to 1."""
    if not found[element]:
        return 0.0
    purity, completeness = found[element] / words[element], found[element] / all_found
    return round(2 * purity * completeness / (purity + completeness), 9)


def _worths(runs: Sequence[Run], witness: Witness) -> dict[int, float]:
    seen: set[tuple[str, ...]] = set()
    worths: dict[int, float] = {}
    for run in runs:
        repeated = len(run.words) > _ONCE and run.words in seen
        seen.add(run.words)
        worths[id(run)] = 0.0 if repeated else _worth(run, witness)
    return worths


def _worth(run: Run, witness: Witness) -> float:
    located = witness.count(run.words)
    if not prose_words(run):
        return _LABEL * located
    enough = len(run.words) / _TERMS_WANTED
    speaks = _SILENT + (1 - _SILENT) * min(1.0, policy_words(run.text) / enough)
    return speaks * max(located, _OVERLOOKED * len(run.words))
