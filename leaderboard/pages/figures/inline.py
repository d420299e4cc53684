"""The pictures of board.html: the strips, and for each suite its figures side by side as one picture.

In: the content of board.json. Out: pictures by name. They are of the first recipe, inputs and scope of each suite.
"""

from collections.abc import Sequence
from html import escape

from leaderboard.content.board import BoardContent
from leaderboard.pages.figures.blocks import blocks
from leaderboard.pages.figures.boxes import boxes
from leaderboard.pages.figures.circles import circles
from leaderboard.pages.figures.densities import densities
from leaderboard.pages.figures.drawing import Drawing, Picture, Place, Undrawn, place_id, places
from leaderboard.pages.figures.measures import measures
from leaderboard.pages.figures.scatter import scatter
from leaderboard.pages.figures.strips import strips
from leaderboard.pages.figures.style import drawn, saved, spread, styled
from leaderboard.pages.figures.svg import inline
from leaderboard.pages.figures.words import listed, shown

BOXES, DENSITIES = 3, 2  # taps for which the page has room; the files show all
FLOW = "display:flex;flex-wrap:wrap;gap:1rem"
PANEL = "flex:1 1 min(27rem,100%);max-width:36rem;margin:0"
SILENT = 0.1  # nats


def pictures(board: BoardContent) -> dict[str, Picture]:
    """The strips and a picture for each suite, data and family."""
    found: dict[str, list[Place]] = {}
    for place in places(board):
        columns = place.columns
        found.setdefault(place_id(columns["suite"], columns["data"], columns["family"]), []).append(place)
    with styled():
        result = {"strips": _alone("strips", strips(board))}
        if "measures" in board:
            result["measures"] = _alone("measures", measures(board))
        for number, (name, several) in enumerate(found.items()):
            result[name] = _picture(f"suite-{number}", _of(several[0]), _read_on(several))
    return result


def _of(place: Place) -> list[Drawing | Undrawn]:
    metrics = list(place.models[0]["metrics"])
    return [
        boxes(place, _speaking(place, BOXES)),
        densities(place, _speaking(place, DENSITIES)),
        *([blocks(place)] if len(place.tap_names) > 1 else []),
        *(scatter(place, metric) for metric in metrics[:1]),
        *([circles(place)] if place.circles else []),
    ]


def _speaking(place: Place, most: int) -> list[str]:
    """At most so many of the taps at which the neurons say something: at others more than half are nearly constant."""
    medians = [(row["tap"], row["entropy"]["median"]) for row in place.taps if row["entropy"]]
    speaking = {tap for tap, median in medians if median > SILENT}
    taps = [tap for tap in place.tap_names if tap in speaking] or place.tap_names
    return [taps[at] for at in spread(len(taps), most)]


def _read_on(several: Sequence[Place]) -> str:
    """What was chosen, where there is more than the pictures show."""
    first = several[0].columns
    recipe = f", recipe {shown(first['recipe'])}" if first["recipe"] else ""
    said = f"Read on {shown(first['inputs'])} inputs, scope {shown(first['scope'])}{recipe}"
    more = "; memorank report --figures draws the others" if len(several) > 1 else ""
    return f"{said}{more}."


def _alone(name: str, part: Drawing | Undrawn) -> Picture:
    """One drawing as a picture, whose caption is its own."""
    if isinstance(part, Undrawn):
        return Picture(part.title, None, f"Not drawn: {part.reason}.")
    svg = inline(saved(drawn(part), "svg", salt=name), name, part.title)
    return Picture(part.title, f'<div style="{PANEL}">{svg}</div>', part.caption)


def _picture(name: str, parts: Sequence[Drawing | Undrawn], about: str) -> Picture:
    """Several drawings as one picture, which flow beside each other where the page is wide."""
    there = [part for part in parts if isinstance(part, Drawing)]
    missing = [f"Not drawn, {part.title}: {part.reason}." for part in parts if isinstance(part, Undrawn)]
    title = listed([part.title for part in parts], 3)
    caption = " ".join([about, *missing])
    if not there:
        return Picture(title, None, caption)
    return Picture(title, f'<div style="{FLOW}">{"".join(_panel(name, part) for part in there)}</div>', caption)


def _panel(name: str, part: Drawing) -> str:
    """One drawing with its caption."""
    name = f"{name}-{part.name}"
    svg = inline(saved(drawn(part), "svg", salt=name), name, part.title)
    return f'<figure style="{PANEL}">{svg}<figcaption>{escape(part.caption)}</figcaption></figure>'
