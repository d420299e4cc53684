"""A ranking of networks on one screen: places, values with their errors, what to take and to leave, what to mistrust.

In: the content of ranking.json and a medium. Out: text of at most the medium's width.
"""

from collections.abc import Iterator, Sequence
from math import floor, log10
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from benchmark.plain.words import counted
from leaderboard.pages.terminal.lines import rendered, wrapped
from leaderboard.pages.terminal.medium import Medium

if TYPE_CHECKING:
    from benchmark.ranking.assembly import NumberRow, RankingContent

AGAINST = {"heuristic": "shortcuts", "example-level": "wrong labels"}
HEAD = ("rank", "network", "mean MI", "mean entropy", "rank by it")
BOTH = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}
NAME = 12  # columns that a name has at least
LABEL = 8  # columns of a word that stands before a sentence
GAP = "  "


def ranking_screen(content: "RankingContent", medium: Medium | None = None) -> str:
    """The screen of a ranking. Without a medium it has 100 columns and no colour."""
    medium = medium or Medium()
    lines = [*wrapped(_heading(content), 0, medium, "bold")]
    lines += [Text(), *_sentences("read", [*_how(content), *_fewer(content)], medium)]
    for kind, groups in content["orders"].items():
        lines += [Text(), *_table(content, kind, medium), Text(), *_advice(groups, medium)]
        lines += _sentences("trust", content["trust"][kind], medium)
    if content["warnings"]:
        lines += [Text(), *_sentences("mind", content["warnings"], medium)]
    return rendered(lines, medium)


def _heading(content: "RankingContent") -> str:
    against = f" against {AGAINST[content['kind']]}" if content["kind"] else ", in both directions"
    read = counted(content["samples"], "example", "examples")
    on = f" of {content['data']}" if content["data"] else ""
    return (
        f"{len(content['networks'])} networks, ranked{against}, on {read}{on} and {_pairs(content)} of neurons; no "
        "label was read"
    )


def _pairs(content: "RankingContent") -> str:
    """How many pairs of neurons were read of each network."""
    read, every = ({row[which] for row in content["networks"]} for which in ("pairs_read", "pairs"))
    if len(read) > 1:
        return f"{min(read):,} to {max(read):,} pairs"
    return f"{max(read):,} pairs" if read == every else f"{max(read):,} of {max(every):,} pairs"


def _how(content: "RankingContent") -> list[str]:
    """How the networks were read: once for those that were read alike; nothing where activations were given."""
    by_way: dict[str, list[str]] = {}
    for row in content["networks"]:
        by_way.setdefault(row["how"], []).append(row["network"])
    ways = {way: names for way, names in by_way.items() if way}
    return [way if len(ways) == 1 else f"{', '.join(names)}: {way}" for way, names in ways.items()]


def _fewer(content: "RankingContent") -> list[str]:
    """How the numbers would move if fewer examples were read: they hang on how many there are."""
    words = [f"{word} {_signed(content['fewer'][name])}" for name, word in BOTH.items() if name in content["fewer"]]
    return [f"on half of the examples: {', '.join(words)} (mean of the networks)"] if words else []


def _signed(value: float) -> str:
    """A difference with its sign.

    >>> _signed(0.01234), _signed(-0.5)
    ('+0.0123', '-0.500')
    """
    return f"{value:+.{3 if abs(value) >= 0.1 else 4}f}"


def _table(content: "RankingContent", kind: str, medium: Medium) -> Iterator[Text]:
    """One line a network, best first; of the columns so many as there is room for."""
    if content["kind"] is None:
        yield Text(f"if {AGAINST[kind]} are feared")
    rows = [HEAD, *_rows(content, kind)]
    room = medium.width - 1 - NAME - len(GAP)
    count = next((count for count in (4, 3, 2) if _width(rows, count) <= room), 1)
    names = max(medium.width - 1 - _width(rows, count) - len(GAP), NAME)
    shown = [
        (row[0], medium.shortened(medium.safe(row[1]), names), *map(medium.safe, row[2 : count + 1])) for row in rows
    ]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    for place, row in enumerate(shown):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield Text(GAP.join(padded).rstrip(), "bold" if place == 0 else "")
        if place == 0:
            yield Text("-" * (sum(widths) + len(GAP) * (len(widths) - 1)))


def _width(rows: Sequence[Sequence[str]], count: int) -> int:
    """How many columns of the screen the first columns of a table take, that of the names aside."""
    kept = [column for place, column in enumerate(zip(*rows, strict=True)) if place != 1][:count]
    return sum(max(map(cell_len, column)) + len(GAP) for column in kept) - len(GAP)


def _rows(content: "RankingContent", kind: str) -> Iterator[tuple[str, ...]]:
    numbers = {(row["network"], row["measure"]): row for row in content["numbers"]}
    ordered = [name for group in content["orders"][kind] for name in group]
    left_out = [row["network"] for row in content["networks"] if row["network"] not in ordered]
    for name in (*ordered, *left_out):
        mi, entropy = numbers[name, "mean-mi"], numbers[name, "mean-entropy"]
        yield place_text(mi["rank"].get(kind)), name, _value(mi), _value(entropy), place_text(entropy["rank"].get(kind))


def place_text(rank: Sequence[int] | None) -> str:
    """A place among all, in words: several that are tied share theirs.

    >>> place_text([1, 1]), place_text([2, 4]), place_text(None)
    ('1', '2-4, tied', '-')
    """
    if rank is None:
        return "-"
    first, last = rank
    return str(first) if first == last else f"{first}-{last}, tied"


def _value(row: "NumberRow") -> str:
    return "-" if row["value"] is None else number_text(row["value"], row["error"])


def number_text(value: float, error: float | None) -> str:
    """A value with its error, both to the second digit of the error.

    >>> number_text(2.34572, 0.01739), number_text(0.0079, 0.00078), number_text(0.5, None)
    ('2.346 ±0.017', '0.00790 ±0.00078', '0.500')
    """
    if not error:
        return f"{value:.3f}"
    digits = min(max(1 - floor(log10(error)), 1), 6)
    return f"{value:.{digits}f} ±{error:.{digits}f}"


def _advice(groups: list[list[str]], medium: Medium) -> Iterator[Text]:
    """What to take and what to leave, if the measure is to be believed."""
    if len(groups) < 2:
        yield from _sentences("take", ["any: no two are told apart by mean MI"], medium)
        return
    best, worst = (medium.safe(", ".join(group)) for group in (groups[0], groups[-1]))
    yield from _sentences("take", [best + (" (tied: none is seen to be better)" if len(groups[0]) > 1 else "")], medium)
    yield from _sentences("leave", [worst], medium)


def _sentences(word: str, sentences: Sequence[str], medium: Medium) -> Iterator[Text]:
    """Sentences under each other behind a word that stands before the first of them."""
    for place, sentence in enumerate(sentences):
        lines = wrapped(word.ljust(LABEL, ".") + " " + medium.safe(sentence), LABEL, medium)
        for number, line in enumerate(lines):
            label = word if place == number == 0 else ""
            yield Text(label.ljust(LABEL) + line.plain[LABEL:].lstrip())
