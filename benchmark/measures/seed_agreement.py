r"""Agreement of seeds: how often networks of the same recipe with other seeds give the same answer.

$$\frac{1}{R} \sum_{r=1}^{R} \frac{1}{S} \sum_{s=1}^{S} \left[ c_s = c_s^{(r)} \right]$$

$c_s$ is the class with the largest logit for example $s$, and $c_s^{(r)}$ that of the network with the other seed $r$;
there are $R$ of these, and the mean is over all of them. Of networks that are calibrated as an ensemble, it is their
accuracy on inputs like those that they were trained on (Jiang et al. 2022).

It fails under a shortcut: all seeds take the same one, and agree where they are wrong. It is another number where seeds
redraw the training set too (Nakkiran and Bansal 2020) and where they do not, as with `data_seed`; a user with one
training set has the latter. From two seeds it is one pair, and the same for both. It is undefined where no other seed
was read on the same inputs.
"""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Share of the examples on which a peer's largest logit is of the same class, averaged over the peers."""
    own = outputs.logits.argmax(axis=1)
    same = [int((peer.logits.argmax(axis=1) == own).sum()) for peer in outputs.peers]
    return Value(sum(same) / (len(same) * len(own)))


MEASURE = Measure(
    name="seed-agreement",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Nakkiran, Bansal 2020; Jiang et al. 2022, generalization disagreement equality",
    over="seeds",
    on_request=True,
)
