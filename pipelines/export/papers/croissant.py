"""croissant.json: the same tables for search engines and loaders (Croissant 1.1, JSON-LD).

Foreign keys are in datapackage.json only: what loads Croissant takes each `references` for an order
to join, by the first one, and reads the other table for it.
"""

from typing import Any

from pipelines.database.model import Column
from pipelines.export.papers.legal import ADDRESS
from pipelines.export.papers.publisher import Publisher
from pipelines.export.papers.release import KEYWORDS, NAME, TITLE, File, Release
from pipelines.export.papers.words import LIMITS, abstract

_TYPES = {
    "VARCHAR": "sc:Text",
    "BIGINT": "sc:Integer",
    "INTEGER": "sc:Integer",
    "DOUBLE": "sc:Float",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
}
_LOADED = {
    "parquet": "application/x-parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonlines",
}
_OF_CROISSANT = (
    "arrayShape citeAs column conformsTo containedIn data dataType equivalentProperty examples "
    "extract field fileObject fileProperty fileSet format includes isArray isLiveDataset jsonPath "
    "key md5 parentField path recordSet references regex repeated replace samplingRate separator "
    "source subField transform"
)


def croissant(release: Release) -> dict[str, Any]:
    """Describe the whole: each table as a file and as a set of records."""
    day = release.published
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": NAME,
        "description": abstract(release),
        "url": release.urn,
        "version": release.version,
        "license": ADDRESS,
        "creator": _creator(release.publisher),
        "datePublished": day.isoformat() if day else "1970-01-01",
        "keywords": list(KEYWORDS),
        "inLanguage": [name for name in release.contents.languages if name.isalpha()],
        "isLiveDataset": False,
        "citeAs": _bibtex(release),
        "rai:dataLimitations": list(LIMITS),
        "distribution": [_file(release.layout, file) for file in release.files],
        "recordSet": [_records(file) for file in release.files],
    }


def _context() -> dict[str, Any]:
    """Say which word is whose, as the standard has it."""
    tagged = {"@container": "@language"}
    terms: dict[str, Any] = {name: f"cr:{name}" for name in _OF_CROISSANT.split()}
    return terms | {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "description": tagged,
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": tagged,
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
    }


def _file(layout: str, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.table.description,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": _LOADED[layout],
        "sha256": file.sha256,
    }


def _records(file: File) -> dict[str, Any]:
    table = file.table
    described: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
    }
    if table.key:
        described["key"] = [{"@id": _id(table.name, name)} for name in table.key]
    described["field"] = [_field(file, column) for column in table.columns]
    return described


def _field(file: File, column: Column) -> dict[str, Any]:
    is_list = column.type.endswith("[]")
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": _id(file.table.name, column.name),
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES[column.type.removesuffix("[]")],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
    }
    if is_list:
        described |= {"isArray": True, "arrayShape": "-1"}
    return described


def _id(table: str, column: str) -> str:
    return f"{table}/{column}"


def _creator(publisher: Publisher) -> dict[str, str]:
    told = {"@type": "sc:Organization", "name": publisher.name}
    if publisher.mail:
        told["email"] = publisher.mail
    if publisher.page:
        told["url"] = publisher.page
    return told


def _bibtex(release: Release) -> str:
    """Cite the dataset as BibTeX does; what has a meaning there is taken out of the name."""
    author = "".join(c for c in release.publisher.name if c not in '{}\\"')
    day = release.published
    year = f" year = {{{day.year}}}," if day else ""
    return (
        f"@misc{{{NAME}, title = {{{TITLE}}}, "
        f"author = {{{{{author}}}}},{year} version = {{{release.version}}}, "
        f"note = {{{release.urn}}}}}"
    )
