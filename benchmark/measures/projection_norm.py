r"""How far a network trained on the network's own answers ends from one trained on labels as given. A rival.

$$\lVert \tilde\theta - \theta_{\text{ref}} \rVert$$

$\tilde\theta$ are the parameters of a network that was trained from the same start on the inputs that measures read,
labelled by the network's own answers, and $\theta_{\text{ref}}$ those of one trained on as many training examples, with
labels as given. As in its source nothing is divided by; the distance relative to $\lVert \theta_{\text{ref}} \rVert$
stands in the details. Its source takes the same steps of gradient descent for all networks, and starts from weights
trained before; here each recipe goes its own way, from the random weights or the encoder that the family starts from.

It fails across recipes: learning rate, optimizer, weight decay and the number of steps until the loss is low set how
far any training goes. It cannot see a shortcut that serves the inputs as it served the training set, and where labels
are wrong it compares how hard they are to fit. It needs two more trainings, on at most 1,000 examples.
"""

from math import fsum, sqrt

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The distance of all parameters."""
    taken = outputs.readings["projection"]
    distance, reference = (sqrt(fsum(taken[name] ** 2)) for name in ("distance", "reference"))
    return Value(distance, details={"relative": distance / reference if reference else None})


MEASURE = Measure(
    name="projection-norm",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Yu et al. 2022, Predicting out-of-distribution error with the projection norm",
    readings=("projection",),
    on_request=True,
)
