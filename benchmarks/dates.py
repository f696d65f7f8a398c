"""How many of the hand-checked stated dates are read right: the list beside the tests.

With `--corpus FOLDER` the pages themselves are read, and their truth where it holds the words;
without it the words of each answer stand in an invented policy. Exits with 1 where less than
95 % of the answers are right.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # not here: this file is no library

from benchmarks._common import ROOT, table
from pipelines.extraction.dates import Stated, stated_date
from pipelines.extraction.extract import extract

LEAST = 0.95
LIST = ROOT / "tests" / "extraction" / "stated_dates.jsonl"
_INVENTED = """# Acme Desk

{}

Acme Desk keeps what it needs for your account and for no other purpose. We follow Regulation
(EU) 2016/679 of 27 April 2016, which applies since 25 May 2018, and tell you of any change.

Copyright 2009-2019 Acme Desk
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person read: a date in ISO form or None, its kind, and the words; "" for none."""

    site: str
    timestamp: str
    language: str
    date: str | None
    kind: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An answer beside what was read; `lost` says that the text read does not hold the words."""

    answer: Answer
    date: str | None
    kind: str
    quote: str
    lost: bool

    @property
    def right(self) -> bool:
        """Whether date, kind and the presence of words agree."""
        said = bool(self.answer.quote) == bool(self.quote)
        return said and (self.answer.date, self.answer.kind) == (self.date, self.kind)


def answers() -> list[Answer]:
    """Read the list, in its order."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [Answer(**json.loads(line)) for line in lines]


def of_words(answer: Answer) -> Reading:
    """Read the words of an answer in an invented policy."""
    stated = stated_date(_INVENTED.format(answer.quote), answer.language)
    return _reading(answer, stated, _INVENTED.format(answer.quote))


def of_page(answer: Answer, folder: Path, rows: dict[tuple[str, str], dict[str, str]]) -> Reading:
    """Read the kept page of an answer, as `read` does."""
    row = rows[answer.site, answer.timestamp]
    body = (folder / row["html_path"]).read_bytes()
    found = extract(body, content_type=row["content_type"] or "", url=row["url"])
    stated = Stated(date=found.stated_date, kind=found.stated_kind, quote=found.stated_quote)
    return _reading(answer, stated, found.text)


def of_truth(folder: Path, rows: dict[tuple[str, str], dict[str, str]]) -> Iterator[Reading]:
    """Read the truth of each page that has one; where it lacks the words it is left out."""
    for answer in answers():
        path = rows[answer.site, answer.timestamp]["truth_path"]
        if path:
            text = (folder / path).read_text(encoding="utf-8")
            reading = _reading(answer, stated_date(text, answer.language), text)
            if not reading.lost:
                yield reading


def _reading(answer: Answer, stated: Stated, text: str) -> Reading:
    return Reading(
        answer=answer,
        date=str(stated.date) if stated.date else None,
        kind=stated.kind,
        quote=stated.quote,
        lost=_letters(answer.quote) not in _letters(text),
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _line(what: str, readings: list[Reading]) -> list[str]:
    stating = [reading for reading in readings if reading.answer.quote]
    silent = [reading for reading in readings if not reading.answer.quote]
    return [
        what,
        str(len(readings)),
        _share(sum(reading.right for reading in readings), len(readings)),
        _share(sum(reading.date == reading.answer.date for reading in stating), len(stating)),
        _share(sum(reading.kind == reading.answer.kind for reading in stating), len(stating)),
        f"{sum(bool(reading.quote) for reading in silent)} of {len(silent)}",
        str(sum(reading.lost for reading in readings)),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _said(date: str | None, kind: str, quote: str) -> str:
    return f"{date} {kind} {quote!r}" if quote else "nothing"


def _rows(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    manifests = sorted(folder.glob("*manifest.jsonl"))
    if not manifests:
        raise SystemExit(f"{folder} holds no manifest: name the folder of *manifest.jsonl")
    lines = [line for path in manifests for line in path.read_text("utf-8").splitlines()]
    return {(row["site"], row["timestamp"]): row for row in map(json.loads, lines)}


def main() -> int:
    """Print shares and every wrong answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder of kept pages with a manifest")
    folder = parser.parse_args().corpus
    runs = {"words": map(of_words, answers())}
    if folder:
        folder = folder if any(folder.glob("*manifest.jsonl")) else folder / "corpus"
        rows = _rows(folder)
        runs["truth"] = of_truth(folder, rows)
        runs["pages"] = map(partial(of_page, folder=folder, rows=rows), answers())
    read = {what: list(readings) for what, readings in runs.items()}
    head = ("text", "read", "right", "dates", "kinds", "false dates", "words lost")
    print(table(head, [_line(what, readings) for what, readings in read.items()]))
    for what, readings in read.items():
        for wrong in (reading for reading in readings if not reading.right):
            answer = wrong.answer
            print(f"{what}: {answer.site} {answer.timestamp}", "lost" if wrong.lost else "")
            print(f"    should be {_said(answer.date, answer.kind, answer.quote)}")
            print(f"    was read  {_said(wrong.date, wrong.kind, wrong.quote)}")
    last = list(read.values())[-1]
    return int(sum(reading.right for reading in last) < LEAST * len(last))


if __name__ == "__main__":
    sys.exit(main())
