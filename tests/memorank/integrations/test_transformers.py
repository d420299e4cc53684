"""A training by `transformers.Trainer` that is watched: the same network, and the numbers where its own are."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from trained_twice import TEXTS, Texts, bert, trainer_of
from transformers import TrainerCallback

from memorank import Monitor, UserError
from memorank.integrations.transformers import MonitorCallback

PROBE = Texts(2)
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "autocast": {"bf16": True},
    "accumulated": {"gradient_accumulation_steps": 3},
    "checkpointed": {"gradient_checkpointing": True},
    "evaluated often": {"eval_strategy": "steps", "eval_steps": 1},
}


pytestmark = pytest.mark.filterwarnings("ignore:.gradient_checkpointing. is deprecated:FutureWarning")


def own(trainer: Any) -> list[dict[str, Any]]:
    """What the trainer itself has logged, without times."""
    rows = [{name: value for name, value in row.items() if "memorank" not in name} for row in trainer.state.log_history]
    timed = ("runtime", "per_second")
    rows = [{name: value for name, value in row.items() if not name.endswith(timed)} for row in rows]
    return [row for row in rows if row.keys() - {"epoch", "step"}]


def check_same(watched: Any, alone: Any) -> None:
    """The same weights, the same losses logged at the same steps, and the same draws afterwards."""
    weights, others = watched.model.state_dict(), alone.model.state_dict()
    assert all(torch.equal(weights[name], others[name]) for name in others)
    assert own(watched) == own(alone)
    assert sum("loss" in row for row in own(alone)) > 0


def train(trainer: Any, *callbacks: TrainerCallback, resume: str | None = None) -> Any:
    for callback in callbacks:
        trainer.add_callback(callback)
    trainer.train(resume_from_checkpoint=resume)
    return torch.rand(3)


@pytest.mark.long
@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_a_watched_training_ends_to_the_bit_as_if_it_had_not_been(tmp_path: Path, options: dict[str, Any]) -> None:
    alone = trainer_of(tmp_path, **options)
    after = train(alone)
    watched = trainer_of(tmp_path, **options)
    watch = MonitorCallback(watched, PROBE, share=1)
    assert torch.equal(train(watched, watch), after)
    check_same(watched, alone)
    steps = alone.state.global_step
    assert steps == 4 if "gradient_accumulation_steps" in options else 12
    assert sorted(watch.history.step.unique()) == list(range(steps + 1))


def test_a_resumed_training_is_the_same_and_its_steps_go_on(tmp_path: Path) -> None:
    first = trainer_of(tmp_path, save_strategy="epoch")
    train(first, MonitorCallback(first, PROBE, share=1))
    alone, watched = trainer_of(tmp_path), trainer_of(tmp_path)
    watch = MonitorCallback(watched, PROBE, share=1, every=2)
    middle = str(tmp_path / "checkpoint-6")
    assert torch.equal(train(watched, watch, resume=middle), train(alone, resume=middle))
    check_same(watched, alone)
    assert all(torch.equal(a, b) for a, b in zip(first.model.parameters(), alone.model.parameters(), strict=True))
    assert sorted(watch.history.step.unique()) == [6, 8, 10, 12]


class Listener(TrainerCallback):
    """Sees what TensorBoard, W&B and Trackio see: the logs of `on_log`, and the step."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, dict[str, float]]] = []

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **others: Any) -> None:
        self.seen.append((state.global_step, dict(logs)))


def test_reporters_and_the_trainers_history_get_the_numbers_of_that_step(tmp_path: Path) -> None:
    trainer = trainer_of(tmp_path, num_train_epochs=1)
    trainer.add_callback(listener := Listener())  # before the callback, as reporters are
    watch = MonitorCallback(trainer, PROBE, share=1, every=2)
    train(trainer, watch)
    heard = {step: logs for step, logs in listener.seen if "memorank/mean_mi" in logs}
    kept = {row["step"]: row for row in trainer.state.log_history if "memorank/mean_mi" in row}
    assert list(heard) == list(kept) == [0, 2, 4, 6]
    whole = watch.history.query("tap == '' and measure == 'mean-mi'")
    assert [kept[step]["memorank/mean_mi"] for step in whole.step] == whole.value.tolist()
    assert heard[2].keys() == kept[2].keys() - {"step"}
    assert {"memorank/mean_entropy", "memorank/mean_mi/bert.encoder.layer.1"} <= heard[2].keys()
    last = Monitor(trainer.model, PROBE, share=1).measure(6)  # the network that is trained, and no other
    assert last is not None
    assert heard[6]["memorank/mean_mi"] == last["memorank/mean_mi"]


class Undefined(MonitorCallback):
    """The network diverges at the third step."""

    def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        if state.global_step == 3:
            with torch.no_grad():
                others["model"].bert.embeddings.word_embeddings.weight.fill_(torch.nan)
        super().on_step_end(args, state, control, **others)


def test_what_is_undefined_is_not_logged(tmp_path: Path) -> None:
    trainer = trainer_of(tmp_path, num_train_epochs=1, eval_strategy="no")
    watch = Undefined(trainer, PROBE, share=1)
    train(trainer, watch)
    assert [row["step"] for row in trainer.state.log_history if "memorank/mean_mi" in row] == [0, 1, 2]
    assert watch.history.query("step == 3").value.isna().all()


def test_what_cannot_be_watched_is_one_line(tmp_path: Path) -> None:
    trainer = trainer_of(tmp_path)
    with pytest.raises(UserError, match="share is a part of the time, above 0 and up to 1, not 2"):
        MonitorCallback(trainer, PROBE, share=2)
    with pytest.raises(UserError, match="every is a number of optimizer steps, 1 or more, not 0"):
        MonitorCallback(trainer, PROBE, every=0)
    watch = MonitorCallback(trainer, Texts(0, 7))
    assert watch.monitor is None
    with pytest.raises(UserError, match="nothing has been watched yet: give this callback to a trainer"):
        _ = watch.history
    with pytest.raises(UserError, match="7 examples are too few: 40 are needed"):
        train(trainer, watch)


def test_batches_of_a_loader_and_named_taps_are_watched_as_well(tmp_path: Path) -> None:
    batches = [{"input_ids": PROBE.ids[:20]}, {"input_ids": PROBE.ids[20:]}]
    trainer = trainer_of(tmp_path, bert(), num_train_epochs=1)
    watch = MonitorCallback(trainer, batches, taps=["bert.encoder.layer.1"], share=1, every=6)
    train(trainer, watch)
    assert set(watch.history.tap) == {""}
    assert len(PROBE) == TEXTS


@pytest.mark.long
def test_memorank_imports_no_trainer_unless_it_is_asked_to() -> None:
    """Each in a process of its own, where nothing is imported yet."""
    asked = "import memorank, memorank.integrations, sys; memorank.Monitor; "
    names = "{'accelerate', 'lightning', 'pytorch_lightning', 'transformers.trainer'}"
    code = f"{asked} print({names} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
