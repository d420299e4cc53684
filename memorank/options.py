"""The words of the command line, as data: each command with what it takes, and an example of it.

In: nothing. Out: `COMMANDS`, `NEW` and `EXAMPLES`, from which `memorank.command_line` makes the parser and the help.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark.process.paths import absolute
from registry import UserError


@dataclass(frozen=True)
class Option:
    """One word that a command takes: a place ("plan") or a flag ("--out"), and argparse's settings for it."""

    word: str
    settings: dict[str, Any] = field(default_factory=dict)


def _option(word: str, **settings: Any) -> Option:
    return Option(word, settings)


def _count(text: str) -> int:
    """A whole number from 1 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"a number from 1 on is needed, got {text!r}")
    return int(text)


def _seed(text: str) -> int:
    """A whole number from 0 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"a number from 0 on is needed, got {text!r}")
    return int(text)


def _limit(text: str) -> int:
    """A whole number from 2 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal() and int(text) >= 2):
        raise argparse.ArgumentTypeError(f"a number from 2 on is needed, got {text!r}")
    return int(text)


def _pairs(text: str) -> int | str:
    """A number from 2 on, or "all", as argparse wants to be told."""
    if text == "all":
        return text
    if not (text.isascii() and text.isdecimal() and int(text) >= 2):
        raise argparse.ArgumentTypeError(f"all, or a number from 2 on is needed, got {text!r}")
    return int(text)


def _path(text: str) -> Path:
    """A path, with `~` for the user's home. Raises argparse.ArgumentTypeError for one that cannot be used."""
    try:
        absolute(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return Path(text).expanduser()


PLAN = _option("plan", help="a built-in plan (see: memorank list plans) or a YAML file")
KEPT_PLAN = _option(
    "--plan",
    metavar="PLAN",
    help="another plan of the folder than its own, as --set made it: its digest, its settings, or its board's folder",
)
RUN_FOLDER = _option("--out", type=_path, help="the run folder (default: runs/<plan name>)")
FORCE = _option(
    "--force",
    action="store_true",
    help="write into a folder that holds other files too; none that memorank did not make is ever replaced",
)
SET = _option(
    "--set",
    action="append",
    default=[],
    metavar="KEY=VALUE",
    help="override one key of the plan, as in estimator.entropy.bins=50",
)
WORKERS = _option(
    "--workers",
    type=_count,
    metavar="N",
    help="so many processes on this machine share the cells (default: this process computes them)",
)
SLURM = _option(
    "--slurm",
    type=_count,
    metavar="N",
    help="submit so many jobs of this command to a Slurm cluster instead (pip install 'memorank[cluster]')",
)
DASK = _option(
    "--dask",
    metavar="ADDRESS|FILE",
    help="the workers of a Dask cluster share the cells, without a shared disk: the address of its scheduler, as "
    "tcp://HOST:8786, or its scheduler file (pip install 'memorank[dask]')",
)
SHOW = _option(
    "--show",
    metavar="WORD[,WORD]",
    help="also print tables: models, taps, sure, ends, picks, missing, warnings, sensitivity or all",
)
LIMIT = _option("--limit", type=_limit, metavar="N", help="a trial: at most N examples of each kind in every cell")
DATA_DIR = _option("--data-dir", type=_path, help="where data sets lie (default: MEMORANK_DATA, else the user's cache)")
INCLUDE = _option(
    "--include",
    action="append",
    default=[],
    type=_path,
    metavar="FILE.py",
    help="a file of your own that declares families, suites, data sets, measures or metrics; may stand several times",
)

COMMANDS: dict[str, tuple[str, tuple[Option, ...]]] = {
    "run": (
        "run a plan, or what is left of it, and print its board",
        (PLAN, RUN_FOLDER, FORCE, WORKERS, SLURM, DASK, SET, LIMIT, SHOW, INCLUDE, DATA_DIR),
    ),
    "plan": (
        "say what would run, what is done, and why; writes nothing",
        (
            PLAN,
            RUN_FOLDER,
            _option("--probe", action="store_true", help="try a few steps to tell the time of what has not run yet"),
            SET,
            LIMIT,
            INCLUDE,
            DATA_DIR,
        ),
    ),
    "status": ("say how far a run folder is", (_option("folder", type=_path),)),
    "report": (
        "write the board of one or several run folders and print it",
        (
            _option("folders", nargs="+", type=_path, metavar="DIR"),
            KEPT_PLAN,
            _option(
                "--sensitivity",
                action="store_true",
                help="also say how far it hangs on bins, edges, k, estimator, scope, taps, inputs and sample size",
            ),
            SHOW,
            _option("--figures", action="store_true", help="also draw every figure: PDF, PNG and CSV, into figures/"),
            _option("--format", help="comma-separated: md, csv, tex, json, html (default: all)"),
            _option("--out", type=_path, help="where to (default: the run folder's board/; of several: merged-board/)"),
            FORCE,
        ),
    ),
    "verify": (
        "check a run folder: hashes, plan, board, and some cells computed again; writes nothing",
        (
            _option("folder", type=_path),
            KEPT_PLAN,
            _option("--cells", type=_count, default=3, metavar="N", help="how many, drawn at random (default: 3)"),
            _option("--all", action="store_true", help="compute every cell again, instead of --cells"),
            _option(
                "--seed",
                type=_seed,
                metavar="N",
                help="the seed of the draw; the same one draws the same cells (default: a new one)",
            ),
            _option(
                "--trust",
                action="store_true",
                help="import and run the Python files that the run folder holds in included/: look at them first",
            ),
            INCLUDE,
            DATA_DIR,
        ),
    ),
    "export": (
        "take a trained network out of a run folder: its weights, and the code that loads them",
        (
            _option("folder", type=_path),
            _option("key", help="of the network's cell, or how no other key begins (keys are in cells/)"),
            _option(
                "--out",
                type=_path,
                default="model.safetensors",
                metavar="NAME.safetensors",
                help="where to; the code is NAME.py beside it (default: model.safetensors)",
            ),
        ),
    ),
    "rank": (
        "rank networks of your own by what they do with unlabelled data",
        (
            _option(
                "networks",
                nargs="+",
                metavar="[NAME=]PATH",
                help="a Hugging Face folder; weights of an --architecture or a --family; a run folder or a cell in it; "
                "or activations on the same examples: .npy (examples, neurons), .npz or .safetensors by tap",
            ),
            _option(
                "--data",
                metavar="FILE|FOLDER|NAME",
                help="what the networks are read on: .npy, .npz, .csv, .jsonl, .parquet, a folder of images, or a data "
                "set (memorank list datasets); labels in it are not read",
            ),
            _option("--text-column", metavar="NAME", help="the column of a table that holds the texts"),
            _option(
                "--examples",
                type=_count,
                default=2500,
                metavar="N",
                help="the most that are read, of more a seeded sample (default: 2500)",
            ),
            _option(
                "--kind",
                metavar="heuristic|example-level",
                help="the memorization that is feared: shortcuts, or wrong labels (default: both orders are shown)",
            ),
            _option(
                "--pairs",
                type=_pairs,
                metavar="N|all",
                help="pairs of neurons that are read of each network (default: all up to 100,000, 20,000 of more)",
            ),
            _option("--taps", metavar="PATH[,PATH]", help="modules that are tapped (default: those that are usual)"),
            _option(
                "--max-tokens",
                type=_count,
                default=128,
                metavar="N",
                help="so many tokens of a text are read (default: 128)",
            ),
            _option("--architecture", metavar="NAME", help="of torchvision or timm, which the weights are of"),
            _option("--family", metavar="NAME", help="the family that the weights are of (memorank list families)"),
            _option("--image-size", type=_count, metavar="N", help="pixels of a side, for a --family of images"),
            _option("--suite", metavar="NAME", help="of a run folder, whose networks are ranked"),
            _option(
                "--inputs",
                metavar="evaluation|in-distribution",
                help="of a run folder, the examples that its networks were read on (default: the first of its plan)",
            ),
            _option(
                "--null-corrected",
                action="store_true",
                help="subtract from mean MI what the estimator finds in permuted neurons, as one measure more",
            ),
            _option(
                "--out",
                type=_path,
                help="a folder for ranking.html, .json and .csv, in which what is measured is kept; or a file NAME.html "
                "or NAME.json",
            ),
            INCLUDE,
            DATA_DIR,
        ),
    ),
    "list": (
        "list what can be run",
        (
            _option("kind", nargs="?", help="families, suites, datasets, measures, metrics or plans"),
            _option("pattern", nargs="?", default="*", help="as in *-mnist"),
            INCLUDE,
        ),
    ),
    "describe": (
        "say everything about an entry or a plan",
        (_option("name", metavar="NAME|FILE.py"), INCLUDE, DATA_DIR),
    ),
    "new": (
        "print a working file to start an entry from",
        (_option("kind", help="family, suite, dataset, measure or metric"), _option("name")),
    ),
    "check": (
        "see whether an entry does what it must, before it costs a training",
        (_option("name", metavar="FILE.py|NAME"), INCLUDE, DATA_DIR),
    ),
    "fetch": (
        "put data sets into the data folder",
        (_option("datasets", nargs="+", metavar="DATASET"), INCLUDE, DATA_DIR),
    ),
    "doctor": ("say what this machine has, what is missing, and the cure", (INCLUDE, DATA_DIR)),
}

# The kinds of entry that `new` knows, and what an entry of each is called in examples.
NEW = {"family": "my-net", "suite": "my-suite", "dataset": "my-data", "measure": "my-measure", "metric": "my-metric"}

# What a person types who has left out a word that the command needs.
EXAMPLES = {
    "run": "memorank run toy (or quick, or mnist; all plans: memorank list plans)",
    "plan": "memorank plan quick (or toy, or mnist; all plans: memorank list plans)",
    "status": "memorank status runs/quick",
    "report": "memorank report runs/quick",
    "verify": "memorank verify runs/quick",
    "export": "memorank export runs/quick circles-spurious.mlp-16-16.a0.s0 --out model.safetensors",
    "rank": "memorank rank clean/ noisy/ --data reviews.csv --kind example-level",
    "describe": "memorank describe mean-mi (all names: memorank list)",
    "new": "memorank new family my-net > my_net.py",
    "check": "memorank check my_net.py",
    "fetch": "memorank fetch mnist-5k (what is missing: memorank doctor)",
}
