"""The recipes of an entry of a plan: the training settings that are compared with each other.

In: the keys `training` and `recipes` of an entry, its family's own setting and the options of its networks. Out: one
`Recipe` for each setting, with a label. Lists under `training` are crossed to a grid; `recipes` lists unrelated ones or
says how they are drawn. Options stand beside the settings of the training.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from math import exp, log
from types import MappingProxyType
from typing import Annotated, Any, TypeGuard, cast, get_type_hints

import numpy as np
from pydantic import BeforeValidator, TypeAdapter
from pydantic_core import PydanticCustomError

from registry import Training
from registry.network_options import Options, is_whole, options_over

# One adapter for each key of `training`, so that an error names the key.
SETTINGS = {key: TypeAdapter(hint) for key, hint in get_type_hints(Training, include_extras=True).items()}
DRAWING = ("draw", "seed")  # the keys that say how recipes are drawn; all others are settings of `Training`
DIGITS = 3  # significant ones of a drawn number, so that labels are short
TRIES = 100  # for each recipe found, in a row without a new one: then there are no others
WHOLE = {key for key, value in vars(Training()).items() if isinstance(value, int)}
NO_OPTIONS: Options = MappingProxyType({})

Said = Mapping[str, object]  # settings as a plan says them, each a value or a list of several


def _listed_or_drawn(value: object) -> object:
    if value is None or isinstance(value, (list, tuple, dict)):
        return value
    raise PydanticCustomError("recipes", "a list of recipes is needed, as in [{{batch_size: 64}}], or {{draw: 16}}")


Recipes = Annotated[tuple[dict[str, object], ...] | dict[str, object] | None, BeforeValidator(_listed_or_drawn)]


@dataclass(frozen=True)
class Recipe:
    """One training setting of an entry; `label` names what sets it apart from the others, "" where it is alone.

    `options` are those of the network that are not what they are by default.
    """

    label: str
    training: Training
    options: Options = field(default_factory=dict)


def recipes_of(
    said: Said, chosen: Sequence[Said] | Said | None, default: Training, options: Options = NO_OPTIONS
) -> list[Recipe]:
    """The recipes of an entry of a plan, whose values are known to be allowed.

    Args:
        said: The entry's `training`, over the family's own.
        chosen: The entry's `recipes`, each over that: a list of them, how they are drawn, or None for the grid of the
            lists in `training`.
        default: The family's own setting.
        options: Those of the family, with their default values.

    Returns:
        At least one, in the order in which they stand or are drawn, those of a grid with the last key fastest.

    >>> [recipe.label for recipe in recipes_of({"learning_rate": [1e-3, 3e-4]}, None, Training())]
    ['lr0.001', 'lr0.0003']
    >>> [recipe.label for recipe in recipes_of({}, [{"optimizer": "adamw"}, {"batch_size": 32}], Training())]
    ['adamw-bs128', 'adam-bs32']
    >>> [recipe.label for recipe in recipes_of({"width": [64, 256]}, None, Training(), {"width": 256})]
    ['w64', 'w256']
    """
    if chosen is None:
        rows = list(_crossed(said))
    else:
        own = drawn(chosen, whole_settings(options)) if isinstance(chosen, Mapping) else chosen
        rows = [{**row, **said, **row} for row in own]  # its own keys come first, also in the label
    trainings = [replace(default, **_validated(row)) for row in rows]
    networks = [options_over(options, {key: row[key] for key in row if key not in SETTINGS}, "of this") for row in rows]
    settings = [{**asdict(training), **network} for training, network in zip(trainings, networks, strict=True)]
    changed = [{name: value for name, value in network.items() if value != options[name]} for network in networks]
    return [Recipe(*parts) for parts in zip(_labels(rows, settings), trainings, changed, strict=True)]


def whole_settings(options: Options) -> set[str]:
    """The settings and options that are whole numbers."""
    return WHOLE | {name for name, default in options.items() if is_whole(default)}


def drawn(how: Said, whole: Collection[str] = WHOLE) -> list[dict[str, object]]:
    """Distinct seeded recipes.

    Each setting is drawn by itself: two numbers are a range, of which it is log-uniform where both are above 0, else
    uniform; anything else is a choice of which each is as likely. The first ones stay the same where more are drawn,
    and the values of a setting where another setting is drawn beside it.

    Args:
        how: `draw`, how many; `seed`, 0 where it is not said; and the values of each setting, as a list.
        whole: The settings that are whole numbers.

    Returns:
        So many, or all that were found where there are fewer.

    >>> drawn({"draw": 2, "learning_rate": [1e-4, 1e-2], "optimizer": ["adam", "adamw"]})
    [{'learning_rate': 0.00825, 'optimizer': 'adamw'}, {'learning_rate': 0.000148, 'optimizer': 'adam'}]
    """
    spaces = {key: cast(Sequence[object], values) for key, values in how.items() if key not in DRAWING}
    seed, wanted = cast(int, how.get("seed", 0)), cast(int, how["draw"])
    generators = {key: np.random.default_rng([seed, *key.encode()]) for key in spaces}
    found: dict[tuple[object, ...], dict[str, object]] = {}
    in_a_row = 0
    while len(found) < wanted and in_a_row <= TRIES * len(found):
        row = {key: _at(generators[key].random(), values, key in whole) for key, values in spaces.items()}
        in_a_row = in_a_row + 1 if tuple(row.values()) in found else 0
        found.setdefault(tuple(row.values()), row)
    return list(found.values())


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value of a plan is a number, which true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_range(values: Sequence[object]) -> TypeGuard[Sequence[float]]:
    """Whether values to draw from are the two ends of a range."""
    return len(values) == 2 and all(map(is_number, values))


def _at(share: float, values: Sequence[object], whole: bool) -> object:
    """The value at a share (from 0 to below 1) of what can be drawn."""
    if not is_range(values):
        return values[int(share * len(values))]
    low, high = values
    at = exp(log(low) + share * (log(high) - log(low))) if low > 0 else low + share * (high - low)
    short = min(max(float(f"{at:.{DIGITS}g}"), low), high)
    return round(short) if whole else float(short)


def _crossed(training: Said) -> Iterator[dict[str, object]]:
    values = (value if isinstance(value, list) else [value] for value in training.values())
    return (dict(zip(training, chosen, strict=True)) for chosen in product(*values))


def _validated(row: Said) -> dict[str, Any]:
    return {key: SETTINGS[key].validate_python(value) for key, value in row.items() if key in SETTINGS}


def _labels(rows: Iterable[Said], settings: Sequence[Mapping[str, str | float]]) -> list[str]:
    """Of each setting what is not the same in all, in the order in which the keys stand."""
    keys = dict.fromkeys(key for row in rows for key in row)
    varied = [key for key in keys if len({setting[key] for setting in settings}) > 1]
    return ["-".join(setting_label(key, setting[key]) for key in varied) for setting in settings]


def setting_label(key: str, value: float | int | str) -> str:
    """The label of one setting: lr0.0003 for a learning rate; an optimizer is its own label.

    Different values have different labels.
    """
    if isinstance(value, str):
        return value
    return _initials(key) + (f"{value:g}" if float(f"{value:g}") == value else repr(value))


def _initials(key: str) -> str:
    """learning_rate -> lr."""
    return "".join(word[0] for word in key.split("_"))
