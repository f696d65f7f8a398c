"""Line numbers in TOML texts, against texts whose lines are known because they were just built."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.toml_lines import KeyPath, lines_of

NOISE = st.sampled_from(["", "  ", "\t", "# plain", "# [[vendor]]", '# "', "# '''", "# a = ["])
VALUES = st.sampled_from(
    [
        "1",
        "-2.5e3",
        "true",
        "2018-05-25",
        "2018-05-25 07:32:00Z",
        '"plain"',
        "'C:\\path'",
        '"a # b"',
        '"[[c]] = { d }"',
        '"an escaped \\" quote"',
        "''",
        "'''one line'''",
        '"""\nthree\nlines"""',
        '"""ends in quotes"""""',
        '"""\\\n   folded # no comment\n"""',
        "'''\n[[vendor]]\nid = 1\n'''",
        "[]",
        "[1, 2, 3,]",
        "[\n  1, # one ]\n\n  # two\n  2\n]",
        "[[1], ['x', \"y\"]]",
        "{}",
        "{ a = 1, b.c = '}', d = [1, { e = 2 }] }",
        "[ { a = 1 },\n { a = 2 } ]",
    ]
)
KEYS = st.sampled_from(["name", "a-b", "_1", '"quoted key"', "'lit eral'", '"\\u00e9 = ["'])


class Builder:
    """Writes a TOML text line by line and remembers where everything was put."""

    def __init__(self) -> None:
        self.text = ""
        self.expected: dict[KeyPath, int] = {}

    def put(self, written: str, path: KeyPath | None = None) -> None:
        if path is not None:
            self.expected[path] = self.text.count("\n") + 1
        self.text += written + "\n"


@st.composite
def built_texts(draw: st.DrawFn) -> Builder:
    built = Builder()

    def fill(path: KeyPath) -> None:
        for key in draw(st.lists(KEYS, max_size=3, unique=True)):
            for noise in draw(st.lists(NOISE, max_size=2)):
                built.put(noise)
            name = next(iter(tomllib.loads(f"{key} = 0")))
            built.put(f"  {key} = {draw(VALUES)}  # the end", (*path, name))

    fill(())
    for number in range(draw(st.integers(0, 3))):
        built.put("[[vendor]]", ("vendor", number))
        fill(("vendor", number))
        for policy in range(draw(st.integers(0, 2))):
            built.put("  [[ vendor . policy ]] # here", ("vendor", number, "policy", policy))
            fill(("vendor", number, "policy", policy))
        if draw(st.booleans()):
            built.put("[vendor.extra]", ("vendor", number, "extra"))
            fill(("vendor", number, "extra"))
    return built


def paths_in(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from paths_in(member, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths_in(item, (*path, index))


@settings(deadline=None)
@given(built_texts())
def test_every_key_and_table_is_found_on_the_line_it_was_written(built: Builder) -> None:
    lines = lines_of(built.text)

    assert {path: lines.get(path) for path in built.expected} == built.expected


@settings(deadline=None)
@given(built_texts())
def test_exactly_what_tomllib_reads_has_a_line(built: Builder) -> None:
    read = set(paths_in(tomllib.loads(built.text)))

    assert set(lines_of(built.text)) == read


@settings(deadline=None)
@given(built_texts())
def test_line_ends_of_another_system_change_no_line_number(built: Builder) -> None:
    assert lines_of(built.text.replace("\n", "\r\n")) == lines_of(built.text)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        pytest.param("a = [\n1,\n2]", ("a", 1), 3, id="item of a list over several lines"),
        pytest.param("a = [\n{ b = 1 },\n\n{ b = 2 }]", ("a", 1, "b"), 4, id="inline table"),
        pytest.param("\na.b.c = 1", ("a", "b"), 2, id="dotted key"),
        pytest.param("\n[a.b]\nc = 1", ("a", "b", "c"), 3, id="key of a nested table"),
        pytest.param("[[a]]\n[[a]]\n[a.b]\nc = 1", ("a", 1, "b", "c"), 4, id="last of a list"),
        pytest.param("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]", ("a", 1, "b", 0), 4, id="counts anew"),
        pytest.param("a = '''\n\n'''\nb = 1", ("b",), 4, id="after a long string"),
        pytest.param('a = """x\\"""" # "\nb = 1', ("b",), 2, id="after an escaped quote"),
        pytest.param("", (), 1, id="empty text"),
    ],
)
def test_a_line_is_counted_from_one(text: str, path: KeyPath, line: int) -> None:
    assert lines_of(text)[path] == line
