"""What measures need beside a network's stored outputs: what readings have taken, and other networks.

In: these, on the rows that are measured. Out: the outputs as one measure gets them, with what it names and no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from benchmark.scoring.subsampling import rows_of_half
from benchmark.types import Measure, Outputs, Over, Taken


@dataclass(frozen=True)
class More:
    """`readings` by name; a text in place of one says why there is none. `peers` by what a measure is over."""

    readings: Mapping[str, Taken | str] = field(default_factory=dict)
    peers: Mapping[Over, tuple[Outputs, ...]] = field(default_factory=dict)

    def lacking(self, measure: Measure) -> str | None:
        """Why a measure cannot be computed on this network, None where it can."""
        for name in measure.readings:
            taken = self.readings.get(name, f"its network is not at hand for the reading {name}")
            if isinstance(taken, str):
                return taken
        if measure.over != "one" and not self.peers.get(measure.over):
            other = "of another seed" if measure.over == "seeds" else "beside it"
            return f"no network {other} was read on the same inputs"
        return None

    def given_to(self, measure: Measure, whole: Outputs, halves: Sequence[Outputs]) -> list[Outputs]:
        """The outputs that a measure is computed on: the whole, and halves of it where these can move it.

        A measure that reads neither outputs nor readings by example is the same on each half; over several networks it
        is computed on the whole alone, as halves of all of them would cost more than they tell.
        """
        taken = _Named({name: found for name in measure.readings if isinstance(found := self.readings[name], Taken)})
        peers = tuple(_naming(peer, taken) for peer in self.peers.get(measure.over, ()))
        own = replace(whole, readings=taken, peers=peers)
        by_example = any(found.axis == "examples" for found in taken.values())
        if measure.over != "one" or not ({"activations", "predictions"} & set(measure.needs) or by_example):
            return [own]
        examples = len(whole.labels)
        drawn = (np.asarray(rows_of_half(examples, draw)) for draw in range(len(halves)))
        parts = [
            replace(half, readings=_Named({name: found.at(rows) for name, found in taken.items()}))
            for half, rows in zip(halves, drawn, strict=True)
        ]
        return [own, *parts]


def _naming(peer: Outputs, named: Collection[str]) -> Outputs:
    """A peer without the readings that the measure does not name."""
    if set(peer.readings) <= set(named):
        return peer
    return replace(peer, readings=_Named({name: taken for name, taken in peer.readings.items() if name in named}))


class _Named(dict[str, Taken]):
    """Readings by name, those that the measure names: of another one it is said that it does not."""

    def __missing__(self, name: str) -> Taken:
        raise KeyError(f"the measure does not name the reading {name!r}: say readings=({name!r},)")


NOTHING = More()
