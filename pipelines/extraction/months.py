"""Names of the months in the languages policies are written in. Standard library only."""

_NAMES = (
    # en, de, fr, es, it, pt, nl, sv, da, no, pl; the usual short forms with them.
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia",
    "february feb februar février fevrier févr fév febrero febbraio fevereiro fev februari lutego",
    "march mar märz maerz mrz mars marzo março marco maart mrt marca",
    "april apr avril avr abril abr aprile kwietnia",
    "may mai mayo maggio mag maio mei maj maja",
    "june jun juni juin junio giugno giu junho czerwca",
    "july jul juli juillet juil julio luglio lug julho lipca",
    "august aug août aout agosto ago augustus augusti sierpnia",
    "september sept sep septembre septiembre settembre set setembro września",
    "october oct oktober okt octobre octubre ottobre ott outubro out október października",
    "november nov novembre noviembre novembro listopada",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
# Longest first, so that no short form cuts a name.
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
