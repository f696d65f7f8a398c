"""CITATION.cff: how to cite a dataset (Citation File Format 1.2.0). Writes YAML with PyYAML."""

from typing import Any

import yaml

from pipelines.export.papers.legal import SPDX
from pipelines.export.papers.publisher import Publisher
from pipelines.export.papers.release import KEYWORDS, TITLE, Release
from pipelines.export.papers.words import abstract


def citation(release: Release) -> str:
    """Write the citation; who publishes the dataset is its author."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below, with its version.",
        "type": "dataset",
        "title": TITLE,
        "abstract": abstract(release),
        "authors": [_entity(release.publisher)],
        "version": release.version,
        "identifiers": [
            {
                "type": "other",
                "value": release.urn,
                "description": "These very files; another byte in one of them is another name.",
            }
        ],
        "license": SPDX,
        "keywords": list(KEYWORDS),
        "references": [
            {
                "type": "software",
                "title": "policytrail: a historical policy archive crawler",
                "authors": [{"name": "policytrail contributors"}],
                "version": release.software_version,
            }
        ],
    }
    if release.published:
        told["date-released"] = release.published
    return as_yaml(told)


def as_yaml(told: dict[str, Any]) -> str:
    """Write YAML in the order given, a long text over several lines."""
    written: str = yaml.dump(
        told, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=98
    )
    return written


def _entity(publisher: Publisher) -> dict[str, str]:
    entity = {"name": publisher.name}
    if publisher.mail:
        entity["email"] = publisher.mail
    if publisher.page:
        entity["website"] = publisher.page
    return entity
