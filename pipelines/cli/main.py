"""The command `policytrail`: its verbs, and how each ends. A verb is imported when it is used."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from crawler.errors import PolicytrailError
from pipelines.cli.running import is_interrupt
from pipelines.cli.voice import LOG, is_json_asked, json_lines, speak_json

# The verbs in the order a newcomer needs them: where each lives, and its line in the help.
VERBS = {
    "vendors": ("pipelines.cli.inventory:vendors", "List the vendors and their addresses."),
    "crawl": (
        "pipelines.cli.crawl:crawl",
        "Crawl the history of each POLICY, or of the whole list.",
    ),
    "status": ("pipelines.cli.inventory:status", "Say what the archive has and what is due."),
    "versions": ("pipelines.cli.history:versions", "List the versions of POLICY, oldest first."),
    "show": ("pipelines.cli.history:show", "Print what POLICY said, on a date or in a version."),
    "diff": ("pipelines.cli.history:diff", "Show what changed between two versions of POLICY."),
    "changes": ("pipelines.cli.watching:changes", "List what changed, of all policies or some."),
    "timeline": (
        "pipelines.cli.timeline:timeline",
        "Draw when each version of POLICY was seen.",
    ),
    "search": ("pipelines.cli.history:search", "Find where PATTERN is said, and since when."),
    "ask": ("pipelines.cli.ask:ask", "Answer one of the questions that studies asked."),
    "sql": ("pipelines.cli.sql:sql", "Answer a QUERY in SQL; it can read only."),
    "check": ("pipelines.cli.upkeep:check", "Prove that every line and body is accounted for."),
    "read": ("pipelines.cli.read:read", "Say what extraction makes of kept pages."),
    "extract": ("pipelines.cli.extract:extract", "Read the kept bodies with a new extractor."),
    "export": ("pipelines.cli.export:export", "Write a dataset, or feeds, into a folder."),
    "import": (
        "pipelines.cli.importing:import_",
        "Make a database from an export, or add what others collected.",
    ),
    "backup": ("pipelines.cli.upkeep:backup", "Export the ledger, for `rebuild`."),
    "rebuild": ("pipelines.cli.upkeep:rebuild", "Make the database anew from a backup."),
    "save": ("pipelines.cli.save:save", "Ask the archive to capture what it last saw long ago."),
    "demo": ("pipelines.cli.demo:demo", "Take the five-minute tour, without a network."),
    "ledger": ("pipelines.cli.inventory:ledger", "List each captured line and what became of it."),
}
_INTERRUPTED = 75


class Verbs(click.Group):
    """Imports a verb when it is named, and turns every way to end into one line and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a verb; None where there is none of that name."""
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the lines of the verbs without importing any, so that help comes at once."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; say in one line why it ended early."""
        in_json = is_json_asked(ctx.args)
        if in_json:
            speak_json()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except click.UsageError as error:
            if not in_json:
                raise
            _say(error.format_message())
            ctx.exit(error.exit_code)
        except PolicytrailError as error:
            _say(str(error))
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, RuntimeError) as error:
            if not is_interrupt(error):
                raise
            _say("interrupted: the same command goes on where it was")
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:  # whoever reads has read enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog="Example: policytrail show hesk/privacy --at 2016-10-18",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    envvar="POLICYTRAIL_DATA",
    show_envvar=True,
    help="The folder that everything is kept in.",
)
@click.version_option(package_name="policytrail", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, data: Path) -> None:
    """Say which policy said what, and between which two dates it changed.

    POLICY is hesk/privacy, or hesk where that is clear. Dates are UTC: 2016, 2016-10,
    2016-10-18, 2016-10-18T22:57:56 or 20161018225756.
    """
    context.obj = data


def main() -> None:
    """Run the command and end the process with its exit code."""
    cli(prog_name="policytrail")


def _say(words: str) -> None:
    line = " ".join(words.split())
    if json_lines():
        LOG.error(line)
    else:
        click.echo(f"policytrail: {line}", err=True)
