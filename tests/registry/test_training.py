"""Training settings are plain words and numbers, and what is not allowed is named."""

from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pytest

from registry import Training


def test_numbers_of_any_kind_become_pythons_own() -> None:
    made = Training(learning_rate=1, batch_size=np.int64(32), weight_decay=np.float32(0.5), stop_loss=0)
    kept = {name: asdict(made)[name] for name in ("learning_rate", "batch_size", "weight_decay", "stop_loss")}
    assert kept == {"learning_rate": 1.0, "batch_size": 32, "weight_decay": 0.5, "stop_loss": 0.0}
    assert [type(value) for value in kept.values()] == [float, int, float, float]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"optimizer": "sgd"}, "optimizer is 'sgd', not one of 'adam', 'adamw', 'rmsprop'"),
        ({"schedule": None}, "schedule is None, not one of 'constant', 'cosine'"),
        ({"precision": "float16"}, "precision is 'float16', not one of 'float32', 'bfloat16', 'auto'"),
        ({"augmentation": "mirror"}, "augmentation is 'mirror', not one of 'none', 'mirror-and-crop'"),
        ({"learning_rate": 0}, "learning_rate is 0, not above 0"),
        ({"learning_rate": "0.1"}, "learning_rate is '0.1', not a number"),
        ({"learning_rate": float("nan")}, "learning_rate is nan, not above 0"),
        ({"learning_rate": True}, "learning_rate is True, not a number"),
        ({"stop_loss": -0.1}, "stop_loss is -0.1, not at least 0"),
        ({"stop_loss": float("inf")}, "stop_loss is inf, not at least 0"),
        ({"batch_size": 0}, "batch_size is 0, not above 0 and at most 2147483648"),
        ({"batch_size": 2.0}, "batch_size is 2.0, not a whole number"),
        ({"max_epochs": 2**31 + 1}, "max_epochs is 2147483649, not above 0 and at most 2147483648"),
        ({"patience": -1}, "patience is -1, not at least 0"),
        ({"freeze_layers": 10_001}, "freeze_layers is 10001, not at least 0 and at most 10000"),
        ({"warmup_steps": True}, "warmup_steps is True, not a whole number"),
    ],
)
def test_what_is_not_allowed_is_named_with_what_is(setting: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}"):
        Training(**setting)


def test_the_ends_of_what_is_allowed_are_allowed() -> None:
    Training(batch_size=2**31, max_epochs=1, stop_loss=0.0, weight_decay=0.0, freeze_layers=10_000)


@pytest.mark.parametrize("setting", [field.name for field in fields(Training)])
def test_no_setting_takes_a_list(setting: str) -> None:
    with pytest.raises(ValueError, match=rf"^{setting} is \[\], not "):
        Training(**{setting: []})  # type: ignore[arg-type]
