"""A dataset back into a database that answers and exports as the one it came from."""

from collections.abc import Callable
from pathlib import Path

from crawler.errors import AskedWrongly, PolicytrailError
from pipelines.database.adopting import adopt, new_database
from pipelines.database.file import NAME, scratch
from pipelines.database.schema import VERSION
from pipelines.export.package import Package, read_package
from pipelines.export.unspoilt import check_sums
from pipelines.export.verifying import facts, misfits, narrowings

Step = Callable[[int], None]


class Spoilt(PolicytrailError):  # noqa: N818
    """A dataset that is not as it was published."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} is not as it was published: {reason}: nothing was imported; fetch it again, "
            f"`policytrail export --verify {folder}` says all that is wrong"
        )


def check_importable(data: Path, folder: Path) -> Package:
    """Refuse what can be refused before anything is read. Raises AskedWrongly."""
    package = read_package(folder)
    if (data / NAME).exists():
        raise AskedWrongly(
            f"{data / NAME} exists: a dataset becomes a database of its own, name another --data"
        )
    if package.schema_version > VERSION:
        raise AskedWrongly(
            f"{folder} was written by a newer policytrail (schema {package.schema_version}, this "
            f"one reads {VERSION}): upgrade policytrail"
        )
    if any(chosen.get("text_free") for chosen in package.chosen):
        raise AskedWrongly(
            f"{folder} is free of texts: there are no texts, titles and quotes in it, so most "
            "questions have no answer; read its tables as they are, or import a dataset with texts"
        )
    return package


def import_dataset(data: Path, package: Package, step: Step) -> str:
    """Make the database of a data folder that has none; say what is in it. `step` counts tables.

    Raises Spoilt, CannotImport, CannotWrite: then there is none still.
    """
    _check(package)
    with new_database(data) as part:
        adopt(part, facts(package), narrowings(package), step)
    return f"{len(facts(package))} tables of {package.folder} in {data / NAME}"


def _check(package: Package) -> None:
    for found in check_sums(package):
        if found.broken:
            raise Spoilt(
                package.folder, f"{found.broken:,} times not {found.invariant}: {found.example}"
            )
    with scratch() as connection:
        for reason in misfits(connection, package):
            raise Spoilt(package.folder, reason)
