"""The date a policy gives itself, with the words it gives it in. Standard library only.

A date is only read where it cannot be another one: 03/04/2018 stays a quote without a date
unless the language or a dot says which is the day.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pipelines.extraction.months import MONTH, MONTHS

LABELS = {
    "updated": (
        r"(?:last|latest|most\s+recent(?:ly)?)\s+(?:update[ds]?|revis(?:ed|ion)|modifi(?:ed"
        r"|cation)"
        r"|change[ds]?|amended|review(?:ed)?|posted)|(?:date\s+of\s+)?last\s+(?:update|revision)"
        r"|(?:updated|revised|amended)(?=\s*(?:on|as\s+of|:|date|[A-Z\d]))"
        r"|(?:date\s+)?(?:updated|modified)\s*:|(?:update|revision)\s+date"
        r"|(?:letzte|zuletzt)\s+(?:aktualisier\w+|änderung|geändert|bearbeitet|überarbeitet)"
        r"|(?:aktualisiert|geändert)\s+am|stand(?:\s+der\s+\w+)?(?=\s*(?::|vom|\d|[A-ZÄ]))"
        r"|(?:date\s+de\s+)?(?:la\s+)?dernière\s+(?:mise\s+à\s+jour|modification|révision)"
        r"|(?:mis|mise|mises)\s+à\s+jour\s+(?=le|:|\d)|modifiée?\s+le"
        r"|última\s+(?:actualización|modificación|revisión|atualização)"
        r"|actualizad[oa]\s+(?:el|en)"
        r"|ultimo\s+aggiornamento|ultima\s+(?:modifica|revisione)|aggiornat[oa]\s+(?:al|il)"
        r"|laatst\s+(?:bijgewerkt|gewijzigd)|senast\s+uppdaterad|sist\s+oppdatert"
        r"|sidst\s+opdateret"
        r"|ostatnia\s+aktualizacja|data\s+aktualizacji|atualizad[oa]\s+em"
        r"|(?:最終|最后|最近)?(?:更新|改定|改訂|修订)(?:日期|日|时间|于|日時)?"
    ),
    "effective": (
        r"effective(?:\s+(?:date|as\s+of|from|since|on|beginning))?(?=[\s:*_|]|\s+[A-Z\d])"
        r"|(?:in|into)\s+(?:effect|force)\s+(?:on|from|since|as\s+of)|date\s+of\s+effect"
        r"|gültig\s+(?:ab|seit)|(?:in\s+kraft|wirksam)\s+(?:ab|seit|getreten\s+am)"
        r"|(?:date\s+d['\u2019]\s*)?(?:entrée\s+en\s+vigueur|effet)(?:\s+(?:le|au))?"
        r"|en\s+vigueur\s+(?:le|au|depuis)"
        r"|fecha\s+de\s+(?:entrada\s+en\s+vigor|vigencia)|vigente\s+desde|data\s+de\s+vigência"
        r"|in\s+vigore\s+dal|ingangsdatum|obowiązuje\s+od"
        r"|(?:生效|施行|制定|発効)(?:日期|日|时间|于)?"
    ),
    "version": (
        r"version(?:\s+(?:date|du|vom|dated|of))?(?:\s+v?\d+(?:\.\d+)*)?|fassung\s+vom"
        r"|(?:dated|as\s+of)(?=\s+[A-Z\d])"
    ),
}
_BETWEEN = (
    r"[\s:\uff1a*_|(\uff08,\-\u2013—/]*(?:\b(?:on|as\s+of|is|was|from|the|le|du|au|am|vom|den|el|em|il|del|op"
    r"|of|date|v?\d\.\d+)\b[\s:*_|(,.\-\u2013—]*){0,3}"
)
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_OF = r"(?:de\s+|del\s+|of\s+)?"
_DATE = (
    rf"(?P<m1>{MONTH})\.?\s+(?P<d1>\d{{1,2}}){_ORDINAL},?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}}){_ORDINAL}\s*{_OF}[-\s]?(?P<m2>{MONTH})\.?,?[-\s]+{_OF}(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})\s*[-/.年]\s*(?P<m3>\d{1,2})\s*[-/.月]\s*(?P<d3>\d{1,2})日?"
    r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>(?:19|20)\d\d)"
    rf"|(?P<m5>{MONTH})\.?,?\s+(?:de\s+)?(?P<y5>(?:19|20)\d\d)"
)
_STATED = {
    kind: re.compile(rf"(?<!\w)(?:{label}){_BETWEEN}(?:{_DATE})(?!\d)", re.IGNORECASE)
    for kind, label in LABELS.items()
}
_HEAD, _TAIL = 3_000, 1_500
_MARKS = re.compile(r"[*_#|\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A stated date; `date` is None where the words in `quote` leave the day open."""

    date: dt.date | None
    kind: str
    quote: str


NO_DATE = Stated(date=None, kind="", quote="")


def stated_date(text: str, language: str = "und") -> Stated:
    """Find the date that a policy states of itself: of its update, else of effect, else version.

    Only the beginning and the end are searched: dates in between are those of laws and events.
    """
    parts = [text] if len(text) <= _HEAD + _TAIL else [text[:_HEAD], text[-_TAIL:]]
    open_ended = NO_DATE
    for kind, pattern in _STATED.items():
        for part in parts:
            for found in pattern.finditer(part):
                stated = Stated(date=_day(found, language), kind=kind, quote=_quote(found[0]))
                if stated.date:
                    return stated
                open_ended = open_ended if open_ended.quote else stated
    return open_ended


def _quote(words: str) -> str:
    return " ".join(_MARKS.sub(" ", words).split())


def _day(found: re.Match[str], language: str) -> dt.date | None:
    if found["y1"]:
        return _date(found["y1"], MONTHS[found["m1"].lower()], found["d1"])
    if found["y2"]:
        return _date(found["y2"], MONTHS[found["m2"].lower()], found["d2"])
    if found["y3"]:
        return _date(found["y3"], found["m3"], found["d3"])
    if found["y4"]:
        return _numeric(found, language)
    return None


def _numeric(found: re.Match[str], language: str) -> dt.date | None:
    first, second, year = found["a4"], found["b4"], found["y4"]
    day_first = int(first) > 12 or found["s4"] == "." or language not in ("en", "und")
    if first == second or day_first:
        return _date(year, second, first)
    return _date(year, first, second) if int(second) > 12 else None


def _date(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
