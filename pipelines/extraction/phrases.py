"""Phrases as one pattern each. Standard library only."""

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """Compile phrases, each a regular expression without groups of its own, case aside."""
    return re.compile("|".join(phrases), re.IGNORECASE)
