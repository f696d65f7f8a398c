"""What a search for changes costs and finds, beside a whole crawl; see `_search.py`.

1,000 captures over ten years with ten changes, each body with bytes of its own; with
`--corpus DIR` also real pages that lie in a folder with a manifest. Exits with 1 where the search
takes more than a tenth of the requests of the whole crawl, or misses a change to a new
text that stood for at least the width of the grid.
"""

import sys

if __name__ == "__main__":
    from pathlib import Path

    sys.path[0] = str(Path(__file__).resolve().parents[1])

    from benchmarks._search import main

    sys.exit(main())

# The other scripts here start with this folder on their path, and the standard library's random
# wants a module of this name: it gets what it is looking for.
from _bisect import bisect_left, bisect_right, insort_left, insort_right

bisect, insort = bisect_right, insort_right
__all__ = ["bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"]
