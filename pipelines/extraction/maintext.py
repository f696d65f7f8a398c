"""The main text of a page as Markdown. Owns trafilatura; the seam to replace it is `main_text`.

trafilatura says where the text is; what is kept is the smallest part of the page that holds it,
whole. A second extractor is heard where the first found much less than it.
"""

import logging
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.chrome import chrome_of
from pipelines.extraction.documents import asks_for_another, elements_of, others_on
from pipelines.extraction.edges import asides_of, pressed_of
from pipelines.extraction.guard import second_opinion
from pipelines.extraction.links import resolver
from pipelines.extraction.options import TRAFILATURA_OPTIONS
from pipelines.extraction.page import Page
from pipelines.extraction.render import render
from pipelines.extraction.subtree import smallest
from pipelines.extraction.survey import Run, runs_of
from pipelines.extraction.witness import Witness

_TOO_LITTLE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a tree that is the document: `root` without the elements of `left_out`.

    `left_out` gives the reason with each element, wherever on the page it stands.
    """

    root: Any
    left_out: dict[Any, str]


def main_text(page: Page, url: str = "") -> str:
    """Find the main text of `page`, "" where there is none; links resolve against `url`."""
    if page.tree is None:
        return page.plain
    part = locate(page.tree, url)
    return "" if part is None else render(part.root, part.left_out, resolver(page.tree, url))


def locate(tree: Any, url: str = "") -> Part | None:
    """Find the part of the page that is its document, None where no words are seen.

    Of several documents it is the privacy policy, unless the address asks for another.
    """
    everything = runs_of(tree)
    left_out = chrome_of(everything)
    runs = [run for run in everything if left_out.keys().isdisjoint(run.within)]
    if not runs:
        return None
    witness = _witness(tree)
    root = smallest(tree, runs, witness)
    inner = [run for run in runs if root in run.within]
    others = [] if asks_for_another(url) else others_on(root, inner)
    beside = dict.fromkeys(others, "other-document")
    kept = [place for place in range(len(inner)) if place not in beside]
    asides = asides_of([inner[place] for place in kept], witness)
    beside.update({kept[place]: reason for place, reason in asides.items()})
    left_out.update(elements_of(root, inner, beside))
    left_out.update(pressed_of(root))
    return Part(root=root, left_out=left_out)


def left_out_of(page: Page, url: str = "") -> list[tuple[str, str]]:
    """Give what `main_text` leaves out of a page, in order: the reason and the words."""
    part = None if page.tree is None else locate(page.tree, url)
    if part is None:
        return []
    found = ((_reason(run, part), run.text) for run in runs_of(page.tree))
    grouped = groupby(found, key=itemgetter(0))
    return [
        (reason, " ".join(words for _, words in together)) for reason, together in grouped if reason
    ]


def _reason(run: Run, part: Part) -> str:
    reason = next(
        (part.left_out[element] for element in run.within[::-1] if element in part.left_out), ""
    )
    return reason or ("" if part.root in run.within else "elsewhere")


def _witness(tree: Any) -> Witness:
    found = _located(tree)
    witness = Witness(found)
    other = second_opinion(tree)
    if witness.words < _TOO_LITTLE * len(other.split()):
        return Witness(f"{found}\n{other}")
    return witness


def _located(tree: Any) -> str:
    # It reports each page without text; the verdict says so already.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(tree, **TRAFILATURA_OPTIONS) or ""
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, etree.LxmlError):
        # Odd trees make it stumble in several ways; the other witnesses remain.
        return ""
