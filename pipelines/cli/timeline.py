"""The verb `timeline`: when each version was seen, and when nobody looked."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipelines.cli.lanes import DRAWN, TYPED, Signs, draw
from pipelines.cli.rows import plot_option

_WIDTHS = (60, 160)
_PLAIN = 80
_NAMED = 5


@click.command(epilog="Example: policytrail timeline hesk zendesk --plot desks.svg")
@click.argument("policies", nargs=-1, required=True, metavar="POLICY...")
@click.option("--language", metavar="L", help="Only the versions in one language.")
@plot_option
@click.pass_obj
def timeline(
    data: Path, policies: tuple[str, ...], language: str | None, plot: Path | None
) -> None:
    """Draw the versions of each POLICY, and between which sightings they changed.

    A line for each policy and language: what was seen, what lay between two sightings of the same
    text, and the intervals in which a text changed, as wide as they are.
    """
    from pipelines.database.file import reading
    from pipelines.history.policies import policy_ids
    from pipelines.history.timelines import lanes

    with reading(data) as database:
        names = policy_ids(database, policies)
        found = lanes(database, names, language)
    if plot is None:
        _show(draw(found, _width(), _signs()))
    else:
        from pipelines.pictures.drawing import picture_timeline

        picture_timeline(plot, found)
        click.echo(f"Drawn: {plot}", err=True)
    never = sorted(set(names) - {lane.policy_id for lane in found})
    if never:
        more = f" and {len(never) - _NAMED} more" if len(never) > _NAMED else ""
        click.echo(f"Nothing was observed of {', '.join(never[:_NAMED])}{more}.", err=True)


def _width() -> int:
    if not sys.stdout.isatty():
        return _PLAIN
    from rich.console import Console

    least, most = _WIDTHS
    return min(max(Console().width, least), most)


def _signs() -> Signs:
    """Choose the drawn characters where standard output can write them."""
    try:
        "".join((*DRAWN.seen, *DRAWN.spanned, DRAWN.unknown)).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return TYPED
    return DRAWN


def _show(lines: Sequence[str]) -> None:
    if not sys.stdout.isatty():
        click.echo("\n".join(lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        text = Text(line)
        text.highlight_regex("░+", "dim")
        console.print(text, no_wrap=True, overflow="crop")
