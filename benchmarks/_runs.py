"""Which words two texts do not share, in runs. Uses rapidfuzz."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_NEAR = 3  # so few equal words between two differences do not part them
_AROUND = 4
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand in the old text alone and words in their place, with those around."""

    before: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    after: tuple[str, ...]

    def __str__(self) -> str:
        old = f" [-{_cut(self.old)}-]" if self.old else ""
        new = f" {{+{_cut(self.new)}+}}" if self.new else ""
        return f"{' '.join(self.before)}{old}{new} {' '.join(self.after)}".strip()

    @property
    def size(self) -> int:
        """How many words differ."""
        return len(self.old) + len(self.new)


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Give the differences of two texts in their order."""
    return [
        Run(
            before=tuple(old[max(0, i - _AROUND) : i]),
            old=tuple(old[i:j]),
            new=tuple(new[k:m]),
            after=tuple(old[j : j + _AROUND]),
        )
        for i, j, k, m in _joined(old, new)
    ]


def _joined(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    last: tuple[int, int, int, int] | None = None
    for code in LCSseq.opcodes(old, new):
        if code.tag == "equal":
            continue
        if last and code.src_start - last[1] <= _NEAR:
            last = (last[0], code.src_end, last[2], code.dest_end)
            continue
        if last:
            yield last
        last = (code.src_start, code.src_end, code.dest_start, code.dest_end)
    if last:
        yield last


def _cut(words: Sequence[str]) -> str:
    if len(words) <= _LONGEST:
        return " ".join(words)
    half = _LONGEST // 2
    between = len(words) - 2 * half
    return f"{' '.join(words[:half])} …{between} more… {' '.join(words[-half:])}"
