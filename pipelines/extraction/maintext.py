"""The main text of a page as Markdown. Owns trafilatura; the seam to replace it is `main_text`."""

import logging

import trafilatura
from lxml import etree  # type: ignore[import-untyped]

from pipelines.extraction.options import TRAFILATURA_OPTIONS
from pipelines.extraction.page import Page


def main_text(page: Page, url: str = "") -> str:
    """Find the main text of `page`, "" where there is none; links resolve against `url`."""
    if page.tree is None:
        return page.plain
    # It reports each page without text; the verdict says so already.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(page.tree, url=url or None, **TRAFILATURA_OPTIONS)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, etree.LxmlError):
        # Odd trees make it stumble in several ways; such a page has no text it could find.
        return ""
    return text or ""
