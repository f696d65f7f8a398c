"""The language of a text, offline and the same every time. Owns py3langid."""

import re
from collections import defaultdict
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"
# The languages that policies are published in. Rare neighbours of theirs are left out: a text
# in Galician or Serbian is told from them, Bosnian from Croatian nobody could say for sure.
LANGUAGES = (
    *("af", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo"),
    *("es", "et", "eu", "fa", "fi", "fo", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy"),
    *("id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lb", "lo", "lt", "lv", "mk"),
    *("ml", "mn", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no", "pa", "pl", "ps", "pt", "ro"),
    *("ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur"),
    *("uz", "vi", "zh"),
)
_SAME = {"nn": "no"}
_UNSPOKEN = re.compile(r"\]\([^)\s]{0,500}\)|https?://\S+|www\.\S+|\S{1,64}@\S{1,255}|[|*_`>\[\]]+")
# Serbian and Croatian differ in one vowel and some words; the model knows little Latin Serbian.
_SERBIAN = re.compile(
    r"\b(?:uslov|takođe\b|ličn|obavešt|zahtev|bezbedn|korišćen|vrem[ea]|mest[aou]|pre\b|posle\b"
    r"|gde\b|uvek\b|sopstven|ukoliko|opšt|uspel|primen|promen|izmen|vrednost)"
)
_CROATIAN = re.compile(
    r"\b(?:uvjet|također\b|osobn|obavijes|zahtjev|sigurn|korišten|vrijeme|mjest|prije\b|poslije\b"
    r"|gdje\b|uvijek\b|vlastit|opć|tvrtk|uspje[lš]|primjen|promjen|izmjen|vrijednost)"
)
_SLICE, _SLICES = 320, 6
_PROSE = 60
_LOOKED_AT = 20_000
_FEWEST_BYTES = 40


def language_of(text: str) -> str:
    """Name the language as ISO 639-1, or "und" where the text is too short to tell.

    Norwegian is "no" in either of its forms, Chinese "zh" in either script.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for piece in _pieces(_spoken(text)):
        if len("".join(filter(str.isalpha, piece)).encode()) >= _FEWEST_BYTES:
            code, probability = likeliest(piece)
            votes[_SAME.get(code, code)] += probability
    spoken = max(votes, key=votes.__getitem__, default=UNKNOWN)
    return _serbian_or_croatian(text, spoken) if spoken in ("hr", "sr") else spoken


def likeliest(sample: str) -> tuple[str, float]:
    """Name the likeliest language of any sample, with its probability from 0 to 1."""
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)


def _serbian_or_croatian(text: str, spoken: str) -> str:
    beginning = text[:_LOOKED_AT].lower()
    serbian, croatian = (len(words.findall(beginning)) for words in (_SERBIAN, _CROATIAN))
    if serbian == croatian:
        return spoken
    return "sr" if serbian > croatian else "hr"


def _spoken(text: str) -> str:
    """Give the sentences of a text: its menus and headings may be in another tongue."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    prose = "\n".join(line for line in lines if len(line.encode()) >= _PROSE)
    return prose if len(prose) >= _SLICE else "\n".join(lines)


def _pieces(text: str) -> list[str]:
    if len(text) <= _SLICE * _SLICES:
        return [_plain(text)]
    step = (len(text) - _SLICE) // (_SLICES - 1)
    return [_plain(text[place * step : place * step + _SLICE]) for place in range(_SLICES)]


def _plain(text: str) -> str:
    """Drop marks and addresses, and lower a text that shouts: the model knows few capitals."""
    text = _UNSPOKEN.sub(" ", text)
    capitals = sum(map(str.isupper, text))
    return text.lower() if capitals > sum(map(str.islower, text)) else text


@cache
def _identifier() -> LanguageIdentifier:
    # Read-only once made, so a second one from a race between threads does no harm.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
