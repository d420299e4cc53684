"""Fields of entries are plain data: numbers of numpy become Python's own, all else is refused with field and entry."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
import torch

from benchmark.metrics import METRICS
from registry import DATASETS, FAMILIES, SUITES, Paper, Plane, Tap, Weights

SUITE, FAMILY, DATASET, METRIC = SUITES["toy-spurious"], FAMILIES["toy-mlp"], DATASETS["toy-blobs"], METRICS["accuracy"]
WEIGHTS = Weights(name="small", files={}, reference="r", licence="l", size="s")


@pytest.mark.parametrize("entry", [SUITE, FAMILY, DATASET, METRIC, WEIGHTS], ids=lambda entry: entry.name)
@pytest.mark.parametrize("given", [np.int64(3), np.uint8(3), torch.tensor(3), np.array(3)])
def test_a_whole_number_of_any_kind_is_an_int(entry: Any, given: Any) -> None:
    made = replace(entry, version=given).version
    assert (type(made), made) == (int, 3)


@pytest.mark.parametrize("entry", [SUITE, FAMILY, DATASET, METRIC, WEIGHTS], ids=lambda entry: entry.name)
@pytest.mark.parametrize(
    "given",
    [
        1.0,
        True,
        "2",
        None,
        np.float32(1.5),
        -1,
        float("nan"),
        10**400,
        pytest.param(10**9000, id="huge"),
        np.zeros((2, 2)),
    ],
)
def test_a_version_that_is_no_whole_number_is_refused(entry: Any, given: Any) -> None:
    with pytest.raises(ValueError, match=f"^version of .* '{entry.name}' is .*whole number"):
        replace(entry, version=given)


def test_what_numpy_gives_becomes_plain() -> None:
    plane = Plane(np.float64(-1.0), np.float32(1.0), np.int64(10), lambda: np.zeros((100, 3)))
    given = {
        "num_classes": np.int64(2),
        "input_shape": [np.int64(3)],
        "equal_sizes": np.True_,
        "default_data": np.str_("toy-blobs"),
        "datasets": ["toy-blobs"],
        "metrics": ["accuracy"],
        "paper": Paper("d", "f", {"accuracy": {"mean-mi": np.float32(0.5)}}),
        "plane": plane,
    }
    made = replace(SUITE, **given)
    assert (made.input_shape, made.datasets, made.metrics) == ((3,), ("toy-blobs",), ("accuracy",))
    kept = {name: getattr(made, name) for name in given if name not in ("paper", "plane")}
    assert made.paper is not None
    assert json.dumps([kept, asdict(made.paper), plane.low, plane.high, plane.side])
    assert type(made.default_data) is str


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: replace(SUITE, about=None), "about of suite 'toy-spurious' is None, not a text"),
        (lambda: replace(SUITE, about="a" * 10_001), "about of suite 'toy-spurious' has 10001 characters: at most"),
        (lambda: replace(SUITE, figures=3), r"figures of suite 'toy-spurious' is 3 \(int\), not a text"),
        (lambda: replace(SUITE, metrics=()), "metrics of suite 'toy-spurious' is empty: at least 1, as in"),
        (lambda: replace(SUITE, metrics=["accuracy"] * 2), "metrics of suite 'toy-spurious' has 'accuracy' twice"),
        (lambda: replace(SUITE, metrics="accuracy"), r"metrics of .* is 'accuracy' \(str\), not a tuple"),
        (lambda: replace(SUITE, metrics=(3,)), "part 0 of metrics of .* is 3 .int., not a text"),
        (lambda: replace(SUITE, datasets=()), "datasets of suite 'toy-spurious' is empty"),
        (lambda: replace(SUITE, input_shape=3), r"input_shape of .* is 3 \(int\), not a tuple, as in \(3,\)"),
        (lambda: replace(SUITE, input_shape=(0,)), "part 0 of input_shape of .*: a whole number from 1"),
        (lambda: replace(SUITE, num_classes=2.5), "num_classes of suite 'toy-spurious' is 2.5 .float., not a whole"),
        (lambda: replace(SUITE, equal_sizes="no"), "equal_sizes of .* not True or False"),
        (lambda: replace(SUITE, make=3), "make of .* which cannot be called"),
        (lambda: replace(SUITE, knob="gamma"), "knob of .* not one of 'alpha', 'beta'"),
        (lambda: replace(SUITE, paper={"data": "d"}), "paper of .* not a Paper, as in"),
        (lambda: replace(SUITE, plane=3), "plane of .* not a Plane, as in"),
        (lambda: replace(SUITES["sentiment-adjectives"], plane=Plane(0, 1, 2, list)), "a plane and reads texts"),
        (lambda: Plane(float("nan"), 1.0, 2, list), "low of a plane is nan, not a finite number"),
        (lambda: Plane(0.0, 10**400, 2, list), "high of a plane is inf, not a finite number"),
        (lambda: Plane(True, 2.0, 2, list), "low of a plane is True"),
        (lambda: Paper("d", "f", {"accuracy": {"mean-mi": float("nan")}}), "tau of a paper, 'accuracy',.* is nan"),
        (lambda: Paper("d", "f", {"accuracy": 1}), "tau of a paper, 'accuracy', is 1 .int., not a mapping"),
        (lambda: replace(DATASET, licence=None), "licence of data set 'toy-blobs' is None, not a text"),
        (lambda: replace(DATASET, origin="real"), "origin of data set 'toy-blobs' is 'real' .* not one of 'published'"),
        (lambda: replace(DATASET, origin=["published"]), "origin of .* not one of"),
        (lambda: replace(DATASET, files=["a.csv"]), r"files of .* not a mapping, as in \{\"train.csv\": None\}"),
        (lambda: replace(DATASET, files={"a.csv": b"x"}), "files of .*, 'a.csv', is b'x' .bytes., not a text"),
        (lambda: replace(DATASET, modality="txt"), "modality of .* not one of 'vector'"),
        (lambda: replace(DATASET, load=None), "load of data set 'toy-blobs' is None, which cannot be called"),
        (lambda: replace(DATASET, group=3), "group of .* not a text"),
        (lambda: replace(WEIGHTS, folder="here"), r"folder of weights 'small' is 'here' .* not a Path"),
        (lambda: replace(WEIGHTS, extra="a.json"), "extra of .* not a tuple"),
        (lambda: replace(FAMILY, build=None), "build of family 'toy-mlp' is None, which cannot be called"),
        (lambda: replace(FAMILY, reference="\ud800"), "reference of family 'toy-mlp' .* half of a pair of surrogates"),
        (lambda: replace(METRIC, needs="labels"), r"needs of metric 'accuracy' is 'labels' \(str\), not a tuple"),
        (lambda: replace(METRIC, needs=("label",)), "part 0 of needs of metric 'accuracy' is 'label' .* not one of"),
        (lambda: replace(METRIC, form=None), "form of metric 'accuracy' is None, not a text"),
        (lambda: Tap("a/b|c=\n\ud800<script>"), "module_path of a tap .* half of a pair of surrogates"),
        (lambda: Tap(0), "module_path of a tap is 0 .int., not a text"),
    ],
)
def test_a_field_that_is_no_plain_data_is_refused_in_one_line(make: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        make()
    assert "\n" not in str(refused.value)
