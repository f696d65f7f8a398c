"""The questions that come with policytrail: SQL files whose head says what they answer.

Standard library only. The head is the one place where a question is explained: the command, the
cookbook and the pictures read it here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.errors import AskedWrongly, PolicytrailError

PLOT_KINDS = ("line", "interval", "step", "bar")
_FILE = re.compile(r"q(\d\d)_[a-z0-9]+(?:_[a-z0-9]+)*\.sql")
_TITLE = re.compile(r"(\d+)\. (\S.*)")
_SECTION = re.compile(r"(Misread|Parameters|Plot|Example):(.*)")
_LITERAL = r"(?:(?:DATE|TIMESTAMP) )?'(?:[^']|'')*'|-?[\w.]+"
_PARAMETER = re.compile(rf"([a-z]\w*)(?: = ({_LITERAL}))?: (\S.*)")
_EXAMPLE = re.compile(rf"([a-z]\w*) = ({_LITERAL})(?:, |$)")
_AXIS = re.compile(r"(x|y|by)=(\w+(?:(?:\.\.|\+)\w+)*)")
_READ = re.compile(r"getvariable\('(\w+)'\)")


class BadQuestion(PolicytrailError):  # noqa: N818
    """A file of a question that nobody can read; ours to mend."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the question {name} is malformed: {reason}")


class NoSuchQuestion(AskedWrongly):
    """A number that no question has."""

    def __init__(self, number: int, numbers: list[int]) -> None:
        known = ", ".join(map(str, numbers))
        super().__init__(f"there is no question {number}, only {known}: see `ask --list`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a question can be asked with; `default` is SQL, NULL where nothing is meant."""

    name: str
    default: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """How an answer is drawn: the kind, and the columns of its axes. An interval's x are two."""

    kind: str
    x: tuple[str, ...]
    y: str
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and its query. `sql` is the whole file, as the plain client takes it.

    `example` are the values, in SQL, that show something on the sample archive.
    """

    number: int
    name: str
    title: str
    about: str
    misread: str
    parameters: tuple[Parameter, ...]
    plot: Plot | None
    example: Mapping[str, str]
    sql: str

    @property
    def query(self) -> str:
        """Give the query without its head."""
        lines = self.sql.split("\n")
        begin = next(number for number, line in enumerate(lines) if not line.startswith("--"))
        return "\n".join(lines[begin:])


@cache
def questions() -> dict[int, Question]:
    """Read all questions, by their number and in its order. Raises BadQuestion."""
    found: dict[int, Question] = {}
    folder = files("pipelines.history") / "questions"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".sql"):
            continue
        question = parse(file.name, file.read_text(encoding="utf-8"))
        if question.number in found:
            raise BadQuestion(file.name, f"{found[question.number].name} has its number already")
        found[question.number] = question
    return found


def question(number: int) -> Question:
    """Give one question. Raises NoSuchQuestion."""
    known = questions()
    if number not in known:
        raise NoSuchQuestion(number, list(known))
    return known[number]


def parse(name: str, text: str) -> Question:
    """Read a file; its name is `qNN_short_name.sql`. Raises BadQuestion."""
    named = _FILE.fullmatch(name)
    if not named:
        raise BadQuestion(name, "its name is not like q02_first_mention.sql")
    title, sections = _head(name, text)
    told = _TITLE.fullmatch(title)
    if not told or int(told[1]) != int(named[1]):
        raise BadQuestion(name, f"its first line is not like `-- {int(named[1])}. Who ...?`")
    if not sections["about"] or not sections["Misread"]:
        raise BadQuestion(name, "its head says nothing, or not what can be misread (Misread:)")
    parameters = _parameters(name, sections["Parameters"])
    _check_query(name, text, parameters)
    return Question(
        number=int(told[1]),
        name=name.removesuffix(".sql"),
        title=told[2],
        about=sections["about"],
        misread=sections["Misread"],
        parameters=parameters,
        plot=_plot(name, sections["Plot"]),
        example=_example(name, sections["Example"], parameters),
        sql=text,
    )


def _head(name: str, text: str) -> tuple[str, dict[str, str]]:
    """Cut the comment before the query into its parts; lines of parameters stay lines."""
    parts: dict[str, list[str]] = {"about": []}
    title, current = "", "about"
    for number, line in enumerate(text.split("\n")):
        if not line.startswith("--"):
            break
        words = line[2:].strip()
        if number == 0:
            title = words
        elif match := _SECTION.fullmatch(words):
            current = match[1]
            if current in parts:
                raise BadQuestion(name, f"its head has {current}: twice")
            parts[current] = [match[2].strip()]
        else:
            parts[current].append(words)
    joined = {
        key: ("\n" if key == "Parameters" else " ").join(filter(None, lines))
        for key, lines in parts.items()
    }
    return title, dict.fromkeys(("Misread", "Parameters", "Plot", "Example"), "") | joined


def _parameters(name: str, lines: str) -> tuple[Parameter, ...]:
    found: dict[str, Parameter] = {}
    last = ""
    for line in filter(None, lines.split("\n")):
        match = _PARAMETER.fullmatch(line)
        if match and match[1] not in found:
            last = match[1]
            found[last] = Parameter(name=last, default=match[2] or "NULL", about=match[3])
        elif not match and last:
            before = found[last]
            about = f"{before.about} {line}"
            found[last] = Parameter(name=last, default=before.default, about=about)
        else:
            raise BadQuestion(name, f"no parameter, or one twice: {line!r}")
    return tuple(found.values())


def _plot(name: str, line: str) -> Plot | None:
    if not line:
        return None
    kind, *rest = line.split()
    axes = {match[1]: match[2] for word in rest if (match := _AXIS.fullmatch(word))}
    x = tuple(axes.get("x", "").split(".."))
    whole = len(axes) == len(rest) and {"x", "y"} <= axes.keys() and kind in PLOT_KINDS
    if not whole or len(x) != (2 if kind == "interval" else 1):
        raise BadQuestion(name, f"its Plot: is not like `line x=period y=share by=term`: {line!r}")
    return Plot(kind=kind, x=x, y=axes["y"], by=axes.get("by"))


def _example(name: str, line: str, parameters: tuple[Parameter, ...]) -> dict[str, str]:
    values = {match[1]: match[2] for match in _EXAMPLE.finditer(line)}
    unknown = values.keys() - {parameter.name for parameter in parameters}
    if unknown or ", ".join(f"{key} = {value}" for key, value in values.items()) != line:
        raise BadQuestion(name, f"its Example: is not like `term = 'GDPR'`: {line!r}")
    return values


def _check_query(name: str, text: str, parameters: tuple[Parameter, ...]) -> None:
    query = re.sub(r"^--.*\n", "", text, flags=re.MULTILINE)
    if not query.endswith(";\n"):
        raise BadQuestion(name, "its query does not end with a semicolon and a line's end")
    declared = {parameter.name for parameter in parameters}
    if differing := sorted(declared ^ set(_READ.findall(query))):
        listed = ", ".join(differing)
        raise BadQuestion(name, f"listed and not read by getvariable, or read only: {listed}")
