"""Keys: everything that changes a result changes them, and nothing else does."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from benchmark.estimator import Estimator, Settings
from benchmark.plain.canonical import canonical
from benchmark.plan.cells import resolve
from benchmark.plan.reading import Plan, SuiteEntry, read_plan
from benchmark.plan.resolved import Cell
from benchmark.types import Measure, Metric
from registry import FAMILIES, Dataset, ModelFamily, Tap, TaskSuite, Training, Weights
from registry.datasets import toy_blobs

DATA = Path("unused: the toy data are generated")


def cells(*overrides: str, plan: str = "toy") -> list[Cell]:
    return resolve(read_plan(plan, overrides), DATA).cells


def keys(work: str, *overrides: str) -> set[str]:
    return {cell.key for cell in cells(*overrides) if cell.work == work}


def test_keys_are_readable_and_unique() -> None:
    found = cells()
    assert len({cell.key for cell in found}) == len(found) == 2 * 3 * 3 * 3
    assert found[0].key.startswith("toy-spurious.toy-mlp.a0.s0-")
    assert found[1].key.startswith("toy-spurious.toy-mlp.a0.s0.evaluation.tap-")
    assert found[1].train == found[0].key
    assert len(found[0].key.rpartition("-")[2]) == 8


def test_a_key_is_no_longer_than_a_file_system_allows_and_shorter_ones_stay() -> None:
    one = "{learning_rate: 0.00123456789012345, weight_decay: 0.00123456789012345, stop_loss: 0.00123456789012345"
    one += ", batch_size: 1234567, max_epochs: 1234567, patience: 123, warmup_steps: 1234567, optimizer: rmsprop"
    other = one.replace("2345", "2346").replace("rmsprop", "adamw")
    more = ", schedule: cosine, precision: bfloat16}"
    found = cells(f"suites.0.recipes=[{one}{more}, {other}}}]", "anchors=random-labels")
    assert len({cell.key for cell in found}) == len(found)
    assert max(len(f".tmp-{cell.key}-{'0' * 32}") for cell in found) in range(200, 256)
    train = max(len(f".tmp-{cell.key}-{'0' * 8}.json-{'0' * 32}") for cell in found if cell.work == "train")
    assert train <= 255


@pytest.mark.parametrize(
    "override",
    ["estimator.entropy.bins=50", "estimator.mi.k=5", "estimator.mi={kind: binned}", "estimator.samples=100"],
)
def test_an_estimator_changes_every_score_and_no_network(override: str) -> None:
    assert keys("train", override) == keys("train")
    assert not keys("score", override) & keys("score")


def test_another_scope_or_inputs_adds_scores_and_changes_none() -> None:
    assert (
        keys("score", "estimator.scope=[tap, network]") > keys("score") > keys("score", "estimator.inputs=[evaluation]")
    )


@pytest.mark.parametrize("override", ["suites.0.training.learning_rate=0.5", "suites.0.training.max_epochs=3"])
def test_a_training_setting_changes_its_own_entry_only(override: str) -> None:
    changed = keys("train") ^ keys("train", override)
    assert len(changed) == 2 * 9
    assert all(key.startswith("toy-spurious.") for key in changed)


def test_more_seeds_conditions_and_suites_change_no_key() -> None:
    assert keys("train", "seeds=[0, 1, 2, 3]") > keys("train")
    assert keys("train", "suites.0.conditions=[0, 0.5, 0.7, 1]") > keys("train")


def test_what_is_written_out_is_what_was_meant() -> None:
    assert keys("train", "suites.0.training.learning_rate=0.01") == keys("train")
    assert keys("train", "suites.0.data=toy-blobs", "suites.0.conditions=[0, 0.5, 1]") == keys("train")
    assert keys("train", "name=other") == keys("train")


def test_recipes_stand_in_the_key() -> None:
    found = cells("suites.0.training={learning_rate: [1e-2, 1e-3]}")
    assert {cell.recipe for cell in found if cell.entry == 0} == {"lr0.01", "lr0.001"}
    assert sum(".lr0.001." in cell.key for cell in found) == 3 * 3 * 3


def test_what_came_later_changes_no_key_that_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of the first version of memorank but for the version of the training: records stay usable."""
    assert cells()[0].key == "toy-spurious.toy-mlp.a0.s0-40a7efa2"
    with monkeypatch.context() as before:
        before.setattr("benchmark.plan.cells.TRAINING_VERSION", 1)
        assert cells()[0].key == "toy-spurious.toy-mlp.a0.s0-2fa187fe"
    defaults = (
        "patience: 0, warmup_steps: 0, precision: float32, schedule: constant, augmentation: none, freeze_layers: 0"
    )
    assert keys("train", f"suites.0.training={{{defaults}}}") == keys("train")
    for later in ("patience: 1", "warmup_steps: 1", "precision: bfloat16", "precision: auto", "schedule: cosine"):
        assert len(keys("train", f"suites.0.training={{{later}}}") ^ keys("train")) == 2 * 9


@pytest.mark.parametrize("override", ["suites.0.train_examples=50", "suites.0.held_out_examples=50"])
def test_a_number_of_examples_changes_its_own_entry_only(override: str) -> None:
    changed = keys("train") ^ keys("train", override)
    assert len(changed) == 2 * 9
    assert all(key.startswith("toy-spurious.") for key in changed)


def test_an_entry_may_have_seeds_of_its_own() -> None:
    found = cells("suites.1.seeds=[7]")
    assert {cell.seed for cell in found if cell.entry == 1} == {7}
    assert {cell.seed for cell in found if cell.entry == 0} == {0, 1, 2}


def test_an_entry_says_with_which_others_its_data_share_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    def groups() -> list[str]:
        return [entry["data_group"] for entry in resolve(read_plan("toy"), DATA).entries]

    assert groups() == ["toy-blobs", "toy-blobs"]  # the data's own name
    then = resolve(read_plan("toy"), DATA).as_json()["digest"]
    monkeypatch.setattr(toy_blobs, "DATASET", replace(toy_blobs.DATASET, group="blobs"))
    assert groups() == ["blobs", "blobs"]
    assert resolve(read_plan("toy"), DATA).as_json()["digest"] != then


def test_plan_json_holds_no_path() -> None:
    text = canonical(resolve(read_plan("toy"), DATA).as_json())
    assert str(DATA) not in text
    assert "identity" not in text


# What changes a result stands in the keys; what does not stands in none. A new field has to be put on one side.
CLASSIFIED: dict[type, dict[str, str]] = {
    Plan: {
        "name": "run-time", "seeds": "identity", "suites": "identity", "estimator": "identity", "anchors": "identity",
        "threads": "identity", "limit": "identity", "seconds_per_cell": "run-time", "hypotheses": "run-time",
        "keep_weights": "run-time", "measures": "identity", "data_seed": "identity",
    },
    SuiteEntry: {
        "suite": "identity", "family": "identity", "data": "identity", "conditions": "identity", "training": "identity",
        "seeds": "identity", "train_examples": "identity",
        "held_out_examples": "identity", "recipes": "identity",
    },
    Settings: dict.fromkeys(("entropy", "mi", "scope", "samples", "sub_samples"), "identity"),
    Estimator: dict.fromkeys(("entropy", "mi", "scope", "inputs", "samples", "sub_samples"), "identity"),
    Training: dict.fromkeys(
        (
            "optimizer", "learning_rate", "weight_decay", "batch_size", "max_epochs", "stop_loss", "patience",
            "warmup_steps", "precision", "schedule", "augmentation", "freeze_layers",
        ),
        "identity",
    ),
    # what an entry holds counts by its name and version in the tree, by its file's content outside
    ModelFamily: {
        "name": "identity", "version": "identity", "modality": "by version", "build": "by version",
        "taps": "by version", "training": "identity", "reference": "run-time", "tokenizer": "by version",
        "weights": "identity", "resources": "run-time", "options": "identity", "taps_of": "by version",
    },
    Weights: {
        "name": "identity", "version": "identity", "files": "identity", "reference": "run-time", "licence": "run-time",
        "size": "run-time", "fetch": "run-time", "folder": "run-time", "extra": "identity",
    },
    TaskSuite: {
        "name": "identity", "version": "identity", "kind": "by version", "modality": "by version",
        "conditions": "identity", "datasets": "run-time", "default_data": "identity", "input_shape": "by version",
        "num_classes": "by version", "metrics": "identity", "make": "by version", "reference": "run-time",
        "knob": "run-time", "paper": "run-time", "equal_sizes": "run-time",
        "facts": "run-time", "condition_names": "run-time", "about": "run-time", "figures": "run-time",
        "plane": "run-time", "transforms": "by version",
    },
    Dataset: {
        "name": "identity", "version": "identity", "modality": "by version", "load": "by version",
        "reference": "run-time", "licence": "run-time", "size": "run-time", "origin": "run-time", "files": "identity",
        "or_files": "identity", "fetch": "run-time", "group": "run-time",
    },
    Tap: {"module_path": "by version", "reduce": "by version", "layout": "by version"},
    Measure: {
        "name": "identity", "version": "identity", "better": "run-time", "needs": "run-time", "compute": "by version",
        "reference": "run-time", "yardstick": "by version", "summary": "run-time", "readings": "by version",
        "over": "by version", "on_request": "run-time",
    },
    Metric: {
        "name": "identity", "version": "identity", "higher_is_better": "run-time", "needs": "run-time",
        "compute": "by version", "reference": "run-time", "summary": "run-time", "form": "run-time",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", list(CLASSIFIED), ids=lambda kind: kind.__name__)
def test_every_field_is_classified(kind: type) -> None:
    known = getattr(kind, "model_fields", None) or {field.name for field in fields(kind)}
    assert set(known) == set(CLASSIFIED[kind])


CHANGES = {
    "name": "other", "seeds": "[5]", "anchors": "random-labels", "threads": "3", "limit": "50",
    "estimator": "{samples: 50}", "hypotheses": "[mean-mi]", "seconds_per_cell": "60", "keep_weights": "all",
    "measures": "[mean-mi]", "data_seed": "7",
    "suites": "[{suite: toy-spurious, family: toy-mlp, training: {max_epochs: 3}}]",
}  # fmt: skip


@pytest.mark.parametrize("name", list(CHANGES))
def test_identity_fields_of_a_plan_change_keys_and_the_others_none(name: str) -> None:
    before, after = ({cell.key for cell in cells(*o)} for o in ((), (f"{name}={CHANGES[name]}",)))
    assert (before != after) == (CLASSIFIED[Plan][name] == "identity")


SPURIOUS = "suites=[{suite: toy-spurious, family: mlp-16-16%s}]"


def test_an_option_that_is_not_the_default_is_part_of_a_key_and_its_network_is_tapped_by_it() -> None:
    plain = cells(SPURIOUS % "")
    assert not any("options" in cell.identity or "taps" in cell.identity for cell in plain)
    by_default = cells(SPURIOUS % ", training: {width: 16, depth: 2, drop_out: 0}")
    assert [cell.key for cell in by_default] == [cell.key for cell in plain]
    wider = cells(SPURIOUS % ", training: {width: 17, depth: 2}")
    assert {canonical(cell.train_identity["options"]) for cell in wider if cell.work == "train"} == {'{"width":17}'}
    assert not {cell.key for cell in wider} & {cell.key for cell in plain}
    same = {**wider[0].train_identity}
    del same["options"]
    assert same == plain[0].train_identity


def test_plan_json_has_the_options_of_a_recipe_that_are_not_the_defaults_and_these_beside_them() -> None:
    plain = resolve(read_plan("toy", [SPURIOUS % ", training: {width: 16}"]), DATA)
    assert "options" not in canonical(plain.as_json()["entries"])
    found = resolve(read_plan("toy", [SPURIOUS % ", recipes: [{width: 4, depth: 3}, {width: 16}]"]), DATA)
    entry = found.entries[0]
    assert entry["options"] == {"width": 16, "depth": 2, "drop_out": 0.0}
    found_as = [("w4-d3", {"width": 4, "depth": 3}), ("w16-d2", None)]
    assert [(one["label"], one.get("options")) for one in entry["recipes"]] == found_as
    turned = [{**one, "label": "-".join(reversed(one["label"].split("-")))} for one in reversed(entry["recipes"])]
    again = resolve(found.plan, DATA, [turned]).entries[0]  # in the order and by the labels that a plan.json has
    assert [(one["label"], one.get("options")) for one in again["recipes"]] == [
        ("d2-w16", None),
        ("d3-w4", {"width": 4, "depth": 3}),
    ]


def test_taps_that_came_later_are_those_of_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    family = replace(
        FAMILIES["mlp-16-16"],
        taps=(Tap("a", "last-token"),),
        taps_of=lambda width, depth, drop_out: tuple(Tap(f"at{number}", "last-token") for number in range(depth)),
    )
    looked_up = type(FAMILIES).__getitem__
    monkeypatch.setattr(
        type(FAMILIES), "__getitem__", lambda known, name: family if known is FAMILIES else looked_up(known, name)
    )
    found = cells(SPURIOUS % ", training: {depth: 3}")
    assert [tap["module_path"] for tap in found[0].train_identity["taps"]] == ["at0", "at1", "at2"]
