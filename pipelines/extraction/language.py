"""The language of a text, offline and the same every time. Owns py3langid."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"
_TARGETS = re.compile(r"\]\([^)\s]*\)|https?://\S+|\S+@\S+")
_SLICE = 320
_FEWEST_BYTES = 40


def language_of(text: str) -> str:
    """Name the language as ISO 639-1, or "und" where the text is too short to tell."""
    sample = _TARGETS.sub(" ", _sample(text))
    letters = "".join(filter(str.isalpha, sample))
    if len(letters.encode()) < _FEWEST_BYTES:
        return UNKNOWN
    code, _ = likeliest(sample)
    return code if len(code) == 2 else UNKNOWN


def likeliest(sample: str) -> tuple[str, float]:
    """Name the likeliest language of any sample, with its probability from 0 to 1."""
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle, last = len(text) // 3, 2 * len(text) // 3
    parts = (text[:_SLICE], text[middle : middle + _SLICE], text[last : last + _SLICE])
    return "\n".join(parts)


@cache
def _identifier() -> LanguageIdentifier:
    # Read-only once made, so a second one from a race between threads does no harm.
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
