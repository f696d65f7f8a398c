"""Words by which a policy names its own dates, in many languages. Standard library only.

A strong label says by itself that a document is dated; a weak one says it of anything, and
counts only at the beginning of a line or after the name of the document.
"""

# ruff: noqa: RUF001 - letters of many scripts are meant here


def _any(*words: str) -> str:
    return "|".join(words)


_UPDATED = _any(
    # en
    r"(?:last|latest|most\s+recent(?:ly)?)\s+(?:date\s+of\s+)?(?:substantive(?:ly)?\s+|material"
    r"(?:ly)?\s+)?(?:update[ds]?|revis(?:ed|ions?)|modifi(?:ed|cations?)|change[ds]?|amend(?:ed"
    r"|ments?)|review(?:ed)?|edit(?:ed)?|posted|published)(?:\s+(?:and|&|/)\s+(?:became\s+"
    r"|is\s+)?(?:effective|posted|reviewed))?",
    r"date\s+(?:of\s+)?(?:(?:the\s+)?(?:last|latest|most\s+recent)\s+)?(?:updated?|revis(?:ion|ed)"
    r"|modifi(?:cation|ed)|amend(?:ment|ed)|changed?|publi(?:cation|shed)|posted|issued?)",
    r"(?:update|revision|modification|publication|amendment|issue|posting|posted)\s+date",
    # de
    r"(?:letzte[rs]?|zuletzt|letztmalig|neueste)\s+(?:aktualisier\w+|änderung(?:en)?|geändert"
    r"|bearbeitet|überarbeit\w+|update|revision|stand)|stand\s+dieser\s+\w+"
    r"|datum\s+der\s+letzten\s+(?:aktualisierung|änderung)|änderungsdatum",
    # fr
    r"(?:date\s+de\s+)?(?:la\s+)?derni[èe]re\s+(?:mise[\s-]+[àa][\s-]+jour|modification|r[ée]vision"
    r"|actualisation|version|publication)|mise[\s-]+[àa][\s-]+jour\s+effectuée"
    r"|date\s+de\s+(?:(?:la\s+)?publication|mise[\s-]+[àa][\s-]+jour|modification|r[ée]vision)",
    # es, pt, it
    r"[úu]ltim[ao]\s+(?:actualizaci[óo]n|modificaci[óo]n|revisi[óo]n|versi[óo]n|atualiza[çc][ãa]o"
    r"|modifica[çc][ãa]o|altera[çc][ãa]o|revis[ãa]o|modifica|revisione|versione|aggiornamento)",
    r"(?:fecha\s+de|data\s+d[aei])\s+(?:la\s+)?(?:[úu]ltima\s+)?(?:actualizaci[óo]n|publicaci[óo]n"
    r"|revisi[óo]n|atualiza[çc][ãa]o|publica[çc][ãa]o|revis[ãa]o|aggiornamento|pubblicazione)",
    r"data\s+dell['’]ultim[ao]\s+(?:aggiornamento|modifica|revisione)",
    # nl, sv, da, no, fi
    r"(?:voor\s+het\s+)?laatst(?:e)?\s+(?:bijgewerkt|gewijzigd|herzien|aangepast|update"
    r"|wijziging|herziening|aanpassing)|datum\s+laatste\s+(?:wijziging|update|herziening)",
    r"(?:senast|sist|sidst|seneste?|siste)\s+(?:uppdaterad(?:e|es)?|ändrad(?:e|es)?|reviderad"
    r"|uppdatering(?:en)?|oppdatert|endret|revidert|oppdatering|opdateret|ændret|revideret"
    r"|opdatering)",
    r"(?:viimeksi|viimeisin|viimeinen)\s+(?:päivitetty|päivitys|muokattu|muutettu|muutos)",
    # pl, cs, ru, tr
    r"(?:data\s+)?ostatni(?:a|ej|o)?\s+(?:aktualizacj[ai]|zmian[ay]|modyfikacj[ai]|zaktualizowan\w+)"
    r"|data\s+(?:aktualizacji|publikacji)|posledn[íe]\s+(?:aktualizace|změna|úprava)",
    r"(?:дата\s+)?последн(?:ее|его|яя|ей|их|ие)\s+(?:обновлени[ея]|изменени[еяй]|редакци[яи])"
    r"|дата\s+(?:публикации|обновления|редакции|изменения)",
    r"son\s+g[üu]ncellen?me(?:\s+tarihi)?|g[üu]ncelle(?:n)?me\s+tarihi|yay[ıi]n\s+tarihi",
)
_UPDATED_WEAK = _any(
    r"(?:updated|revised|amended|modified|changed|posted|published|released|reviewed|issued|rev\.?"
    r"|update|revision|adopted)(?:\s+(?:and\s+(?:effective|posted)|effective))?",
    r"aktualisiert|geändert|überarbeitet|veröffentlicht|stand(?:\s+der\s+\w+)?|aktualisierung",
    r"(?:mise?s?|mis)[\s-]+[àa][\s-]+jour|màj|modifiée?|publiée?|actualisée?|révisée?|établie?|rédigée?",
    r"actualizad[oa]|actualización|modificad[oa]|revisad[oa]|publicad[oa]|atualizad[oa]"
    r"|atualização|alterad[oa]",
    r"aggiornat[oa]|aggiornamento|modificat[oa]|revisionat[oa]|pubblicat[oa]",
    r"bijgewerkt|gewijzigd|gepubliceerd|uppdatera(?:[dt]|des)(?:\s+senast)?|ändrad|publicerad|oppdatert|endret"
    r"|publisert|opdateret|ændret|offentliggjort|päivitetty|julkaistu",
    r"zaktualizowan[oya]|aktualizacja|zmienion[oya]|aktualizováno|обновлен[аоы]?|изменен[аоы]?"
    r"|опубликован[аоы]?|g[üu]ncellen(?:di|miştir)",
)
_UPDATED_CJK = _any(
    r"(?:最終|最后|最後|最近|最新|本次|直近|前回)?(?:一次)?(?:更新|改定|改訂|改正|修订|修訂|修改|変更|发布|發布|發佈"
    r"|公布|公開|掲載|公示)(?:更新)?(?:日期|日時|日|时间|時間|年月日)?(?:为|為|是|于|於|在)?"
    r"|최종\s?(?:업데이트|수정|개정|변경)(?:\s?일자?)?|마지막\s?(?:업데이트|수정|변경)(?:\s?날짜)?"
    r"|(?:최근\s?)?(?:개정|변경|공고|업데이트|수정|게시)\s?(?:일자|일|날짜)",
)
_EFFECTIVE = _any(
    r"effective\s+date|date\s+effective|date\s+of\s+(?:effect(?:iveness)?|entry\s+into\s+force)"
    r"|(?:policy|notice|statement)[^\S\n]+(?:effective|date)",
    r"(?:datum\s+des\s+)?inkrafttreten[s]?|gültigkeitsdatum",
    r"date\s+d['’]\s*(?:entrée\s+en\s+(?:vigueur|application)|effet|application|applicabilité)",
    r"fecha\s+(?:de\s+)?(?:entrada\s+en\s+vigor|vigencia|efectiva|de\s+efecto)"
    r"|data\s+d[ei]\s+(?:entrada\s+em\s+vigor|vig[êe]ncia|entrata\s+in\s+vigore|efic[áa]cia"
    r"|decorrenza|efficacia)|data\s+efetiva",
    r"ingangsdatum|datum\s+van\s+(?:inwerkingtreding|ingang)|ikraftträdande(?:datum)?"
    r"|ikrafttr[æe]del?sesdato|gyldighedsdato|voimaantulopäivä",
    r"data\s+(?:wejścia\s+w\s+życie|obowiązywania)|datum\s+účinnosti",
    r"дата\s+(?:вступления\s+в\s+силу|введения\s+в\s+действие|начала\s+действия)",
    r"y[üu]r[üu]rl[üu]k\s+tarihi|y[üu]r[üu]rl[üu]ğe\s+gir(?:me|iş)\s+tarihi|geçerlilik\s+tarihi",
)
_EFFECTIVE_WEAK = _any(
    r"effective(?:\s+(?:as\s+of|from|since|on|beginning|starting|immediately))?|with\s+effect"
    r"|(?:in|into)\s+(?:full\s+)?(?:effect|force)|applie[sd]|appl(?:y|icable)|valid"
    r"|takes?\s+effect|effect",
    r"gültig|in\s+kraft(?:\s+getreten)?|wirksam|tritt|gelten|gilt|anwendbar|gültigkeit",
    r"(?:entr(?:ée?|e|era?)\s+)?en\s+vigueur|(?:s['’]\s*)?appliqu(?:e|ent|era)|applicables?"
    r"|[àa]\s+compter|prend(?:ra)?\s+effet|effet|en\s+application",
    r"(?:entra(?:da|rá)?\s+)?en\s+vigor|vigente|vigencia|válid[oa]|aplicable|efectiv[oa]"
    r"|(?:entra(?:da|rá)?\s+)?em\s+vigor|vigência|aplicável",
    r"(?:entra(?:ta)?\s+)?in\s+vigore|vigente|valid[oa]|efficace|decorrenza|applicabile",
    r"(?:in\s+werking(?:\s+getreden)?|geldig|van\s+kracht|van\s+toepassing|geldt|geldend)",
    r"(?:träder\s+i\s+kraft|gäller|giltig|gælder|gældende|træder\s+i\s+kraft|trer\s+i\s+kraft"
    r"|gjelder|gjeldende|gyldig|voimassa|voimaan)",
    r"obowiązuje|wchodzi\s+w\s+życie|ważn[ay]|účinn[éáý]|platn[éáý]|действует|вступает\s+в\s+силу"
    r"|вступил[аои]?\s+в\s+силу|geçerli|y[üu]r[üu]rl[üu]k",
)
_EFFECTIVE_CJK = _any(
    r"(?:生效|施行|实施|實施|発効|適用|開始)(?:日期|日時|年月日|日|时间|時間|开始)?(?:为|為|是|于|於|在)?"
    r"|시행\s?(?:일자|일)?|발효\s?(?:일자|일)?|적용\s?(?:일자|일)?",
)
_VERSION = _any(
    r"(?:date\s+of\s+(?:this\s+)?version)|version\s+(?:date|dated|du|vom|of|valable|vigente)|fassung(?:\s+vom)?|versión\s+de"
    r"|versione\s+del|versie(?:\s+van)?|wersja\s+z(?:\s+dnia)?|в\s+редакции(?:\s+от)?"
    r"|редакция\s+от|versão\s+de|datumsversion",
)
_VERSION_WEAK = _any(
    r"(?:version|versión|versione|versão|versie|wersja|versio|verze|ver\.?|v\.?)",
    r"edition|édition|ausgabe|edición|edizione|edição|uitgave|utgåva|udgave|utgave|wydanie",
    r"dated|(?:current\s+)?as\s+of|(?:the\s+)?date|en\s+date|con\s+fecha|de\s+fecha|datum|fecha|data|dato|tarih|дата|created|drafted|approved|issued",
)
_VERSION_CJK = (
    r"(?:制定|策定)(?:年月日|日)?|版本(?:日期|号|號)?|제정\s?(?:일자|일)?|버전|バージョン|版"
)

# Names of privacy policies, for dates without a label beside them.
TITLE = (
    r"(?:privacy|cookies?|data\s+protection)(?:\s+(?:and|&)\s+\w+)?\s+(?:policy|notice|statement)"
    r"|statement\s+of\s+privacy|datenschutz(?:erklärung|hinweise?|richtlinie|bestimmungen)"
    r"|(?:politique|charte)\s+de\s+(?:confidentialité|protection\s+des\s+données\S*)"
    r"|política\s+de\s+privacidade?|informativa\s+(?:sulla\s+)?privacy|privacy(?:beleid|verklaring)"
    r"|integritetspolicy|personvernerklæring|privatlivspolitik|tietosuojaseloste"
    r"|polityka\s+prywatności|политика\s+конфиденциальности|gizlilik\s+politikası"
    r"|隐私政策|隱私政策|隱私權政策|プライバシーポリシー|個人情報保護方針|개인정보\s?처리방침"
)
LOG = (
    r"change\s?-?log|(?:revision|version|change|document|policy)\s+history"
    r"|history\s+of\s+(?:changes|revisions|updates)|historique\s+des\s+(?:modifications|versions"
    r"|révisions|mises\s+à\s+jour)|änderungs(?:historie|verlauf|protokoll)|versionshistorie"
    r"|historial\s+de\s+(?:cambios|versiones)|cronologia\s+delle\s+(?:modifiche|versioni)"
    r"|更新履歴|改定履歴|改訂履歴|変更履歴|修订记录|更新记录|변경\s?이력|개정\s?이력"
)
STRONG = {
    "updated": _UPDATED,
    "effective": _EFFECTIVE,
    "version": _VERSION,
}
WEAK = {
    "updated": _UPDATED_WEAK,
    "effective": _EFFECTIVE_WEAK,
    "version": _VERSION_WEAK,
}
EAST = {
    "updated": _UPDATED_CJK,
    "effective": _EFFECTIVE_CJK,
    "version": _VERSION_CJK,
}
AFTER = {
    "updated": _any(
        r"\s*[(\uff08\-–—/|]*\s*(?:に|付で|付け)?(?:最終|一部)?(?:更新|改定|改訂|改正|修订|修訂)",
        r"\s*[(\-–—|]\s*(?:last\s+)?updated\b|[^\S\n]*\n\s*last\s+updated\s*(?:\n|$)",
        r"\s+(?:zuletzt\s+|(?:voor\s+)?het\s+laatst\s+)?(?:aktualisiert|geändert|überarbeitet|bijgewerkt|gewijzigd|herzien)\b",
        r"\s*(?:자|에)?\s*(?:최종\s*)?(?:개정|수정|변경)|\s+tarihinde\s+(?:son\s+)?g[üu]ncellen",
    ),
    "effective": _any(
        r"\s*[(\uff08\-–—/|]*\s*(?:に|より|から|起|付で)?(?:施行|発効|適用|正式生效|生效|实施|開始)",
        r"\s*[(\-–—|]\s*effective\b|[^\S\n]*\n\s*effective\s+date\s*(?:\n|$)",
        r"\s*(?:부터|에)?\s*(?:시행|적용|발효)|\s+alkaen|\s+in\s+kraft\b",
        r"\s+tarihi(?:nde|nden)\s+(?:itibaren\s+)?(?:geçerli|y[üu]r[üu]rl)",
    ),
    "version": _any(
        r"\s*[(\uff08\-–—/|]*\s*(?:に|付で)?(?:制定|策定)|\s*(?:에)?\s*제정|\s+version\b",
    ),
}
# What may stand between a label and its date.
_FILLERS = (
    r"the\s+(?:earlier|later)\s+of|pour\s+la\s+dernière\s+fois|p(?:or|ela)\s+última\s+vez"
    r"|(?:l|per\s+l)['\u2019]ultima\s+volta"
    r"|on|as|of|since|from|starting|beginning|effective|is|was|are|the|by|at|for|in|to|with|after|this"
    r"|our|that|its|these|date[ds]?|version|versión|versione|versie|policy|notice|statement"
    r"|document|privacy|cookies?|terms|page|update|revision|website|current|following|and"
    r"|le|la|les|du|de|des|au|à|el|en|del|esta|este|política|privacidad|il|dal|dell[ae]?|al|em|da"
    r"|do|desta|desde|a|d|partir|depuis|dès|compter|politique|confidentialité|charte|présente|cette"
    r"|est"
    r"|am|im|vom|den|der|dem|ab|seit|zum|ist|dieser|datenschutzerklärung|datenschutzhinweise"
    r"|op|van|per|sinds|vanaf|dit|privacyverklaring|från|och|med|fra|og|pr|dnia|dniu|od|dne"
    r"|z|w|с|от|г|tarih[i]?|tarihinde"
    r"|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag"
    r"|freitag|samstag|sonntag|v?\d{1,3}(?:\.\d{1,4}){0,3}|v|no|nr|n[º°]|est|pst|gmt|utc|a\.?m|p\.?m"
)
MARK = r"[\s:;\uff1a\uff1b,\uff0c()\uff08\uff09|/\"'“”«»‘’•·=~>\[\]\-\u2010-\u2015]"
GAP = rf"(?:{MARK}|(?<!\w)(?:{_FILLERS})(?!\w)\.?|\d{{1,2}}:\d\d(?::\d\d)?){{0,40}}$"
