"""The words of error pages, walls and policies, in several languages. Standard library only.

General phrases that servers, frameworks and agencies use everywhere, never those of one site.
"""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


IN_TITLE = {
    "soft-404": _any(
        r"^\W*(?:error|http|status)?\W*(?:404|410|500|502|503)\b",
        r"\b(?:404|500|502|503)\b.{0,25}(?:error|not\s+found|unavailable|fehler|erreur)",
        r"(?:error|fehler|erreur)\s*[:#]?\s*(?:404|410|500|502|503)\b",
        r"(?:page|file|site|document|article)\s+(?:was\s+|could\s+)?not\s+(?:be\s+)?found",
        r"^\W*(?:not\s+found|error|oops|bad\s+(?:request|gateway)|server\s+error)\b\W*$",
        r"page\s+(?:introuvable|non\s+trouvée)|seite\s+(?:wurde\s+)?nicht\s+gefunden",
        r"página\s+no\s+encontrada|página\s+não\s+encontrada|pagina\s+(?:non\s+trovata"
        r"|niet\s+gevonden)",
        r"页面不存在|找不到.{0,4}页面|ページが見つかりません",
        r"(?:internal\s+server|application)\s+error|service\s+(?:temporarily\s+)?unavailable",
    ),
    "challenge": _any(
        r"^\W*just\s+a\s+moment",
        r"attention\s+required",
        r"access\s+(?:to\s+.{1,40}\s+)?denied",
        r"are\s+you\s+(?:a\s+)?(?:human|robot)",
        r"captcha",
        r"ddos[- ]guard|ddos\s+protection",
        r"security\s+(?:check|verification)",
        r"^\W*(?:403\s+)?forbidden\W*$",
        r"checking\s+your\s+browser",
        r"pardon\s+our\s+interruption",
        r"^\W*request\s+(?:rejected|blocked)",
    ),
    "maintenance": _any(
        r"(?:under|site|scheduled)\s+(?:maintenance|construction)",
        r"^\W*maintenance\W*$",
        r"en\s+maintenance",
        r"wartungsarbeiten|wartungsmodus",
        r"en\s+mantenimiento",
        r"^\W*(?:coming\s+soon|we.ll\s+be\s+back)",
        r"\boffline\s+page\b",
    ),
    "parked": _any(
        r"domain\s+(?:name\s+)?(?:is\s+)?(?:for\s+sale|parked|expired|available)",
        r"domain\s+steht\s+zum\s+verkauf",
        r"buy\s+this\s+domain",
        r"default\s+web\s+(?:site\s+)?page",
        r"^\W*index\s+of\s+/",
        r"welcome\s+to\s+(?:nginx|apache)|iis\s+windows\s+server",
    ),
    "login": _any(
        r"^\W*(?:log\s*-?in|sign\s*-?in|log\s+on|anmelden|anmeldung|connexion|se\s+connecter"
        r"|iniciar\s+sesión"
        r"|accedi|inloggen|登录|ログイン)\b(?!.{0,20}(?:polic|terms|privacy))",
    ),
    "redirect": _any(
        r"^\W*(?:you\s+(?:are|should)\s+be(?:ing)?\s+)?redirect(?:ed|ing)\b",
        r"^\W*(?:301|302)\b"
        r"|(?:object|document)\s+(?:has\s+)?moved|moved\s+(?:permanently|temporarily)",
    ),
}

IN_TEXT = {
    "redirect": _any(
        r"(?:should|will|are\s+being|are)\s+(?:be\s+)?(?:automatically\s+)?redirected",
        r"\bredirecting\s+(?:you\s+)?to\b",
        r"(?:object|document)\s+(?:has\s+)?moved|moved\s+permanently",
        r"page\s+has\s+moved",
        r"(?:sie\s+werden|vous\s+allez\s+être)\s+(?:\w+\s+)?(?:weitergeleitet|redirigée?)",
        r"if\s+you\s+are\s+not\s+(?:automatically\s+)?redirected",
    ),
    "challenge": _any(
        r"checking\s+(?:your\s+browser|if\s+the\s+site\s+connection)",
        r"verif(?:y|ying)\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human",
        r"enable\s+(?:javascript\s+and\s+)?cookies\s+to\s+continue",
        r"complete\s+the\s+(?:security\s+check|captcha)",
        r"\b(?:cloudflare\s+ray\s+id|ray\s+id\s*:)",
        r"unusual\s+(?:traffic|activity)\s+from",
        r"(?:have\s+been|are|was|been)\s+blocked\b",
        r"you\s+don.t\s+have\s+permission\s+to\s+access",
        r"access\s+(?:to\s+this\s+\w+\s+)?(?:has\s+been\s+|is\s+)?denied",
        r"(?:incapsula|request)\s+incident\s+id",
        r"\breference\s+#\s*[0-9a-f]+\.[0-9a-f]+",
        r"i.m\s+not\s+a\s+robot|are\s+you\s+a\s+robot",
    ),
    "script-shell": _any(
        r"(?:enable|activate|turn\s+on|requires?|without|need)\s+(?:\w+\s+){0,3}(?:javascript"
        r"|js)\b",
        r"(?:javascript|js)\s+(?:\w+\s+){0,3}(?:is|has\s+been|to\s+be|must\s+be|est"
        r"|ist)\s+(?:\w+\s+){0,2}"
        r"(?:disabled|enabled|required|désactivé|deaktiviert|aktiviert|turned\s+off)",
        r"activer\s+(?:le\s+)?javascript|habilit[ae]\s+javascript|javascript\s+(?:aktivieren"
        r"|を有効)",
        r"^\W*(?:loading|chargement(?:\s+en\s+cours)?|wird\s+geladen|cargando|加载中)[\s.…]*$",
    ),
    "maintenance": _any(
        r"(?:down\s+for|under(?:going)?|en|in|scheduled|for"
        r"|currently\s+in)\s+(?:\w+\s+)?(?:maintenance|wartung|mantenimiento|manutenzione)",
        r"temporarily\s+(?:unavailable|offline|down|out\s+of\s+service)",
        r"(?:vorübergehend|momentan)\s+nicht\s+(?:erreichbar|verfügbar)",
        r"temporairement\s+(?:indisponible|inaccessible)"
        r"|limite\s+temporairement\s+vos\s+demandes",
        r"wartungsarbeiten",
        r"(?:will|we.ll)\s+be\s+back\s+(?:soon|shortly|online)",
        r"try\s+again\s+(?:later|in\s+a\s+few)",
        r"(?:too\s+many|high\s+volume\s+of)\s+(?:requests|visitors)|over\s+capacity|(?:be|are"
        r"|site)\s+offline\b|維護中|维护中|メンテナンス中",
    ),
    "soft-404": _any(
        r"(?:page|file|document|article|url|content|resource|what)\s+(?:(?:that\s+)?you(?:.re"
        r"|\s+are|\s+were)?\s+"
        r"(?:\w+\s+){0,3})?(?:\w+\s+){0,3}(?:not\s+(?:be\s+)?found|(?:no\s+longer|doesn.t"
        r"|does\s+not|not)\s+(?:exist|available))",
        r"(?:can.?t|cannot|could\s*n.t|could\s+not|unable\s+to)\s+(?:seem\s+to\s+)?(?:find"
        r"|locate|be\s+found)\s+(?:the|this|that|what)",
        r"(?:error|fehler|erreur)\s*[:#]?\s*(?:404|410|500|502|503)\b|\b(?:404|410|500|502"
        r"|503)\s*[:\-\u2013]?\s*"
        r"(?:error|not\s+found|page|internal|bad|service|fehler|erreur)",
        r"^\W*(?:404|500|503)\b",
        r"(?:internal|application|server)\s+(?:\w+\s+)?error",
        r"(?:an\s+)?(?:internal\s+|unexpected\s+)?error\s+(?:has\s+)?occurred",
        r"something\s+(?:went|(?:has\s+)?gone|.s\s+gone)\s+wrong"
        r"|looks\s+like\s+something.s\s+gone\s+wrong",
        r"page\s+(?:\w+\s+){0,4}(?:introuvable|n.existe\s+(?:pas|plus))"
        r"|une\s+erreur\s+(?:\w+\s+)?est\s+survenue",
        r"seite\s+(?:\w+\s+){0,5}nicht\s+(?:gefunden|mehr|existiert)|existiert\s+nicht"
        r"|ein\s+fehler\s+(?:ist\s+)?aufgetreten",
        r"página\s+(?:\w+\s+){0,4}(?:no\s+(?:existe|se\s+encuentra|encontrada)"
        r"|não\s+(?:existe|encontrada))|ha\s+ocurrido\s+un\s+error",
        r"pagina\s+(?:\w+\s+){0,4}(?:non\s+(?:trovata|esiste)|niet\s+(?:gevonden|bestaat))",
        r"页面不存在|找不到.{0,6}页面|ページが見つかりません|お探しのページ",
        r"page\s+contains\s+the\s+following\s+errors",
        r"bad\s+gateway|gateway\s+time-?out",
        r"(?:no|0)\s+(?:such\s+(?:page|article|file)|results?\s+found)",
    ),
    "parked": _any(
        r"domain\s+(?:name\s+)?(?:\S+\s+)?(?:is|may\s+be)\s+(?:for\s+sale|parked|available"
        r"|expired)",
        r"buy\s+this\s+domain",
        r"(?:this|the)\s+domain\s+has\s+(?:expired|recently\s+been\s+registered)",
        r"domain\s+steht\s+zum\s+verkauf",
        r"(?:sponsored|related)\s+(?:listings|searches)\b",
        r"ce\s+nom\s+de\s+domaine\s+est",
        r"parked\s+(?:free|by|domain)",
        r"^\W*index\s+of\s+/|it\s+works!|welcome\s+to\s+nginx",
    ),
    "login": _any(
        r"(?:please\s+)?(?:log|sign)\s*-?in\s+(?:to\s+(?:continue|view|access|your)"
        r"|with\s+your|below)",
        r"forgot(?:ten)?\s+(?:your\s+)?password",
        r"(?:you\s+must|need\s+to|have\s+to)\s+(?:be\s+logged|log|sign)\s*-?\s*in\b",
        r"passwort\s+vergessen|mot\s+de\s+passe\s+oublié",
        r"(?:bitte\s+)?melden\s+sie\s+sich\s+an|veuillez\s+vous\s+connecter"
        r"|inicie\s+sesión\s+para",
    ),
    "consent-wall": _any(
        r"(?:before\s+you\s+continue|accept\s+(?:all\s+)?cookies"
        r"|we\s+(?:and\s+our\s+partners\s+)?use\s+cookies|manage\s+(?:cookie\s+)?"
        r"(?:preferences|consent|choices))",
        r"(?:tout\s+accepter|alle\s+akzeptieren|aceptar\s+todo|cookies\s+akzeptieren"
        r"|accepter\s+les\s+cookies)",
        r"(?:nous|wir|this\s+(?:web)?site)\s+(?:utilisons|verwenden|nutzen"
        r"|uses)\s+(?:des\s+)?cookies",
    ),
}

# Languages whose policy words are in POLICY_TERMS.
SPEAKS = frozenset({"en", "fr", "de", "es", "it", "pt", "nl", "zh", "ja", "sv", "da", "pl"})
POLICY_TERMS = _any(
    r"\b(?:privacy|personal(?:ly)?\s+(?:data|info\w*|identif\w+)|polic(?:y|ies)|cookies?"
    r"|consents?|third[- ]part(?:y|ies)"
    r"|collect(?:s|ed|ion)?|disclos\w+|shar(?:e|ing)\s+(?:your|information|data)|terms"
    r"|agreements?|liab\w+|licen[cs]es?|warrant\w+"
    r"|rights?|gdpr|ccpa|data|information|legal|laws?|consumers?|confidential\w*"
    r"|opt[- ]?(?:out|in)|shall|prohibited|guidelines)\b",
    r"données|confidentialité|vie\s+privée|conditions\s+(?:générales|d.utilisation)"
    r"|responsab\w+|traitement|droits?\b|mentions\s+légales"
    r"|contrat|utilisateurs?",
    r"datenschutz\w*|personenbezogen\w*|\bdaten\b|einwilligung\w*|verarbeit\w+"
    r"|nutzungsbedingungen|\bagb\b|haftung\w*|rechte?\b|vertrag\w*",
    r"privacidad|datos|protección|tratamiento|derechos?|términos|condiciones|responsabilidad",
    r"dati\s+personali|trattamento|informativa|diritti|titolare|condizioni|riservatezza",
    r"privacidade|dados|proteção|tratamento|direitos|termos",
    r"persoonsgegevens|gegevens|verwerk\w+|voorwaarden|rechten|toestemming",
    r"personuppgift\w*|integritet\w*|personoplysning\w*|behandl\w+|oplysninger|uppgifter"
    r"|villkor|samtykke|rettigheder",
    r"danych|osobow\w+|prywatności|przetwarza\w+|regulamin\w*|zgod[ayęą]\b",
    r"隐私|隱私|个人信息|個人資料|个人资料|数据|信息|协议|条款|权利|同意|收集|法律|用户",
    r"個人情報|プライバシー|利用規約|取得|第三者|情報|同意|規約|当社",
)
