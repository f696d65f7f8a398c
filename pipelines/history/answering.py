"""A question with a user's values: checked one by one, then asked over a given connection."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from crawler.errors import AskedWrongly, BadDate
from crawler.memento import moment_of
from pipelines.database.asking import Answer, ask, check_pattern, confine, set_variables
from pipelines.database.file import Connection
from pipelines.history.catalogue import Parameter, Question
from pipelines.history.policies import one_policy

PERIODS = ("year", "half", "quarter", "month")
_DAYS = ("since", "until", "at")
_TRUTHS = ("true", "false")
_LISTED = {
    "term": "SELECT DISTINCT term FROM terms ORDER BY term",
    "dictionary": "SELECT DISTINCT dictionary FROM terms ORDER BY dictionary",
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def answer(connection: Connection, asked: Question, given: Mapping[str, str]) -> Answer:
    """Ask a question, confined to the file. Raises AskedWrongly and its like."""
    set_variables(connection, values_of(connection, asked, given))
    confine(connection)
    return ask(connection, asked.sql)


def values_of(connection: Connection, asked: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Check a user's values and write each as the query casts it. Raises AskedWrongly."""
    _check_names(asked, given)
    return {
        parameter.name: _checked(connection, parameter, given[parameter.name])
        for parameter in asked.parameters
        if parameter.name in given
    }


def _check_names(asked: Question, given: Mapping[str, str]) -> None:
    known = [parameter.name for parameter in asked.parameters]
    has = f"only {', '.join(known)}" if known else "it has none"
    for name in given:
        if name not in known:
            raise AskedWrongly(f"question {asked.number} has no parameter {name!r}: {has}")


def _checked(connection: Connection, parameter: Parameter, value: str) -> str:
    name, default = parameter.name, parameter.default
    if name == "policy":
        return one_policy(connection, value)
    if name == "pattern":
        check_pattern(connection, value)
    elif name in _LISTED:
        return _listed(connection, name, value)
    elif name == "period" and value not in PERIODS:
        raise AskedWrongly(f"period={value} is none of {', '.join(PERIODS)}")
    elif name in _DAYS or default.startswith(("DATE ", "TIMESTAMP ")):
        return _day(parameter, value)
    elif _NUMBER.fullmatch(default):
        return _number(parameter, value)
    elif default.lower() in _TRUTHS and value.lower() not in _TRUTHS:
        raise AskedWrongly(f"{name}={value} is neither true nor false: {parameter.about}")
    return value


def _day(parameter: Parameter, value: str) -> str:
    """Write a date as the query reads it: its first day, also of `until`, which is not included."""
    try:
        moment = moment_of(value)
    except BadDate as error:
        raise AskedWrongly(f"{parameter.name}={value}: {error}") from error
    to_the_second = parameter.name == "at" or parameter.default.startswith("TIMESTAMP ")
    return f"{moment:%Y-%m-%d %H:%M:%S}" if to_the_second else f"{moment:%Y-%m-%d}"


def _listed(connection: Connection, name: str, value: str) -> str:
    """Find a term or a dictionary, in whatever case; an unknown one would find nothing."""
    rows = connection.execute(_LISTED[name]).fetchall()
    known: dict[str, str] = {each.casefold(): each for (each,) in rows}
    if value.casefold() in known:
        return known[value.casefold()]
    near = [known[each] for each in get_close_matches(value.casefold(), known, n=3)]
    remedy = f"did you mean {' or '.join(near)}?" if near else "the view `terms` lists them"
    raise AskedWrongly(f"{name}={value} is in no dictionary: {remedy}")


def _number(parameter: Parameter, value: str) -> str:
    whole = "." not in parameter.default
    if not _NUMBER.fullmatch(value) or (whole and "." in value):
        kind = "whole number" if whole else "number"
        raise AskedWrongly(
            f"{parameter.name}={value} is no {kind}, like {parameter.default}: {parameter.about}"
        )
    return value
