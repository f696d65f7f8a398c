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
_FEWEST_WORDS = 100
_ONCE = 7  # a run of more words counts where it stands first


def smallest(tree: Any, runs: Sequence[Run], witness: Witness) -> Any:
    """Choose the element of `tree` that holds the document that `runs` and `witness` tell of.

    The words of policies tell a policy from the news beside it; in a few lines they only tell a
    footer from a page that is none, and there all sentences are worth the same.
    """
    words = summed(runs, lambda run: len(run.words))
    chosen = _chosen(tree, words, runs, _worths(runs, witness, silent=_SILENT))
    if words[chosen] >= _FEWEST_WORDS:
        return chosen
    return _chosen(tree, words, runs, _worths(runs, witness, silent=1.0))


def _chosen(tree: Any, words: Counter[Any], runs: Sequence[Run], worth: dict[int, float]) -> Any:
    found = summed(runs, lambda run: worth[id(run)])
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


def _worths(runs: Sequence[Run], witness: Witness, *, silent: float) -> dict[int, float]:
    seen: set[tuple[tuple[str, ...], ...]] = set()
    worths: dict[int, float] = {}
    before: tuple[str, ...] = ()
    for run in runs:
        # Two runs that follow each other as two did before: the page repeats itself.
        pair = (before, run.words)
        repeated = len(run.words) > _ONCE and before != run.words and pair in seen
        seen.add(pair)
        before = run.words
        worths[id(run)] = 0.0 if repeated else _worth(run, witness, silent)
    return worths


def _worth(run: Run, witness: Witness, silent: float) -> float:
    located = witness.count(run.words)
    if not prose_words(run):
        return _LABEL * located
    enough = len(run.words) / _TERMS_WANTED
    speaks = silent + (1 - silent) * min(1.0, policy_words(run.text) / enough)
    return speaks * max(located, _OVERLOOKED * len(run.words))
