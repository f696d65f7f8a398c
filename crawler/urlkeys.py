"""The key under which the archive's index files an address. Owns surt."""

from functools import lru_cache

import surt


@lru_cache(maxsize=65536)
def urlkey_of(url: str) -> str:
    """Write an address as the index does: `http://www.acme.example/A/` is `example,acme)/a`.

    What surt cannot read stands for itself, as such lines do in the real index.
    """
    try:
        return str(surt.surt(url))
    except (ValueError, UnicodeError):
        return url.lower()
