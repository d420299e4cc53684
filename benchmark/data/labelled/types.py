"""What labelled data are: inputs as networks are read on, with the number of the class of each.

In: what a reader has found. Out: `Labelled`, or one line that says why labels are no classes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmark.data.unlabelled.folders import in_natural_order
from benchmark.data.unlabelled.types import Unlabelled
from registry import DataError

CURE = "name the one that holds classes by --label-column"


@dataclass(frozen=True)
class Labelled:
    """S examples with labels.

    Attributes:
        inputs: The S examples.
        labels: For each of them the number of its class.
        classes: The names of the classes, two or more.
        columns: The names of the columns that became numbers; none where the inputs are no such table.
    """

    inputs: Unlabelled
    labels: tuple[int, ...]
    classes: tuple[str, ...]
    columns: tuple[str, ...] = ()


def classes_in(
    source: str, cells: Sequence[object], where: Callable[[int], str]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The number of each example's class, and the names of the classes in natural order.

    Args:
        source: Where the labels come from, as it was given.
        cells: Texts, truths or whole numbers, one for each example.
        where: The place of an example in the source, for messages.

    Raises:
        DataError: A label is missing or is no class, all are the same, or nearly each example has one of its own.

    >>> classes_in("a.csv", ["ham", "spam", "ham"] * 2, str)
    ((0, 1, 0, 0, 1, 0), ('ham', 'spam'))
    """
    if not cells:
        raise DataError(f"{source}: there is no label")
    names = [_class_name(cell, where(row)) for row, cell in enumerate(cells)]
    classes = sorted(set(names), key=lambda name: (in_natural_order(name), name))
    if len(classes) < 2:
        raise DataError(f"{source}: all {len(names)} labels are {classes[0]!r}, and two classes or more are needed")
    if len(classes) > len(names) / 2:
        raise DataError(f"{source}: {len(classes)} classes of {len(names)} examples are no classes: {CURE}")
    number = {name: place for place, name in enumerate(classes)}
    return tuple(number[name] for name in names), tuple(classes)


def _class_name(cell: object, where: str) -> str:
    """A label as text. Raises DataError for what is none."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        raise DataError(f"{where}: the label is empty")
    if isinstance(cell, bool) or (isinstance(cell, float) and cell.is_integer()):
        return str(int(cell))
    if not isinstance(cell, str | int):
        raise DataError(f"{where}: the label is {cell!r:.40}, and no class: {CURE}")
    return str(cell).strip()
