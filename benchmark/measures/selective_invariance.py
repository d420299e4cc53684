r"""Selective invariance: it keeps its answer where the task survives a transform, and loses it where the task does not.

$$\frac{1}{|A|} \sum_{T \in A} I(c;\, c_T) - \frac{1}{|B|} \sum_{T \in B} I(c;\, c_T)$$

$c$ is the predicted class and $c_T$ that of the transformed input. $A$ are the transforms of the suite that keep its
task, as shifts of an image, and $B$ those that destroy it, as shuffled pixels. $I$ is the mutual information of the
two over the $S$ examples, from their shares, in nats. A network with a shortcut keeps its answer when the task is
destroyed, and one that knows single examples loses it when the task is kept.

It fails where the transforms that keep the task destroy the shortcut too, as a shift does with a small mark in a
corner: the network then looks like one that has learned nothing. Each term is too high by about $(K - 1)^2 / 2S$ for
$K$ classes, alike in both.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import Role, answers, shared, undeclared, under
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean information kept where the task is kept, less that where it is destroyed.

    Undefined where the suite declares no transform of one of the two kinds.
    """
    own, found = answers(outputs.logits), dict[str, float]()
    roles: tuple[Role, Role] = ("keeping", "destroying")
    for role in roles:
        transformed = under(outputs.readings["transforms"], role)
        if not transformed:
            return undeclared(role)
        found[role] = mean([shared(own, answers(logits)) for logits in transformed.values()])
    return Value(found["keeping"] - found["destroying"], details=found)


MEASURE = Measure(
    name="selective-invariance",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="none: our own; its parts are of Ng et al. 2023 (kept answers) and Puli et al. 2022 (destroyed inputs)",
    readings=("transforms",),
    on_request=True,
)
