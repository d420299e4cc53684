"""Families: what does not fit together is refused when the entry is made."""

from dataclasses import replace
from typing import Any

import pytest

from registry import FAMILIES, ModelFamily, Resources, Tap, Training

FAMILY = FAMILIES["toy-mlp"]


def test_a_family_says_only_what_is_its_own() -> None:
    made = ModelFamily(name="own", modality="vector", build=FAMILY.build, taps=(Tap("hidden1"),), reference="none")
    assert (made.version, made.training, made.resources) == (1, Training(), Resources())
    assert (made.tokenizer, made.weights) == (None, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Own MLP"}, "'Own MLP' is not a name"),
        ({"modality": "sound"}, "modality is 'sound', not one of 'vector', 'image', 'text'"),
        ({"modality": "text"}, "a text family has a tokenizer, and no other: 'toy-mlp' reads text inputs"),
        ({"tokenizer": dict}, "a text family has a tokenizer, and no other: 'toy-mlp' reads vector inputs"),
        ({"taps": [Tap("hidden1")]}, "taps are a tuple of Tap, as in"),
        ({"taps": ("hidden1",)}, "taps are a tuple of Tap, as in"),
        ({"taps": ()}, "family 'toy-mlp' has no taps"),
        (
            {"taps": (Tap("a", "first-token"), Tap("b"), Tap("a", "last-token"))},
            "family 'toy-mlp' taps 'a' twice: a module is read once",
        ),
        ({"training": {"batch_size": 64}}, "training is a Training, as in"),
        ({"resources": {"gpus": 1}}, "resources are a Resources, as in"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(FAMILY, **changes)


def test_a_layout_is_for_a_tap_that_is_reduced() -> None:
    assert Tap("layer1", "spatial-mean", "channels-last").layout == "channels-last"
    with pytest.raises(ValueError, match="tap 'layer1' has a layout, which is for a tap that is reduced"):
        Tap("layer1", layout="channels-last")
    with pytest.raises(ValueError, match="layout is 'NHWC', not one of 'channels-first', 'channels-last'"):
        Tap("layer1", "spatial-mean", "NHWC")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="reduce is 'max', not one of 'none', 'first-token'"):
        Tap("layer1", "max")  # type: ignore[arg-type]
