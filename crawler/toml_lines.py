"""Where each key of a TOML text stands. Standard library only.

`tomllib` reads a text but forgets the lines; a refusal without a line sends people searching.
"""

import re
import tomllib
from bisect import bisect_right
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_DOT = re.compile(r"[ \t]*(\.?)[ \t]*")
# Three quotes end a long string, and up to two more belong to it.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.DOTALL
)
_BARE = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """Map the path of every table, key and list item to its line, counted from 1.

    `text` must be TOML that `tomllib` accepts. The third `[[vendor]]` is `("vendor", 2)`, its
    name `("vendor", 2, "name")`.
    """
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.newlines = [found.start() for found in re.finditer("\n", text)]
        self.lines: dict[KeyPath, int] = {(): 1}
        self.lengths: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self.next_sign():
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def next_sign(self) -> str:
        """Step over blanks, line ends and comments; give what follows, empty at the end."""
        self.step(_BLANK)
        return self.text[self.at : self.at + 1]

    def step(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:  # the text was checked by tomllib: the mistake is ours
            raise AssertionError(f"no {pattern.pattern} at offset {self.at}")
        self.at = found.end()
        return found[0]

    def note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, bisect_right(self.newlines, self.at - 1) + 1)

    def header(self) -> KeyPath:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        self.next_sign()
        keys = self.keys()
        end = self.text.index("]", self.at)
        self.at = start
        path: KeyPath = self.resolve(keys[:-1] if many else keys)
        if many:
            path += (keys[-1],)
            self.note(path)
            path += (self.lengths.get(path, 0),)
            self.lengths[path[:-1]] = self.lengths.get(path[:-1], 0) + 1
        self.note(path)
        self.at = end + (2 if many else 1)
        return path

    def resolve(self, keys: list[str]) -> KeyPath:
        """In a header, the name of a list of tables stands for its last table so far."""
        path: KeyPath = ()
        for key in keys:
            path += (key,)
            if path in self.lengths:
                path += (self.lengths[path] - 1,)
        return path

    def keys(self) -> list[str]:
        keys = [self.key()]
        while self.step(_DOT).strip():
            keys.append(self.key())
        return keys

    def key(self) -> str:
        written = self.step(_KEY)
        return next(iter(tomllib.loads(f"{written} = 0")))

    def pair(self, table: KeyPath) -> None:
        start = self.at
        keys = self.keys()
        after, self.at = self.at, start
        for depth in range(1, len(keys) + 1):
            self.note((*table, *keys[:depth]))
        self.at = after + 1  # the equals sign
        self.value((*table, *keys))

    def value(self, path: KeyPath) -> None:
        sign = self.next_sign()
        if sign == "[":
            self.items(path)
        elif sign == "{":
            self.members(path)
        else:
            self.step(_STRING if sign in "\"'" else _BARE)

    def items(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self.next_sign() != "]":
            self.note((*path, index))
            self.value((*path, index))
            index += 1
            self.comma()
        self.at += 1

    def members(self, path: KeyPath) -> None:
        self.at += 1
        while self.next_sign() != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        if self.next_sign() == ",":
            self.at += 1
