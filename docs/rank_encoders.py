"""A Hugging Face encoder, fine-tuned with none, a quarter and half of its labels shuffled, ranked without labels.

`python docs/rank_encoders.py FOLDER` fine-tunes MiniLM (`memorank fetch minilm movie-snippets`) on 400 sentences with
transformers and plain torch, three seeds of each, saves every network as a Hugging Face folder, and prints test
accuracy and how far the order of `memorank rank` agrees with it.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

import memorank
from registry import data_folder
from registry._transformers import import_transformers

SHARES = (0.0, 0.25, 0.5)
TRAINED, EPOCHS, BATCH, RATE = 400, 10, 16, 1e-4


def sentences() -> tuple[list[str], torch.Tensor, list[str], torch.Tensor]:
    """Sentences of film reviews with what they think of the film: to train on, and to measure on."""
    data = memorank.DATASETS["movie-snippets"].load(data_folder(None) / "movie-snippets")
    parts = data.train.at(np.arange(TRAINED)), data.held_out
    (train, train_y), (test, test_y) = (
        ([str(text) for text in part.inputs], torch.from_numpy(part.labels)) for part in parts
    )
    return train, train_y, test, test_y


def shuffled(labels: torch.Tensor, share: float) -> torch.Tensor:
    """A share of the labels is permuted among itself."""
    chosen = torch.randperm(len(labels))[: round(share * len(labels))]
    labels = labels.clone()
    labels[chosen] = labels[chosen[torch.randperm(len(chosen))]]
    return labels


def fine_tuned(encoder: Path, share: float, seed: int, folder: Path) -> float:
    """Fine-tune on labels of which a share is shuffled, and save. Returns the accuracy on held-out sentences."""
    transformers = import_transformers()
    torch.manual_seed(seed)
    net = transformers.AutoModelForSequenceClassification.from_pretrained(
        encoder, trust_remote_code=False, num_labels=2
    )
    tokenizer = transformers.AutoTokenizer.from_pretrained(encoder, trust_remote_code=False)
    train, train_y, test, test_y = sentences()
    labels = shuffled(train_y, share)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE)
    net.train()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(train)).split(BATCH):
            batch = tokenizer([train[row] for row in rows], padding=True, truncation=True, return_tensors="pt")
            loss = nn.functional.cross_entropy(net(**batch).logits, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    net.eval()
    right = 0
    with torch.no_grad():
        for rows in torch.arange(len(test)).split(64):
            batch = tokenizer([test[row] for row in rows], padding=True, truncation=True, return_tensors="pt")
            right += int((net(**batch).logits.argmax(1) == test_y[rows]).sum())
    net.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return right / len(test)


def ranked(folder: Path, shares: tuple[float, ...]) -> list[str]:
    """The order that `memorank rank` gives, best first."""
    names = [f"share-{share}" for share in shares]
    words = ["--data", "movie-snippets", "--kind", "example-level", "--out", "ranked.json"]
    command = [sys.executable, "-m", "memorank", "rank", *names, *words]
    subprocess.run(command, cwd=folder, check=True)
    (groups,) = json.loads((folder / "ranked.json").read_text())["orders"].values()
    return [name for group in groups for name in group]


if __name__ == "__main__":
    encoder = data_folder(None) / "minilm"
    for seed in range(3):
        place = Path(sys.argv[1]) / f"seed-{seed}"
        accuracy = {f"share-{share}": fine_tuned(encoder, share, seed, place / f"share-{share}") for share in SHARES}
        order = ranked(place, SHARES)
        tau = memorank.agreement.kendall(range(len(order), 0, -1), [accuracy[name] for name in order]).tau
        print(f"seed {seed}:", ", ".join(f"{name} {right:.3f}" for name, right in accuracy.items()), f"tau {tau:+.2f}")
