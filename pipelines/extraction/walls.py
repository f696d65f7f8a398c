"""The words of walls before a page: robots, log-in, consent, parking. Standard library only."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from pipelines.extraction.phrases import any_of

CHALLENGE = any_of(
    r"checking\s+(?:your\s+browser|if\s+the\s+site\s+connection)|attention\s+required",
    r"(?:verif|confirm|prove|check)\w*\s+(?:that\s+)?(?:you\s+are|you.re)\s+(?:\w+\s+)?(?:a\s+)?"
    r"(?:human|not\s+a\s+(?:ro)?bot)|you\s+are\s+(?:a\s+human|not\s+a\s+(?:ro)?bot)",
    r"(?:enable|make\s+sure\s+that)\s+(?:js|javascript|cookies)(?:\s+and\s+(?:cookies|javascript"
    r"|disable))?\b.{0,30}(?:to\s+continue|ad\s*blocker|are\s+enabled)",
    r"(?:complete|solve)\s+(?:the|this)\s+(?:security\s+check|captcha|puzzle)|\bcaptcha\b",
    r"\bray\s+id\b|incapsula|ddos[- ](?:guard|protection)|website\s+firewall",
    r"unusual\s+(?:traffic|activity|about\s+this\s+request)",
    r"(?:have\s+been|are|was|been|request)\s+blocked\b|request(?:ed\s+url)?\s+was\s+rejected",
    r"you\s+don.t\s+have\s+permission\s+to\s+access|not\s+allowed\s+to\s+access",
    r"access\s+(?:to\s+(?:\w+\s+){1,6})?(?:has\s+been\s+|is\s+|was\s+)?(?:denied|(?:temporarily\s+)?limited)",
    r"(?:incident|support|block)\s+id\b|\breference\s+#\s*[0-9a-f]+\.[0-9a-f]+",
    r"i.m\s+not\s+a\s+robot|are\s+you\s+a\s+robot|made\s+us\s+think\s+you\s+(?:were|are)\s+a\s+bot",
    r"request\s+could\s+not\s+be\s+satisfied|request\s+is\s+being\s+verified",
    r"security\s+of\s+your\s+connection|for\s+security\s+reasons.{0,40}limited",
    r"unavailable\s+(?:due\s+to|for)\s+legal\s+reasons|(?:access\s+cannot\s+be\s+granted"
    r"|unavailable\s+to\s+visitors)|not\s+available\s+in\s+your\s+(?:region|country)",
    r"kein\s+roboter|zugriff\s+(?:wurde\s+)?verweigert|browser\s+wird\s+(?:über|ge)prüft"
    r"|sicherheitsüberprüfung",
    r"pas\s+un\s+robot|êtes-vous\s+un\s+robot|accès\s+(?:a\s+été\s+)?refusé|activité\s+inhabituelle",
    r"eres\s+humano|no\s+(?:eres|soy)\s+un\s+robot|acceso\s+denegado|non\s+sei\s+un\s+robot"
    r"|accesso\s+negato|geen\s+robot|toegang\s+geweigerd|não\s+é\s+um\s+robô|acesso\s+negado",
    r"не\s+робот|доступ\s+(?:запрещ|ограничен)|robot\s+olmadığın|로봇이\s*아닙|접근이\s*거부",
    r"安全验证|安全驗證|验证码|拖动滑块|访问被拒绝|ロボットではありません|アクセスが拒否",
)
PARKED = any_of(
    r"domain\s+(?:name\s+)?(?:\S+\s+)?(?:is|may\s+be|might\s+be)\s+(?:for\s+sale|parked|available"
    r"|expired)|domain\s+(?:for\s+sale|has\s+expired|expired)",
    r"(?:buy|get|purchase|inquire\s+about)\s+this\s+domain|available\s+for\s+purchase"
    r"|is\s+for\s+sale\b|premium\s+domain",
    r"(?:this|the)\s+domain\s+has\s+(?:expired|recently\s+been\s+registered)|registered\s+recently",
    r"(?:sponsored|related)\s+(?:listings|searches)\b|parked\s+(?:free|by|domain)",
    r"^\W*index\s+of\s+/|\bit\s+works!|welcome\s+to\s+(?:nginx|apache)|iis\s+windows\s+server",
    r"default\s+(?:web\s+(?:site\s+)?|welcome\s+)?page\b|proper\s+operation\s+of\s+the"
    r"|web\s+server\s+is\s+successfully\s+installed|contact\s+your\s+hosting\s+provider"
    r"|no\s+web\s*site\s+at\s+this\s+address|set\s+up\s+(?:web\s+)?hosting",
    r"future\s+home\s+of|(?:if\s+you.re|are\s+you)\s+the\s+(?:site\s+)?owner",
    r"domain\s+(?:\S+\s+)?steht\s+zum\s+verkauf|neue\s+internetpräsenz|domain\s+wurde\s+(?:\w+\s+)?"
    r"(?:freigeschaltet|registriert)",
    r"nom\s+de\s+domaine\s+est|dominio\s+(?:\S+\s+)?(?:è|está)\s+(?:in\s+vendita|en\s+venta)"
    r"|domein\s+(?:\S+\s+)?is\s+te\s+koop|domínio\s+(?:\S+\s+)?está\s+à\s+venda",
    r"домен\s+(?:\S+\s+)?(?:продается|продаётся)|域名.{0,6}出售|ドメイン.{0,8}(?:販売|売り)",
)
LOGIN = any_of(
    r"(?:please\s+)?(?:log|sign)\s*-?in\s+(?:to\s+(?:continue|view|access|see|your|\w+\W*$)"
    r"|with\s+(?:your|the|an?)\b|below|again)",
    r"(?:can.t\s+access\s+your\s+account|forgot(?:ten)?\s+(?:your\s+)?password|remember\s+m[ey])",
    r"(?:you\s+must|need\s+to|have\s+to)\s+(?:be\s+logged|log|sign|be\s+invited)\b"
    r"|not\s+logged\s+in\b|sign\s+in\s+to\s+continue",
    r"enter\s+(?:\w+\s+){0,4}password|reserved\s+(?:to|for)\s+members|user\s*(?:name|\s+id)"
    r"\W.{0,30}password",
    r"already\s+a\s+(?:subscriber|member)|subscribe\s+(?:\w+\s+){0,6}to\s+(?:keep|continue)\s+reading",
    r"(?:passwort|kennwort)\s+(?:vergessen|eingeben)|melden\s+sie\s+sich\s+(?!für|zu)(?:\w+\s+){0,6}an\b",
    r"mot\s+de\s+passe\s+oublié|veuillez\s+vous\s+(?:connecter|identifier)|identifiez-vous|"
    r"votre\s+mot\s+de\s+passe",
    r"inicie\s+sesión\s+para|olvidado\s+(?:tu|su)\s+contraseña|dimenticato\s+la\s+password"
    r"|wachtwoord\s+vergeten|esqueceu\s+(?:a\s+)?senha|glömt\s+lösenord|zapomniałe\w+\s+hasła",
    r"забыли\s+пароль|忘记密码|忘記密碼|パスワードをお忘れ|비밀번호를?\s*(?:잊|찾)",
)
CONSENT = any_of(
    r"before\s+(?:you|we)\s+continue\b|bevor\s+sie\s+(?:fortfahren|\w+\s+\w+\s+weitergehen)"
    r"|avant\s+de\s+continuer|antes\s+de\s+continuar|prima\s+di\s+continuare",
    r"(?:accept|allow|reject|agree\s+to)\s+all\b|\baccept\s+(?:advertising\s+)?cookies\b"
    r"|accept\s+and\s+(?:continue|close)|choose\s+which\s+cookies|choose\s+not\s+to\s+allow",
    r"manage\s+(?:\w+\s+)?(?:cookie|preferences|consent|choices|settings)|more\s+options",
    r"\b(?:our|its|unsere\w?|nos|nuestros|nostri|onze)\s+(?:\d[\d.,]*\s+)?(?:partners?|vendors"
    r"|partenaires|socios|partnern|parceiros)\b.{0,80}(?:store|access|process|consent|speicher"
    r"|verarbeit|stock|almacen|archiv|utilis|opslaan|armazen|cookies|technolog)",
    r"store\s+and(?:/or)?\s+access\s+information\s+on\s+(?:a|your)\s+device",
    r"by\s+(?:continuing|clicking|using)\b.{0,80}\b(?:agree|consent|accept)\b",
    r"when\s+you\s+visit\s+any\s+web\s*site,?\s+it\s+may\s+store",
    r"(?:tout\s+(?:accepter|refuser)|alle\s+(?:akzeptieren|ablehnen)|aceptar\s+tod|rechazar\s+tod"
    r"|accetta\s+tutt|rifiuta\s+tutt|alles\s+accepteren|continuer\s+sans\s+accepter"
    r"|cookies\s+akzeptieren|accepter\s+les\s+cookies|op\s+akkoord)",
    r"wenn\s+sie\s+alle\s+akzeptieren|accepter,\s+refuser|pur-abo|paramétrer\s+(?:vos|les)",
    r"(?:we|nous|wir|nosotros|noi|(?:this|our|the)\s+(?:web)?site|\b\w{2,20})\s+(?:also\s+)?(?:uses?"
    r"|utilisons|utilise|verwenden|nutzen|gebruikt|usa|usiamo|utilizamos)\s+(?:des\s+)?cookies\b",
)
