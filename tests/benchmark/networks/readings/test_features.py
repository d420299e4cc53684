"""What goes into the last layer, of any inputs; more of it is tested with the reading `last-layer`."""

import numpy as np
import pytest
from made_at_hand import HELD_OUT, INPUTS, at_hand, network, read_by

from benchmark.networks.readings import _features
from benchmark.networks.readings._features import last_features


def test_the_layer_its_inputs_and_its_outputs_belong_together() -> None:
    model = network()
    for inputs in (INPUTS, HELD_OUT.inputs):
        layer, features, logits = last_features(at_hand(model), inputs)
        assert layer is model[4]
        assert features == pytest.approx(np.maximum(read_by(model, inputs)[0]["1"], 0), abs=1e-6)
        assert logits == pytest.approx(read_by(model, inputs)[1], abs=1e-6)


def test_the_size_of_batches_changes_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = last_features(at_hand(), INPUTS)
    monkeypatch.setattr(_features, "BATCH", 4)
    for one, other in zip(whole[1:], last_features(at_hand(), INPUTS)[1:], strict=True):
        assert one == pytest.approx(other, abs=1e-6)
