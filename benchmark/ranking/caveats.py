"""What to mistrust about a ranking: of the networks that were given, and of the measures themselves.

In: the numbers of each network, and the orders. Out: sentences, each with what it was seen by.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from benchmark.plain.words import counted
from benchmark.ranking.numbers import NetworkNumbers
from benchmark.ranking.oddities import Oddity
from benchmark.ranking.order import Order
from benchmark.statistics.ranks import pair_signs, tau_b

FEW = 200  # examples


def caveats(networks: Mapping[str, NetworkNumbers]) -> list[str]:
    """What is odd about these networks, each by itself and beside each other."""
    unlike = [seen for _, seen in _against_any_order(networks)]
    return [*_few(networks), *_other_places(networks), *unlike, *_odd(networks), *_undefined(networks)]


def incomparable(networks: Mapping[str, NetworkNumbers]) -> str:
    """Why no order of these networks says anything, "" where nothing speaks against it."""
    return next((why for why, _ in _against_any_order(networks)), "")


def disagreement(mean_mi: Order, mean_entropy: Order) -> list[str]:
    """Whether the paper's two measures order the same networks in opposite ways."""
    ranks = mean_mi.ranks(), mean_entropy.ranks()
    both = [name for name in mean_mi.names if name in ranks[1]]
    first, second = ([float(sum(own[name])) for name in both] for own in ranks)
    tau = tau_b(pair_signs(np.array(first)), pair_signs(np.array(second))) if len(both) > 1 else None
    if tau is None or tau >= 0:
        return []
    return [f"mean MI and mean entropy disagree about the order (tau {tau:+.2f}): at least one of them is wrong here"]


def _few(networks: Mapping[str, NetworkNumbers]) -> Iterator[str]:
    examples = min(one.examples for one in networks.values())
    if examples < FEW:
        yield f"only {examples} examples: both measures move with their number, and a few hundred are needed"


def _other_places(networks: Mapping[str, NetworkNumbers]) -> Iterator[str]:
    """The first network whose taps are as many as those of the first one and have other names."""
    (first, one), *others = networks.items()
    for name, other in others:
        if len(other.widths) == len(one.widths) and list(other.widths) != list(one.widths):
            here, there = (", ".join(own.widths) for own in (one, other))
            yield f"{first} is read at {here} and {name} at {there}: are these the same?"
            return


def _against_any_order(networks: Mapping[str, NetworkNumbers]) -> Iterator[tuple[str, str]]:
    """Why no order of these networks says anything, each reason once, with the first networks by which it is seen."""
    (first, one), *others = networks.items()
    why = "networks of unlike depth are not comparable"
    for name, other in others:
        if len(other.widths) != len(one.widths):
            yield why, f"{first} has {len(one.widths)} taps and {name} {len(other.widths)}: {why}"
            break
    why = "networks of unlike width are not comparable"
    for name, other in others:
        here, there = (" + ".join(map(str, own.widths.values())) for own in (one, other))
        if len(other.widths) == len(one.widths) and here != there:
            yield why, f"{first} has {here} neurons and {name} {there}: {why}"
            break
    if len({own.how for own in networks.values()}) > 1:
        yield (
            "networks that were not read alike are not comparable",
            "the networks were not all read alike: other kinds, taps or tokens (another tokenizer) are not comparable",
        )


def _odd(networks: Mapping[str, NetworkNumbers]) -> Iterator[str]:
    """What is odd about neurons: of all where the same is odd the first, and how many there are more."""
    by_kind: dict[str, list[tuple[str, Oddity]]] = {}
    for name, one in networks.items():
        for oddity in one.odd:
            by_kind.setdefault(oddity.kind, []).append((name, oddity))
    for (name, oddity), *others in by_kind.values():
        taps = sum(other == name for other, _ in others)
        networks_more = len({other for other, _ in others} - {name})
        more = [f"at {counted(taps, 'more tap', 'more taps')}"] if taps else []
        more += [f"in {counted(networks_more, 'more network', 'more networks')}"] if networks_more else []
        yield f"{name}, tap {oddity.tap}: {oddity.words}" + (f"; the same {' and '.join(more)}" if more else "")


def _undefined(networks: Mapping[str, NetworkNumbers]) -> Iterator[str]:
    for name, one in networks.items():
        for measure, number in one.numbers.items():
            if number.value is None:
                yield f"{measure} of {name} is undefined: {number.reason}"
