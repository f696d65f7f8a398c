"""What docs/operations.md gives to copy: units, cron lines, workflows, deployments.

Checked as far as it goes without the tools that the page names beside each.
"""

import importlib
import re
import shlex
import subprocess
from configparser import ConfigParser
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml
from cronsim import CronSim
from scrapy.settings import Settings

from crawler.errors import AskedWrongly
from crawler.spiders.policies import PoliciesSpider
from pipelines.cli.engine import read_settings
from pipelines.cli.main import cli
from pipelines.database.job import Job

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NOON = datetime(2026, 1, 2, 12)  # noqa: DTZ001 - cron knows local time only
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SHELL = [body for language, body in BLOCKS if language == ""]
CALL = re.compile(r"(?:^\s*|/bin/)policytrail (-{0,2}[a-z][^`#>|&;\n]*)", re.MULTILINE)


def block(first_line: str) -> str:
    """The block whose first line names its file."""
    (found,) = [body for _, body in BLOCKS if body.startswith(f"# {first_line}")]
    return found


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read_string(block(f"/etc/systemd/system/{name}").replace("\\\n", ""))
    return parser


def workflow() -> dict[str, dict[str, dict[str, list[dict[str, str]]]]]:
    return yaml.safe_load(block(".github/workflows/crawl.yml"))


def steps() -> list[dict[str, str]]:
    return workflow()["jobs"]["crawl"]["steps"]


def crawl_step() -> str:
    (script,) = [step["run"] for step in steps() if step.get("name") == "Crawl what is due"]
    return script


def cron_line() -> str:
    (line,) = [line for line in block("crontab -e").splitlines() if line[:1].isdigit()]
    return line


def calls(text: str) -> list[str]:
    """Every call of the command in a text, its arguments only."""
    return [found.strip() for found in CALL.findall(text.replace("\\\n", " "))]


def understood(arguments: str) -> None:
    """Let the command's own parser read a call, to the last option and the name of each setting.

    Raises click.UsageError or AskedWrongly.
    """
    words = shlex.split(re.sub(r"\s[12]$", "", arguments), comments=True)
    with cli.make_context("policytrail", words) as group:
        name, verb, rest = cli.resolve_command(group, [*group._protected_args, *group.args])
        assert verb is not None
        with verb.make_context(name, rest, parent=group) as context:
            read_settings(dict(pair.split("=", 1) for pair in context.params.get("pairs", ())))


def stub(folder: Path, code: int) -> Path:
    """A command in the place of policytrail that notes its arguments, speaks and ends so."""
    path = folder / ".venv" / "bin" / "policytrail"
    path.parent.mkdir(parents=True)
    path.write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/calls\n[ "$1" = crawl ] || exit 0\n'
        f'for words in "{{}}"; do echo "$words" > {folder}/summary.json; done\n'
        f"echo progress >&2\necho the last words >&2\nexit {code}\n",
        "utf-8",
    )
    path.chmod(0o755)
    return path


CALLS = sorted(
    {
        *(call for body in SHELL for call in calls(body)),
        *calls(unit("policytrail.service")["Service"]["ExecStart"]),
        *calls(cron_line()),
        *calls(crawl_step()),
        *(call for text in re.findall(r"`([^`\n]+)`", PAGE) for call in calls(text)),
    }
)


def test_every_way_to_call_the_command_is_found() -> None:
    assert len(CALLS) > 15
    assert {call.split()[0] for call in CALLS} >= {"crawl", "status", "check", "backup"}


@pytest.mark.parametrize("arguments", CALLS, ids=lambda call: " ".join(call.split())[:60])
def test_the_command_understands_every_call_of_the_page(arguments: str) -> None:
    understood(arguments)


@pytest.mark.parametrize(
    "arguments", ["crwl --due", "crawl --dew", "crawl --due -s CONTCT=you@example.org"]
)
def test_a_call_with_a_mistake_would_be_found(arguments: str) -> None:
    with pytest.raises((click.UsageError, AskedWrongly)):
        understood(arguments)


def test_the_service_takes_75_for_success_and_lets_a_crawl_save_itself() -> None:
    service = unit("policytrail.service")["Service"]
    longest = Settings()
    longest.setmodule("crawler.settings")

    assert service["SuccessExitStatus"] == "75"
    assert int(service["TimeoutStopSec"].removesuffix("min")) * 60 > longest.getint(
        "DOWNLOAD_TIMEOUT"
    )
    assert "Restart" not in service


def test_everything_that_the_service_writes_lies_where_it_may_write() -> None:
    service = unit("policytrail.service")["Service"]
    call = service["ExecStart"].split()

    written = [
        *(word.split("=")[1] for word in service["Environment"].split()),
        *(call[place + 1] for place, word in enumerate(call) if word in ("--summary", "--metrics")),
    ]

    assert len(written) == 3
    assert all(Path(path).is_relative_to(service["ReadWritePaths"]) for path in written)
    assert service["ReadWritePaths"] == f"/var/lib/{service['StateDirectory']}"


def test_the_timer_starts_the_service_of_its_name_and_makes_up_for_missed_turns() -> None:
    timer = unit("policytrail.timer")

    assert re.fullmatch(r"\*-\*-\* 00/\d+:\d\d:00", timer["Timer"]["OnCalendar"])
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert "Unit" not in timer["Timer"]


def test_the_cron_line_runs_four_times_a_day() -> None:
    *fields, _ = cron_line().split(maxsplit=5)
    turns = CronSim(" ".join(fields), NOON)

    hours = [next(turns).hour for _ in range(4)]

    assert sorted(hours) == [0, 6, 12, 18]
    assert "%" not in cron_line()  # to cron it is the end of the line


@pytest.mark.parametrize(
    ("code", "mailed"),
    [(0, ""), (75, ""), (1, "progress\nthe last words\n"), (2, "progress\nthe last words\n")],
)
def test_cron_mails_what_needs_somebody_and_nothing_else(
    tmp_path: Path, code: int, mailed: str
) -> None:
    stub(tmp_path, code)
    command = cron_line().split(maxsplit=5)[5]
    for place in ("/opt/policytrail", "/var/lib/policytrail"):
        command = command.replace(place, str(tmp_path))

    ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True)

    assert (ran.stdout, ran.stderr) == (mailed, "")


def test_the_workflow_is_a_workflow_and_its_actions_are_pinned() -> None:
    told = workflow()

    assert told[True]["schedule"]  # type: ignore[index] - what YAML makes of the word `on`
    assert told["permissions"] == {"contents": "read"}
    assert told["concurrency"]
    assert all(("uses" in step) != ("run" in step) for step in steps())
    assert not [
        step["uses"]
        for step in steps()
        if "uses" in step and not re.fullmatch(r"actions/[\w/-]+@v\d+", step["uses"])
    ]


def test_the_workflow_keeps_what_it_restored_and_what_the_crawl_wrote() -> None:
    (restored,) = [step for step in steps() if step.get("uses", "").startswith("actions/cache/res")]
    (saved,) = [step for step in steps() if step.get("uses", "").startswith("actions/cache/save")]
    environment = workflow()["jobs"]["crawl"]["env"]

    assert restored["with"]["path"] == saved["with"]["path"]  # type: ignore[index]
    assert restored["with"]["path"].split() == ["archive", "state"]  # type: ignore[index]
    assert environment["POLICYTRAIL_DATA"] == "archive"
    assert environment["XDG_STATE_HOME"].endswith("/state")


@pytest.mark.parametrize(("code", "job"), [(0, 0), (75, 0), (1, 1), (2, 2)])
def test_the_workflow_is_green_when_there_is_nothing_to_do_but_to_run_it_again(
    tmp_path: Path, code: int, job: int
) -> None:
    stub(tmp_path, code)
    environment = {"CONTACT": "desk of a@b.example", "GITHUB_STEP_SUMMARY": str(tmp_path / "page")}

    ran = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", crawl_step()],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", **environment},
        check=False,
    )

    assert ran.returncode == job
    assert "CONTACT=desk of a@b.example" in (tmp_path / "calls").read_text()
    assert (tmp_path / "summary.json").exists()


def test_scrapyd_finds_the_project_and_the_spider_it_is_asked_for() -> None:
    deployment = ConfigParser(interpolation=None)
    deployment.read_string(block("/var/lib/policytrail/scrapy.cfg"))
    (request,) = re.findall(r"curl (\S+schedule.json .*?)\ncurl", PAGE.replace("\\\n", ""), re.S)
    address, *words = request.split()
    given = dict(word.split("=", 1) for word in words if "=" in word and "setting" not in word)

    assert urlsplit(address).port == deployment.getint("scrapyd", "http_port")
    assert given["project"] in deployment["settings"]
    assert importlib.import_module(deployment["settings"][given["project"]]).DATA
    assert given["spider"] == PoliciesSpider.name
    assert PoliciesSpider(policy=given["policy"]).names == ["hesk/privacy", "zendesk/privacy"]
    settings = dict(word.split("=")[1:] for word in words if word.startswith("setting="))
    assert read_settings(settings)["DUE"] == "1"


@pytest.mark.parametrize("own", [False, True], ids=["installed", "in the data folder"])
def test_under_scrapy_the_vendor_list_is_found_without_being_named(
    tmp_path: Path, own: bool
) -> None:
    vendors = '[[vendor]]\nid = "acme"\nname = "Acme"\nhomepage = "https://acme.example/"\n'
    policy = '[[vendor.policy]]\nkind = "privacy"\n'
    places = 'locations = [{ uri_r = "http://acme.example/" }]\n'
    if own:
        (tmp_path / "vendors.toml").write_text(vendors + policy + places, "utf-8")
    settings = read_settings({"DATA": str(tmp_path)})

    names = [vendor.vendor_id for vendor in Job.from_settings(settings).vendors]

    assert (names == ["acme"]) is own
    assert own or "hesk" in names
