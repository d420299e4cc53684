"""What is wrong with the training settings and the recipes of an entry of a plan.

In: the entry and its family. Out: problems, each with the path of its key inside the entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Annotated, cast

from annotated_types import Ge, Le
from pydantic import TypeAdapter, ValidationError

from benchmark.plan.recipes import DRAWING, SETTINGS, drawn, is_range, recipes_of, whole_settings
from registry import FAMILIES, BrokenEntry, ModelFamily, did_you_mean

if TYPE_CHECKING:
    from benchmark.plan.reading import SuiteEntry

Problem = tuple[tuple[str | int, ...], str]  # where, and what
MOST_DRAWN = 1000
_HOW: dict[str, TypeAdapter[int]] = {
    "draw": TypeAdapter(Annotated[int, Ge(1), Le(MOST_DRAWN)]),
    "seed": TypeAdapter(Annotated[int, Ge(0), Le(2**32 - 2)]),
}


def key_problems(entry: "SuiteEntry") -> Iterator[Problem]:
    """Words that are no keys. The family is looked up only for a word that is no setting of the training."""
    places: list[tuple[tuple[str | int, ...], Mapping[str, object], Sequence[str]]]
    places = [(("training",), entry.training, tuple(SETTINGS))]
    if isinstance(entry.recipes, dict):
        places.append((("recipes",), entry.recipes, (*DRAWING, *SETTINGS)))
    else:
        places += [(("recipes", number), row, tuple(SETTINGS)) for number, row in enumerate(entry.recipes or ())]
    for path, said, known in places:
        for key in said:
            if key not in known and key not in (options := _options_of(entry.family)):
                yield (*path, key), _unknown(key, [*known, *options], entry.family, options)


def _options_of(family: str) -> Sequence[str]:
    """The names of a family's options; none where the family cannot be used, which is said later."""
    try:
        return list(FAMILIES[family].options)
    except BrokenEntry:
        return []


def _unknown(key: str, known: Sequence[str], family: str, options: Sequence[str]) -> str:
    """That a key is unknown, the nearest right word, and which options the family has."""
    near = did_you_mean(key, known)
    if options:
        return f"unknown key{near} (options of family {family!r}: {', '.join(options)})"
    return f"unknown key{near}" + ("" if near.endswith("?") else f" (family {family!r} has no options)")


def setting_problems(entry: "SuiteEntry", family: ModelFamily) -> Iterator[Problem]:
    """Values that are not allowed, and recipes that cannot be compared. Every key is known to be one.

    Each check takes it that those before it found nothing: the first problem is the one to be said.
    """
    for key, value in entry.training.items():
        yield from _value_problems(("training", key), key, value if isinstance(value, list) else [value], family)
        if entry.recipes is not None and isinstance(value, list):
            yield ("training", key), "a list makes a grid, and `recipes` name others: only one of the two may stand"
    if isinstance(entry.recipes, dict):
        yield from _drawing_problems(entry.recipes, family)
    elif entry.recipes is not None:
        yield from _listed_problems(entry, entry.recipes, family)
    yield from _network_problems(entry, family)


def _network_problems(entry: "SuiteEntry", family: ModelFamily) -> Iterator[Problem]:
    """Options each of which is allowed, and which together make no network."""
    for recipe in recipes_of(entry.training, entry.recipes, family.training, family.options):
        try:
            family.with_options(recipe.options)
        except ValueError as error:
            yield ("training" if entry.recipes is None else "recipes",), str(error)


def repeated(path: tuple[str | int, ...], values: Sequence[object]) -> Iterator[Problem]:
    """Values that stand twice in a list."""
    for number, value in enumerate(values):
        if value in values[:number]:
            yield (*path, number), f"{value!r} stands twice"


def _value_problems(
    path: tuple[str | int, ...], key: str, values: Sequence[object], family: ModelFamily
) -> Iterator[Problem]:
    if not values:
        yield path, "the list is empty"
    for value in values:
        try:
            if key in SETTINGS:
                SETTINGS[key].validate_python(value, strict=True)
            else:
                family.with_options({key: value})
        except ValidationError as error:
            yield path, f"{error.errors()[0]['msg']}, got {value!r}"
        except ValueError as error:
            yield path, str(error)
        if key == "augmentation" and value != "none" and family.modality != "image":
            yield path, f"{value!r} is for families that read images, not {family.name!r}"
        if key == "freeze_layers" and value and family.modality != "text":
            yield path, f"{value!r} is for families that read texts, not {family.name!r}"
        if isinstance(value, float) and not isfinite(value):
            yield path, f"a finite number is needed, got {value!r}"
    yield from repeated(path, values)


def _listed_problems(
    entry: "SuiteEntry", rows: Sequence[Mapping[str, object]], family: ModelFamily
) -> Iterator[Problem]:
    if not rows:
        yield ("recipes",), "the list is empty"
    for number, row in enumerate(rows):
        for key, value in row.items():
            yield from _value_problems(("recipes", number, key), key, [value], family)
    found = recipes_of(entry.training, rows, family.training, family.options)
    settings = [(recipe.training, recipe.options) for recipe in found]
    for number, setting in enumerate(settings):
        if setting in settings[:number]:
            same = settings.index(setting)
            yield ("recipes", number), f"the same recipe as recipes.{same}: each one is needed once"


def _drawing_problems(how: Mapping[str, object], family: ModelFamily) -> Iterator[Problem]:
    if "draw" not in how:
        yield ("recipes",), "the key draw is missing, as in {draw: 16, learning_rate: [1e-4, 3e-3]}"
    for key in DRAWING:
        if key in how:
            try:
                _HOW[key].validate_python(how[key], strict=True)
            except ValidationError as error:
                yield ("recipes", key), f"{error.errors()[0]['msg']}, got {how[key]!r}"
    spaces = {key: values for key, values in how.items() if key not in DRAWING}
    if not spaces:
        yield (
            ("recipes",),
            "there is nothing to draw: name a setting and its values, as in batch_size: [32, 512]",
        )
    for key, values in spaces.items():
        path = ("recipes", key)
        if not isinstance(values, list) or len(values) == 1:
            yield path, f"a range or a list of values is needed, got {values!r}; what is fixed stands under training"
            continue
        yield from _value_problems(path, key, values, family)
        if is_range(values) and values[0] > values[1]:
            yield path, f"the range is the wrong way round: [{values[1]!r}, {values[0]!r}]"
    there, wanted = len(drawn(how, whole_settings(family.options))), cast(int, how["draw"])
    if there < wanted:
        yield ("recipes", "draw"), f"{wanted} distinct recipes are asked for, and there are {there}"
