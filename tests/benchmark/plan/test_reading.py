"""Plans: every name and key is checked before anything trains, and an error says where and what was meant."""

import os
import re
from pathlib import Path

import pytest

from benchmark.estimator import BinnedSettings, NearestSettings
from benchmark.plan.reading import PlanError, built_in_plans, conditions, plan_summary, read_plan
from registry import DATASETS, SUITES, UserError

GOOD = """\
name: mine
seeds: [0, 1]
suites:
  - {suite: toy-spurious, family: toy-mlp}
"""


def read(tmp_path: Path, text: str, *overrides: str):
    (tmp_path / "mine.yaml").write_text(text)
    return read_plan(str(tmp_path / "mine.yaml"), overrides)


@pytest.mark.parametrize("name", built_in_plans())
def test_built_in_plans_are_good_and_named_like_their_file(name: str) -> None:
    assert read_plan(name).name == name
    assert plan_summary(name).endswith(".")


@pytest.mark.parametrize("name", ["quick", "offline"])
def test_plans_of_all_offline_suites_rest_on_eight_groups_of_data(name: str) -> None:
    """With fewer than seven a flip of groups could show little; each kind of memorization has four or more."""
    suites = [(SUITES[entry.suite], entry.data) for entry in read_plan(name).suites]
    groups = {
        (suite.kind, DATASETS[data or suite.default_data].group or data or suite.default_data) for suite, data in suites
    }
    assert len({group for _, group in groups}) >= 8
    assert min(sum(kind == one for one, _ in groups) for kind in ("heuristic", "example-level")) >= 4
    ours = {name for name in SUITES if not name.startswith("toy-")}
    assert {suite.name for suite, _ in suites} == ours - {"corner-mnist"}  # a shortcut more on the same digits


def test_defaults_are_those_of_the_paper(tmp_path: Path) -> None:
    estimator = read(tmp_path, GOOD).estimator
    assert (estimator.entropy.bins, estimator.entropy.edges) == (100, "global")
    assert estimator.mi == NearestSettings(k=3, ties="jitter")
    assert (estimator.scope, estimator.inputs, estimator.samples) == (("tap",), ("evaluation",), 2500)


def test_set_overrides(tmp_path: Path) -> None:
    plan = read(
        tmp_path, GOOD, "estimator.mi={kind: binned, bins: 20}", "seeds=[7]", "suites.0.training.learning_rate=1e-2"
    )
    assert plan.estimator.mi == BinnedSettings(kind="binned", bins=20)
    assert plan.seeds == (7,)
    assert plan.suites[0].training == {"learning_rate": 0.01}
    assert read(tmp_path, GOOD, "estimator.mi.k=5").estimator.mi == NearestSettings(k=5)


@pytest.mark.parametrize(
    ("suite", "said", "taken"),
    [
        ("toy-spurious", "[1.0, -0.0, 0.5]", (0.0, 0.5, 1.0)),
        ("bias-in-bios", "[raw-original, scrubbed-subsampled]", ("scrubbed-subsampled", "raw-original")),
    ],
)
def test_conditions_stand_from_least_to_most_memorization(
    tmp_path: Path, suite: str, said: str, taken: tuple[object, ...]
) -> None:
    family = "toy-encoder" if SUITES[suite].modality == "text" else "toy-mlp"
    text = GOOD.replace("toy-spurious", suite).replace("toy-mlp", family)
    plan = read(tmp_path, text, f"suites.0.conditions={said}")
    found = conditions(plan.suites[0], SUITES[suite])
    assert found == taken
    assert "-0.0" not in map(str, found)


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("suites.0.training.learning_rate=1e300", "1e+300 is beyond 1e+150"),
        ("suites.0.training.weight_decay=1e151", "1e+151 is beyond 1e+150"),
        ("limit=99999999999999999999", "99999999999999999999 is beyond 2^63"),
        ("suites.0.train_examples=9223372036854775808", "9223372036854775808 is beyond 2^63"),
    ],
)
def test_a_number_that_no_record_can_hold_is_refused_before_anything_runs(
    tmp_path: Path, override: str, message: str
) -> None:
    with pytest.raises(PlanError, match=re.escape(f"--set {override}: {message}")):
        read(tmp_path, GOOD, override)


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (GOOD.replace("toy-spurious", "toy-spurios"), "4: suites.0.suite", "did you mean 'toy-spurious'"),
        (GOOD.replace("toy-mlp", "toymlp"), "4: suites.0.family", "did you mean 'toy-mlp'"),
        (GOOD.replace("seeds", "seed"), "2: seed", "did you mean 'seeds'"),
        (GOOD + "estimator:\n  entropi: {bins: 3}\n", "6: estimator.entropi", "did you mean 'entropy'"),
        (GOOD + "estimator:\n  entropy: {bin: 3}\n", "6: estimator.entropy.bin", "did you mean 'bins'"),
        (GOOD + "estimator: {mi: {kind: nerest}}\n", "5: estimator.mi", "did you mean 'nearest'"),
        (GOOD + "estimator: {mi: {ties: jiter}}\n", "5: estimator.mi.ties", "did you mean 'jitter'"),
        (GOOD + "estimator: {scope: [taps]}\n", "5: estimator.scope.0", "did you mean 'tap'"),
        (GOOD + "anchors: random\n", "5: anchors", "did you mean 'random-labels'"),
        (GOOD + "estimator: {sub_samples: -1}\n", "5: estimator.sub_samples", "greater than or equal to 0, got -1"),
        (GOOD + "estimator: {samples: 1}\n", "5: estimator.samples", "greater than or equal to 2, got 1"),
        (GOOD + "limit: 3\n", "5: limit", "k = 3 neighbours need at least 4 samples, got 3"),
        (
            GOOD + "estimator: {mi: {pairs: most}}\n",
            "5: estimator.mi.pairs",
            "should be 'all' or a number of pairs, at least 2, got 'most'",
        ),
        (GOOD + "estimator: {mi: {kind: binned, pairs: 1}}\n", "5: estimator.mi.pairs", "at least 2, got 1"),
        (GOOD + "estimator: {entropy: {bins: '50'}}\n", "5: estimator.entropy.bins", "got '50'"),
        (GOOD.replace("[0, 1]", "[0, zero]"), "2: seeds.1", "got 'zero'"),
        (GOOD.replace("[0, 1]", "[1, 1]"), "2: seeds.1", "1 stands twice"),
        (GOOD.replace("[0, 1]", "[]"), "2: seeds", "at least 1 item"),
        (GOOD.replace("mine", "../../etc/passwd"), "1: name", "got '../../etc/passwd'"),
        (GOOD.replace("name: mine\n", ""), "1", "name|missing"),
        (GOOD.replace("toy-mlp}", "toy-mlp, data: toy-blob}"), "4: suites.0.data", "did you mean 'toy-blobs'"),
        (
            GOOD.replace("toy-mlp}", "toy-mlp, conditions: [0, 2]}"),
            "4: suites.0.conditions.1",
            "alpha is from 0.0 to 1.0",
        ),
        (
            GOOD.replace("toy-spurious, family: toy-mlp}", "nico, family: resnet18, conditions: [unbalnced]}"),
            "4: suites.0.conditions.0",
            "'unbalnced' is no condition of suite 'nico': alpha is from 0.0 to 1.0; did you mean 'unbalanced'?",
        ),
        (
            GOOD.replace("toy-spurious, family: toy-mlp}", "nico, family: resnet18, conditions: [0.0, balanced]}"),
            "4: suites.0.conditions.1",
            "0.0 stands twice",
        ),
        (
            GOOD.replace("toy-mlp}", "toy-mlp, training: {augmentation: mirror-and-crop}}"),
            "4: suites.0.training.augmentation",
            "'mirror-and-crop' is for families that read images, not 'toy-mlp'",
        ),
        (GOOD.replace("toy-mlp}", "toy-mlp, conditions: [low]}"), "4: suites.0.conditions.0", "'low' is no condition"),
        (
            GOOD.replace("toy-mlp}", "toy-mlp, training: {learningrate: 1}}"),
            "4: suites.0.training",
            "did you mean 'learning_rate'",
        ),
        (
            GOOD.replace("toy-mlp}", "toy-mlp, training: {batch_size: 0}}"),
            "4: suites.0.training.batch_size",
            "greater than 0, got 0",
        ),
        (
            GOOD.replace("toy-mlp}", "toy-mlp, training: {optimizer: [adam, sdg]}}"),
            "4: suites.0.training.optimizer",
            "'adamw'",
        ),
        (GOOD + GOOD.splitlines()[3] + "\n", "5: suites.1", "stands twice"),
        ("- a\n", "1", "a plan is a mapping"),
        (GOOD + "hypotheses: [mean-m]\n", "5: hypotheses.0", "unknown measure 'mean-m'; did you mean 'mean-mi'"),
        (
            GOOD + "hypotheses: [rndom]\n",
            "5: hypotheses.0",
            "unknown measure 'rndom'; the right names: memorank list measures",
        ),
        (GOOD + "hypotheses: [random]\n", "5: hypotheses.0", "'random' is a placebo, which is there to be beaten"),
        (GOOD + "hypotheses: [mean-mi, held-out-accuracy]\n", "5: hypotheses.1", "is a yardstick, which reads labels"),
        (GOOD + "hypotheses: [mean-mi, mean-mi]\n", "5: hypotheses.1", "'mean-mi' stands twice"),
        (GOOD + "hypotheses: [anchored-mi]\n", "5: hypotheses.0", "needs `anchors: random-labels` in the plan"),
        (GOOD + "hypotheses: mean-mi\n", "5: hypotheses", "a list is needed"),
        (GOOD + "hypotheses: [3]\n", "5: hypotheses.0", "got 3"),
    ],
)
def test_a_bad_plan_is_one_line_that_says_where(tmp_path: Path, text: str, where: str, message: str) -> None:
    with pytest.raises(PlanError, match=message) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mine.yaml'}:{where}"), caught.value
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("estimator.mi.kind=nearst", "--set estimator.mi.kind=nearst: unknown value 'nearst'; did you mean 'nearest'"),
        ("estimator.entropy.bin=50", "--set estimator.entropy.bin=50: unknown key; did you mean 'bins'"),
        ("suites.4.suite=mlp", "the plan has no place 'suites.4.suite'"),
        ("seeds", "expected key=value"),
        ("estimator.inputs=[evaluation, evaluation]", "'evaluation' stands twice"),
        ("estimator.scope=[tap, tap]", "'tap' stands twice"),
        ("estimator.samples=3", "k = 3 neighbours need at least 4 samples"),
        ("suites.0.training.batch_size=true", "valid integer, got True"),
        ("suites.0.training.batch_size='32'", "valid integer, got '32'"),
        ("suites.0.training.learning_rate=.inf", "finite number"),
        ("suites.0.training.learning_rate=1e999", "finite number"),
        ("suites.0.training.batch_size=100000000000000000000000000", "less than or equal"),
        ("suites.0.training.learning_rate=[]", "the list is empty"),
        ("suites.0.training.learning_rate=[0.1, 1.0e-1]", "0.1 stands twice"),
        ("suites.0.conditions=[true]", "suites.0.conditions"),
        ("suites.0.conditions=[.nan]", "nan is no condition"),
        ("threads=10000000000000000000000", "less than or equal to 1024"),
        ("name=!!int abc", "not plain YAML"),
        ("name=!!bool maybe", "not plain YAML"),
        ("suites.²=1", "the plan has no place"),
        ("name=\x01", "not plain YAML"),
        ("seeds=[1", "--set seeds=\\[1"),
    ],
)
def test_a_bad_override_names_itself(tmp_path: Path, override: str, message: str) -> None:
    with pytest.raises(PlanError, match=message):
        read(tmp_path, GOOD, override)


@pytest.mark.parametrize(("name", "message"), [("toyy", "did you mean 'toy'"), ("no/such.yaml", "no such file")])
def test_an_unknown_plan(name: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_plan(name)


def test_a_plan_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"name: \xff\xfe")
    with pytest.raises(PlanError, match="not UTF-8"):
        read_plan(str(tmp_path / "a.yaml"))


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_a_plan_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.yaml")
    with pytest.raises(PlanError, match=r"plan\.yaml: not a regular file$"):
        read_plan(str(tmp_path / "plan.yaml"))
