"""The paper of all pictures: its style, its size, and its bytes. Owns matplotlib.

Figures are made without pyplot, which would keep them for ever. The same rows are the same
bytes: an SVG has no date in it, and its ids are salted with a word of ours. Nothing rests on
colour alone: series differ by marker and dash, areas by hatch.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import fill

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from crawler.errors import AskedWrongly, PolicytrailError
from pipelines.export.files import write_files

SUFFIXES = (".svg", ".png")
WIDTH = 10.0  # inches
MANY = 20  # lanes, from which on nobody sees the axis below
COLOURS = ("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7a5c00")
MARKERS = ("o", "s", "^", "D", "v", "X", "P", "*", "<", ">", "p", "h")
DASHES = ("-", "--", "-.", ":")
HATCHES = ("////", "\\\\\\\\", "xxxx", "....", "++++", "oooo")
_STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.titlesize": 11.0,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "savefig.dpi": 120,
    "svg.fonttype": "none",
    "svg.hashsalt": "policytrail",
    "text.parse_math": False,
}


class BadPicture(AskedWrongly):
    """A picture that cannot be written there, or drawn from that question."""


class NothingToDraw(PolicytrailError):  # noqa: N818
    """There is nothing in the answer that has a place in a picture."""


def check_place(path: Path) -> None:
    """Raise BadPicture unless a picture of that name can be written."""
    if path.suffix not in SUFFIXES:
        raise BadPicture(f"{path}: pictures are .svg or .png, by the end of the name")
    if path.is_dir():
        raise BadPicture(f"{path} is a folder: name a file")


@contextmanager
def styled() -> Iterator[None]:
    """Draw and write in our style; letters that the font lacks are left to whoever shows them."""
    with mpl.rc_context(_STYLE), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def new_figure(height: float, title: str) -> Figure:
    """Make a figure of our width with a title over it."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    figure.suptitle(fill(title, 100), x=0.01, ha="left", fontsize=11)
    return figure


def with_note(figure: Figure, handles: Sequence[Artist], note: str) -> None:
    """Write a note and the legend below the axes, where they cover nothing."""
    words = fill(note.strip(), 130)
    if not handles:
        figure.supxlabel(words, x=0.01, ha="left", fontsize=8)
        return
    figure.legend(
        handles=list(handles),
        loc="outside lower left",
        ncols=3,
        fontsize=8,
        title=words,
        title_fontsize=8,
        alignment="left",
    )


def write(figure: Figure, path: Path) -> None:
    """Write a figure beside its place and move it there. Raises AskedWrongly."""
    made = BytesIO()
    kind = path.suffix.removeprefix(".")
    figure.savefig(made, format=kind, metadata={"Date": None} if kind == "svg" else None)
    drawn = made.getvalue()
    if kind == "svg":  # lines end in spaces otherwise, which archives and diffs of text dislike
        drawn = re.sub(rb" +\n", b"\n", drawn)
    write_files(path.parent, {path.name: drawn})


def date_axis(axes: Axes, *, above: bool = False) -> None:
    """Write dates along x as shortly as they are clear; `above` as well, over a tall picture."""
    locator = AutoDateLocator(minticks=3, maxticks=10)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    if above:
        axes.tick_params(axis="x", top=True, labeltop=True)
