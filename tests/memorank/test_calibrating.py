"""`rank --calibrate` by the command: networks lie at their own anchors, noise is ambiguous, bad input is one line."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from real_command import Command
from safetensors.torch import save_file

from benchmark.data.splits import make_splits
from benchmark.networks.building import build_from
from benchmark.networks.inputs import Tensors
from benchmark.networks.training import train
from benchmark.seeding import seeded
from registry import DATASETS, FAMILIES, SUITES

FAMILY = FAMILIES["mlp-16-16"]
WIDTH, CLASSES, EPOCHS = 8, 3, 120
CALIBRATE = ("--data", "probe.npy", "--family", FAMILY.name, "--calibrate", "train.npz", "--kind", "example-level")


def blobs(examples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three blobs that hardly overlap."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, CLASSES, examples)
    centres = 2.5 * np.eye(CLASSES, WIDTH)
    return (centres[labels] + generator.normal(size=(examples, WIDTH))).astype(np.float32), labels


def save_network(file: Path, inputs: np.ndarray, labels: np.ndarray, seed: int, epochs: int = EPOCHS) -> None:
    """A network of the family, trained apart from any anchor: with another seed than any of them."""
    network = build_from(FAMILY, (WIDTH,), CLASSES, seed)
    setting = replace(FAMILY.training, max_epochs=epochs)
    with seeded(seed, 1):
        train(network, Tensors(torch.from_numpy(inputs)), torch.from_numpy(labels), setting)
    save_file(network.state_dict(), file)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a training set, probes, and networks that were trained on clean labels and on random ones."""
    folder = tmp_path_factory.mktemp("made")
    inputs, labels = blobs(240, 0)
    np.savez(folder / "train.npz", inputs=inputs, labels=labels)
    np.save(folder / "probe.npy", blobs(300, 1)[0])
    save_network(folder / "clean.safetensors", inputs, labels, 77)
    at_random = np.random.default_rng(9).integers(0, CLASSES, len(labels))
    save_network(folder / "random.safetensors", inputs, at_random, 78)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one test, with all of that."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(made, tmp_path, dirs_exist_ok=True))


NETWORKS = ("clean.safetensors", "random.safetensors")


@pytest.mark.long
def test_networks_lie_at_the_anchors_that_were_trained_as_they_were(command: Command, place: Path) -> None:
    done = command("rank", *NETWORKS, *CALIBRATE, "--anchor-seeds", "3", "--out", "ranked")
    assert done.returncode == 0, done.stderr
    content = json.loads((place / "ranked" / "ranking.json").read_bytes())
    scale = content["anchors"]["scales"][0]
    assert scale["ambiguous"] == ""
    means = scale["means"]
    places = {row["network"]: row for row in content["anchors"]["places"] if row["measure"] == "mean-mi"}
    value = {row["network"]: row["value"] for row in content["numbers"] if row["measure"] == "mean-mi"}
    for name in ("clean", "random"):
        assert min(("clean", "random"), key=lambda kind: abs(means[kind] - value[name])) == name
        assert name in places[name]["at"]
    assert scale["order"] == [["clean"], ["random"]]
    assert f"lies {places['clean']['words']}: " in done.stdout
    assert "neurons; labels were read for the anchors alone" in " ".join(done.stdout.split())
    again = command("rank", *NETWORKS, *CALIBRATE, "--anchor-seeds", "3", "--out", "ranked")
    assert again.stdout == done.stdout
    assert len(list((place / "ranked" / "measured").iterdir())) == 2 + 9
    apart = command("rank", *NETWORKS, *CALIBRATE, "--anchor-seeds", "3")
    assert apart.stdout == done.stdout.removesuffix("ranking in ranked\n")


def test_anchors_that_have_learned_nothing_are_ambiguous(command: Command, place: Path) -> None:
    generator = np.random.default_rng(5)
    np.savez(place / "train.npz", inputs=generator.normal(size=(60, WIDTH)), labels=generator.integers(0, 2, 60))
    done = command("rank", *NETWORKS, *CALIBRATE, "--anchor-epochs", "1")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "take no advice: ambiguous: anchors do not separate by mean MI (clean " in said
    assert "; 2 seeds each, so that ± is itself rough" in said
    assert "not learned by heart what they were trained on: the anchors clean 0, clean 1" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shortcut", "size"), "--shortcut size: it is about anchors: add --calibrate TRAINING_SET, or leave it out"),
        (("--anchor-seeds", "3"), "--anchor-seeds 3: it is about anchors: add --calibrate TRAINING_SET"),
        (("--calibrate", "train.npz"), "--calibrate: of which family are the anchors? --family mlp"),
        (("--calibrate", "train.npz", "--family", "mlp"), "--calibrate: on what are the anchors read? --data FILE"),
        (
            (*CALIBRATE[:5], "traim.npz"),
            "traim.npz: no such file or folder, and no data set of that name; did you mean",
        ),
        ((*CALIBRATE[:5], "probe.npy"), "probe.npy: it has no labels"),
        ((*CALIBRATE[:5], "one.npz"), "one.npz: all 20 labels are '1', and two classes or more are needed"),
        ((*CALIBRATE[:5], "wide.npz"), "an example of wide.npz has the shape (9,), and one of probe.npy (8,)"),
        ((*CALIBRATE[:5], "words.csv"), "the family mlp-16-16 reads no texts, and words.csv holds texts"),
        ((*CALIBRATE, "--shortcut", "mask.npy"), "mask.npy: the mask has the shape (3,), and an example (8,)"),
        ((*CALIBRATE, "--label-column", "label"), "there is no 'label' to read labels from; did you mean 'labels'?"),
    ],
)
def test_bad_input_is_one_line(command: Command, place: Path, words: tuple[str, ...], said: str) -> None:
    np.savez("dumped.npz", a=np.random.default_rng(0).normal(size=(300, 4)))
    np.savez("other.npz", a=np.random.default_rng(1).normal(size=(300, 4)))
    np.savez("one.npz", inputs=np.zeros((20, WIDTH)), labels=np.ones(20, int))
    np.savez("wide.npz", inputs=np.zeros((20, 9)), labels=np.arange(20) % 2)
    np.save("mask.npy", np.ones(3, bool))
    Path("words.csv").write_text("text,label\n" + "".join(f"word,{row % 2}\n" for row in range(8)))
    done = command("rank", "dumped.npz", "other.npz", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_dumped_activations_are_placed_too_and_warned_of_where_they_are_of_another_width(
    command: Command, place: Path
) -> None:
    for seed in range(2):
        np.savez(f"dumped{seed}.npz", a=np.random.default_rng(seed).normal(size=(300, 4)))
    done = command("rank", "dumped0.npz", "dumped1.npz", *CALIBRATE, "--anchor-epochs", "1")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "dumped0 has 4 neurons and the anchors of mlp-16-16 16 + 16: its place among them says nothing" in said


def test_the_networks_of_a_run_folder_stand_among_anchors_where_they_are_read_on_the_same_data(
    command: Command, toy_run: Path, place: Path
) -> None:
    its = ("rank", str(toy_run), "--suite", "toy-shuffled", "--family", "toy-mlp")
    refused = command(*its, "--calibrate", "train.npz")
    assert "--calibrate: on what are the anchors read? --data FILE" in " ".join(refused.stderr.split())
    suite = SUITES["toy-shuffled"]
    splits = make_splits(suite, DATASETS["toy-blobs"].load(place), 0.0, 0)
    np.savez(place / "blobs.npz", inputs=splits.train.inputs[:90], labels=splits.train.labels[:90])
    np.save(place / "held-out.npy", splits.evaluation.inputs[:90])
    done = command(*its, "--data", "held-out.npy", "--calibrate", "blobs.npz", "--anchor-epochs", "3")
    assert done.returncode == 0, done.stderr
    assert "toy-mlp trained on blobs.npz, its 90 examples" in " ".join(done.stdout.split())


def test_activations_on_other_examples_are_refused_before_anything_is_trained(command: Command, place: Path) -> None:
    for seed in range(2):
        np.savez(f"dumped{seed}.npz", a=np.random.default_rng(seed).normal(size=(200, 4)))
    done = command("rank", "dumped0.npz", "dumped1.npz", *CALIBRATE, "--out", "ranked")
    assert done.returncode == 2
    assert "'dumped0' has 200 examples, and anchors would be read on 300 of probe.npy" in done.stderr
    assert len(list((place / "ranked" / "measured").iterdir())) == 2  # the networks alone
