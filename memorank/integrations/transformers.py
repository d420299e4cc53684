"""A callback for `transformers.Trainer` that watches whether the network begins to memorize."""

from typing import TYPE_CHECKING, Any

from memorank.integrations._watching import Watching
from registry._torchvision import import_torchvision

import_torchvision()  # which transformers imports, and which must be cured first where it was built for another torch

from transformers import TrainerCallback  # noqa: E402

if TYPE_CHECKING:
    from pandas import DataFrame
    from transformers import Trainer, TrainerControl, TrainerState, TrainingArguments

    from benchmark.networks.own_taps import Taps
    from memorank import Monitor


class MonitorCallback(TrainerCallback):
    """Logs `memorank/mean_mi` and `memorank/mean_entropy`, and each at each tap, through a Trainer's own log.

    So `trainer.state.log_history` has them, and whatever `report_to` names: TensorBoard, W&B, Trackio. It needs the
    trainer for that, as no event of a callback names it::

        watch = MonitorCallback(trainer, probe)
        trainer.add_callback(watch)
        trainer.train()
        watch.history                # a DataFrame

    It measures when the training begins or is resumed, and after optimizer steps. The trained network and its loss
    stay the same to the bit.

    Args:
        trainer: The one that this callback is added to.
        inputs: What the network is read on, without labels, as for `memorank.read`: a tokenized data set, a mapping
            with input_ids and attention_mask, or batches. 500 examples of it are taken.
        taps: Which of its modules are tapped, as for `memorank.read`.
        share: The most of the training's time that measuring may take. 1 measures at every step that is due.
        pairs: How many pairs of neurons are read.
        every: A measurement is due after so many optimizer steps, and is made if the share of the time allows it.

    Raises:
        UserError: A share or a number of steps that is none; inputs and taps are looked at when training begins.
    """

    def __init__(
        self,
        trainer: "Trainer",
        inputs: object,
        taps: "Taps" = "auto",
        share: float = 0.02,
        pairs: int = 2_000,
        every: int = 1,
    ) -> None:
        self._trainer, self._watching = trainer, Watching(inputs, taps, share, pairs, every)

    @property
    def monitor(self) -> "Monitor | None":
        """The `memorank.Monitor` of the training that runs or ran last; None before it has begun."""
        return self._watching.monitor

    @property
    def history(self) -> "DataFrame":
        """One row for each measure, step and tap of that training, as `Monitor.history`."""
        return self._watching.history

    def on_train_begin(
        self, args: "TrainingArguments", state: "TrainerState", control: "TrainerControl", **others: Any
    ) -> None:
        """Measure the network that is going to be trained, on rank 0."""
        self._log(self._watching.begin(others["model"], state.global_step))

    def on_step_end(
        self, args: "TrainingArguments", state: "TrainerState", control: "TrainerControl", **others: Any
    ) -> None:
        """Measure after an optimizer step, if one is due."""
        self._log(self._watching.after(state.global_step))

    def on_train_end(
        self, args: "TrainingArguments", state: "TrainerState", control: "TrainerControl", **others: Any
    ) -> None:
        """Warn where there was time for a single measurement."""
        self._watching.end()

    def _log(self, numbers: dict[str, float]) -> None:
        if numbers:
            control = self._trainer.control
            due = control.should_log  # of the loss, at this very step: whatever is logged takes it back
            self._trainer.log(numbers)
            control.should_log = self._trainer.control.should_log = due
