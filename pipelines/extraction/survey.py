"""What words stand where on a page: runs of text, each in its block. Uses lxml."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.tags import UNSEEN, ancestors, is_block, words_of


_PROSE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand together: `block` is the innermost block; `linked` of them are links."""

    block: Any
    text: str
    words: tuple[str, ...]
    linked: int


def runs_of(root: Any, left_out: Collection[Any] = ()) -> Iterator[Run]:
    """Give the runs of text below `root` that a reader may see, in order."""
    blocks = [root]
    line: list[str] = []
    linked: list[str] = []
    links = 0
    passed: set[Any] = set()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        block = element is not root and is_block(element)
        if line and (block or element.tag == "br"):
            yield from _run(blocks[-1], line, linked)
            line, linked = [], []
        if event == "start":
            if element.tag in UNSEEN or element in left_out:
                passed.add(element)
                walk.skip_subtree()
                continue
            blocks += [element] if block else []
            links += element.tag == "a"
            _add(element.text, links, line, linked)
            continue
        if element not in passed:
            links -= element.tag == "a"
            if block:
                blocks.pop()
        if element is not root:
            _add(element.tail, links, line, linked)
    yield from _run(root, line, linked)


def summed(runs: Iterable[Run], weight: Callable[[Run], float]) -> Counter[Any]:
    """Add up the weight of the runs in each element that holds them."""
    sums: Counter[Any] = Counter()
    for run in runs:
        value = weight(run)
        if value:
            for element in ancestors(run.block):
                sums[element] += value  # type: ignore[assignment]
    return sums


def prose_words(run: Run) -> int:
    """Give the words of a run that reads as sentences, 0 for labels and menus."""
    count = len(run.words)
    return count if count >= _PROSE_WORDS and 2 * run.linked < count else 0


def _add(text: str | None, links: int, line: list[str], linked: list[str]) -> None:
    if text:
        line.append(text)
        if links:
            linked.append(text)


def _run(block: Any, line: list[str], linked: list[str]) -> Iterator[Run]:
    text = " ".join("".join(line).split())
    words = tuple(words_of(text))
    if words:
        yield Run(block=block, text=text, words=words, linked=len(words_of(" ".join(linked))))
