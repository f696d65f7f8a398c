"""What the readings of a corpus come to, an extractor at a time. Standard library only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from benchmarks._corpus import SCORED, Page
from benchmarks._extractors import Reading
from benchmarks._parts import KINDS, Kept, kept
from benchmarks._scoring import Score, score, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one extractor made of one page, scored where the page has a truth."""

    page: Page
    score: Score | None
    parts: dict[str, Kept]
    seconds: float
    verdict: str
    reason: str
    language: str


@dataclass(slots=True, kw_only=True)
class Figures:
    """The results of one extractor."""

    name: str
    results: list[Result] = field(default_factory=list)

    def of(self, page_class: str) -> list[Result]:
        """The scored results of a class of pages."""
        return [
            found for found in self.results if found.score and found.page.page_class == page_class
        ]

    @property
    def scored(self) -> list[Result]:
        """The results of all pages with a truth."""
        return [found for kind in SCORED for found in self.of(kind)]

    def mean(self, page_class: str, of: str) -> float:
        """The mean over sites of the mean over a site's captures."""
        return over_sites(
            (found.page.site, getattr(found.score, of)) for found in self.of(page_class)
        )

    def part(self, kind: str, of: str) -> float:
        """The share of the truth's parts kept, as mean over the sites that have any."""
        return over_sites(
            (found.page.site, getattr(found.parts[kind], of) / found.parts[kind].wanted)
            for found in self.scored
            if found.parts and found.parts[kind].wanted
        )

    @property
    def seconds(self) -> float:
        """The median of the CPU seconds a scored page took."""
        return median(found.seconds for found in self.scored) if self.scored else 0.0


def result(page: Page, reading: Reading) -> Result:
    """Score a reading."""
    scored = page.page_class in SCORED and page.truth_path
    marked = scored and page.markdown_path
    return Result(
        page=page,
        score=score(words_of(reading.text), words_of(page.truth)) if scored else None,
        parts=kept(reading.text, page.markdown) if marked else {},
        seconds=reading.seconds,
        verdict=reading.verdict,
        reason=reading.reason,
        language=reading.language,
    )


def over_sites(values: Iterable[tuple[str, float]]) -> float:
    """Give the mean over sites of each site's mean; 0 where there is nothing."""
    sites: dict[str, list[float]] = defaultdict(list)
    for site, value in values:
        sites[site].append(value)
    return mean(map(mean, sites.values())) if sites else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the verdicts and the languages of policytrail come to."""

    errors: dict[str, Counter[str]]
    refused: list[Result]
    foreign: list[Result]
    policies: int
    spoken: int

    @property
    def caught(self) -> float:
        """The share of soft errors that are not taken for a policy."""
        whole = sum(found.total() for found in self.errors.values())
        return 1 - sum(found["policy"] for found in self.errors.values()) / max(1, whole)


def verdicts(results: Sequence[Result]) -> Verdicts:
    """Judge the verdicts: soft errors by class with the reasons given, policies refused."""
    errors: dict[str, Counter[str]] = defaultdict(Counter)
    for found in results:
        if found.page.page_class == "soft_error":
            errors[found.page.error_class or ""][found.reason or "policy"] += 1
    policies = [found for found in results if found.score]
    spoken = [found for found in policies if found.page.language]
    return Verdicts(
        errors=dict(sorted(errors.items())),
        refused=[found for found in policies if found.verdict != "policy"],
        foreign=[found for found in spoken if found.language != found.page.language],
        policies=len(policies),
        spoken=len(spoken),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that must hold: a figure, what it must reach or not exceed, whether it does."""

    what: str
    figure: float
    wanted: str
    met: bool


def limits(ours: Figures) -> list[Limit]:
    """Compare the figures of policytrail with what is asked of them."""
    found, scored = verdicts(ours.results), ours.scored
    whole = max(1, len(scored))
    texts = [result.score for result in scored if result.score]
    speed = 1 / ours.seconds if ours.seconds else 0.0
    rows = [
        _at_least("F1 of single pages", ours.mean("single", "f1"), 0.985),
        _at_least("F1 of mixed pages", ours.mean("mixed", "f1"), 0.80),
        _at_most("captures below 0.5", sum(text.f1 < 0.5 for text in texts), 0),
        _at_most("captures losing over 10 %", sum(text.loses for text in texts) / whole, 0.01),
        *(_at_least(f"{kind} kept", ours.part(kind, "present"), 0.95) for kind in KINDS),
        _at_most("policies refused", len(found.refused) / whole, 0.005),
        _at_least("soft errors caught", found.caught, 0.95),
        _at_least("language right", 1 - len(found.foreign) / max(1, found.spoken), 0.99),
        _at_least("pages a second and core", speed, 8),
        _at_most("CPU seconds of a page", max((r.seconds for r in ours.results), default=0), 10),
    ]
    return [row for row in rows if _applies(row, ours)]


def _applies(row: Limit, ours: Figures) -> bool:
    return not (row.what.startswith("F1 of mixed") and not ours.of("mixed"))


def _at_least(what: str, figure: float, least: float) -> Limit:
    return Limit(what=what, figure=figure, wanted=f">= {least:g}", met=figure >= least)


def _at_most(what: str, figure: float, most: float) -> Limit:
    return Limit(what=what, figure=figure, wanted=f"<= {most:g}", met=figure <= most)
