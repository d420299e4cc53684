"""The recipes of several runs as one list: which are the same, and what each is called.

In: the rows of label and training setting that plan.json holds. Out: each recipe once, all labels different.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

from benchmark.identity import RecipeSettings
from benchmark.plain.canonical import canonical
from benchmark.plan.recipes import setting_label
from registry import Training


def recipe_key(recipe: RecipeSettings) -> str:
    """What makes two recipes one: training setting and options, whatever they are called; without them, the label.

    >>> recipe_key({"label": "lr0.1", "training": {"learning_rate": 0.1}})
    '{"learning_rate":0.1}'
    """
    return canonical({**recipe.get("training", {}), **recipe.get("options", {})} or recipe["label"])


def joined_recipes(
    recipes: Sequence[RecipeSettings], options: Mapping[str, object] = MappingProxyType({})
) -> list[RecipeSettings]:
    """Each recipe once, in the order in which they first stand.

    Where the labels of the runs do not tell them apart, each is named by all settings in which they differ. `options`
    are the default values of those that the recipes change.

    >>> own = {"label": "", "training": {"learning_rate": 0.1, "batch_size": 32}}
    >>> other = {"label": "", "training": {"learning_rate": 0.2, "batch_size": 32}}
    >>> [recipe["label"] for recipe in joined_recipes([own, other, own])]
    ['lr0.1', 'lr0.2']
    """
    once: dict[str, RecipeSettings] = {}
    for recipe in recipes:
        once.setdefault(recipe_key(recipe), recipe)
    joined = list(once.values())
    labels = {(recipe_key(recipe), recipe["label"]) for recipe in recipes}
    told = len(labels) == len({label for _, label in labels}) == len(joined)
    if len(joined) == 1 or (told and all(label for _, label in labels)):
        return joined
    return [{**recipe, "label": label} for recipe, label in zip(joined, _labels(joined, options), strict=True)]


def _labels(recipes: Sequence[RecipeSettings], options: Mapping[str, object]) -> list[str]:
    defaults = {**asdict(Training()), **options}
    settings = [{**defaults, **recipe.get("training", {}), **recipe.get("options", {})} for recipe in recipes]
    varied = [name for name in defaults if len({canonical(setting[name]) for setting in settings}) > 1]
    labels = ["-".join(_word(name, setting[name]) for name in varied) for setting in settings]
    seen: Counter[str] = Counter()
    result = []
    for label in labels:
        seen[label] += 1
        result.append(label if labels.count(label) == 1 else f"{label}-{seen[label]}".removeprefix("-"))
    return result


def _word(name: str, value: object) -> str:
    return setting_label(name, value) if isinstance(value, str | int | float) else canonical(value)
