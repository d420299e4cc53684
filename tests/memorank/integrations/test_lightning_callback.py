"""A training by Lightning that is watched: the same network, and the numbers at every logger."""

from pathlib import Path
from typing import Any

import pytest
import torch
from lightning_trainings import NAMES, callback, fitted, library

from memorank import Monitor, UserError

X = torch.randn(200, 6, generator=torch.Generator().manual_seed(1))
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "autocast": {"precision": "bf16-mixed"},
    "accumulated": {"accumulate_grad_batches": 4},
}
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*does not have many workers"),
    pytest.mark.filterwarnings("ignore:.*GPU available but not used"),
    pytest.mark.filterwarnings("ignore:.*smaller than the logging interval"),
    pytest.mark.filterwarnings("ignore:.*isinstance.treespec, LeafSpec."),
    pytest.mark.filterwarnings("ignore:.*tensorboardX.*"),
]


def check_same(watched: Any, alone: Any) -> None:
    weights, others = watched.state_dict(), alone.state_dict()
    assert all(torch.equal(weights[name], others[name]) for name in others)
    assert watched.losses == alone.losses
    assert len(alone.losses) > 0


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_a_watched_training_ends_to_the_bit_as_if_it_had_not_been(
    tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    trainer, alone = fitted(name, tmp_path, **options)
    after = torch.rand(3)
    watch = callback(name, X, share=1)
    _, watched = fitted(name, tmp_path, watch, **options)
    assert torch.equal(torch.rand(3), after)
    check_same(watched, alone)
    assert trainer.global_step == 6 if "accumulate_grad_batches" in options else 24
    assert sorted(watch.history.step.unique()) == list(range(trainer.global_step + 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_resumed_training_is_the_same_and_its_steps_go_on(tmp_path: Path, name: str) -> None:
    half, _ = fitted(name, tmp_path, callback(name, X, share=1), max_epochs=1)
    half.save_checkpoint(kept := tmp_path / "half.ckpt")
    _, alone = fitted(name, tmp_path, resume=kept)
    watch = callback(name, X, share=1, every=6)
    _, watched = fitted(name, tmp_path, watch, resume=kept)
    check_same(watched, alone)
    assert sorted(watch.history.step.unique()) == [12, 18, 24]


@pytest.mark.parametrize("name", NAMES)
def test_every_logger_gets_the_numbers_of_that_step(tmp_path: Path, name: str) -> None:
    loggers = [library(name).loggers.CSVLogger(tmp_path, name=one) for one in ("a", "b")]
    watch = callback(name, X, share=1, every=8)
    _, module = fitted(name, tmp_path, watch, logger=loggers)
    whole = watch.history.query("tap == '' and measure == 'mean-mi'")
    assert whole.step.tolist() == [0, 8, 16, 24]
    for logger in loggers:
        logger.save()
        rows = (tmp_path / logger.name / "version_0" / "metrics.csv").read_text().splitlines()
        heads = rows[0].split(",")
        assert {"memorank/mean_entropy", "memorank/mean_mi/net.4"} <= set(heads)
        found = [dict(zip(heads, row.split(","), strict=True)) for row in rows[1:]]
        seen = {int(row["step"]): float(row["memorank/mean_mi"]) for row in found if row["memorank/mean_mi"]}
        assert seen == pytest.approx(dict(zip(whole.step, whole.value, strict=True)))
    last = Monitor(module, X, share=1).measure(24)
    assert last is not None
    assert whole.value.tolist()[-1] == last["memorank/mean_mi"]


@pytest.mark.parametrize("name", NAMES)
def test_a_part_of_the_module_is_watched_by_its_path(tmp_path: Path, name: str) -> None:
    watch = callback(name, X, taps=["0", "4"], share=1, every=24, network="net")
    fitted(name, tmp_path, watch)
    assert set(watch.history.tap) == {"", "0", "4"}
    with pytest.raises(UserError, match="no module 'nat' in Module to watch: it has net"):
        fitted(name, tmp_path, callback(name, X, network="nat"))


def test_what_cannot_be_watched_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="every is a number of optimizer steps, 1 or more, not -2"):
        callback("lightning", X, every=-2)
    watch = callback("lightning", X[:7])
    with pytest.raises(UserError, match="nothing has been watched yet"):
        _ = watch.history
    with pytest.raises(UserError, match="7 examples are too few: 40 are needed"):
        fitted("lightning", tmp_path, watch)
