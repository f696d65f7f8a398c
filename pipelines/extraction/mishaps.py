"""The words of error pages, maintenance, redirects and script shells. Standard library only."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from pipelines.extraction.phrases import any_of

_LOST = r"(?:found|available|exist|authori[sz]ed)"
_PAGE = r"(?:page|file|document|article|url|address|content|resource|site|link|object|key|app)"

SOFT_404 = any_of(
    # English
    rf"\b{_PAGE}s?\b(?:\W+\w+){{0,8}}?\W+(?:not\s+(?:be\s+)?|isn.t\s+|no\s+longer\s+|doesn.t\s+"
    rf"|does\s+not\s+|couldn.t\s+be\s+|can.t\s+be\s+|cannot\s+be\s+){_LOST}",
    r"(?:can.?t|cannot|could\s*n.t|could\s+not|unable\s+to)\s+(?:seem\s+to\s+)?(?:find|locate"
    r"|be\s+found|be\s+retrieved|connect\s+to)",
    r"\bnot\s+found\b|\bnothing\s+(?:was\s+found|here)|\bno\s+route\s+matches|^\W*cannot\s+get\s+/",
    rf"(?:is\s*n.t|is\s+not|are\s+not)\s+(?:here|the\s+{_PAGE})",
    r"(?:has|have|was|been|being)\s+(?:been\s+)?(?:removed|deleted|unpublished|renamed)\b",
    r"(?:mistyped|check\s+(?:the|your)\s+(?:spelling|address)|spelled\s+correctly)",
    r"broken\s+link|link\s+(?:\w+\s+){0,4}(?:broken|outdated|expired)",
    rf"there\s+is(?:\s+no|n.t)\s+(?:a\s+|any\s+)?(?:{_PAGE}|help\s+cent(?:er|re)|such)\b",
    r"\bno\s+such\s+\w+|(?:no|0)\s+results?\s+found",
    r"not\s+authori[sz]ed\s+to\s+(?:access|view|see)|insufficient\s+(?:rights|privileges)",
    r"(?:error|fehler|erreur|errore|błąd|ошибка|hata)\s*[:#]?\s*(?:404|410|50[024]|52\d)\b",
    r"\b(?:404|410|50[024])\s*[:\-\u2013]?\s*(?:error|not\s+found|page|internal|bad|fehler"
    r"|erreur|エラー)",
    r"\b(?:internal|application|server|runtime|critical|fatal|unexpected)\s+(?:\w+[\s-])?error",
    r"error\s+(?:has\s+)?(?:occurred|establishing|was\s+encountered|while)|php\s+error|\bon\s+line\s+\d",
    r"an?\s+error\s+occurred|exception\s+(?:has\s+)?occurred|drivers?\s+error",
    r"something\s+(?:\w+\s+)?(?:went|gone|.s\s+gone)\s+wrong",
    r"page\s+contains\s+the\s+following\s+errors|bad\s+gateway|gateway\s+time-?out"
    r"|server\s+is\s+(?:down|not)",
    r"session\s+(?:has\s+)?expired|(?:store|shop|website)\s+is\s+(?:currently\s+)?(?:unavailable|closed)",
    # other languages
    r"page\s+(?:\w+\s+){0,6}(?:introuvable|n.existe\s+(?:pas|plus)|n.est\s+(?:pas|plus)"
    r"|est\s+introuvable)|une\s+erreur\s+(?:\w+\s+)?est\s+survenue",
    r"(?:seite|inhalt|dokument)\s+(?:\w+\s+){0,7}nicht\s+(?:gefunden|mehr|existiert|finden)"
    r"|existiert\s+(?:\w+\s+)?nicht|ein\s+fehler\s+(?:ist\s+)?aufgetreten",
    r"página\s+(?:\w+\s+){0,6}(?:no\s+(?:existe|se\s+encuentra|encontrada|está)|não\s+(?:existe"
    r"|encontrada))|no\s+(?:hemos\s+podido|podemos)\s+encontrar|ha\s+ocurrido\s+un\s+error",
    r"pagina\s+(?:\w+\s+){0,6}non\s+(?:\w+\s+)?(?:trovata|esiste|disponibile)",
    r"pagina\s+(?:\w+\s+){0,5}(?:niet\s+(?:\w+\s+)?(?:gevonden|bestaat)|bestaat\s+niet|verplaatst)",
    r"sid(?:a|an)\s+(?:\w+\s+){0,4}(?:inte|hittades)|siden\s+(?:\w+\s+){0,4}(?:ikke|findes)",
    r"sivua\s+(?:\w+\s+){0,3}(?:ei\s+löyd|löytynyt)|stránk\w+\s+(?:\w+\s+){0,4}(?:nenalezen|neexist)",
    r"stron\w\s+(?:\w+\s+){0,5}nie\s+(?:istnieje|znaleziono|została)|nie\s+znaleziono",
    r"страниц\w\s+(?:\w+\s+){0,4}не\s+(?:найден|существу)|oldal\s+(?:\w+\s+){0,3}nem\s+található",
    r"sayfa\s+(?:\w+\s+){0,3}bulunamadı|찾을\s*수\s*없|페이지가\s*존재하지",
    r"页面不存在|找不到.{0,6}(?:页面|頁面)|無法找到|无法找到|见つかりません|見つかりません",
    r"غير\s+موجودة|الصفحة\s+غير|لم\s+يتم\s+العثور",
)
MAINTENANCE = any_of(
    r"(?:down\s+for|under(?:going)?|scheduled|performing|site|planned|for|in)\s+(?:\w+\s+)?"
    r"(?:maintenance|construction|upgrade)\b",
    r"temporarily\s+(?:unavailable|offline|down|out\s+of\s+service)|getting\s+an\s+upgrade",
    r"service\s+(?:is\s+)?(?:temporarily\s+)?unavailable|be\s+unavailable\s+from",
    r"(?:will|we.ll|should)\s+be\s+(?:right\s+)?back\b|be\s+right\s+back|check\s+back\s+(?:again|in|soon)",
    r"(?:please\s+)?try\s+again\s+(?:later|in\s+a\s+few)|come\s+back\s+(?:later|soon)",
    r"too\s+many\s+(?:requests|visitors)|high\s+(?:demand|volume\s+of)|over\s+capacity|heavy\s+load",
    r"\bsite\s+(?:is\s+)?(?:currently\s+)?offline\b|you\s+(?:are|seem\s+to\s+be)\s+offline"
    r"|\boffline\s+page\b|waiting\s+room|visit\s+again\s+soon|making\s+the\s+\w+\s+better",
    r"wartung(?:sarbeiten|smodus)?\b|(?:vorübergehend|momentan|derzeit)\s+nicht\s+(?:erreichbar"
    r"|verfügbar)|in\s+kürze\s+wieder",
    r"en\s+maintenance|de\s+maintenance|(?:temporairement|momentanément)\s+(?:indisponible"
    r"|inaccessible|interrompu)|limite\s+temporairement",
    r"(?:en|de)\s+mantenimiento|in\s+manutenzione|em\s+manutenção|(?:in|met)\s+onderhoud"
    r"|underhåll|vedligehold|vedlikehold|huolto|przerwa\s+techniczna|prace\s+techniczne",
    r"технически\w+\s+(?:работ|обслуж)|bakım|karbantartás|údržb|점검\s*중|維護中|维护中|系统维护"
    r"|メンテナンス中|صيانة",
)
REDIRECT = any_of(
    r"(?:should|will|are\s+being|are|not)\s+(?:be\s+)?(?:automatically\s+)?redirected",
    r"\bredirect(?:ing)?\s+(?:you\s+)?to\b|while\s+we\s+redirect|(?:will\s+be|be)\s+taken\s+(?:there|to)",
    r"(?:object|document|page|site)\s+(?:has\s+|was\s+)?moved\b|moved\s+(?:permanently|temporarily)",
    r"(?:sie\s+werden|vous\s+allez\s+être|vous\s+êtes)\s+(?:\w+\s+){0,4}(?:weitergeleitet"
    r"|redirigée?)|será\s+redirigido|verrai\s+reindirizzato|wordt\s+doorgestuurd",
    r"if\s+you\s+are\s+not\s+(?:automatically\s+)?redirected",
)
SCRIPT_SHELL = any_of(
    r"(?:enable|activate|turn\s+on|requires?|without|need)\s+(?:\w+\s+){0,3}(?:javascript|js)\b",
    r"(?:javascript|js)\s+(?:\w+\s+){0,3}(?:is|has\s+been|to\s+be|must\s+be|est|ist)\s+"
    r"(?:\w+\s+){0,2}(?:disabled|enabled|required|désactivé|deaktiviert|aktiviert|turned\s+off)",
    r"activer\s+(?:le\s+)?javascript|nécessite\s+javascript|habilit[ae]\s+javascript"
    r"|javascript\s+(?:aktivieren|を有効)|aktivieren\s+sie\s+(?:bitte\s+)?javascript",
    r"^\W*(?:\w+\s+)?(?:loading|chargement(?:\s+en\s+cours)?|wird\s+geladen|cargando|加载中)\b"
    r"[\s.…,]*(?:please\s+wait[\s.…]*)?$",
    r"(?:browser\s+is\s+not\s+supported|unsupported\s+browser|use\s+a\s+newer\s+browser)",
    r"sorry\s+to\s+interrupt",
)
