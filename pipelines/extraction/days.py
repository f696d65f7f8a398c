"""Dates in running text, in all the forms that policies write them. Standard library only.

A date in numbers alone may have two readings; which of them holds is decided by the whole text.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pipelines.extraction.months import MONTH, MONTHS, ROMAN_MONTH, small

# A pattern that begins with a set is found several times faster than one that looks back first.
_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)9[89]|(?<=2)0[0-4])\d(?!\d)")
_BACK, _ON = 40, 30
_MOST = 200
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|ère|ª|º|°)(?!\w)|\.)?"
_OF = r"(?:de\s+|del\s+|di\s+|of\s+|day\s+of\s+)?"
_DAY = r"(?<!\d)\d{1,2}"
# What may end with the year.
_TO_YEAR = re.compile(
    rf"(?<![^\W\d])(?P<m1>{MONTH})(?!\w)[.,]?[\s-]*(?P<d1>\d{{1,2}}){_ORDINAL}\s?[,.]?[\s-]*$"
    rf"|(?P<d2>{_DAY}){_ORDINAL}\s*{_OF}[-\s/]?(?P<m2>{MONTH})(?!\w)[.,]?[-\s/]*(?:de\s+|del\s+|of\s+)?$"
    rf"|(?P<a3>{_DAY})\s?(?P<s3>[-/.])\s?(?P<b3>\d{{1,2}})\s?(?P=s3)\s?$"
    rf"|(?P<d4>{_DAY})(?P<s4>[-/. ])\s?(?P<r4>{ROMAN_MONTH})(?P=s4)\s?$"
    rf"|(?<![^\W\d])(?P<m5>{MONTH})(?!\w)[.,]?[\s-]*(?:de\s+|del\s+|of\s+)?$"
    rf"|(?<![\d./-])(?P<m6>\d{{1,2}})\s?[-/.]\s?$",
)
# What may begin after the year.
_FROM_YEAR = re.compile(
    r"\s?(?:[-/.\u2010-\u2012]|年(?:\s?[(\uff08][^()\uff08\uff09]{1,12}[)\uff09])?|년)\s?"
    r"(?P<m7>\d{1,2})\s?(?:[-/.\u2010-\u2012]|月|월)\s?(?P<d7>\d{1,2})(?!\d)\.?\s?[日일]?"
    r"|\s?[年년]\s?(?P<m8>\d{1,2})\s?[月월]"
    rf"|[.,]?\s(?P<m9>{MONTH})(?!\w)\.?\s(?P<d9>\d{{1,2}})(?![\d:]|\s?[,.]?\s?(?:19|20)\d\d){_ORDINAL}"
    r"|[-/](?P<m0>0[1-9]|1[0-2])(?!\d)",
)
# With the year in two digits; the number before comes by itself, since a pattern that begins with
# a certain character is found ten times faster.
_SHORT = [
    re.compile(r"/(\d\d?)/(\d\d)(?![\d/]|[.-]\d)"),
    re.compile(r"-(\d\d?|[A-Za-z]{3,9})-(\d\d)(?![\d/]|[.-]\d)"),
    re.compile(r"\.(\d\d)\.(\d\d)(?![\d/]|[.-]\d)"),
]
_NUMBER = re.compile(r"(?<![\w./-])\d\d?\Z")
_PACKED = re.compile(r"(20(?<!\d..)[0-4]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_ERA = re.compile(
    r"(令和|平成|民國|民国)\s?(元|\d{1,3})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?"
)
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_HAN = re.compile(
    "([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_HAN_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_WIDE = "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
_NARROW = str.maketrans(_WIDE, "0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date in a text, from `start` to `end`.

    `readings` is empty where no day or no such day is named; of two, the first is day first.
    `month` is year and month of the first reading, or of a date without a day; None if unknown.
    `order` is "day" or "month", what must stand first in these numbers, or "".
    """

    start: int
    end: int
    readings: tuple[dt.date, ...]
    month: tuple[int, int] | None
    dotted: bool = False
    numeric: bool = False
    order: str = ""


def days_in(text: str) -> list[Day]:
    """Give the dates of a text in their order; no two of them overlap.

    Of a text with more dates than any policy, those near its beginning and its end.
    """
    if any(digit in text for digit in _WIDE):
        text = text.translate(_NARROW)
    found = [day for year in _ends(_YEAR, text) if (day := _around(text, year))]
    for pattern in _SHORT:
        found += [day for match in _ends(pattern, text) if (day := _short(text, match))]
    found += [_packed(match) for match in _ends(_PACKED, text)]
    if "\u5e74" in text:
        found += [_era(match) for match in _ends(_ERA, text)]
        found += [_han(match) for match in _ends(_HAN, text)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _ends(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found = list(pattern.finditer(text))
    return found if len(found) <= 2 * _MOST else found[:_MOST] + found[-_MOST:]


def _around(text: str, year: re.Match[str]) -> Day | None:
    begin = max(0, year.start() - _BACK)
    before = _TO_YEAR.search(small(text[begin : year.start()]))
    after = _FROM_YEAR.match(small(text[year.end() : year.end() + _ON]))
    named = before if before and not before["m6"] and not before["m5"] else None
    if after and not named and not (after["m0"] and before):
        start, end = year.start(), year.end() + after.end()
        month = after["m7"] or after["m8"] or after["m9"] or after["m0"]
        return _day(start, end, year[0], month, after["d7"] or after["d9"])
    if before is None:
        return None
    start, end = begin + before.start(), year.end()
    if before["a3"]:
        return _numbers(start, end, (before["a3"], before["b3"], year[0]), before["s3"] == ".")
    month = before["m1"] or before["m2"] or before["r4"] or before["m5"] or before["m6"]
    return _day(start, end, year[0], month, before["d1"] or before["d2"] or before["d4"])


def _short(text: str, match: re.Match[str]) -> Day | None:
    number = _NUMBER.search(text[max(0, match.start() - 4) : match.start()])
    dotted = match[0][0] == "."
    if number is None or (dotted and len(number[0]) < 2):
        return None  # the number of a version
    start, end = match.start() - len(number[0]), match.end()
    month = MONTHS.get(small(match[1]))
    if month:
        return _day(start, end, _whole(match[2]), str(month), number[0])
    if not match[1].isdecimal():
        return None
    return _numbers(start, end, (number[0], match[1], _whole(match[2])), dotted)


def _whole(year: str) -> str:
    return str(2000 + int(year) if int(year) < 50 else 1900 + int(year))


def _numbers(start: int, end: int, numbers: tuple[str, str, str], dotted: bool) -> Day:
    first, second, year = numbers
    # A set would lose the order; equal numbers leave no doubt.
    both = (_date(year, second, first), _date(year, first, second))
    readings = tuple(dict.fromkeys(date for date in both if date))
    order = ("month" if both[1] else "day") if None in both and readings else ""
    month = (readings[0].year, readings[0].month) if readings else None
    return Day(
        start=start,
        end=end,
        readings=readings,
        month=month,
        dotted=dotted,
        numeric=True,
        order=order,
    )


def _day(start: int, end: int, year: str, month: str, day: str | None) -> Day:
    number = int(month) if month.isdecimal() else MONTHS[month]
    date = _date(year, number, day) if day else None
    return Day(
        start=start,
        end=end,
        readings=(date,) if date else (),
        month=(int(year), number) if 1 <= number <= 12 else None,
    )


def _packed(match: re.Match[str]) -> Day:
    return _day(*match.span(), match[1], match[2], match[3])


def _era(match: re.Match[str]) -> Day:
    year = _BEFORE_ERA[match[1]] + (1 if match[2] == "元" else int(match[2]))
    return _day(*match.span(), str(year), match[3], match[4])


def _han(match: re.Match[str]) -> Day:
    year = "".join(str(_HAN_DIGITS[digit]) for digit in match[1])
    return _day(*match.span(), year, str(_han_number(match[2])), str(_han_number(match[3])))


def _han_number(digits: str) -> int:
    tens, ten, ones = digits.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)


def _date(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
