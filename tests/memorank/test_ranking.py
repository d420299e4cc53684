"""`memorank rank` on what lies on disk: what it shows, what is kept where it fails half-way, what bad input says."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from real_command import Command
from safetensors.torch import load_file, save_file
from small_encoders import saved

from registry import FAMILIES
from registry.families import toy_encoder

WORDS = [word for word in toy_encoder.WORDS if word.isalpha()]
MANY = [" ".join(np.random.default_rng(n).choice(WORDS, 5)) for n in range(80)]


def encoders(folder: Path, *names: str) -> None:
    """Small encoders, each with weights of its own, in folders of these names; and texts.csv."""
    for number, name in enumerate(names):
        saved(folder / name)
        file = folder / name / "model.safetensors"
        torch.manual_seed(number)
        save_file(
            {key: tensor + 0.1 * torch.randn_like(tensor) for key, tensor in load_file(file).items()},
            file,
            metadata={"format": "pt"},
        )
    (folder / "texts.csv").write_text("text,label\n" + "".join(f"{text},not to be read\n" for text in MANY))


def test_hugging_face_folders_are_ranked_and_a_second_run_reads_them_from_the_shelf(
    command: Command, tmp_path: Path
) -> None:
    encoders(tmp_path, "a", "b b", "c")
    words = ("rank", "a", "b b", "c", "--data", "texts.csv", "--text-column", "text", "--kind", "example-level")
    first = command(*words, "--out", "ranked")
    assert first.returncode == 0, first.stderr
    shown = " ".join(first.stdout.split())
    assert "3 networks, ranked against wrong labels, on 80 examples of texts.csv and 360 pairs of neurons" in shown
    assert "read BertModel: encoder.layer.0, encoder.layer.1, encoder.layer.2 at the first token" in shown
    content = json.loads((tmp_path / "ranked" / "ranking.json").read_text())
    assert {row["network"] for row in content["networks"]} == {"a", "b b", "c"}
    assert len(list((tmp_path / "ranked" / "measured").iterdir())) == 3
    for name in ("a", "b b", "c"):  # not read again: their layers could not be
        assert (tmp_path / name / "model.safetensors").is_file()
    again = command(*words, "--out", "ranked")
    assert again.stdout == first.stdout


def test_what_is_measured_before_one_fails_is_shown_and_kept(command: Command, tmp_path: Path) -> None:
    encoders(tmp_path, "a", "b", "c")
    (tmp_path / "c" / "model.safetensors").write_bytes(b"damaged")
    found = command("rank", "a", "b", "c", "--data", "texts.csv", "--out", "ranked")
    assert found.returncode == 2
    assert "2 networks, ranked" in found.stdout
    assert "c: " in found.stderr
    assert "what is measured is kept in ranked/measured" in " ".join(found.stderr.split())
    assert len(list((tmp_path / "ranked" / "measured").iterdir())) == 2
    assert not (tmp_path / "ranked" / "ranking.json").exists()


def test_weights_of_a_family_are_read_on_numbers(command: Command, tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(size=(100, 6)).astype(np.float32))
    for seed, name in enumerate(("a", "b")):
        torch.manual_seed(seed)
        save_file(FAMILIES["toy-mlp"].build((6,), 3).state_dict(), tmp_path / f"{name}.safetensors")
    found = command(
        "rank",
        "a.safetensors",
        "b.safetensors",
        "--family",
        "toy-mlp",
        "--data",
        "x.npy",
        "--null-corrected",
        "--out",
        "r.json",
    )
    assert found.returncode == 0, found.stderr
    assert "read the family toy-mlp: " in " ".join(found.stdout.split())
    measures = {row["measure"] for row in json.loads((tmp_path / "r.json").read_text())["numbers"]}
    assert {"mean-mi", "mean-mi-corrected", "mean-entropy"} <= measures


def test_the_networks_of_a_run_folder_have_the_kind_of_their_suite(command: Command, toy_run: Path) -> None:
    found = command("rank", str(toy_run), "--suite", "toy-spurious")
    assert found.returncode == 0, found.stderr
    assert "ranked against shortcuts" in found.stdout
    assert "on its evaluation examples" in " ".join(found.stdout.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a",), "a ranking needs 2 networks or more, got 1"),
        (("a", "a"), "two networks are named 'a'"),
        (("a", "same=a"), "'a' and 'same' are the same network"),
        (("a", "nothing"), "nothing: no such file or folder"),
        (("a", "b", "--text-column", "txt"), "txt"),
        (("a", "b", "--taps", "encoder.layer.9"), "no module 'encoder.layer.9' to tap; did you mean"),
        (("a", "b", "--kind", "shortcut"), "unknown kind 'shortcut'"),
        (("a", "b", "--examples", "0"), "a number from 1 on is needed"),
        (("a", "b", "--examples", "20"), "20 examples are too few"),
    ],
)
def test_bad_words_are_one_line_and_exit_2(command: Command, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    encoders(tmp_path, "a", "b")
    found = command("rank", "--data", "texts.csv", *words)
    assert found.returncode == 2
    assert said in " ".join(found.stderr.split())
    assert "Traceback" not in found.stderr
