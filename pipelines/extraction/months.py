"""Names of the months in the languages policies are written in. Standard library only."""

# ruff: noqa: ISC004, RUF001 - a month a line, letters of many scripts
from collections.abc import Iterable

_NAMES = (
    # en, de, fr, es, it, pt, nl, sv, da, no, fi, pl, cs, ru, uk, tr; usual short forms with them.
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari tammikuuta"
    " tammikuu stycznia styczeń ledna января январь січня ocak",
    "february feb februar février fevrier févr fév febrero febbraio fevereiro fev februari"
    " helmikuuta helmikuu lutego luty února февраля февраль лютого şubat subat",
    "march mar märz maerz mrz mars marzo março marco maart mrt marts maaliskuuta maaliskuu marca"
    " marzec března марта март березня mart",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu kwietnia kwiecień dubna апреля"
    " апрель квітня nisan",
    "may mai mayo maggio mag maio mei maj maja toukokuuta toukokuu května мая май травня mayıs"
    " mayis",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu czerwca czerwiec června июня"
    " июнь червня haziran",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu lipca lipiec července"
    " июля июль липня temmuz",
    "august aug août aout agosto ago augustus augusti elokuuta elokuu sierpnia sierpień srpna"
    " августа август серпня ağustos agustos",
    "september sept sep septembre septiembre setiembre settembre set setembro syyskuuta syyskuu"
    " września wrzesień září сентября сентябрь вересня eylül eylul",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu"
    " października październik října октября октябрь жовтня ekim",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad"
    " listopadu ноября ноябрь листопада kasım kasim",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro dez desember"
    " joulukuuta joulukuu grudnia grudzień prosince декабря декабрь грудня aralık aralik",
)
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii"


def small(text: str) -> str:
    """Write a text in small letters without changing its length."""
    # Patterns in small letters are found much faster than those that ignore case.
    return text.replace("\u0130", "i").lower()


def _any(names: Iterable[str]) -> str:
    # Longest first, so that no short form cuts a name.
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


MONTHS = {
    name: number
    for names in (_NAMES, _ROMAN.split())
    for number, month in enumerate(names, start=1)
    for name in month.split()
}
ROMAN_MONTH = _any(_ROMAN.split())
MONTH = _any(MONTHS.keys() - set(_ROMAN.split()))
