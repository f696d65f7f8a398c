"""Which characters a language is written with, beyond ASCII. Standard library only.

A text in the right encoding keeps to the alphabet of its language; in a wrong one it strays.
"""

# ruff: noqa: RUF001 - the letters of all alphabets are the point here
import unicodedata
from collections.abc import Iterator
from functools import cache

# What any writer may type: quotation marks, dashes, currencies and the signs of the law.
_ANYWHERE = frozenset(
    "€£©®™«»§°–—‘’“”„‚…•·\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2011\u202f¿¡№"
)
_LATIN = {
    "en": "éïüöñç",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßé",
    "es": "áéíñóúüªº",
    "it": "àèéìíîòóùúªº",
    "pt": "áâãàçéêíóôõúüªº",
    "nl": "áéèëêïíóöúüà",
    "sv": "åäöéà",
    "da": "æøåéêèóôüäö",
    "fi": "äöåšžé",
    "is": "áðéíóúýþæö",
    "fo": "áðíóúýæø",
    "ca": "àçéèíïóòúü",
    "gl": "áéíñóúüïªº",
    "eu": "ñçü",
    "ga": "áéíóú",
    "cy": "âêîôûŵŷáéíóúäëïöàèìòù",
    "br": "âêîôûñùüé",
    "oc": "àáçéèíïóòúü",
    "af": "áéèêëíîïóôöúû",
    "lb": "äëéèüöôêß",
    "sq": "çë",
    "id": "é",
    "pl": "ąćęłńóśźżé",
    "cs": "áčďéěíňóřšťúůýžöü",
    "sk": "áäčďéíĺľňóôŕšťúýžö",
    "hu": "áéíóöőúüű",
    "sl": "čšžćđ",
    "hr": "čćđšž",
    "ro": "ăâîșțşţ",
    "tr": "çğıİöşüâîû",
    "az": "əçğıİöşü",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūžō",
    "et": "äõöüšž",
    "eo": "ĉĝĥĵŝŭ",
    "mt": "ċġħżàèìòù",
}
_TWINS = {"no": "da", "nb": "da", "nn": "da", "bs": "hr", "ms": "id", "an": "es", "wa": "fr"}
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_CYRILLIC = {
    "ru": _RUSSIAN,
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "kk": _RUSSIAN + "әғқңөұүһі",
    "ky": _RUSSIAN + "ңөү",
    "mn": _RUSSIAN + "өү",
}
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىـًٌٍَُِّْ،؛؟٪٠١٢٣٤٥٦٧٨٩"
_PERSIAN = _ARABIC + "پچژگکیۀ۰۱۲۳۴۵۶۷۸۹"
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WIDE = (
    "　、。〈〉《》「」『』【】〔〕・ー～〜！＂＃％＆（）＊＋，－．／：；＜＝＞？￥※"
    "０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩"
)


@cache
def alphabet(language: str) -> frozenset[str]:
    """Give the characters beyond ASCII of a language (ISO 639-1); empty where it is not known."""
    letters = _letters(language)
    return frozenset((*letters, *letters.upper())) | _ANYWHERE if letters else frozenset()


def _letters(language: str) -> str:
    language = _TWINS.get(language, language)
    if language == "sr":
        return _CYRILLIC["sr"] + _LATIN["hr"]
    return _LATIN.get(language) or _CYRILLIC.get(language) or _others(language)


def _others(language: str) -> str:
    match language:
        case "el":
            return _GREEK
        case "he":
            return _span(0x5D0, 0x5EA) + _span(0x5B0, 0x5C2) + "־׳״₪"
        case "ar":
            return _ARABIC
        case "fa" | "ur" | "ug":
            return _PERSIAN
        case "th":
            return _span(0xE01, 0xE3A) + _span(0xE3F, 0xE5B)
        case "vi":
            return "".join(_vietnamese()) + "đ"
        case "zh":
            return _WIDE + _rows("gb2312", 0xB0, 0xD7) + _rows("big5", 0xA4, 0xC6, 0x40)
        case "ja":
            kana = _span(0x3041, 0x3096) + _span(0x30A1, 0x30FC)
            return _WIDE + kana + "々〇" + _rows("euc_jp", 0xB0, 0xCF)
        case "ko":
            return _WIDE + _rows("euc_kr", 0xB0, 0xC8)
    return ""


def _vietnamese() -> Iterator[str]:
    for vowel in _VOWELS:
        yield vowel
        for tone in _TONES:
            yield unicodedata.normalize("NFC", vowel + tone)
    yield from _TONES


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


def _rows(encoding: str, first: int, last: int, lowest: int = 0xA1) -> str:
    """Give the rows of the commonest characters, which their standards put first."""
    pairs = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(lowest, 0xFF))
    return "".join(pair.decode(encoding, errors="ignore") for pair in pairs)
