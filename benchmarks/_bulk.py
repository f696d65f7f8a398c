"""Invented policies in any number: repeatable, of real lengths, edited as real ones are.

Half of a policy's sentences are its own, half are boilerplate that others have too. A version
differs from the one before as those of a real archive do: half of the changes are of three
sentences or fewer, a quarter of seven or more, and one in eight rewrites half of the text.
Standard library and numpy.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

VERSIONS = 8
_WORDS = 40_000  # different words; a text of 1,000 words has 300 to 400 of them
_BOILERPLATE = 12_000  # sentences that policies share
_FIRST = datetime(2009, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC
_SYLLABLES = (
    *("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "ya"),
    *("ze", "kra", "pli", "stro", "dran", "men", "tion"),
)
RARE = "Zanthophane"  # in one policy of 10,000, from its fifth version on
LAW = "General Data Protection Regulation"  # in most policies, from 2018 on


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPolicy:
    """A policy's texts, oldest first, when each was captured, and how many words changed."""

    number: int
    vendor_id: str
    texts: tuple[str, ...]
    seen: tuple[datetime, ...]
    words: tuple[int, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]


class Bulk:
    """Policies by number; the same number always gives the same policy, whatever is asked.

    `words` is how many different ones there are.
    """

    def __init__(self, words: int = _WORDS) -> None:
        random = np.random.default_rng(1)
        self._words = np.array(_vocabulary(random, words), dtype=object)
        weights = 1.0 / np.arange(3, words + 3) ** 1.25
        self._until = np.cumsum(weights / weights.sum())
        self._shared = self._sentences(random, _BOILERPLATE)

    def policies(self, start: int, stop: int) -> Iterator[BulkPolicy]:
        """Give the policies numbered from start up to stop."""
        for number in range(start, stop):
            yield self._policy(number)

    def _policy(self, number: int) -> BulkPolicy:
        random = np.random.default_rng([2, number])
        count = int(np.clip(random.lognormal(3.75, 0.55), 8, 300))  # median 42 sentences
        kept = self._chosen(random, count)
        texts, seen, words, added, removed = [], [], [], [], []
        moment = _FIRST + timedelta(seconds=int(random.integers(0, 360 * 86_400)))
        spare = self._sentences(random, 3 * VERSIONS)
        name = vendor_of(number)
        for version in range(VERSIONS):
            come, gone = _edit(random, kept, spare, version, moment, number) if version else (0, 0)
            seen.append(moment)
            text = f"# Privacy policy of {name}\n\n" + "\n\n".join(
                " ".join(kept[place : place + 5]) for place in range(0, len(kept), 5)
            )
            texts.append(text)
            words.append(text.count(" ") + text.count("\n\n") + 1)
            added.append(come)
            removed.append(gone)
            moment += timedelta(seconds=int(random.integers(200 * 86_400, 720 * 86_400)))
        return BulkPolicy(
            number=number,
            vendor_id=name,
            texts=tuple(texts),
            seen=tuple(seen),
            words=tuple(words),
            added=tuple(added),
            removed=tuple(removed),
        )

    def _chosen(self, random: np.random.Generator, count: int) -> list[str]:
        own = self._sentences(random, count - count // 2)
        places = (random.random(count // 2) ** 2 * len(self._shared)).astype(int)
        chosen = own + [self._shared[place] for place in places]
        return [chosen[place] for place in random.permutation(len(chosen))]

    def _sentences(self, random: np.random.Generator, count: int) -> list[str]:
        lengths = np.clip(random.lognormal(3.0, 0.45, count).astype(int), 4, 70)
        drawn = np.searchsorted(self._until, random.random(int(lengths.sum())))
        words = self._words[np.minimum(drawn, len(self._words) - 1)]
        ends = np.cumsum(lengths)
        return [
            " ".join(words[end - length : end]).capitalize() + "."
            for end, length in zip(ends, lengths, strict=True)
        ]


def vendor_of(number: int) -> str:
    """Give the name of the vendor whose policy has this number: as scattered as real ones."""
    return f"{hashlib.md5(str(number).encode()).hexdigest()[:10]}-desk"


def _edit(
    random: np.random.Generator,
    kept: list[str],
    spare: list[str],
    version: int,
    moment: datetime,
    number: int,
) -> tuple[int, int]:
    """Change some sentences in place; give the words that came and went."""
    come = gone = 0
    rewritten = len(kept) // 2 if random.random() < 0.12 else 0
    edits = min(max(1, int(random.lognormal(1.1, 1.2))) + rewritten, len(kept))
    for _ in range(edits):
        place = int(random.integers(0, len(kept)))
        new = spare[int(random.integers(0, len(spare)))]
        come, gone = come + new.count(" ") + 1, gone + kept[place].count(" ") + 1
        kept[place] = new
    if moment.year >= 2018 and number % 5 and not any(LAW in sentence for sentence in kept):
        kept.insert(len(kept) // 2, f"You have rights under the {LAW}.")
        come += 9
    if number % 10_000 == 77 and version == 4:
        kept.append(f"Our partner {RARE} counts visits.")
        come += 5
    return come, gone


def _vocabulary(random: np.random.Generator, count: int) -> list[str]:
    """Invent words; those used often are short, as in any language."""
    short = ["the", "of", "and", "to", "we", "your", "you", "or", "in", "data", "our", "may", "for"]
    words = dict.fromkeys(short)
    while len(words) < count:
        length = 1 + int(random.random() < 0.8) + int(random.random() < len(words) / 4_000)
        words["".join(random.choice(_SYLLABLES, length + int(random.random() < 0.3)))] = None
    return list(words)
