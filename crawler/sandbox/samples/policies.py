"""The policies of the sample vendors, one file for all versions of each. Standard library only.

The first line of a file is the title. `=== 1,3-5 | Heading` opens a section that stands in the
versions 1, 3, 4 and 5; `2-` is from version 2 on. Sections without a heading are paragraphs.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, perhaps empty, and one paragraph."""

    heading: str
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyText:
    """One version of a policy."""

    title: str
    sections: tuple[Section, ...]


def policy_of(path: Path, version: int) -> PolicyText:
    """Read one version of a policy."""
    title, *parts = path.read_text(encoding="utf-8").split("\n=== ")
    sections = []
    for part in parts:
        head, _, paragraph = part.partition("\n")
        versions, _, heading = head.partition("|")
        if _stands_in(versions, version):
            sections.append(Section(heading=heading.strip(), paragraph=paragraph.strip()))
    return PolicyText(title=title.strip(), sections=tuple(sections))


def _stands_in(versions: str, version: int) -> bool:
    for span in versions.strip().split(","):
        first, dash, last = span.partition("-")
        if int(first) <= version <= int(last or (version if dash else first)):
            return True
    return False
