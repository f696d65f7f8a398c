"""What decides the output besides the code: rules version and options. Standard library only."""

from typing import Any

# Raise with every change of this package that changes any output.
RULES = "5"

# deduplicate=True remembers earlier pages in the process: the same page would read differently
# the second time.
TRAFILATURA_OPTIONS: dict[str, Any] = {
    "output_format": "txt",
    "favor_recall": True,
    "include_tables": True,
    "include_links": False,
    "include_formatting": False,
    "include_comments": False,
    "deduplicate": False,
}
