"""Lines of paper made into Markdown: no margins, whole paragraphs, headings. Standard library."""

# ruff: noqa: RUF001 - the marks that printers use are meant

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.extraction.pdf_lines import Line

# Letters that printers join.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_COMPOUND = re.compile(r"\b[^\W\d_]{1,40}-[^\W\d_]{1,40}")
_ENDS = re.compile(r"[.:;!?。\uff1a\uff1b\uff01\uff1f][\"'”’)]?$")
_STARTS = re.compile(
    r"^(?:[-–•·▪●◦‣\uf0b7o*]\s|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s|[0-9]+\.[0-9])"
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Parts of the usual length of a line, of the usual step down, of the usual size.
_FULL, _STEP, _LARGE = 0.75, 1.35, 1.12
_SPACES = 2
_EDGE = 2
_LONGEST_HEADING = 150
_LONGEST_WORD = 60
_LEVELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Of a page: the length of a full line, the step down, whether space parts paragraphs."""

    full: float
    step: float
    spaced: bool


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """Give the text of all pages as Markdown."""
    kept = _without_margins(pages)
    lines = [line for page in kept for line in page]
    levels = _levels(lines)
    compounds = {word.lower() for line in lines for word in _COMPOUND.findall(line.text)}
    blocks = (block for page in kept for block in _blocks(page, levels))
    return "\n\n".join(_joined(block, levels, compounds) for block in _over_pages(blocks)).strip()


def _without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop page numbers and what stands at the top or bottom of most pages."""
    edges = [_edge(page) for page in pages]
    times = Counter(words for edge in edges for words in {_masked(line) for line in edge})
    often = {words for words, pages_with in times.items() if pages_with > max(2, len(pages) / 2)}
    gone = [{line for line in edge if _masked(line) in often} for edge in edges]
    return [
        [line for line in page if line not in margin]
        for page, margin in zip(pages, gone, strict=True)
    ]


def _edge(page: Sequence[Line]) -> list[Line]:
    """Give the lines at the top and the bottom of a page, as written and as seen."""
    seen = sorted(page, key=lambda line: line.y)
    return [*page[:_EDGE], *page[-_EDGE:], *seen[:_EDGE], *seen[-_EDGE:]]


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _levels(lines: Sequence[Line]) -> dict[float, int]:
    """Tell the sizes of headings from the size that most letters have."""
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += len(line.text)
    if not letters:
        return {}
    body = letters.most_common(1)[0][0]
    larger = sorted((size for size in letters if size > _LARGE * body), reverse=True)
    return {size: min(level, _LEVELS) for level, size in enumerate(larger, start=1)}


def _blocks(page: Sequence[Line], levels: dict[float, int]) -> Iterator[list[Line]]:
    """Part the lines of a page into paragraphs, which only the width of the paper broke."""
    if not page:
        return
    shape = _shape(page)
    block = [page[0]]
    for line in page[1:]:
        if not _goes_on(block[-1], line, shape, levels):
            yield block
            block = []
        block.append(line)
    yield block


def _shape(page: Sequence[Line]) -> _Shape:
    lengths = sorted(len(line.text) for line in page)
    steps = Counter(round(above.y - line.y) for above, line in pairwise(page) if above.y > line.y)
    step = steps.most_common(1)[0][0] if steps else 0
    larger = sum(times for down, times in steps.items() if step * _STEP < down < 3 * step)
    full = _FULL * lengths[len(lengths) * 3 // 4]
    return _Shape(full=full, step=step, spaced=larger >= _SPACES)


def _goes_on(above: Line, line: Line, shape: _Shape, levels: dict[float, int]) -> bool:
    heading = above.size in levels
    if (heading or line.size in levels) and above.size != line.size:
        return False
    if _STARTS.match(line.text) or max(above.cells, line.cells) > 1:
        return False
    down = above.y - line.y
    if down > _STEP * max(shape.step, above.size):
        return False
    ended = _ENDS.search(above.text) and not (shape.spaced and down > 0)
    return heading or (len(above.text) >= shape.full and not ended)


def _over_pages(blocks: Iterator[list[Line]]) -> Iterator[list[Line]]:
    """Put together a paragraph that a page or a column broke in the middle of a sentence."""
    waiting: list[Line] = []
    for block in blocks:
        if waiting and (_ENDS.search(waiting[-1].text) or not block[0].text[0].islower()):
            yield waiting
            waiting = []
        waiting.extend(block)
    if waiting:
        yield waiting


def _joined(block: list[Line], levels: dict[float, int], compounds: set[str]) -> str:
    text = ""
    for line in block:
        words = line.text.translate(_LIGATURES)
        if not text:
            text = words
        elif _HYPHENATED.search(text[-2:]) and words[0].islower():
            word = f"{text[-_LONGEST_WORD:].split()[-1]}{words.split()[0]}".lower().strip(".,;:()")
            text = (text if word in compounds else _HYPHENATED.sub("", text)) + words
        else:
            text += words if _HAN.match(words) and _HAN.match(text[-1]) else f" {words}"
    level = levels.get(block[0].size, 0)
    heading = level and len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text))
    return f"{'#' * level} {text}" if heading else text
