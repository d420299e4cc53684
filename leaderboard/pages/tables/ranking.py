"""What every view of a ranking says, in the same words: what was ranked, the rows of its table, what to take and leave.

In: the content of ranking.json. Out: sentences and texts, in which names stand as they were given.
"""

from collections.abc import Iterator, Sequence
from math import floor, log10
from typing import TYPE_CHECKING

from benchmark.measures import MEASURES
from leaderboard.pages.tables.table import MISSING

if TYPE_CHECKING:
    from benchmark.ranking.assembly import NumberRow, RankingContent
    from registry import Kind

KINDS: "tuple[Kind, ...]" = ("heuristic", "example-level")
AGAINST = {"heuristic": "shortcuts", "example-level": "wrong labels"}
HEAD = ("rank", "network", "mean MI", "mean entropy", "by entropy")
TIED = "tied: none is seen to be better"
OPPOSITE = "no kind was said: these two orders are opposite, and which one holds hangs on what is feared (--kind)"
ON_CONDITION = "all were trained alike, on data of which some are cleaner; of other networks take none by this"
PLUS_MINUS = "± is that of reading other examples: another seed may move a network further"


def heading(content: "RankingContent") -> str:
    """What was ranked, against what, and on what."""
    against = f" against {AGAINST[content['kind']]}" if content["kind"] else ", in both directions"
    return f"{len(content['networks'])} networks, ranked{against}, on {read_on(content)}; {labels_read(content)}"


def labels_read(content: "RankingContent") -> str:
    """Whether a label was read."""
    return "labels were read for the anchors alone" if "anchors" in content else "no label was read"


def read_on(content: "RankingContent") -> str:
    """On how many examples, and how many pairs of neurons, of what."""
    on = f" of {content['data']}" if content["data"] else ""
    word = "example" if content["samples"] == 1 else "examples"
    return f"{content['samples']:,} {word}{on} and {_pairs(content)} of neurons"


def _pairs(content: "RankingContent") -> str:
    """How many pairs of neurons were read of each network."""
    read, every = ({row[which] for row in content["networks"]} for which in ("pairs_read", "pairs"))
    if len(read) > 1:
        return f"{min(read):,} to {max(read):,} pairs"
    return f"{max(read):,} pairs" if read == every else f"{max(read):,} of {max(every):,} pairs"


def condition(kind: str) -> str:
    """What stands over one of two orders."""
    return f"if {AGAINST[kind]} are feared"


def names_in_order(content: "RankingContent", kind: str) -> list[str]:
    """The names, best first, and those that have no place last; as they were given where nothing is advised."""
    if content["no_advice"][kind]:
        return [row["network"] for row in content["networks"]]
    ordered = [name for group in content["orders"][kind] for name in group]
    return [*ordered, *(row["network"] for row in content["networks"] if row["network"] not in ordered)]


def ranking_table(content: "RankingContent", kind: str) -> list[tuple[str, ...]]:
    """The head and the rows; without places where nothing is advised, since these would be no order."""
    rows = [HEAD, *ranking_rows(content, kind)]
    return [row[1:4] for row in rows] if content["no_advice"][kind] else rows


def ranking_rows(content: "RankingContent", kind: str) -> Iterator[tuple[str, ...]]:
    """The rows under `HEAD`, best first."""
    numbers = numbers_by_name(content)
    for name in names_in_order(content, kind):
        mi, entropy = numbers[name, "mean-mi"], numbers[name, "mean-entropy"]
        yield place_text(mi["rank"].get(kind)), name, value(mi), value(entropy), place_text(entropy["rank"].get(kind))


def numbers_by_name(content: "RankingContent") -> dict[tuple[str, str], "NumberRow"]:
    """The row of each network and measure."""
    return {(row["network"], row["measure"]): row for row in content["numbers"]}


def place_text(rank: Sequence[int] | None) -> str:
    """A place among all, in words: several that are tied share theirs.

    >>> place_text([1, 1]), place_text([2, 4]), place_text(None)
    ('1', '2-4, tied', '-')
    """
    if rank is None:
        return MISSING
    first, last = rank
    return str(first) if first == last else f"{first}-{last}, tied"


def value(row: "NumberRow") -> str:
    """The number of a row with its error, or that there is none."""
    return MISSING if row["value"] is None else number_text(row["value"], row["error"])


def number_text(value: float, error: float | None) -> str:
    """A value with its error, both to the second digit of the error.

    >>> number_text(2.34572, 0.01739), number_text(0.0079, 0.00078), number_text(0.5, None)
    ('2.346 ±0.017', '0.00790 ±0.00078', '0.500')
    """
    if not error:
        return f"{value:.3f}"
    digits = min(max(1 - floor(log10(error)), 1), 6)
    return f"{value:.{digits}f} ±{error:.{digits}f}"


def advice(content: "RankingContent", kind: str) -> dict[str, str]:
    """What to take and what to leave, if the measure is to be believed."""
    groups = content["orders"][kind]
    if why_not := content["no_advice"][kind]:
        return {"take": f"no advice: {why_not}"}
    if len(groups) < 2:
        whom, why = untold(groups, len(content["networks"]))
        return {"take": f"{whom}: {why}"}
    best, worst = (", ".join(group) for group in (groups[0], groups[-1]))
    return {"take": best + (f" ({TIED})" if len(groups[0]) > 1 else ""), "leave": worst}


def trust_of(content: "RankingContent") -> list[str]:
    """How far to trust any of the orders, each sentence once: what holds of all of them stands last."""
    said = [sentence for kind in KINDS for sentence in content["trust"].get(kind, [])]
    return list(dict.fromkeys(reversed(said)))[::-1]


def conditions(content: "RankingContent") -> list[str]:
    """What must hold for what is advised; nothing where nothing is to be left."""
    return [ON_CONDITION] if any("leave" in advice(content, kind) for kind in content["orders"]) else []


def kinds_shown(content: "RankingContent") -> "list[Kind]":
    """The kinds of which a table is shown: one of them where nothing is advised against any, for the same reason."""
    kinds: list[Kind] = [kind for kind in KINDS if kind in content["orders"]]
    why = {content["no_advice"][kind] for kind in kinds}
    return kinds[:1] if len(why) == 1 and all(why) else kinds


def minded(content: "RankingContent") -> list[str]:
    """What to mind, without what already stands where advice would."""
    return [sentence for sentence in content["warnings"] if sentence not in content["no_advice"].values()]


def untold(groups: Sequence[Sequence[str]], networks: int) -> tuple[str, str]:
    """Whom to take, and why, where there is no first and last: those without a number are not as good as the others.

    >>> untold([["a", "b"]], 2), untold([["a", "b"]], 3)[0]
    (('any', 'no two are told apart by mean MI'), 'any of a, b')
    >>> untold([["a"]], 2)
    ('none', 'mean MI is defined for a alone')
    """
    known = [name for group in groups for name in group]
    if len(known) < 2:
        return "none", f"mean MI is defined for {f'{known[0]} alone' if known else 'none of them'}"
    return "any" if len(known) == networks else f"any of {', '.join(known)}", "no two are told apart by mean MI"


def high_is_good(measure: str, kind: "Kind") -> bool:
    """Which way a measure of this name is good, if this kind of memorization is feared.

    >>> high_is_good("mean-mi-corrected", "heuristic"), high_is_good("mean-entropy", "heuristic")
    (False, True)
    """
    return MEASURES[measure.removesuffix("-corrected")].better[kind] == "high"
