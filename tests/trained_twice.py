"""Tiny trainings by other libraries' trainers, which are made twice: watched and not."""

from pathlib import Path
from typing import Any

import torch

from registry._transformers import import_transformers

TEXTS, LENGTH, WORDS = 48, 6, 30


class Texts(torch.utils.data.Dataset[dict[str, Any]]):
    """Sentences of random words, as a tokenizer gives them, each with a label."""

    def __init__(self, seed: int = 0, count: int = TEXTS) -> None:
        drawn = torch.Generator().manual_seed(seed)
        self.ids = torch.randint(1, WORDS, (count, LENGTH), generator=drawn)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> dict[str, Any]:
        ids = self.ids[row].tolist()
        return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": ids[0] % 2}


def bert(**options: Any) -> Any:
    """Two layers of eight, with dropout."""
    transformers = import_transformers()
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=WORDS,
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=LENGTH,
        **options,
    )
    return transformers.BertForSequenceClassification(config)


def trainer_of(folder: Path, model: Any = None, **options: Any) -> Any:
    """A Trainer that makes 12 optimizer steps with batches of 8 and an evaluation after each epoch."""
    transformers = import_transformers()
    plain = {
        "num_train_epochs": 2,
        "per_device_train_batch_size": 8,
        "learning_rate": 1e-2,
        "eval_strategy": "epoch",
        "save_strategy": "no",
        "logging_steps": 2,
        "use_cpu": True,
        "dataloader_pin_memory": False,
        "disable_tqdm": True,
        "report_to": "none",
    }
    arguments = transformers.TrainingArguments(str(folder), **{**plain, **options})
    return transformers.Trainer(model or bert(), arguments, train_dataset=Texts(), eval_dataset=Texts(1))


def rows_of(batches: int = 12) -> Any:
    """Batches of eight vectors with labels, shuffled by torch's own generator."""
    drawn = torch.Generator().manual_seed(0)
    x = torch.randn(8 * batches, 6, generator=drawn)
    return torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(x, (x[:, 0] > 0).long()), batch_size=8, shuffle=True
    )
