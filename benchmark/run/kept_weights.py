"""Which trained networks keep their weights: the rule of a plan's `keep_weights`.

In: a trained network, what is said of it, and the plan's word. Out: the file of its weights, or none.
"""

import logging

from torch import nn

from benchmark.identity import TrainIdentity
from benchmark.networks.weights import WeightsFacts, packed, size_of
from benchmark.plan.reading import KeepWeights
from benchmark.process.provenance import environment
from benchmark.run_folder.store import WEIGHTS
from registry import FAMILIES, SUITES
from registry.errors import RunError, in_short

LOG = logging.getLogger(__name__)
NOT_KEPT = "its weights are not kept: "  # how a line of a cell's log begins that says why
MOST = 16_000_000  # bytes of a network that `auto` keeps


def facts_of(
    key: str, identity: TrainIdentity, seed: int, shape: tuple[int, ...], read_as: tuple[int, ...]
) -> WeightsFacts:
    """What the file of a network's weights says of it.

    Args:
        key: Of its cell.
        identity: Of its cell.
        seed: Of the generators when it was built.
        shape: That its family built it for.
        read_as: The shape of the examples that it reads: (tokens,) for texts.
    """
    reads_texts = FAMILIES[identity["family"]].tokenizer is not None
    facts: WeightsFacts = {
        "key": key,
        "family": identity["family"],
        "family_version": identity["family_version"],
        "shape": list(shape),
        "num_classes": SUITES[identity["suite"]].num_classes,
        "seed": seed,
        "tokens": read_as[0] if reads_texts else None,
        "version": str(environment()["versions"]["memorank"]),
    }
    if "options" in identity:
        facts["options"] = identity["options"]
    return facts


def weights_file(network: nn.Module, facts: WeightsFacts, keep: KeepWeights) -> dict[str, bytes]:
    """The file of a network's weights by its name; nothing where the plan's word does not keep them.

    A network whose state cannot be written is not kept either, which is said in the cell's log: the cell's numbers are
    the same with its weights and without them, so that they cost no cell.
    """
    if keep == "none":
        return {}
    try:
        if keep == "auto" and size_of(network) > MOST:
            return {}
        return {WEIGHTS: packed(network, facts)}
    except RunError:
        raise
    except Exception as error:  # the code of a family may be anybody's, and safetensors knows not every kind of number
        LOG.warning("%s%s", NOT_KEPT, in_short(error))
        return {}
