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
        ({"options": ["width"]}, "options of family 'toy-mlp' is .* not a mapping, as in"),
        ({"options": {"width": "wide"}}, "options of family 'toy-mlp', 'width', is 'wide' .str., not a number"),
        ({"options": {"width": True}}, "is True .bool., not a number"),
        ({"options": {"Width": 3}}, "have 'Width', not lower-case words joined by _"),
        ({"options": {"drop-out": 0.1}}, "have 'drop-out', not lower-case words joined by _"),
        ({"options": {"learning_rate": 0.1}}, "'learning_rate', which is a word of plans already"),
        ({"options": {"draw": 1}}, "'draw', which is a word of plans already"),
        ({"taps_of": (Tap("hidden1"),)}, "taps_of of family 'toy-mlp' is .* which cannot be called"),
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


def optional(**changes: Any) -> ModelFamily:
    """A family that notes with which options it builds."""
    return replace(
        FAMILY,
        build=lambda shape, classes, width=8, share=0.0: (shape, classes, width, share),
        options={"width": 8, "share": 0.0},
        taps_of=lambda width, share: tuple(Tap(f"at{number}") for number in range(width)),
        **changes,
    )


def test_a_family_with_options_builds_and_taps_with_them_and_is_else_the_same() -> None:
    family = optional()
    other = family.with_options({"width": 2})
    assert other.build((3,), 4) == ((3,), 4, 2, 0.0)
    assert other.taps == (Tap("at0"), Tap("at1"))
    assert other.options == {"width": 2, "share": 0.0}
    assert replace(other, build=family.build, taps=family.taps, options=family.options) == family
    assert family.build((3,), 4) == ((3,), 4, 8, 0.0)


def test_options_said_one_after_another_are_those_said_at_once() -> None:
    twice = optional().with_options({"width": 2}).with_options({"share": 1})
    once = optional().with_options({"share": 1, "width": 2})
    assert twice.build((), 0) == once.build((), 0) == ((), 0, 2, 1.0)
    assert twice.taps == once.taps


def test_without_any_said_it_is_the_family_itself_and_without_taps_of_the_taps_stay() -> None:
    family = optional()
    assert family.with_options({}) is family
    assert replace(family, taps_of=None).with_options({"width": 1}).taps == FAMILY.taps


def test_a_family_with_options_can_be_a_key_of_what_is_kept() -> None:
    assert hash(optional().with_options({"width": 2}))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"wdth": 3}, "family 'toy-mlp' has no option 'wdth'; did you mean 'width'?"),
        ({"width": 3.0}, r"width of family 'toy-mlp' is 3.0 \(float\), not a whole number"),
        ({"width": True}, "not a whole number"),
        ({"share": "much"}, r"share of family 'toy-mlp' is 'much' \(str\), not a number"),
        ({"share": float("nan")}, "share of family 'toy-mlp' is nan, not a finite number"),
        ({"share": [0.1]}, "not a number"),
    ],
)
def test_options_that_it_does_not_have_are_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        optional().with_options(said)
