"""A plan: which suites, families, conditions, recipes and seeds to run, and how to measure.

In: a built-in name or a YAML file, and `--set` overrides. Out: a `Plan` in which every name and key is known to mean
something; anything else is a `PlanError` of one line that says where.
"""

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, pairwise
from pathlib import Path
from shlex import quote
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationError

from benchmark.estimator import BinnedSettings, EntropySettings, Estimator, NearestSettings
from benchmark.measures import HEADLINES
from benchmark.plain.strict_yaml import Document, YamlError, read_value, read_yaml
from benchmark.plan.plan_problems import beyond_records, problems
from benchmark.plan.recipes import Recipe, Recipes, recipes_of
from registry import (
    Condition,
    ModelFamily,
    TaskSuite,
    UnknownNameError,
    UserError,
    did_you_mean,
)
from registry.regular_files import read_regular
from registry.words import check_name

StrictCondition = Annotated[float, Strict()] | Annotated[str, Strict()]
Seed = Annotated[int, Field(ge=0, lt=2**32 - 1)]
Seeds = Annotated[tuple[Annotated[Seed, Field(strict=True)], ...], Field(min_length=1)]
Names = Annotated[tuple[Annotated[str, Strict()], ...], Field(min_length=1)]
Conditions = Annotated[tuple[StrictCondition, ...], Field(min_length=1)] | None
Examples = Annotated[int, Field(ge=2, strict=True)] | None
KeepWeights = Literal["auto", "all", "none"]
SecondsPerCell = Annotated[float, Field(gt=0, le=1e8, allow_inf_nan=False, strict=True)] | None
YAML = (".yaml", ".yml")  # what the file of a plan ends with


class PlanError(UserError):
    """A plan that cannot be run: file and line, the key, what was got and what is allowed."""


class SuiteEntry(BaseModel):
    """One suite with one family. `training` overrides the family's and its options; lists in it make a grid.

    `recipes` are unrelated ones, each over `training`: a list of them, or how they are drawn.
    `seeds` stand in place of the plan's. At most so many seeded examples are trained on, and held out (of each kind of
    inputs).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: str
    family: str
    data: str | None = None
    conditions: Conditions = None
    seeds: Seeds | None = None
    training: dict[str, object] = {}
    recipes: Recipes = None
    train_examples: Examples = None
    held_out_examples: Examples = None


class Plan(BaseModel):
    """A whole plan, as its YAML says it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(max_length=64), AfterValidator(check_name)]
    seeds: Seeds
    suites: Annotated[tuple[SuiteEntry, ...], Field(min_length=1)]
    estimator: Estimator = Estimator()
    hypotheses: tuple[Annotated[str, Strict()], ...] = HEADLINES  # the measures whose claims are corrected together
    anchors: Literal["random-labels"] | None = None  # beside each network one on the same inputs, to compare it with
    threads: Annotated[int, Field(ge=1, le=1024, strict=True)] = 2
    limit: Examples = None  # at most so many examples of each kind: a trial
    measures: Names | None = None  # names and patterns of what is computed; None: the default ones
    data_seed: Annotated[Seed, Field(strict=True)] | None = None  # of the data of all networks; None: each its own seed
    seconds_per_cell: SecondsPerCell = None  # a cell that takes longer is stopped, and fails; it changes no number
    keep_weights: KeepWeights = "auto"  # of which networks the weights are kept; it changes no number either


def conditions(entry: SuiteEntry, suite: TaskSuite) -> tuple[Condition, ...]:
    """The conditions of an entry, its own or else those of the suite, from least to most memorization."""
    own = map(suite.numbered, entry.conditions or suite.conditions)
    return tuple(sorted(own, key=float if suite.knob else suite.conditions.index))


def built_in_plans() -> list[str]:
    """The names of the plans that come with memorank."""
    return sorted(path.name.removesuffix(".yaml") for path in _built_in().iterdir() if path.name.endswith(".yaml"))


def plan_summary(name: str) -> str:
    """What a built-in plan is for: its first line."""
    return str((_built_in() / f"{name}.yaml").read_text(encoding="utf-8").partition("\n")[0].removeprefix("# "))


def read_plan(name_or_path: str, overrides: Sequence[str] = ()) -> Plan:
    """Read, override and check a plan. Raises PlanError."""
    where, text = _text(name_or_path)
    try:
        document = read_yaml(text)
    except YamlError as error:
        raise PlanError(f"{where}:{error.line}: {error}") from error
    if not isinstance(document.content, dict):
        raise PlanError(f"{where}:1: a plan is a mapping with the keys {', '.join(Plan.model_fields)}")
    overridden = dict(_override(document.content, text) for text in overrides)
    try:
        plan = Plan.model_validate(document.content)
    except ValidationError as error:
        path, message = _first_problem(error)
        raise PlanError(f"{_place(where, document, overridden, path)}: {message}") from error
    for path, message in chain(problems(plan), beyond_records(document.content)):
        raise PlanError(f"{_place(where, document, overridden, path)}: {message}")
    return plan


def recipes(entry: SuiteEntry, family: ModelFamily) -> list[Recipe]:
    """The recipes of an entry, over its family's own setting and options."""
    return recipes_of(entry.training, entry.recipes, family.training, family.options)


def _built_in() -> Traversable:
    return files("benchmark.plan") / "built_in"


def _text(name_or_path: str) -> tuple[str, str]:
    if name_or_path in built_in_plans():
        return f"{name_or_path}.yaml", (_built_in() / f"{name_or_path}.yaml").read_text(encoding="utf-8")
    path = Path(name_or_path)
    if path.suffix not in YAML and not path.is_file():
        raise UnknownNameError(_no_plan(name_or_path, path))
    try:
        return str(path), read_regular(path).decode()
    except UnicodeDecodeError as error:
        raise PlanError(f"{path}:1: not UTF-8 text (byte {error.start})") from error
    except FileNotFoundError as error:
        raise PlanError(f"{path}: no such file; the built-in plans: memorank list plans") from error
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror or error}") from error


def _no_plan(name_or_path: str, path: Path) -> str:
    """Why a word is no plan, in one line: a folder, a built-in name with a typo, or a file that is not there."""
    if (path / "plan.json").is_file():
        board = f"memorank report {quote(name_or_path)}"
        return f"{name_or_path} is a run folder, not a plan; its board: {board}; the plans: memorank list plans"
    if path.is_dir():
        return f"{name_or_path} is a folder, not a plan; a plan is a YAML file or a name of: memorank list plans"
    near = did_you_mean(name_or_path, built_in_plans(), "memorank list plans")
    return f"unknown plan {name_or_path!r}{near}{'' if near.endswith('?') else ', or the path of a YAML file'}"


def _override(content: dict[str, Any], text: str) -> tuple[tuple[str | int, ...], str]:
    """Put one key=value into the plan's content; returns its path and itself."""
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise PlanError(f"--set {text}: expected key=value, as in estimator.entropy.bins=50")
    path: tuple[str | int, ...] = tuple(
        int(word) if word.isascii() and word.isdecimal() else word for word in key.split(".")
    )
    here: Any = content
    try:
        for word, following in pairwise(path):
            if isinstance(here, dict):
                here.setdefault(word, [] if isinstance(following, int) else {})
            here = here[word]
        here[path[-1]] = read_value(value)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise PlanError(f"--set {text}: the plan has no place {key!r}") from error
    except YamlError as error:
        raise PlanError(f"--set {text}: {error}") from error
    return path, f"--set {text}"


def _place(
    where: str, document: Document, overridden: dict[tuple[str | int, ...], str], path: tuple[str | int, ...]
) -> str:
    """Where a problem stands: file, line and key, or the --set that brought it."""
    for end in range(len(path), 0, -1):
        if path[:end] in overridden:
            return overridden[path[:end]]
    for changed, said in overridden.items():  # a wrong kind of estimator is a problem of the estimator
        if path and changed[: len(path)] == path:
            return said
    key = ".".join(map(str, path))
    return f"{where}:{document.line_of(path)}: {key}" if key else f"{where}:1"


# What may stand at each place of a plan, for the nearest right word.
_KEYS: dict[tuple[str, ...], type[BaseModel]] = {
    (): Plan,
    ("suites",): SuiteEntry,
    ("estimator",): Estimator,
    ("estimator", "entropy"): EntropySettings,
    ("estimator", "mi", "nearest"): NearestSettings,
    ("estimator", "mi", "binned"): BinnedSettings,
}


# What pydantic calls a tuple, a model or a dictionary, as a person writes it into a plan.
_NEEDED = {
    "tuple_type": "a list is needed, as in [0, 1]",
    "dict_type": "a mapping is needed, as in {key: value}",
    "model_type": "a mapping is needed, as in {key: value}",
    "int_type": "a whole number is needed",
    "int_parsing": "a whole number is needed",
}


def _first_problem(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Path and message of the first thing that pydantic found, unknown keys before all else."""
    found = sorted(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")[0]
    path: tuple[str | int, ...] = found["loc"]
    got = found["input"]
    if found["type"] == "extra_forbidden":
        around = tuple(str(word) for word in path[:-1] if not isinstance(word, int))
        message = f"unknown key{did_you_mean(str(path[-1]), _KEYS[around].model_fields)}"
    elif found["type"] == "missing":
        message = "this key is missing"
    elif found["type"] in ("literal_error", "union_tag_invalid"):
        expected = found["ctx"].get("expected") or found["ctx"]["expected_tags"]
        words = [word.strip("' ") for word in expected.replace(" or ", ",").split(",")]
        got = got.get("kind") if isinstance(got, dict) else got
        message = f"unknown value {got!r}{did_you_mean(str(got), words)}"
    else:
        message = f"{_NEEDED.get(found['type'], found['msg'])}, got {got!r}"
    return tuple(word for word in path if word not in ("nearest", "binned") and "[" not in str(word)), message
