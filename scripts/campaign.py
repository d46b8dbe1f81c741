"""Try what Kliping promises when machines fail, as often as a night allows.

    .venv/bin/python scripts/campaign.py NAME [--seed N] [--short] [--rounds N] [--articles N]

docs/reliability.md tells what is promised and what was tried. A campaign works in a temporary
folder, ends by itself, and prints how often it tried what. To add one, add a row to `CAMPAIGNS`.

Exit codes: 0 nothing failed; 1 something failed, or the machine cannot run it; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("campaign", BUILDING_MB)


import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from campaigns.damage import damage_files
from campaigns.errors import fail_calls
from campaigns.fuzzing import fuzz
from campaigns.http_bytes import send_bytes
from campaigns.kills import kill_commands
from campaigns.load import change_under_load
from campaigns.openings import fail_openings
from campaigns.outcome import Outcome, Task
from campaigns.power_cuts import cut_power
from campaigns.slow_readers import ask_beside_slow
from campaigns.soak import soak
from campaigns.swaps import swap_under_load
from campaigns.time_limit import measure_time_limit
from indexing.start import run

from index.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Campaign:
    """A row of the table of campaigns.

    Attributes:
        name: by which it is called.
        summary: what it tries.
        run: the function.
    """

    name: str
    summary: str
    run: Callable[[Task], Outcome]


CAMPAIGNS = (
    Campaign(
        "power-cuts", "cut the power at every change to the disk, and open the index", cut_power
    ),
    Campaign("errors", "let each call to the system fail, in every command", fail_calls),
    Campaign("openings", "let calls fail while a server opens an index", fail_openings),
    Campaign("kills", "kill every command at random moments while readers poll", kill_commands),
    Campaign("damage", "cut, flip and zero files before and while they are read", damage_files),
    Campaign("load", "build, update and roll back under eight clients", change_under_load),
    Campaign("swaps", "remove and build under four clients, and measure", swap_under_load),
    Campaign("http", "send the server what no browser sends, by raw sockets", send_bytes),
    Campaign("soak", "send a hundred thousand requests; what is held must not grow", soak),
    Campaign("slow-readers", "ask quick queries beside eight slow readers", ask_beside_slow),
    Campaign("time-limit", "ask what is slow, under short time limits", measure_time_limit),
    Campaign("fuzz", "fuzz the query parser, the readers of files and segment files", fuzz),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign, print its outcome, and return the exit code."""
    by_name = {campaign.name: campaign for campaign in CAMPAIGNS}
    options = _make_parser(tuple(by_name)).parse_args(arguments)
    try:
        with TemporaryDirectory() as folder:
            task = Task(
                Path(folder),
                options.seed,
                options.short,
                options.rounds,
                options.index,
                options.articles,
            )
            outcome = by_name[options.name].run(task)
    except (ArchiveError, OSError) as error:
        print(f"campaign: {error}", file=sys.stderr)
        return 1
    print(*outcome.lines(), sep="\n")
    return 1 if outcome.failures else 0


def _make_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="campaign.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("name", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of what is drawn (1)")
    parser.add_argument("--short", action="store_true", help="as `make test` runs it")
    rounds = "how often to try (each campaign has its own number; of power-cuts it is fixed)"
    parser.add_argument("--rounds", type=int, default=0, metavar="N", help=rounds)
    articles = "how many articles to make (swaps)"
    parser.add_argument("--articles", type=int, default=0, metavar="N", help=articles)
    index = "an index to measure, in place of a made one (time-limit, slow-readers)"
    parser.add_argument("--index", type=Path, metavar="DIR", help=index)
    return parser


if __name__ == "__main__":
    run("campaign", main)
