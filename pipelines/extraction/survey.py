"""What words stand where on a page: runs of text, each in its block. Uses lxml."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.tags import UNSEEN, is_block, words_of

_PROSE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand together, with the elements they are in, the innermost block first.

    `linked` of the `words` are words of links. Two runs are the same only where they stand.
    """

    within: tuple[Any, ...]
    text: str
    words: tuple[str, ...]
    linked: int

    @property
    def block(self) -> Any:
        """The innermost block that holds the run."""
        return self.within[0]


def runs_of(root: Any) -> list[Run]:
    """Give the runs of text below `root` that a reader may see, in order."""
    return list(_runs(root))


def summed(runs: Iterable[Run], weight: Callable[[Run], float]) -> Counter[Any]:
    """Add up the weight of the runs in each element that holds them."""
    sums: Counter[Any] = Counter()
    for run in runs:
        value = weight(run)
        if value:
            for element in run.within:
                sums[element] += value  # type: ignore[assignment]
    return sums


def prose_words(run: Run) -> int:
    """Give the words of a run that reads as sentences, 0 for labels and menus."""
    count = len(run.words)
    return count if count >= _PROSE_WORDS and 2 * run.linked < count else 0


def _runs(root: Any) -> Iterator[Run]:
    blocks = [(root,)]
    line: list[str] = []
    linked: list[str] = []
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        unseen = element.tag in UNSEEN
        block = element is not root and not unseen and is_block(element)
        if line and (block or element.tag == "br"):
            yield from _run(blocks[-1], line, linked)
            line, linked = [], []
        if event == "start" and unseen:
            walk.skip_subtree()
        elif event == "start":
            if block:
                blocks.append((element, *element.iterancestors()))
            links += _is_link(element)
            _add(element.text, links, line, linked)
            continue
        elif not unseen:
            links -= _is_link(element)
            if block:
                blocks.pop()
        if event == "end" and element is not root:
            _add(element.tail, links, line, linked)
    yield from _run(blocks[0], line, linked)


def _is_link(element: Any) -> bool:
    # Old pages put the names of their sections into `a` too.
    return element.tag == "a" and element.get("href") is not None


def _add(text: str | None, links: int, line: list[str], linked: list[str]) -> None:
    if text:
        line.append(text)
        if links:
            linked.append(text)


def _run(within: tuple[Any, ...], line: list[str], linked: list[str]) -> Iterator[Run]:
    text = " ".join("".join(line).split())
    words = tuple(words_of(text))
    if words:
        yield Run(
            within=within,
            text=text,
            words=words,
            linked=len(words_of(" ".join(linked))) if linked else 0,
        )
