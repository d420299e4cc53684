r"""Accuracy on held-out examples, less how much more a critic can disagree on the inputs than there. A rival.

$$\frac{1}{H} \sum_{h=1}^{H} \left[ c_h = y_h \right] - \max_q \left( \frac{1}{S} \sum_{s=1}^{S} \left[ g_q(s) \ne c_s
\right] - \frac{1}{H} \sum_{h=1}^{H} \left[ g_q(h) \ne c_h \right] \right)$$

$c$ is the class that the network gives, $y_h$ the label as given of a held-out example, drawn as the training set was,
and $g_q$ the class that critic $q$ gives: the network itself or one of four linear critics on what goes into its last
layer, made so as to agree on held-out examples and to disagree on the inputs. They are fitted on one half of both, and
looked at on the other. This is Dis² without the term for the sample. Of its source are the two losses and the class of
critics; critics of four strengths, each the best one, stand in place of 30 that are stopped after each epoch.

It fails where the features have lost what the shortcut hides: no linear critic can tell then what else the label might
be. As a shortcut's error is that of another rule which agrees on all held-out examples, only such a critic would find
it. It needs labels of the network's own task, noise included.
"""

from benchmark.estimator import Settings
from benchmark.measures._losses import accuracy
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The estimated accuracy, up to 1; its two parts stand in the details."""
    source, critics = outputs.readings["held-out-as-given"], outputs.readings["critic"]
    discrepancy = max(0.0, float((critics["inputs"] - critics["held_out"]).max()))
    right = accuracy(source["logits"], source["labels"])
    return Value(right - discrepancy, details={"held_out_accuracy": right, "discrepancy": discrepancy})


MEASURE = Measure(
    name="disagreement-discrepancy",
    better={"heuristic": "high", "example-level": "high"},
    needs=(),
    compute=compute,
    reference="Rosenfeld, Garg 2023, (Almost) provable error bounds via disagreement discrepancy",
    readings=("held-out-as-given", "critic"),
    on_request=True,
)
