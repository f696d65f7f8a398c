"""What another extractor takes for the main text, to lay beside the first. Owns resiliparse."""

from typing import Any

from lxml.html import tostring  # type: ignore[import-untyped]
from resiliparse.extract.html2text import extract_plain_text


def second_opinion(tree: Any) -> str:
    """Give the main text of a page as plain text."""
    return str(extract_plain_text(tostring(tree, encoding="unicode"), main_content=True))
