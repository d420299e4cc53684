"""The words of the command line, as data: each command with what it takes, and an example of it.

In: nothing. Out: `COMMANDS`, `NEW` and `EXAMPLES`, from which `memorank.command_line` makes the parser and the help.
"""

from memorank.option_kinds import DATA_DIR, INCLUDE, Option, count, limit, option, path, seed
from memorank.rank_options import RANK

PLAN = option("plan", help="a built-in plan (see: memorank list plans) or a YAML file")
KEPT_PLAN = option(
    "--plan",
    metavar="PLAN",
    help="another plan of the folder than its own, as --set made it: its digest, its settings, or its board's folder",
)
RUN_FOLDER = option("--out", type=path, help="the run folder (default: runs/<plan name>)")
FORCE = option(
    "--force",
    action="store_true",
    help="write into a folder that holds other files too; none that memorank did not make is ever replaced",
)
SET = option(
    "--set",
    action="append",
    default=[],
    metavar="KEY=VALUE",
    help="override one key of the plan, as in estimator.entropy.bins=50",
)
WORKERS = option(
    "--workers",
    type=count,
    metavar="N",
    help="so many processes on this machine share the cells (default: this process computes them)",
)
SLURM = option(
    "--slurm",
    type=count,
    metavar="N",
    help="submit so many jobs of this command to a Slurm cluster instead (pip install 'memorank[cluster]')",
)
DASK = option(
    "--dask",
    metavar="ADDRESS|FILE",
    help="the workers of a Dask cluster share the cells, without a shared disk: the address of its scheduler, as "
    "tcp://HOST:8786, or its scheduler file (pip install 'memorank[dask]')",
)
RETRAIN = option(
    "--retrain",
    action="store_true",
    help="train networks again whose weights are gone, where a measure reads the network itself",
)
SHOW = option(
    "--show",
    metavar="WORD[,WORD]",
    help="also print tables: models, taps, measures, sure, ends, picks, missing, warnings, sensitivity or all",
)
LIMIT = option("--limit", type=limit, metavar="N", help="a trial: at most N examples of each kind in every cell")

COMMANDS: dict[str, tuple[str, tuple[Option, ...]]] = {
    "run": (
        "run a plan, or what is left of it, and print its board",
        (PLAN, RUN_FOLDER, FORCE, WORKERS, SLURM, DASK, RETRAIN, SET, LIMIT, SHOW, INCLUDE, DATA_DIR),
    ),
    "plan": (
        "say what would run, what is done, and why; writes nothing",
        (
            PLAN,
            RUN_FOLDER,
            option("--probe", action="store_true", help="try a few steps to tell the time of what has not run yet"),
            SET,
            LIMIT,
            INCLUDE,
            DATA_DIR,
        ),
    ),
    "status": ("say how far a run folder is", (option("folder", type=path),)),
    "report": (
        "write the board of one or several run folders and print it",
        (
            option("folders", nargs="+", type=path, metavar="DIR", help="run folders, packs or published boards"),
            KEPT_PLAN,
            option(
                "--sensitivity",
                action="store_true",
                help="also say how far it hangs on bins, edges, k, estimator, scope, taps, inputs and sample size",
            ),
            SHOW,
            option("--figures", action="store_true", help="also draw every figure: PDF, PNG and CSV, into figures/"),
            option("--format", help="comma-separated: md, csv, tex, json, html (default: these), parquet, card, bib"),
            option("--out", type=path, help="where to (default: the run folder's board/; of several: merged-board/)"),
            FORCE,
        ),
    ),
    "compare": (
        "say how two boards differ, and whether that could be chance",
        (
            option("a", metavar="A", help="a run folder, a pack, a board.json, a published board, or bansal2022"),
            option("b", metavar="B", help="the other side, likewise"),
            option("--out", type=path, metavar="DIR", help="also write comparison.html, comparison.json and CSV files"),
            FORCE,
        ),
    ),
    "verify": (
        "check a run folder or a pack: hashes, plan, board, and some cells computed again; writes nothing",
        (
            option("folder", type=path, metavar="DIR|PACK", help="a run folder, a pack, or a published board"),
            KEPT_PLAN,
            option("--cells", type=count, default=3, metavar="N", help="how many, drawn at random (default: 3)"),
            option("--all", action="store_true", help="compute every cell again, instead of --cells"),
            option(
                "--seed",
                type=seed,
                metavar="N",
                help="the seed of the draw; the same one draws the same cells (default: a new one)",
            ),
            option(
                "--trust",
                action="store_true",
                help="import and run the Python files that the run folder holds in included/: look at them first",
            ),
            INCLUDE,
            DATA_DIR,
        ),
    ),
    "submit": (
        "pack a finished run into one file for others: no activations, no host, user or path in it",
        (
            option("folder", type=path),
            option("--name", required=True, help="what it is called: lower-case words joined by hyphens"),
            KEPT_PLAN,
            option("--out", type=path, metavar="FILE.zip", help="where to (default: NAME.zip)"),
            option("--without-weights", action="store_true", help="leave out the weights of networks of up to 1 MB"),
        ),
    ),
    "export": (
        "take a trained network out of a run folder: its weights, and the code that loads them",
        (
            option("folder", type=path),
            option("key", help="of the network's cell, or how no other key begins (keys are in cells/)"),
            option(
                "--out",
                type=path,
                default="model.safetensors",
                metavar="NAME.safetensors",
                help="where to; the code is NAME.py beside it (default: model.safetensors)",
            ),
        ),
    ),
    "rank": ("rank networks of your own by what they do with unlabelled data", RANK),
    "list": (
        "list what can be run",
        (
            option("kind", nargs="?", help="families, suites, datasets, measures, readings, metrics, plans or boards"),
            option("pattern", nargs="?", default="*", help="as in *-mnist"),
            INCLUDE,
        ),
    ),
    "describe": (
        "say everything about an entry or a plan",
        (option("name", metavar="NAME|FILE.py"), INCLUDE, DATA_DIR),
    ),
    "new": (
        "print a working file to start an entry from",
        (option("kind", help="family, suite, dataset, measure, reading or metric"), option("name")),
    ),
    "check": (
        "see whether an entry does what it must, before it costs a training",
        (option("name", metavar="FILE.py|NAME"), INCLUDE, DATA_DIR),
    ),
    "fetch": (
        "put data sets into the data folder",
        (option("datasets", nargs="+", metavar="DATASET"), INCLUDE, DATA_DIR),
    ),
    "doctor": ("say what this machine has, what is missing, and the cure", (INCLUDE, DATA_DIR)),
}

# The kinds of entry that `new` knows, and what an entry of each is called in examples.
NEW = {
    "family": "my-net",
    "suite": "my-suite",
    "dataset": "my-data",
    "measure": "my-measure",
    "reading": "my-reading",
    "metric": "my-metric",
}

# What a person types who has left out a word that the command needs.
EXAMPLES = {
    "run": "memorank run toy (or quick, or mnist; all plans: memorank list plans)",
    "plan": "memorank plan quick (or toy, or mnist; all plans: memorank list plans)",
    "status": "memorank status runs/quick",
    "report": "memorank report runs/quick",
    "compare": "memorank compare runs/quick bansal2022",
    "verify": "memorank verify runs/quick",
    "submit": "memorank submit runs/quick --name my-quick",
    "export": "memorank export runs/quick circles-spurious.mlp-16-16.a0.s0 --out model.safetensors",
    "rank": "memorank rank clean/ noisy/ --data reviews.csv --kind example-level",
    "describe": "memorank describe mean-mi (all names: memorank list)",
    "new": "memorank new family my-net > my_net.py",
    "check": "memorank check my_net.py",
    "fetch": "memorank fetch mnist-5k (what is missing: memorank doctor)",
}
