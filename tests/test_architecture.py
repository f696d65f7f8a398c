"""The shape of the house: who may import whom, and how large a room may grow."""

import ast
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path for folder in ("crawler", "pipelines") for path in (ROOT / folder).rglob("*.py")
)
DOMAIN = (
    "crawler.memento",
    "crawler.items",
    "crawler.errors",
    "crawler.vendors",
    "crawler.ledger",
    "crawler.bisecting",
    "crawler.planning",
    "crawler.strategy",
)
# What an archived answer is, whoever has it: a crawl asks for it, an import reads it in a file.
ANSWERS = ("crawler.checks", "crawler.content", "crawler.urlkeys")
STANDARD_ONLY = (*DOMAIN, "crawler.pace", "crawler.toml_lines", "crawler.toml_tables")
ANYWHERE = ("crawler", "pipelines")
OWNERS = {
    "waybackpy": ("crawler.cdx", "crawler.saving"),
    "trafilatura": ("pipelines.extraction",),
    "duckdb": ("pipelines.database",),
    "warcio": (
        "pipelines.warc",
        "pipelines.warc_reading",
        "pipelines.warc_kept",
        "pipelines.warc_records",
        "crawler.sandbox",
    ),
    "filelock": ("pipelines.database.lock", "crawler.pace_file"),
    "chardet": ("pipelines.extraction.guess",),
    "markdown_it": ("pipelines.extraction.markdown",),
    "pypdf": ("pipelines.extraction",),
    "resiliparse": ("pipelines.extraction.guard",),
    "surt": ("crawler.urlkeys",),
    "rapidfuzz": ("pipelines.history",),
    "matplotlib": ("pipelines.pictures",),
    "phonenumbers": ("pipelines.export.redacting_phones",),
    "yaml": ("pipelines.export",),
    "prometheus_client": ("pipelines.cli.metrics",),
    "pythonjsonlogger": ("pipelines.cli.voice",),
    "scrapy": ("crawler.spiders", "crawler.politeness", "pipelines.stages", "pipelines.cli"),
    "twisted": ("crawler.spiders", "pipelines.cli"),
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def needed_by(path: Path, names: set[str]) -> set[str]:
    imported = set(imports_of(path))
    parents = {module.rpartition(".")[0] for module in imported}
    return ((imported | parents) & names) - {name_of(path)}


def test_every_room_is_small() -> None:
    rooms = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}

    assert not [name for name, lines in rooms.items() if lines > 250]


def test_every_module_says_what_it_is_for() -> None:
    assert not [name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path))]


def test_the_crawler_knows_no_pipeline() -> None:
    crawler = [path for path in MODULES if name_of(path).startswith("crawler")]

    assert not [
        f"{name_of(path)} imports {module}"
        for path in crawler
        for module in imports_of(path)
        if within(module, ("pipelines",))
    ]


def test_pipelines_know_only_the_domain_of_the_crawler() -> None:
    coats = ("crawler", "pipelines.cli", "pipelines.stages")
    pipelines = [path for path in MODULES if not within(name_of(path), coats)]

    assert not [
        f"{name_of(path)} imports {module}"
        for path in pipelines
        for module in imports_of(path)
        if within(module, ("crawler",)) and not within(module, (*DOMAIN, *ANSWERS))
    ]


def test_each_library_has_one_owner() -> None:
    assert not [
        f"{name_of(path)} imports {module}"
        for path in MODULES
        for module in imports_of(path)
        if not within(name_of(path), OWNERS.get(module.partition(".")[0], ANYWHERE))
    ]


@pytest.mark.parametrize("name", STANDARD_ONLY)
def test_the_domain_needs_no_library(name: str) -> None:
    imported = imports_of(ROOT / f"{name.replace('.', '/')}.py")

    assert not [
        module
        for module in imported
        if module.partition(".")[0] not in sys.stdlib_module_names
        and not within(module, STANDARD_ONLY)
    ]


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ("pipelines.extraction", ("database", "history", "export", "corpora", "cli")),
        ("pipelines.database", ("history", "export", "corpora", "pictures", "cli")),
        ("pipelines.history", ("export", "corpora", "pictures", "cli")),
        ("pipelines.export", ("corpora", "pictures", "cli")),
        ("pipelines.corpora", ("export", "pictures", "cli")),
    ],
)
def test_what_lies_below_knows_nothing_of_what_lies_above(below: str, above: list[str]) -> None:
    assert not [
        f"{name_of(path)} imports {module}"
        for path in MODULES
        if within(name_of(path), (below,))
        for module in imports_of(path)
        if within(module, tuple(f"pipelines.{name}" for name in above))
    ]


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {name_of(path) for path in MODULES}
    graph = {name_of(path): needed_by(path, names) for path in MODULES}

    while leaves := {name for name, needed in graph.items() if not needed}:
        graph = {name: needed - leaves for name, needed in graph.items() if name not in leaves}

    assert not graph


def test_no_other_distribution_owns_our_package_names() -> None:
    owners = {
        distribution.metadata["Name"]
        for distribution in distributions()
        for file in distribution.files or ()
        if file.parts[0] in ANYWHERE
    }

    assert owners <= {"policytrail"}


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_names_no_host_and_every_package_has_a_hash(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()

    assert not [line for line in lines if "://" in line]
    assert not [line for line in lines if line[:1].isalnum() and not line.endswith("\\")]
    assert any("--hash=sha256:" in line for line in lines)


def test_every_dependency_has_its_reason_and_the_extractor_is_pinned_exactly() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    dependencies = lines[start + 1 : lines.index("]", start)]

    assert not [line for line in dependencies if "# " not in line]
    assert any('"trafilatura==' in line for line in dependencies)
