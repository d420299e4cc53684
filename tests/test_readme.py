"""The README is true: its commands run (toy in place of quick), its plan reads, its family builds."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
import torch
import yaml
from real_command import ROOT, Command

from benchmark.activations import read
from benchmark.inputs import Tensors
from benchmark.plan import built_in_plans, read_plan
from registry import ModelFamily

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCKS if kind == language]


def test_commands_run_one_after_another(command: Command) -> None:
    lines = [line for text in blocks("sh") for line in text.splitlines() if line.startswith("memorank ")]
    assert len(lines) == 17
    for line in lines:
        words = [
            word.replace("quick", "toy").replace("mnist-5k", "circles") for word in shlex.split(line, comments=True)
        ]
        done = command(*words[1:])
        assert done.returncode == 0, (line, done.stderr)


def test_make_targets_are_those_of_the_makefile() -> None:
    targets = re.findall(r"^make (\w+)", "\n".join(blocks("sh")), flags=re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == ["board", "test"]
    assert all(f"\n{target}:" in makefile for target in targets)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_plan_reads_and_its_estimator_is_the_default(tmp_path: Path) -> None:
    (plan,) = blocks("yaml")
    (tmp_path / "plan.yaml").write_text(plan)
    short = yaml.safe_load(plan)
    del short["estimator"], short["threads"], short["anchors"]
    (tmp_path / "short.yaml").write_text(yaml.safe_dump(short))
    assert read_plan(str(tmp_path / "plan.yaml")).estimator == read_plan(str(tmp_path / "short.yaml")).estimator


def test_the_family_builds_and_is_tapped() -> None:
    code, encoder, classifier = [text for text in blocks("python") if "FAMILY" in text]
    assert len(code.splitlines()) <= 15
    names: dict[str, object] = {}
    exec(code, names)
    family = names["FAMILY"]
    assert isinstance(family, ModelFamily)
    by_tap, logits = read(family.build((392,), 2), family.taps, Tensors(torch.randn(5, 392)))
    assert by_tap["0"].shape == (5, 1024)
    assert logits.shape == (5, 2)
    exec(encoder, names)
    assert isinstance(names["FAMILY"], ModelFamily)
    assert len(names["FAMILY"].taps) == 12
    exec(classifier, names)
    family = names["FAMILY"]
    assert isinstance(family, ModelFamily)
    by_tap, _ = read(family.build((3, 64, 64), 6), family.taps, Tensors(torch.randn(2, 3, 64, 64)))
    assert all(activations.ndim == 2 for activations in by_tap.values())


def test_the_python_session_prints_what_it_says() -> None:
    (session,) = [text for text in blocks("python") if ">>>" in text]
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    results = doctest.DocTestRunner().run(test)
    assert results.attempted == session.count(">>> ") > 5
    assert results.failed == 0


@pytest.mark.parametrize("word", built_in_plans())
def test_the_changelog_names_every_plan(word: str) -> None:
    assert f"`{word}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
