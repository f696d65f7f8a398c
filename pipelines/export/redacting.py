"""placeholder of mine until the owner's arrives; never committed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    text: str
    counts: Mapping[str, int]


def redact(text: str) -> Redacted:
    new, n = re.subn(r"\S+@\S+", "[e-mail address]", text)
    return Redacted(text=new, counts={"e-mail address": n} if n else {})
