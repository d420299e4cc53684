r"""How much an answer still tells of the first one where the task is destroyed. A rival of the two measures.

$$\frac{1}{|B|} \sum_{T \in B} I(c;\, c_T)$$

$c$ is the predicted class and $c_T$ that of the transformed input. $B$ are the transforms of the suite that destroy its
task, as shuffled pixels, and $I$ is the mutual information of the two over the $S$ examples, from their shares, in
nats. What is left when the task is gone is a shortcut.

It fails for a network that has learned nothing, which keeps nothing either. It is information and no share of equal
answers, as a network that answers alike to everything shuffled would keep the share of that class.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import answers, shared, undeclared, under
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean information kept, in nats. Undefined where the suite declares no transform that destroys its task."""
    own, left = answers(outputs.logits), under(outputs.readings["transforms"], "destroying")
    return Value(mean([shared(own, answers(one)) for one in left.values()])) if left else undeclared("destroying")


MEASURE = Measure(
    name="shuffle-persistence",
    better={"heuristic": "low", "example-level": "low"},
    needs=("predictions",),
    compute=compute,
    reference="none: our own use of the destroyed inputs of Puli et al. 2022, which are there for training",
    readings=("transforms",),
    on_request=True,
)
