"""A fine-tuning of MiniLM by plain `transformers.Trainer`, watched: with right labels, and with half of them wrong.

`python docs/watch_finetuning.py` trains on 240 sentences of movie reviews, three seeds each, and writes the curves to
docs/watched-finetuning.csv. `python docs/watch_finetuning.py cost` times short trainings with and without the callback.
It reads what `memorank fetch minilm movie-snippets` has put into the data folder. `watched_figure.py` draws the curves.
"""

import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import torch

import memorank
from memorank.integrations.transformers import MonitorCallback
from registry import data_folder

from transformers import (  # isort: skip  # behind memorank, beside any torch
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertConfig,
    DataCollatorWithPadding,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)

SENTENCES, HELD_OUT, PROBE = 240, 200, 300
LONGEST = 32  # tokens
EPOCHS, BATCH, RATE = 8, 16, 1e-4
EVERY = 10  # steps between two measurements
NAMES = ("mean_mi", "mean_entropy")
COLUMNS = ("labels", "seed", "step", "epoch", *NAMES, "right_labels", "wrong_labels", "held_out", "loss")


@dataclass
class Sentences:
    """Tokenized sentences with the labels that are trained on, and the true ones."""

    ids: list[list[int]]
    labels: np.ndarray
    truth: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> dict[str, Any]:
        return {
            "input_ids": self.ids[row],
            "attention_mask": [1] * len(self.ids[row]),
            "labels": int(self.labels[row]),
        }


def split(tokenizer: Any, shuffled: bool, seed: int) -> tuple[Sentences, Sentences, Sentences]:
    """To train on, with half of the labels shuffled among each other or none; held out with labels; and unlabelled."""
    data = memorank.DATASETS["movie-snippets"].load(data_folder() / "movie-snippets")
    made = tokenizer([str(text) for text in data.train.inputs], truncation=True, max_length=LONGEST)["input_ids"]
    truth = np.asarray(data.train.labels)
    rows = np.random.default_rng(seed).permutation(len(made))
    parts = np.split(rows[: SENTENCES + HELD_OUT + PROBE], [SENTENCES, SENTENCES + HELD_OUT])
    train, held_out, probe = (Sentences([made[row] for row in part], truth[part].copy(), truth[part]) for part in parts)
    if shuffled:
        half = np.random.default_rng((seed, 1)).permutation(SENTENCES)[: SENTENCES // 2]
        train.labels[half] = np.random.default_rng((seed, 2)).permutation(train.labels[half])
    return train, held_out, probe


class Accuracies(TrainerCallback):
    """Beside memorank's numbers: how many sentences have the label that they were given, by labels that nobody has."""

    def __init__(self, trainer: Trainer, train: Sentences, held_out: Sentences) -> None:
        self.trainer, self.train, self.held_out = trainer, train, held_out
        self.rows: dict[int, dict[str, float]] = {}

    def on_train_begin(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        self.look(state.global_step)

    def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        if state.global_step % EVERY == 0:
            self.look(state.global_step)

    def look(self, step: int) -> None:
        on_train, logits = guesses(self.trainer, self.train)
        wrong = self.train.labels != self.train.truth
        fits = on_train == self.train.labels
        loss = torch.nn.functional.cross_entropy(torch.tensor(logits), torch.tensor(self.train.labels))
        self.rows[step] = {
            "right_labels": fits[~wrong].mean(),
            "wrong_labels": fits[wrong].mean() if wrong.any() else float("nan"),
            "held_out": (guesses(self.trainer, self.held_out)[0] == self.held_out.truth).mean(),
            "loss": float(loss),
        }


def guesses(trainer: Trainer, sentences: Sentences) -> tuple[np.ndarray, np.ndarray]:
    """The class of each sentence, and its logits (S, 2)."""
    model = trainer.model.eval()
    order = np.argsort([len(ids) for ids in sentences.ids], kind="stable")
    logits = np.zeros((len(order), 2), dtype=np.float32)
    with torch.no_grad():
        for rows in np.array_split(order, 16):
            batch = trainer.data_collator([sentences[row] for row in rows])
            logits[rows] = model(**{name: batch[name] for name in ("input_ids", "attention_mask")}).logits
    model.train()
    return logits.argmax(1), logits


def trainer_of(seed: int, train: Sentences, tokenizer: Any, epochs: float, small: bool = False) -> Trainer:
    """Plain fine-tuning of the whole network, embeddings too; or training of a small one from scratch."""
    torch.manual_seed(seed)
    if small:
        shape = {"num_hidden_layers": 2, "hidden_size": 64, "intermediate_size": 256, "num_attention_heads": 4}
        model = AutoModelForSequenceClassification.from_config(BertConfig(vocab_size=len(tokenizer), **shape))
    else:
        model = AutoModelForSequenceClassification.from_pretrained(
            data_folder() / "minilm", trust_remote_code=False, num_labels=2
        )
    arguments = TrainingArguments(
        mkdtemp(),
        num_train_epochs=epochs,
        per_device_train_batch_size=BATCH,
        learning_rate=RATE,
        warmup_steps=20,
        lr_scheduler_type="constant_with_warmup",
        weight_decay=0.01,
        seed=seed,
        use_cpu=True,
        dataloader_pin_memory=False,
        disable_tqdm=True,
        save_strategy="no",
        logging_steps=EVERY,
        report_to="none",
    )
    return Trainer(model, arguments, train_dataset=train, data_collator=DataCollatorWithPadding(tokenizer))


def watched(labels: str, seed: int, epochs: int = EPOCHS) -> list[dict[str, Any]]:
    """One row for each measurement of one training."""
    tokenizer = AutoTokenizer.from_pretrained(data_folder() / "minilm", trust_remote_code=False)
    train, held_out, probe = split(tokenizer, labels == "half shuffled", seed)
    trainer = trainer_of(seed, train, tokenizer, epochs)
    watch, accuracies = MonitorCallback(trainer, probe, share=1, every=EVERY), Accuracies(trainer, train, held_out)
    for callback in (watch, accuracies):
        trainer.add_callback(callback)
    begun = time.perf_counter()
    trainer.train()
    print(labels, seed, f"{time.perf_counter() - begun:.0f} s, {watch.monitor.seconds:.1f} s of it measuring")
    logged = {row["step"]: row for row in trainer.state.log_history if "memorank/mean_mi" in row}
    return [
        {"labels": labels, "seed": seed, "step": step, "epoch": step * BATCH / SENTENCES, **found}
        | {name: logged[step][f"memorank/{name}"] for name in NAMES}
        for step, found in accuracies.rows.items()
    ]


def cost(small: bool, epochs: int, pairs: int = 3) -> None:
    """Times the same training without and with the callback at its default share, by turns.

    Args:
        small: A network of two layers of 64 from scratch, whose steps are short, in place of MiniLM.
        epochs: Of how many the training is.
        pairs: How often both are trained. Seconds are those of the processor in this process, with one thread: those of
            the clock move with whatever else the machine does.
    """
    tokenizer = AutoTokenizer.from_pretrained(data_folder() / "minilm", trust_remote_code=False)
    train, _, probe = split(tokenizer, True, 0)
    for turn in range(-1, pairs):  # the first turn warms up
        seconds, watch = {}, None
        for watching in (False, True) if turn % 2 else (True, False):
            trainer = trainer_of(0, train, tokenizer, epochs, small)
            if watching:
                trainer.add_callback(watch := MonitorCallback(trainer, probe))
            begun = time.process_time()
            trainer.train()
            seconds[watching] = time.process_time() - begun
        if turn >= 0 and watch and watch.monitor:
            print(
                f"small: {small}, without {seconds[False]:.1f} s, with {seconds[True]:.1f} s, ratio "
                f"{seconds[True] / seconds[False]:.3f}, {watch.history.step.nunique()} measurements, which take "
                f"{watch.monitor.seconds:.2f} s with the preparation",
                flush=True,
            )


def write(file: Path, rows: list[dict[str, Any]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([f"{row[c]:.4g}" if isinstance(row[c], float) else row[c] for c in COLUMNS] for row in rows)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1:] == ["cost"]:
        cost(small=False, epochs=2)
        cost(small=True, epochs=80)
    else:
        rows: list[dict[str, Any]] = []
        for seed in range(3):
            for labels in ("right", "half shuffled"):
                rows += watched(labels, seed)
                write(Path(__file__).with_name("watched-finetuning.csv"), rows)
