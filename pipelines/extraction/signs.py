"""The words of walls and errors, in several languages, in the order they decide. Standard library.

General phrases that servers, frameworks and agencies use everywhere, never those of one site.
"""

from pipelines.extraction.mishaps import MAINTENANCE, REDIRECT, SCRIPT_SHELL, SOFT_404
from pipelines.extraction.phrases import any_of
from pipelines.extraction.walls import CHALLENGE, CONSENT, LOGIN, PARKED

# A short page says one thing; what it says of blocking or of a sale tells more than its number.
IN_TEXT = {
    "parked": PARKED,
    "challenge": CHALLENGE,
    "redirect": REDIRECT,
    "maintenance": MAINTENANCE,
    "soft-404": SOFT_404,
    "login": LOGIN,
    "script-shell": SCRIPT_SHELL,
    "consent-wall": CONSENT,
}
# What is a sign only where it is the whole title or heading, or begins it.
IN_TITLE = {
    "maintenance": any_of(
        r"^\W*(?:maintenance|wartung|onderhoud|manutenzione|mantenimiento|manutenção)\W*$",
        r"^\W*(?:coming\s+soon|be\s+right\s+back|we.ll\s+be\s+(?:right\s+)?back|offline\W*$)",
        r"^\W*(?:http\s+)?(?:error\s+|status\s+)?(?:429|503)\b",
    ),
    "challenge": any_of(
        r"^\W*(?:just\s+a|one)\s+moment|^\W*(?:einen\s+)?moment\s+bitte|^\W*un\s+momento\W*$",
        r"^\W*(?:(?:403|error|http|status)\W*)*forbidden\W*$|^\W*(?:403|405|451)\b",
        r"^\W*access\s+(?:denied|restricted|blocked)|^\W*(?:blocked|robot\s+check)\W*$",
        r"(?:human|browser|client)\s+(?:verification|challenge|check)|^\W*security\s+check",
        r"captcha|are\s+you\s+(?:a\s+)?(?:human|robot)|robot\s+or\s+human",
    ),
    "redirect": any_of(r"^\W*redirect(?:ed|ing)?\b", r"^\W*30[1278]\b", r"^\W*we.ve?\s+moved"),
    "soft-404": any_of(
        r"^\W*(?:error|http|status|fehler|erreur|errore|błąd|ошибка|hata)?\W*(?:404|410|500|50[24]"
        r"|52\d)(?:\b|(?=エ))",
        r"^\W*(?:not\s+found|error|oops|whoops|bad\s+(?:request|gateway)|server\s+error)\W*$",
        r"^\W*(?:routing|runtime|server|fatal)\s+error",
        r"^\W*(?:account\s+suspended|page\s+expired|session\s+expired)",
    ),
    "parked": any_of(r"^\W*index\s+of\s+/", r"^\W*(?:apache|iis|nginx|centos|plesk)\d*\b"),
    "login": any_of(
        r"^\W*(?:log\s*-?\s*in|sign\s*-?\s*in|log\s+on|anmelden|anmeldung|connexion"
        r"|se\s+connecter|iniciar\s+sesión|accedi|inloggen|logga\s+in|zaloguj|вход|войти|登录"
        r"|ログイン|로그인)\b(?!.{0,20}(?:polic|terms|privacy))",
        r"^\W*(?:single\s+sign|authentication\s+required|members\s+only|private\s+site)",
    ),
}
