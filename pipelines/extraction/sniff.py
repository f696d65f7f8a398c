"""What kind of bytes or characters these are, whatever the label says. Standard library only."""

import json

# Beyond this a page is no policy but a dump; it would take gigabytes or minutes.
_MAX_CHARACTERS = 5_000_000
_MAX_TAGS = 200_000
_MAX_TAG = 20_000
_MAX_WORDS_IN_TAG = 10_000
_BINARY = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"PK\x03\x04", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"wOFF", b"wOF2", b"BM\x00", b"\x00\x00\x01\x00", b"7z\xbc\xaf",
)  # fmt: skip


def is_binary(body: bytes) -> bool:
    """Say whether the first bytes are those of an image, a font, an archive or a program."""
    return body.startswith(_BINARY)


def is_too_large(characters: str) -> bool:
    """Say whether parsing this would cost more than any policy is worth."""
    if len(characters) > _MAX_CHARACTERS or characters.count("<") > _MAX_TAGS:
        return True
    tags = (piece.partition(">")[0] for piece in characters.split("<") if len(piece) > _MAX_TAG)
    # A parser compares each attribute with all others of its tag.
    return any(len(tag) > _MAX_TAG and len(tag.split()) > _MAX_WORDS_IN_TAG for tag in tags)


def is_json(characters: str) -> bool:
    """Say whether this is one JSON object or array, as interfaces answer it."""
    stripped = characters.strip()
    if not (stripped.startswith(("{", "[")) and stripped.endswith(("}", "]"))):
        return False
    try:
        json.loads(stripped)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def is_markup(characters: str) -> bool:
    """Say whether the characters hold tags, so that they are to be parsed and not shown."""
    beginning = characters[:5_000].lower()
    return any(mark in beginning for mark in ("<html", "<!doctype", "<body", "<head")) or any(
        f"<{tag}" in characters.lower() for tag in ("p>", "p ", "div", "table", "h1", "br", "span")
    )
