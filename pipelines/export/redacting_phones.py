"""Where telephone numbers stand in a text. Owns phonenumbers.

A policy is full of other numbers: dates, laws, registers, prices. Only what is written like a
number to dial is taken: with a +, in the manner of North America, with a 0 before it, or behind a
word that announces one; and each has to be a number that is given out in some country.
"""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from pipelines.export.spans import Span, apart

_GAP = r"[ \xa0\u2009\u202f().\-/\u2010-\u2015]"
_RUN = re.compile(rf"\d(?:{_GAP}{{0,3}}+\d){{6,38}}+")
_LEAD = re.compile(r"(?:\+|\([ \xa0]?\+?)[ \xa0]?\Z")
_LINK = re.compile(r"tel:(\+?[\d().%-]{5,30}\d)")
# 1-800 and letters, as on a keypad
_SPELT = re.compile(
    r"8(?:00|33|44|55|66|77|88)\)?[-. ](?=[\dA-Z-]*[A-Z]{2})"
    r"[\dA-Z]{2,4}-?[\dA-Z]{2,4}(?:-?[\dA-Z]{1,4})?(?![\w-])"
)
_SPELT_LEAD = re.compile(r"(?<![\w-])(?:1[-. ])?\(?\Z")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})(?!\d)"
)
_NORTH_AMERICAN = re.compile(
    r"(?<![\d.])(?:1[-. ])?(?:\([2-9]\d\d\)[-. \xa0]?|[2-9]\d\d[-. \xa0\u2010-\u2015])"
    r"[2-9]\d\d[-. \xa0\u2010-\u2015]\d{4}(?!\d)"
)
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:(?:tele|tél|telé|tele?f)\w*|tel|ph|phone\w*|call\w*|dial\w*|fax\w*|mobile?|"
    r"cell\w*|hotline|helpline|toll[- ]free|whats ?app|sms|tty|tdd|t|f|appel\w*|anruf\w*|"
    r"rufnummer|rufen|llam\w+|ligue|chiam\w+|bel)(?: (?:number|no|nr|us|on|at|n[°º]))?(?!\w)"
    r"|电话|電話|傳真|传真|전화",
    re.IGNORECASE,
)
_NOT_DIALLED = re.compile(
    r"(?<!\w)(?:n[°ºo]|nr|nos?|numbers?|numéro|número|nummer|rcs|siren|siret|vat|tva|ust\w*|iva|"
    r"hrb|abn|acn|cnpj|nif|cif|id|isbn|issn|regulation|directive|act|law|loi|ley|lei|gesetz|"
    r"article|art|section|regist\w+|licen[cs]e|company|décret|decree|box|zip|iban|code|version|"
    r"copyright|fee|usd|eur)(?!\w)|[#§$€£]",
    re.IGNORECASE,
)
# Where a number with a 0 before it, or one that is announced, may be given out.
_AT_HOME = tuple("GB FR DE IT NL BE CH AT IE SE AU NZ IN JP CN KR ZA".split())  # noqa: SIM905
_ANNOUNCED_IN = ("US", *_AT_HOME, "ES", "PT", "BR", "MX", "PL", "DK", "NO", "FI", "SG", "HK")


def find_phones(text: str) -> Iterator[Span]:
    """Give where telephone numbers stand, in order and apart from one another."""
    spans = [match.span(1) for match in _LINK.finditer(text)]
    spans += [
        (lead.start(), match.end())
        for match in _SPELT.finditer(text)
        if (lead := _SPELT_LEAD.search(text, max(0, match.start() - 4), match.start()))
    ]
    for run in _RUN.finditer(text):
        lead = _LEAD.search(text, max(0, run.start() - 4), run.start())
        spans += _dialled(text, lead.start() if lead else run.start(), run.end())
    return apart(spans)


def _dialled(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the telephone numbers in a run of digits, by how it is written and announced."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(char.isalpha() or char in "_=&%" for char in beside) or _is_in_address(text, start):
        return
    for regions, leniency in _ways(text, start, end):
        for region in regions:
            if found := list(_matches(text, start, end, region, leniency)):
                yield from found
                return


def _is_in_address(text: str, start: int) -> bool:
    """Say whether a place lies in an address of the web, also of a link."""
    word = re.split(r"[\s<>]", text[max(0, start - 300) : start])[-1]
    return "://" in word or "www." in word or ("](" in word and not word.endswith("tel:"))


def _ways(text: str, start: int, end: int) -> Iterator[tuple[tuple[str | None, ...], int]]:
    """Give the countries that the run may be a number of, and how strictly to read it."""
    run = text[start:end]
    before = text[text.rfind("\n", 0, start) + 1 : start][-48:]
    announced, other = _last(_ANNOUNCED, before), _last(_NOT_DIALLED, before)
    if "+" in run:
        yield (None,), Leniency.POSSIBLE
        yield ("US",), Leniency.VALID
    elif _DATE.search(run):
        return
    elif announced >= 0 and announced >= other:
        yield _ANNOUNCED_IN, Leniency.VALID
    elif other >= 0 and other > len(before) - 16:
        return
    elif _NORTH_AMERICAN.search(run):
        yield ("US",), Leniency.VALID
    elif re.match(rf"\(?0\d*{_GAP}", run):
        yield _AT_HOME, Leniency.STRICT_GROUPING


def _matches(text: str, start: int, end: int, region: str | None, leniency: int) -> Iterator[Span]:
    """Ask the library; it looks at what stands around, such as an extension behind the number."""
    here = max(0, start - 1)
    for match in PhoneNumberMatcher(text[here : end + 16], region, leniency=leniency):
        number = match.raw_string
        opened = number.startswith("(") > (")" in number) or number.startswith("[") > (
            "]" in number
        )
        if here + match.start < end:
            yield here + match.start + opened, here + match.end


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((match.end() for match in pattern.finditer(words)), default=-1)
