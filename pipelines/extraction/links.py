"""Where links lead, made whole against the page's own address. Standard library only."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag, urljoin

_DEAD = ("javascript:", "data:", "about:", "blob:", "vbscript:", "#")
_LONGEST = 2_000


def resolver(tree: Any, url: str) -> Callable[[str], str]:
    """Give what makes a link's target whole: "" for one that leads nowhere else.

    A page may name another base than its own address `url`; without any, targets stay as written.
    """
    named = tree.find(".//base[@href]")
    base = _joined(url, named.get("href").strip()) if named is not None else url
    own = urldefrag(url)[0]

    def resolve(target: str) -> str:
        target = "".join(target.split())
        if not target or target.lower().startswith(_DEAD) or len(target) > _LONGEST:
            return ""
        whole = _joined(base, target).replace("(", "%28").replace(")", "%29")
        return "" if "#" in whole and own and urldefrag(whole)[0] == own else whole

    return resolve


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        # No address at all, as in `http://[mail]`.
        return target
