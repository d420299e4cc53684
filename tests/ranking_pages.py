"""Rankings for the tests of their page: one as it should be, and those that nobody would wish to see."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.ranking.assembly import RankingContent, ranking_of
from leaderboard.pages.web.ranking import ranking_html
from leaderboard.rows.ranking_shapes import tap_shapes

HOSTILE = (
    '<script>window.ran = 1</script><img src=x onerror="window.ran = 1">',
    "</title></style><script>window.ran = 1</script>",
    "=cmd()|'/c calc'!A0",
    "\u202eright to left\u2066 \x00\x1b[31m",
    "שלום עולם",
    "🦊 & {{ 7 * 7 }}",
    "a-name-without-an-end-" * 5,
    "Donaudampfschifffahrtsgesellschaft" * 3,
)


def networks(
    names: Sequence[str], taps: Sequence[str] = ("fc",), width: int = 8, last: int | None = None
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Networks whose neurons share more and more, but for the first two, which are alike."""
    generator = np.random.default_rng(3)
    common = generator.normal(size=(300, 1))
    found = {}
    for number, name in enumerate(names):
        share = 3 * max(number - 1, 0) / len(names)
        widths = {tap: last if last and tap == taps[-1] else width for tap in taps}
        found[name] = {tap: generator.normal(size=(300, own)) + share * common for tap, own in widths.items()}
    return found


def page(content: RankingContent) -> str:
    return ranking_html(content, tap_shapes(content))


def written(folder: Path, content: RankingContent) -> Path:
    file = folder / "ranking.html"
    file.write_bytes(page(content).encode())
    return file


@cache
def whole_ranking() -> RankingContent:
    """Four networks of two taps, the first two tied, with a word on the data and a warning."""
    content = ranking_of(networks(["one", "two", "three", "four"], ["conv", "fc"]), "heuristic")
    content["data"] = "images & labels"
    content["warnings"] = ["three, tap fc: something is odd"]
    content["networks"][0]["how"] = "features, by hand"
    return content


@cache
def bad_rankings() -> Mapping[str, RankingContent]:
    """What a page must show, and not break on."""
    dead = networks(["a", "dead", "c"])
    dead["dead"] = {"fc": np.zeros((300, 8))}
    unlike = {**networks(["a"], ["in", "mid", "out"]), **networks(["b"], ["first", "second"])}
    return {
        "hostile": ranking_of(networks(HOSTILE), "heuristic"),
        "thirty": ranking_of(networks([f"network {number}" for number in range(30)]), None),
        "twelve taps": ranking_of(networks(["a", "b"], [f"layer {number}" for number in range(12)]), "example-level"),
        "undefined": ranking_of(dead, "heuristic"),
        "one neuron": ranking_of(networks(["a", "b", "c"], ["in", "out"], last=1), "heuristic"),
        "unlike taps": ranking_of(unlike, "heuristic"),
        "hostile taps": ranking_of(networks(["a", "b"], HOSTILE), "heuristic"),
    }
