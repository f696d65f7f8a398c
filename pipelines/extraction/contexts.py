"""What stands around a date: the line, the sentence and the heading. Standard library only."""

# ruff: noqa: RUF001 - letters of many scripts are meant here

import re

from pipelines.extraction.months import MONTH

LINE = 160
_LIST = 1_500
ITEM = re.compile(r"\s*(?:[-\u2022|]|\d{1,2}[.)]\s)")
_DOCUMENT = (
    r"polic(?:y|ies)|notice|\w*statement|document|declaration|disclosure|agreement|terms|page|version"
    r"|charter|addendum|guidelines?|\w*datenschutz\w*|\w*erklärung\w*|\w*richtlinien?|\w*bestimmungen"
    r"|\w*hinweise?|fassung|politique|charte|règles|confidentialité|déclaration|mentions|conditions"
    r"|pol[íi]tica|aviso|declaraci[óo]n|documento|informativa|declaração|termos|t[ée]rminos|condiciones"
    r"|\w*verklaring|\w*beleid|reglement|\w*policyn?|\w*erkl[æa]ring(?:en)?|\w*politik(?:ken)?"
    r"|\w*seloste|käytäntö|polityka|regulamin|zásady|политика|положение|соглашение|документ"
    r"|\S*방침\S?|\S*정책\S?|politika(?:s[ıi])?|metni?|\S*(?:政策|声明|聲明|条款|條款|协议|指引|规则)"
    r"|\S*(?:ポリシー|規約|方針|宣言|文書)"
)
# Between the name and the label there may be a bracket and some auxiliary words.
SUBJECT = re.compile(
    rf"(?<!\w)(?:{_DOCUMENT})(?!\w)(?:\s?[)\"'\u2019\u201d\u00bb\uff09])*,?"
    r"(?:\s+[^\W\d][\w'\u2019-]*){0,6}\s*$"
    rf"|(?:政策|声明|聲明|条款|协议|指引|ポリシー|方針)[^\d\n.;:|。]{{0,12}}$",
    re.IGNORECASE,
)
NAMES_DOCUMENT = re.compile(rf"(?<!\w)(?:{_DOCUMENT})(?!\w)", re.IGNORECASE)
# Where a sentence may begin: then the label opens it.
OPENS = re.compile(r"(?:^|[\n.!?;:|•·。()\uff08\[>–—-])\s*(?:[(\[]?\d{1,2}(?:\.\d+)*[.)]?\s+)?$")
SENTENCE = re.compile(r"[\n!?;|•。]|\.(?=\s)")
GOES_ON = re.compile(
    r",\s*\w|\s+(?:all|any|each|every|if|in|it|our|the|their|this|under|users?|we|you|your)(?!\w)",
    re.IGNORECASE,
)
OLD = re.compile(
    r"(?<!\w)(?:previous(?:ly)?|prior|earlier|former(?:ly)?|archived?|superseded|old(?:er)?|past"
    r"|history|pr[ée]c[ée]dentes?|ant[ée]rieure?s?|anciennes?|archivées?|historique|vorherige[nr]?"
    r"|frühere[nr]?|bisherige[nr]?|alte|anterior(?:es)?|archivad[oa]s|precedent[ei]|vorige|eerdere"
    r"|tidigare|tidligere|aiemmat?|poprzedni[ae]?|предыдущ\w+|önceki|until|jusqu)(?!\w)"
    r"|历史版本|歷史版本|旧版|舊版|过往版本|旧規約|以前の|이전",
    re.IGNORECASE,
)
PASSED = re.compile(
    r"\s*[(\[\u2013-]\s*(?:archived?|superseded|expired|old)\b(?!\s+version)"
    r"|\s*(?:to|until|through|till|bis(?:\s+zum)?|jusqu\S+|hasta(?:\s+el)?|al?|au|\u2013|-|~)\s+"
    rf"(?:\d{{1,2}}\b[^\n:]{{0,14}}|{MONTH}\.?[^\n]{{0,8}})(?:19|20)\d\d",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?<!\w)(?:terms|conditions|cookies?|copyright|dmca|cgu|cgv|agb|nutzungsbedingungen|términos"
    r"|(?:acceptable|fair)\s+use|refunds?|shipping|security|processing|sub-?processors?|reseller"
    r"|service\s+level|community|accessibility"
    r"|termos|termini|voorwaarden|agreement|licen[cs]e|eula|regulation|directive|act)(?!\w)"
    r"|服务协议|用户协议|利用規約|이용약관",
    re.IGNORECASE,
)
PRIVACY = re.compile(
    r"privacy|datenschutz|confidentialit|données\s+personnelles|privacidad|privacidade|riservatezza"
    r"|data\s+protection|personal\s+(?:data|information)|datos\s+personales|dati\s+personali"
    r"|integritet|personvern|persondata|tietosuoja|prywatno|конфиденциал|персональн|gizlilik"
    r"|隐私|隱私|プライバシー|個人情報|个人信息|개인정보",
    re.IGNORECASE,
)


def sentence_of(ahead: str) -> str:
    """Give what stands of a sentence at the end of these characters."""
    return SENTENCE.split(ahead)[-1]


def is_short_line(text: str, begin: int, end: int) -> bool:
    """Say whether the line around these places is as short as a heading's."""
    start = text.rfind("\n", max(0, begin - LINE), begin) + 1 or max(0, begin - LINE)
    stop = text.find("\n", end, end + LINE)
    return len(text[start : stop if stop >= 0 else end + LINE].strip()) < LINE


def heading_of(text: str, begin: int) -> str:
    """Give the line above, or above the whole list; "" if it is longer than a heading is."""
    lines = text[max(0, begin - _LIST) : begin].split("\n")
    above = [line.strip() for line in lines[:-1] if line.strip()]
    if ITEM.match(lines[-1]):
        above = [line for line in above if not ITEM.match(line)]
    return above[-1] if above and len(above[-1]) < LINE else ""


def goes_on(after: str) -> bool:
    """Say whether a sentence runs on past its date without coming to speak of a document."""
    return bool(GOES_ON.match(after)) and not NAMES_DOCUMENT.search(after)
