"""What a ranking holds of anchors, as plain data: the key `anchors` of ranking.json, where some were asked for.

In: nothing. Out: types.
"""

from typing import TypedDict


class AnchorRow(TypedDict):
    """One anchor: what it was trained on and learned, and its value of each measure."""

    anchor: str
    kind: str
    how: str
    taps: dict[str, int]
    values: dict[str, float | None]


class ScaleRow(TypedDict):
    """The scale that anchors make of a measure: 0 is the mean of those of kind "clean", 1 that of kind `end`.

    `spread` is the standard deviation over seeds, that of all kinds together. `apart` says of each other kind whether
    it is apart from "clean", `direction` in words how memorizing moves the measure. `ambiguous` says why there is no
    scale, and is empty where there is one.
    """

    measure: str
    end: str
    means: dict[str, float | None]
    spread: float | None
    apart: dict[str, bool]
    ambiguous: str
    direction: list[str]
    order: list[list[str]] | None


class PlaceRow(TypedDict):
    """Where a network lies: its place on the scale with its standard error, and the kinds that it is not apart from."""

    network: str
    measure: str
    place: float | None
    error: float | None
    at: list[str]
    words: str


class AnchorsContent(TypedDict):
    """All of the anchors of a ranking. `trained` says in words on what, and how many of each kind there are."""

    family: str
    trained: str
    seeds: int
    anchors: list[AnchorRow]
    scales: list[ScaleRow]
    places: list[PlaceRow]
