"""Who extracted: a name for everything that decides the output. Standard library only."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from pipelines.extraction.options import RULES, TRAFILATURA_OPTIONS

_NAME = "policytrail"
_DECIDING = (
    "chardet",
    "ftfy",
    "lxml",
    "markdown-it-py",
    "py3langid",
    "pypdf",
    "resiliparse",
    "trafilatura",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """An extractor: the same id means the same output for the same body. `options` is JSON."""

    extractor_id: str
    name: str
    version: str
    options: str


@cache
def current_extractor() -> Extractor:
    """Describe the extractor that is installed now. Its id is the SHA-256 of all the rest."""
    rules = f"{RULES}+trafilatura-{version('trafilatura')}"
    libraries = {library: version(library) for library in _DECIDING}
    options = json.dumps(
        {"trafilatura": TRAFILATURA_OPTIONS, "libraries": libraries}, sort_keys=True
    )
    facts = json.dumps([_NAME, rules, options])
    return Extractor(
        extractor_id=hashlib.sha256(facts.encode()).hexdigest(),
        name=_NAME,
        version=rules,
        options=options,
    )
