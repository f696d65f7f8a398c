"""Pages made from nothing by hypothesis: markup, characters and words in no order."""

from collections.abc import Callable
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

_BUFFER = 6_000
_TRIES = 20  # bytes that end too soon make none
_TAGS = (
    "a b abbr address article aside base blockquote body br button caption center col dd del "
    "details dialog div dl dt em fieldset figure font footer form frame frameset h1 h2 h3 h6 head "
    "header hr html i iframe img input label legend li link main map math menu meta nav noscript "
    "object ol option p pre q script section select slot small span style summary sup svg table "
    "tbody td template textarea tfoot th thead title tr tt ul video wbr x-panel o:p"
)
_NAMES = (
    "id class style href src content http-equiv charset name lang dir hidden aria-hidden role "
    "colspan rowspan data-x xmlns:o type value open"
)
_VALUES = (
    "cookie-policy",
    "display:none",
    "display : none !important; visibility:hidden",
    "http://[",
    "javascript:void(0)",
    "/web/20150702140642/http://acme.example/",
    "0;url=/",
    "text/html; charset=shift_jis",
    "utf-7",
    "-1",
    "99999999999999999999",
    "modal banner consent",
    "navigation",
    "",
)
_SAID = "we collect your data and share it with partners für die Daten der Kunden"
_PIECES = (
    "&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&amp;lt;", "&notit", "&#", "<!--", "-->", "<!",
    "<![CDATA[", "]]>", "<?php", "?>", "\x00", "\ufffe", "\u200b", "\u202e", "e\u0301" * 9,
    "\u00ad", "![](", "](", "[x](y)", "| a | b |", "* * *", "#" * 7, "`" * 5, "1. ", "- ", "\\",
    "Views: 1,2",
    "Last updated: ", "31/12/2019", "2019年12月31日", "le 1er mai 2020", "99.99.9999",
    "Was this article helpful?", "privacy", "personal data", "cookies", "Log in", "404",
)  # fmt: skip

_attribute = st.tuples(
    st.sampled_from(_NAMES.split()), st.sampled_from(_VALUES) | st.text(max_size=8)
)
_tag = st.builds(
    lambda name, pairs, quote: (
        f"<{name}{''.join(f' {key}={quote}{value}{quote}' for key, value in pairs)}>"
    ),
    st.sampled_from(_TAGS.split()),
    st.lists(_attribute, max_size=3),
    st.sampled_from(("'", '"', "")),
)
_end = st.sampled_from(_TAGS.split()).map(lambda name: f"</{name}>")
_words = st.lists(
    st.sampled_from(_SAID.split()),
    min_size=3,
    max_size=30,
).map(" ".join)
_piece = _tag | _end | _words | st.sampled_from(_PIECES) | st.text(max_size=12)
_page = st.lists(_piece, min_size=30, max_size=300).map("".join)


def soup(random: Random) -> str:
    """Make a page, the same for the same state of `random` and release of hypothesis."""
    make, made = _maker()
    for _ in range(_TRIES):
        made.clear()
        make(random.randbytes(_BUFFER))
        if made:
            return made[0]
    return ""


@cache
def _maker() -> tuple[Callable[[bytes], object], list[str]]:
    made: list[str] = []

    @settings(database=None)
    @given(_page)
    def keep(page: str) -> None:
        made.append(page)

    return keep.hypothesis.fuzz_one_input, made
