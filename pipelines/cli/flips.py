"""A mark beside texts that came and went at once, where a table has any. Its words, and no rows."""

from collections.abc import Sequence

from pipelines.cli.tables import Column
from pipelines.database.asking import Answer

FLIPS = """\
~ marks a flip: whole lines, or most of the text, came or went for one or two captures only, and
the text before came back. That is rather a page, or its reading, that slipped than an edit."""
_FLIP = Column(name="flip", heading="~", write=lambda flip: "~" if flip else "")


def with_flips(answer: Answer, columns: Sequence[Column]) -> tuple[Answer, tuple[Column, ...]]:
    """Give the answer again, and the columns with one for flips where a row is one."""
    rows = list(answer.rows)
    place = answer.columns.index(_FLIP.name)
    marked = any(row[place] for row in rows)
    again = Answer(columns=answer.columns, rows=iter(rows))
    return again, (*columns, _FLIP) if marked else tuple(columns)
