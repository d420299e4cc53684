"""The words in and under figures: names that are safe to draw, conditions, and sentences made by rule from numbers.

In: names and numbers of a board. Out: text.
"""

import unicodedata
from collections.abc import Sequence

from leaderboard.content.models import ModelRow
from leaderboard.pages.figures.drawing import Place
from registry.words import condition_text

ELLIPSIS = "…"
TITLE = 48  # letters for which a figure of one column has room
UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # what is invisible, turns the direction, or is no character


def shown(text: str, longest: int = 40) -> str:
    """A name as it is drawn: without invisible characters, and cut in its middle where it is long.

    >>> shown("a" * 50, 11)
    'aaaaa…aaaaa'
    """
    visible = "".join("�" if unicodedata.category(one) in UNSAFE else one for one in text)
    if len(visible) <= longest:
        return visible
    tail = (longest - 1) // 2
    return visible[: longest - 1 - tail] + ELLIPSIS + visible[len(visible) - tail :]


def condition_name(row: ModelRow) -> str:
    """The condition of a model in words: its own name, or the knob with its value."""
    return condition_in_words(row["condition"], row.get("condition_name"), row.get("knob"))


def condition_in_words(condition: float | str, name: str | None, knob: str | None) -> str:
    """A condition in words: its own name, or the knob with its value.

    >>> condition_in_words(0.25, None, "alpha")
    'alpha 0.25'
    """
    if name:
        return shown(name)
    if isinstance(condition, str):
        return shown(condition)
    return f"{knob or 'condition'} {condition_text(condition)}"


def tick(row: ModelRow) -> str:
    """The condition of a model as the label of a tick."""
    condition = row["condition"]
    return shown(condition, 20) if isinstance(condition, str) else f"{condition:.3g}"


def titled(place: Place, what: str) -> str:
    """The title of a figure of one place, with the recipe where there is a choice of them."""
    recipe = f", {shown(place.columns['recipe'], 12)}" if place.columns["recipe"] else ""
    room = TITLE - len(f"{recipe}: {what}")
    return f"{shown(place.suite, max(8, room))}{recipe}: {what}"


def paper_figure(place: Place, numbers: str) -> str | None:
    """The figure of the paper that a suite stands for, if it is one of these numbers, such as "26"."""
    said = str(place.about.get("figures") or "").split(" and ")
    return next((one for one in said if len(one) == 1 and one in numbers), None)


def rising(place: Place, number: str) -> bool:
    """Whether the paper's hypothesis has a number rise with memorization: entropy if example-level, MI if heuristic."""
    example_level = place.models[0].get("kind") == "example-level"
    return example_level if number == "entropy" else not example_level


def against_paper(rises: bool, expected: bool, figure: str | None) -> str:
    """What a direction that is seen means for the paper.

    >>> against_paper(False, False, "2")
    ", as in the paper's Figure 2"
    >>> against_paper(True, False, None)
    ", which is not what the paper's hypothesis says"
    """
    if rises == expected:
        return f", as in the paper's Figure {figure}" if figure else ", as the paper's hypothesis says"
    return f", which is not what the paper's {f'Figure {figure} shows' if figure else 'hypothesis says'}"


def undecided(expected: bool, figure: str | None) -> str:
    """The end of a sentence on a difference that is within noise.

    >>> undecided(True, "3")
    "neither a rise nor a fall is shown; the paper's Figure 3 has a rise"
    """
    whose = f"the paper's Figure {figure} has" if figure else "the paper's hypothesis is"
    return f"neither a rise nor a fall is shown; {whose} a {'rise' if expected else 'fall'}"


def ends_sentence(place: Place, number: str, figure: str | None) -> str:
    """A sentence on the mean entropy or MI at the two ends of a suite, and on what the paper has.

    Args:
        place: What the board says of the suite.
        number: "entropy" or "mi".
        figure: The paper's figure to compare with, None where there is none.

    Whether a difference is more than noise is what the board's own rows of ends say.
    """
    called = {"entropy": "mean entropy of the neurons", "mi": "mean MI of the pairs"}[number]
    row = next((one for one in place.ends if one["number"] == f"mean-{number}"), None)
    if len(place.models) < 2:
        return f"There is one condition, so that the {called} can neither rise nor fall."
    least, most = row["values"] if row is not None else (None, None)
    if row is None or least is None or most is None:
        return f"The {called} is not known for both ends of the suite."
    ends = f"from {least:.2f} ({condition_name(place.models[0])}) to {most:.2f} nats "
    ends += f"({condition_name(place.models[-1])})"
    expected = rising(place, number)
    these = " of these networks" if row.get("about") == "networks" else ""  # so few seeds say nothing of others
    over = f"Over all {len(place.tap_names)} taps{these} the" if len(place.tap_names) > 1 else "The"
    called += these if over == "The" else ""
    if row["seen"] in (None, "undecided"):
        return f"{over} {called} goes {ends}, within noise: {undecided(expected, figure)}."
    way = "rises" if most > least else "falls"
    return f"{over} {called} {way} {ends}{against_paper(most > least, expected, figure)}."


def changed(place: Place, number: str) -> str | None:
    """How the metric that is drawn as a line stands at the two ends of a suite, None where it is not known there."""
    ends = [_mean(place.models[end], number) for end in (0, -1)]
    if len(place.models) < 2 or ends[0] is None or ends[1] is None:
        return None
    name = shown(number)
    if f"{ends[0]:.2f}" == f"{ends[1]:.2f}":
        return f"The {name}, the grey line, is {ends[0]:.2f} at both ends."
    return (
        f"The {name}, the grey line, {'rises' if ends[1] > ends[0] else 'falls'} from {ends[0]:.2f} to {ends[1]:.2f}."
    )


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in a sentence, not all where there are many.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _mean(row: ModelRow, metric: str) -> float | None:
    value = row["metrics"].get(metric)
    return value["mean"] if value else None
