"""TOML tables that refuse what is wrong with file, line and remedy. Standard library only."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from crawler.errors import VendorListError
from crawler.toml_lines import KeyPath, lines_of

_LENGTH = re.compile(r"(\d{1,6}) (day|week)s?")
_MOST_DAYS = 36_525
_WRITE_DAYS = 'write a number of days like 30, or "2 weeks"'
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a file. Each reading method raises VendorListError at the line at fault."""

    path: Path
    lines: Mapping[KeyPath, int]
    values: Mapping[str, object]
    where: KeyPath = ()

    def line(self, key: str | None = None) -> int:
        """Say on which line `key` stands, or the table itself."""
        own = self.lines[self.where]
        return own if key is None else self.lines.get((*self.where, key), own)

    def wrong(self, key: str | None, reason: str) -> VendorListError:
        """Make the refusal of `key`, or of the whole table; the caller raises it."""
        return VendorListError(self.path, self.line(key), reason)

    def only(self, *known: str) -> None:
        """Refuse every key that is not known."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                remedy = f"write {near[0]!r}" if near else f"remove it; known: {', '.join(known)}"
                raise self.wrong(key, f"unknown key {key!r}: {remedy}")

    def text(self, key: str) -> str:
        """Give a string that must be there and must not be blank."""
        value = self.required(key, f'add {key} = "..."')
        if not isinstance(value, str):
            raise self.wrong(key, f"{key!r} is {_kind(value)}: write a string in quotes")
        if not value.strip():
            raise self.wrong(key, f"{key!r} is blank: fill it in or remove it")
        return value

    def text_or_empty(self, key: str) -> str:
        """Give a string that may be missing, as the empty string then."""
        return self.text(key) if key in self.values else ""

    def flag(self, key: str) -> bool:
        """Give true or false, false where missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"{key!r} is {_kind(value)}: write true or false, no quotes")
        return value

    def day(self, key: str) -> date | None:
        """Give a date without a time, None where missing."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            remedy = "write a date without quotes and time, like 2018-05-25"
            raise self.wrong(key, f"{key!r} is {_kind(value)}: {remedy}")
        return value

    def days(self, key: str) -> int | None:
        """Give a length of time in whole days, at least 1; None where missing."""
        value = self.values.get(key)
        if value is None:
            return None
        found = _LENGTH.fullmatch(value) if isinstance(value, str) else None
        number = int(found[1]) * (7 if found[2] == "week" else 1) if found else value
        if isinstance(number, bool) or not isinstance(number, int):
            raise self.wrong(key, f"{key!r} is {_kind(value)}: {_WRITE_DAYS}")
        if not 0 < number <= _MOST_DAYS:
            raise self.wrong(
                key, f"{key!r} is {value!r}, not 1 to {_MOST_DAYS} days: {_WRITE_DAYS}"
            )
        return number

    def tables(self, key: str, example: str) -> tuple["Table", ...]:
        """Give a list of tables, at least one; `example` is how to write such a list."""
        values = self.required(key, f"add {example}")
        if not isinstance(values, list):
            raise self.wrong(key, f"{key!r} is {_kind(values)}: write {example}")
        if not values:
            raise self.wrong(key, f"{key!r} is empty: add {example}")
        return tuple(self._item(key, index, value, example) for index, value in enumerate(values))

    def required(self, key: str, remedy: str) -> object:
        """Give any value that must be there."""
        if key not in self.values:
            raise self.wrong(None, f"{key!r} is missing: {remedy}")
        return self.values[key]

    def _item(self, key: str, index: int, value: object, example: str) -> "Table":
        where = (*self.where, key, index)
        if not isinstance(value, dict):
            reason = f"item {index + 1} of {key!r} is {_kind(value)}: write {example}"
            raise VendorListError(self.path, self.lines[where], reason)
        return Table(path=self.path, lines=self.lines, values=value, where=where)


def read_table(path: Path) -> Table:
    """Read a TOML file as its outermost table. Line 0 stands for a file that cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read ({error.strerror}): name a readable file"
        raise VendorListError(path, 0, reason) from error
    text = _decode(path, content)
    try:
        return Table(path=path, values=tomllib.loads(text), lines=lines_of(text))
    except (ValueError, RecursionError) as error:
        raise _syntax(path, text, str(error)) from error


def _decode(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise VendorListError(path, line, "not UTF-8: save the file as UTF-8") from error


def _syntax(path: Path, text: str, message: str) -> VendorListError:
    found = _AT_LINE.search(message)
    line = int(found[1]) if found and found[1] else max(1, len(text.splitlines()))
    reason = _AT_LINE.sub("", message)
    return VendorListError(
        path, line, f"not TOML ({reason}): mend quotes, brackets, commas or a key written twice"
    )


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
