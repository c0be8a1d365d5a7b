"""Walk over a small site with random edits: ``python -m walk --seeds 1-20 --steps 250``."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from walk.building import warm
from walk.notebooks import PARSERS
from walk.walk import BUILDERS, Plan, Walk


def main() -> int:
    """Walk, report, and return how many walks failed."""
    arguments = _parser().parse_args()
    first, _dash, last = arguments.seeds.partition("-")
    given = {key: vars(arguments)[key] for key in ("steps", "theme", "jobs", "builder", "parser")}
    plans = [Plan(seed, **given) for seed in range(int(first), int(last or first) + 1)]
    # Builds are forked, so the processes must not have threads or be spawned anew.
    with ProcessPoolExecutor(
        arguments.processes, get_context("fork"), warm, (arguments.theme, arguments.parser)
    ) as pool:
        failures = sum(pool.map(_walk, plans))
    _say(f"{len(plans) - failures} walks of {arguments.steps} steps passed, {failures} failed")
    return failures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m walk", description=__doc__)
    parser.add_argument("--seeds", default="1", help="one, or the first and the last: 1-20")
    parser.add_argument("--steps", type=int, default=20, help="of each seed")
    parser.add_argument("--theme", default="basic")
    parser.add_argument("--jobs", type=int, default=1, help="of each incremental build")
    parser.add_argument("--builder", choices=BUILDERS, default="", help="instead of both in turn")
    parser.add_argument(
        "--parser", choices=PARSERS, default="", help="an extension that reads posts"
    )
    parser.add_argument("--processes", type=int, default=1, help="walks at a time")
    return parser


def _walk(plan: Plan) -> bool:
    """Walk once, and return whether it failed."""
    folder, began = Path(tempfile.mkdtemp(prefix=f"walk-{plan.seed}-")), time.monotonic()
    failure = Walk(plan, folder).go()
    if failure:
        _say(str(failure))
        return True
    shutil.rmtree(folder)
    _say(f"seed {plan.seed}: {plan.steps} steps, {time.monotonic() - began:.0f} s")
    return False


def _say(text: str) -> None:
    """Print at once, so that a long run can be followed."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
