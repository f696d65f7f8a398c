"""How much of a policy each extractor keeps, and what it adds: policytrail beside seven others.

Over the pages of a corpus with their truth: precision, recall and F1 over three words at a time,
captures that lose more than a tenth, the headings, items and cells kept, CPU time; for policytrail
also verdicts and languages. Exits with 1 where policytrail misses a limit.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks._common import table
from benchmarks._corpus import SCORED, Page, chosen, corpus
from benchmarks._extractors import EXTRACTORS, OURS, PLAIN
from benchmarks._figures import Figures, Limit, Result, limits, result, verdicts
from benchmarks._parts import KINDS
from benchmarks._readings import read, read_page
from benchmarks._runs import runs
from benchmarks._scoring import words_of

RECALL = "trafilatura-recall"
_SHOWN = 6
_PART = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, score, print; say whether the limits are kept."""
    options = _options(arguments)
    with corpus(options.corpus) as pages:
        return measure(chosen(pages, options.limit, options.site), options)


def measure(pages: Sequence[Page], options: argparse.Namespace) -> int:
    """Read and score the pages, print what comes of it."""
    names = options.only or list(EXTRACTORS)
    figures = {name: Figures(name=name) for name in names}
    for page, readings in read(pages, names, options.workers):
        for name, reading in readings.items():
            figures[name].results.append(result(page, reading))
    kept = limits(figures[OURS]) if OURS in figures else []
    if options.format == "json":
        print(json.dumps(_as_json(figures, kept), indent=1))
    else:
        for block in shown(figures, kept):
            print(block, end="\n\n")
    for name in options.only or [OURS] if options.worst else ():
        print("\n".join(worst(figures[name], options.worst, options.by)))
    return 0 if all(row.met for row in kept) else 1


def shown(figures: dict[str, Figures], kept: Sequence[Limit]) -> Iterator[str]:
    """Set the figures as tables of at most 80 columns."""
    for page_class in SCORED:
        pages = next(iter(figures.values())).of(page_class)
        if pages:
            sites = len({found.page.site for found in pages})
            yield f"{page_class}: {len(pages)} pages of {sites} sites"
            head = ("extractor", "P", "R", "F1", "lose >10 %", "F1 < 0.5")
            # No other one reads PDF.
            read = [one for one in figures.values() if page_class != "pdf" or one.name == OURS]
            yield table(head, [_scores(found, page_class) for found in read])
    yield "Shares of the truth's headings, items and cells: in the text, marked as such"
    head = ("extractor", *(title for kind in KINDS for title in (kind, "as such")))
    yield table(head, [_parts(found) for found in figures.values()])
    yield table(
        ("extractor", "median ms", "pages/s", "mean ms", "most s"),
        [_speed(found) for found in figures.values()],
    )
    if OURS in figures and RECALL in figures:
        share = _total(figures[OURS]) / _total(figures[RECALL])
        yield f"CPU of {OURS} / CPU of {RECALL}: {share:.2f}"
    if OURS in figures:
        yield from _verdicts(figures[OURS])
        rows = [(r.what, f"{r.figure:.4g}", r.wanted, "yes" if r.met else "NO") for r in kept]
        yield table((f"limits of {OURS}", "is", "wanted", "kept"), rows)


def worst(figures: Figures, count: int, by: str) -> Iterator[str]:
    """Tell the captures with the lowest F1, or most parts not marked as such, and what is wrong."""
    scored = sorted(figures.scored, key=lambda found: _goodness(found, by))
    for found in scored[:count]:
        text = read_page(found.page, [figures.name])[figures.name].text
        yield from _told(found, text)


def _goodness(found: Result, by: str) -> float:
    if by in KINDS:
        return -len(found.parts[by].unmarked) if found.parts else 0.0
    return found.score.f1 if found.score else 0.0


def _told(found: Result, text: str) -> Iterator[str]:
    score = found.score
    assert score
    yield (
        f"\n== {found.page.key} ({found.page.page_class}) F1 {score.f1:.3f} "
        f"P {score.precision:.3f} R {score.recall:.3f} words kept {score.kept:.3f} "
        f"{found.verdict} {found.reason}"
    )
    differing = runs(words_of(found.page.truth), words_of(text))
    for run in sorted(differing, key=lambda run: -run.size)[:_SHOWN]:
        yield f"  {len(run.old)} missing, {len(run.new)} extra: {run}"
    for kind, kept in found.parts.items():
        for how, parts in (("absent", kept.absent), ("not marked as such", kept.unmarked)):
            shown = " | ".join(" ".join(part)[:_PART] for part in parts[:_SHOWN])
            if parts:
                yield f"  {kind} {how}: {len(parts)} of {kept.wanted}: {shown}"


def _scores(found: Figures, page_class: str) -> tuple[str, ...]:
    scores = [result.score for result in found.of(page_class) if result.score]
    return (
        found.name,
        *(f"{found.mean(page_class, of):.4f}" for of in ("precision", "recall", "f1")),
        _counted(sum(one.loses for one in scores), len(scores)),
        _counted(sum(one.f1 < 0.5 for one in scores), len(scores)),
    )


def _counted(part: int, whole: int) -> str:
    return f"{part} = {100 * part / max(1, whole):.1f} %"


def _parts(found: Figures) -> tuple[str, ...]:
    return (
        found.name,
        *(
            "" if of == "marked" and found.name in PLAIN else f"{found.part(kind, of):.3f}"
            for kind in KINDS
            for of in ("present", "marked")
        ),
    )


def _speed(found: Figures) -> tuple[str, ...]:
    most = max((one.seconds for one in found.results), default=0.0)
    average = _total(found) / max(1, len(found.scored))
    return (
        found.name,
        f"{found.seconds * 1000:.0f}",
        f"{1 / found.seconds if found.seconds else 0:.1f}",
        f"{average * 1000:.0f}",
        f"{most:.1f}",
    )


def _total(found: Figures) -> float:
    return sum(one.seconds for one in found.scored)


def _verdicts(ours: Figures) -> Iterator[str]:
    found = verdicts(ours.results)
    rows = [
        (name, f"{reasons.total() - reasons['policy']} of {reasons.total()}",
         ", ".join(f"{reason} {times}" for reason, times in reasons.most_common()))
        for name, reasons in found.errors.items()
    ]  # fmt: skip
    if rows:
        yield table(("soft error", "caught", "as"), rows)
    refused = "".join(f"\n  {one.page.key}: {one.reason}" for one in found.refused)
    yield f"policies refused: {len(found.refused)} of {found.policies}{refused}"
    foreign = "".join(
        f"\n  {one.page.key}: {one.language}, not {one.page.language}" for one in found.foreign
    )
    yield f"language wrong: {len(found.foreign)} of {found.spoken}{foreign}"


def _as_json(figures: dict[str, Figures], kept: Sequence[Limit]) -> dict[str, Any]:
    return {
        "extractors": {name: _figures_json(found) for name, found in figures.items()},
        "limits": [
            {"what": row.what, "is": row.figure, "wanted": row.wanted, "kept": row.met}
            for row in kept
        ],
    }


def _figures_json(found: Figures) -> dict[str, Any]:
    return {
        "median_seconds": found.seconds,
        "cpu_seconds": _total(found),
        "parts": {
            kind: {of: round(found.part(kind, of), 4) for of in ("present", "marked")}
            for kind in KINDS
        },
        **{page_class: _class_json(found, page_class) for page_class in SCORED},
    }


def _class_json(found: Figures, page_class: str) -> dict[str, Any]:
    scores = [result.score for result in found.of(page_class) if result.score]
    return {
        "pages": len(scores),
        **{of: round(found.mean(page_class, of), 4) for of in ("precision", "recall", "f1")},
        "losing_over_10_percent": sum(one.loses for one in scores),
        "below_half": sum(one.f1 < 0.5 for one in scores),
    }


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a folder of kept pages with their truth")
    parser.add_argument("--limit", type=int, help="at most so many pages with a truth")
    parser.add_argument("--only", nargs="+", choices=EXTRACTORS, help="only these extractors")
    parser.add_argument("--site", nargs="+", default=[], help="only the pages of these sites")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--worst", type=int, default=0, help="show so many of the worst captures")
    parser.add_argument("--by", choices=("f1", *KINDS), default="f1", help="what makes them worst")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
