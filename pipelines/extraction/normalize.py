"""Text as it is compared: Unicode, case, space, punctuation and counters away. Standard library.

Two texts with one normalised id say the same words in the same order.
"""

import hashlib
import re
import unicodedata

from pipelines.extraction.counters import without_counters, without_running_counts

# Bounded and without two ways to match, so that a page of opening brackets is no trap.
_LINK = re.compile(
    r"!?(?<!\\)\[((?:[^\[\]\\]|\\.){0,600})\]"
    r"\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,3}(?:\s+\"[^\"]{0,200}\")?\)"
)
_MANY_KINDS = 1_000
_CJK = re.compile("([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def normalize(text: str) -> str:
    """Fold a Markdown text to the words it is compared by, one blank between them."""
    return fold(without_counters(text))


def fold(text: str) -> str:
    """Fold a text that holds no counters any more, as `tidy` leaves it."""
    # Twice, because an image may stand inside a link.
    plain = _LINK.sub(r"\1", _LINK.sub(r"\1", text)) if "](" in text else text
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    return without_running_counts(" ".join(_only_words(folded).split()))


def normalized_id(text: str) -> str:
    """Identify a text by its normalised words: SHA-256, hexadecimal."""
    return id_of(normalize(text))


def id_of(words: str) -> str:
    """Identify words that are normalised already."""
    return hashlib.sha256(words.encode()).hexdigest()


def count_words(words: str) -> int:
    """Count normalised words; each Han or Kana character counts as one."""
    if not words:
        return 0
    if words.isascii() or not _CJK.search(words):
        return words.count(" ") + 1
    return len(_CJK.sub(r" \1 ", words).split())


def _only_words(text: str) -> str:
    kinds = set(text)
    if len(kinds) > _MANY_KINDS:
        return text.translate({ord(character): _as_word(character) for character in kinds})
    # For the few marks of a usual text this is twice as fast as a table.
    for character in kinds:
        word = _as_word(character)
        if word != character:
            text = text.replace(character, word)
    return text


def _as_word(character: str) -> str:
    """Give what is left of a character: letters, digits, vowel signs and what stands for money."""
    category = unicodedata.category(character)
    if category[0] in "LMN":
        return character
    if category == "Sc" or character == "%":
        return f" {character} "
    return "" if category == "Cf" else " "
