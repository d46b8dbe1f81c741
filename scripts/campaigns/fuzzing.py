"""Fuzz the query parser, the readers of files and segment files: with atheris, or by own mutations.

Atheris follows which code an input reaches; it is in the dependency group `fuzz` and not in the
locks: `.venv/bin/python -m pip install --group fuzz`. Without it, seeds are cut, mixed and bent at
random, which the outcome says. Inputs that failed once are in tests/fixtures/crashes, a folder for
each target; they are tried first.
"""

import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from campaigns.fuzz_targets import PROJECT, TARGETS, Target
from campaigns.outcome import Outcome, Task

ROUNDS = {True: 150, False: 20_000}
"""Inputs of each target without atheris, in a short campaign and in a long one."""
SECONDS = 300
"""How long atheris fuzzes a target, unless `--rounds` ends it before."""
_RUNS = re.compile(rb"Done (\d+) runs in ")
INPUT_SECONDS_MOST = 20.0
"""An input that takes longer hangs."""
INPUT_BYTES_MOST = 65_536
CRASHES = PROJECT / "tests" / "fixtures" / "crashes"
FAILED_AT = PROJECT / "var" / "crashes"
"""Where inputs are kept that fail, to become tests."""
MARKS = b'"()*:=~-{}[],\n\r\t<>&;\x00\xff\xfe'


def fuzz(task: Task) -> Outcome:
    """Run the campaign."""
    outcome = Outcome()
    has_atheris = importlib.util.find_spec("atheris") is not None and not task.is_short
    for target in TARGETS:
        seeds = [*_kept(target), *target.seeds(task.folder)]
        for seed in seeds:
            _try(target, seed, task.folder, outcome)
        if has_atheris:
            _run_atheris(target, seeds, task, outcome)
        else:
            outcome.count("targets without atheris, by own mutations")
            random = Random(task.seed)  # noqa: S311 - nothing is secret
            for _ in range(task.rounds or ROUNDS[task.is_short]):
                _try(target, bent(random, seeds), task.folder, outcome)
    return outcome


def bent(random: Random, seeds: list[bytes]) -> bytes:
    """Return an input made of seeds: joined, cut, with bytes changed, doubled and left out."""
    data = bytearray(random.choice(seeds))
    for _ in range(random.choice((1, 2, 4, 16))):
        at = random.randint(0, len(data))
        stop = min(len(data), at + random.choice((0, 1, 2, 16, 256)))
        other = random.choice(seeds)
        start = random.randint(0, len(other))
        data[at:stop] = random.choice(
            (
                b"",
                bytes([random.choice(MARKS)]) * random.choice((1, 2, 300)),
                random.randbytes(random.choice((1, 4))),
                data[at:stop] * 3,
                other[start : start + random.choice((1, 16, 512))],
            )
        )
    return bytes(data[:INPUT_BYTES_MOST])


def _kept(target: Target) -> Iterator[bytes]:
    folder = CRASHES / target.name
    if folder.is_dir():
        yield from (path.read_bytes() for path in sorted(folder.iterdir()))


def _try(target: Target, data: bytes, folder: Path, outcome: Outcome) -> None:
    """Try an input; keep it if it fails."""
    started, problem = time.perf_counter(), ""
    try:
        target.try_bytes(data, folder)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        problem = f"{type(error).__name__}: {error}"
    if time.perf_counter() - started > INPUT_SECONDS_MOST:
        problem = "it hangs"
    outcome.count(f"{target.name}: inputs")
    if problem:
        kept = FAILED_AT / target.name / f"{len(outcome.failures)}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(data)
        outcome.failures.append(f"{target.name}: {problem[:200]}; the input is {kept}")


def _run_atheris(target: Target, seeds: list[bytes], task: Task, outcome: Outcome) -> None:
    """Let atheris make inputs, in a process of its own: it ends that process."""
    corpus = task.folder / target.name
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    crashes = FAILED_AT / target.name
    crashes.mkdir(parents=True, exist_ok=True)
    limits = [f"-runs={task.rounds or -1}", f"-seed={task.seed}", f"-max_total_time={SECONDS}"]
    bounds = [f"-max_len={INPUT_BYTES_MOST}", f"-timeout={INPUT_SECONDS_MOST:.0f}"]
    paths = os.pathsep.join([str(PROJECT / "scripts"), str(PROJECT), *sys.path])
    command = [sys.executable, "-m", "campaigns.atheris_run", target.name, str(corpus)]
    ran = subprocess.run(  # noqa: S603 - our own module
        [*command, *limits, *bounds, f"-artifact_prefix={crashes}/"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )
    done = _RUNS.search(ran.stderr)
    outcome.count(f"{target.name}: inputs by atheris", int(done[1]) if done else 0)
    if ran.returncode:
        told = ran.stderr.decode("utf-8", "replace")[-800:]
        outcome.failures.append(f"{target.name}: atheris ends with {ran.returncode}: {told}")
