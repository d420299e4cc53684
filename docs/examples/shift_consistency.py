"""How often a network keeps its answer when its image moves by one pixel."""

import numpy as np

from memorank import Measure, Outputs, Settings, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    taken = outputs.readings["transforms"].arrays
    moved = [logits for name, logits in taken.items() if name.startswith("keeping/shift")]
    if not moved:
        return Value(None, reason="its suite has no shifts")
    answers = outputs.logits.argmax(axis=1)
    return Value(float(np.mean([logits.argmax(axis=1) == answers for logits in moved])))


MEASURE = Measure(
    name="my-shift-consistency",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    readings=("transforms",),
    compute=compute,
    reference="Aithal et al. 2021",
)
