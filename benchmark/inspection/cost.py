"""How long the cells of a plan take: from records of this folder, else from a probe of a few steps.

In: a resolved plan, the cells to do and the records that there are. Out: lines of text. Nothing is written.

A probe tells how long an epoch takes, but not after how many of them training stops. So it gives a span: from the
fewest epochs to all of them, or, where networks of the family were trained in this folder, from the smallest to the
largest share of the epochs that these took.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import fmean
from typing import Literal

from benchmark.plan.resolved import Cell, Resolved
from benchmark.record import Record
from registry import DATASETS, FAMILIES, SUITES, Training, UserError
from registry.errors import in_words

Kind = tuple[str, ...]  # of cells that take alike long: suite, family, kind of work, whether of an anchor


@dataclass(frozen=True)
class Span:
    """Seconds from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def sum(cls, spans: Iterable["Span"]) -> "Span":
        """The span of several things, one after the other."""
        several = list(spans)
        return cls(sum(span.low for span in several), sum(span.high for span in several))

    def __truediv__(self, parts: int) -> "Span":
        return Span(self.low / parts, self.high / parts)

    def __str__(self) -> str:
        low, high = duration(self.low), duration(self.high)
        return low if low == high else f"{low} to {high}"


def cost(
    resolved: Resolved, pending: list[Cell], earlier: Mapping[str, Record], root: Path, budget: float
) -> list[str]:
    """The time that pending cells take, and that of one more seed or condition, where it is known.

    Args:
        resolved: The plan.
        pending: The cells to do.
        earlier: Records of this folder by key, those of earlier plans too.
        root: The data folder.
        budget: Seconds that may be spent on trying kinds of cells of which there is no record.

    Returns:
        Lines of text.

    Raises:
        UserError: A probe without a limit failed.
    """
    measured = _seconds_by_kind(earlier)
    unknown = {_kind(cell.key, cell.work) for cell in resolved.cells} - set(measured)
    shares = _shares_of_epochs(earlier)
    from_probe = _probed(resolved, unknown, shares, root, budget)
    known = {**measured, **from_probe}
    if unknown - set(known):
        return [_known_in_part(pending, known)] if pending else []
    whole = Span.sum(known[_kind(cell.key, cell.work)] for cell in pending)
    how = "by a short probe, from the fewest epochs that may do to all of them" if from_probe else "as they took here"
    if from_probe and {family for _, family, *_ in from_probe} <= set(shares):
        how = "by a short probe, and the share of the epochs that networks of the same family took here"
    seed, condition = _one_more(resolved, known, "seeds"), _one_more(resolved, known, "conditions")
    return [
        *([f"time: about {whole} for one worker, {how}"] if pending else []),
        f"one more seed costs about {seed}, one more condition of each suite {condition}",
    ]


def _known_in_part(pending: list[Cell], known: Mapping[Kind, Span]) -> str:
    """The time of those pending cells of which it is known."""
    spans = [known[kind] for cell in pending if (kind := _kind(cell.key, cell.work)) in known]
    if not spans:
        return "time: not known before such cells have run here; --probe tries a few steps"
    return (
        f"time: about {Span.sum(spans)} for {len(spans)} of the cells to do; that of the others is "
        "not known before such cells have run here; --probe tries a few steps"
    )


def _one_more(resolved: Resolved, known: Mapping[Kind, Span], part: Literal["seeds", "conditions"]) -> Span:
    """The time of one more seed or condition (`part`) in each suite."""
    return Span.sum(known[_kind(c.key, c.work)] / len(resolved.entries[c.entry][part]) for c in resolved.cells)


def duration(seconds: float) -> str:
    """A time in the unit that suits it.

    >>> duration(0.2), duration(42), duration(432), duration(33000)
    ('1 s', '42 s', '7.2 min', '9.2 h')
    """
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _seconds_by_kind(earlier: Mapping[str, Record]) -> dict[Kind, Span]:
    """Mean seconds of the cells of each kind in this folder."""
    seconds: dict[Kind, list[float]] = {}
    for key, record in earlier.items():
        seconds.setdefault(_kind(key, record["work"]), []).append(record["provenance"]["seconds"])
    return {kind: Span(fmean(spent), fmean(spent)) for kind, spent in seconds.items()}


def _shares_of_epochs(earlier: Mapping[str, Record]) -> dict[str, tuple[float, float]]:
    """The smallest and the largest share of its most epochs that a network of each family took in this folder."""
    shares: dict[str, list[float]] = {}
    for key, record in earlier.items():
        if record["work"] == "train":
            taken = len(record["history"]["losses"]) / record["identity"]["training"]["max_epochs"]
            shares.setdefault(_kind(key, "train")[1], []).append(taken)
    return {family: (min(taken), max(taken)) for family, taken in shares.items()}


def epochs(setting: Training, shares: tuple[float, float] | None = None) -> tuple[float, float]:
    """The fewest and the most epochs after which a training stops, or those that such shares of the most are.

    >>> epochs(Training(max_epochs=50, stop_loss=0.05)), epochs(Training(max_epochs=50, stop_loss=0.05, patience=3))
    ((1, 50), (4, 50))
    >>> epochs(Training(max_epochs=10, stop_loss=0.0)), epochs(Training(max_epochs=50), (0.1, 0.2))
    ((10, 10), (5.0, 10.0))
    """
    most = setting.max_epochs
    fewest = min(most, 1 + setting.patience) if setting.stop_loss > 0 else most
    if shares is None or fewest == most:
        return fewest, most
    return max(1, shares[0] * most), shares[1] * most


def _probed(
    resolved: Resolved,
    kinds: set[Kind],
    shares: Mapping[str, tuple[float, float]],
    root: Path,
    budget: float,
) -> dict[Kind, Span]:
    """Seconds of a cell of each kind, tried here; of networks the mean over the kind's training settings.

    With a budget these are the kinds that could be tried within it: none is begun that would pass the budget if it
    took as long as the longest one so far.
    """
    limited = budget < inf
    if limited and not all(map(_small, _networks_of(resolved, kinds))):
        return {}
    started = before = time.monotonic()
    longest = 0.0
    seconds: dict[Kind, Span] = {}
    for kind in sorted(kinds):
        now = time.monotonic()
        longest, before = max(longest, now - before), now
        if now - started + longest > budget:
            return seconds
        alike = [cell for cell in resolved.cells if _kind(cell.key, cell.work) == kind]
        try:
            seconds[kind] = _tried(resolved, alike, shares.get(kind[1]), root)
        except (Exception, SystemExit) as error:  # an entry's code may be anybody's
            if limited:
                return seconds
            raise UserError(f"the probe of {alike[0].stem} failed: {in_words(error)}") from error
    return seconds


def _tried(resolved: Resolved, alike: list[Cell], shares: tuple[float, float] | None, root: Path) -> Span:
    """Seconds of one of the cells, which are of one kind. Raises what their entries do."""
    from benchmark.inspection.probe import epoch_seconds, scoring_seconds

    threads = resolved.plan.threads
    if alike[0].work == "score":
        network = next(cell for cell in resolved.cells if cell.key == alike[0].train)
        found = scoring_seconds(network, alike[0], root, threads)
        return Span(found, found)
    spans = []
    for cell in {cell.recipe: cell for cell in alike}.values():
        epoch = epoch_seconds(cell, root, threads)
        fewest, most = epochs(Training(**cell.train_identity["training"]), shares)
        spans.append(Span(epoch * fewest, epoch * most))
    return Span.sum(spans) / len(spans)


def _small(network: Cell) -> bool:
    """Whether a network may be tried unasked: a perceptron, and nothing but code of memorank's own."""
    identity = network.train_identity
    suite, family, data = identity["suite"], identity["family"], identity["data"]
    places = SUITES.check(suite), FAMILIES.check(family), DATASETS.check(data)
    return FAMILIES[family].modality == "vector" and not any(place.outside for place in places)


def _networks_of(resolved: Resolved, kinds: set[Kind]) -> list[Cell]:
    """The train cells behind the cells of some kinds."""
    wanted = {kind[:2] for kind in kinds}
    return [cell for cell in resolved.cells if cell.work == "train" and _kind(cell.key, cell.work)[:2] in wanted]


def _kind(key: str, work: str) -> Kind:
    suite, family, *_ = key.split(".")
    return suite, family, work, "anchor" if ".anchor" in key else "network"
