"""The extractor alone, in the one process it is started in; prints its CPU seconds."""

import json
import sys
from pathlib import Path
from time import process_time

from pipelines.extraction.extract import extract


def main(folder: Path) -> None:
    """Read every body of a manifest."""
    entries = [
        json.loads(line)
        for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    bodies = [((folder / entry["file"]).read_bytes(), entry["url"]) for entry in entries]
    began = process_time()
    for body, url in bodies:
        extract(body, content_type="text/html; charset=utf-8", url=url)
    print(process_time() - began)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
