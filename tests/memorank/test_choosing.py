"""Choosing among networks of one's own: in Python and by the command, from activations, modules and batches."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from real_command import Command
from torch import nn

import memorank

X = torch.randn(200, 5, generator=torch.Generator().manual_seed(0))


def modules() -> dict[str, nn.Module]:
    torch.manual_seed(0)
    made: dict[str, nn.Module] = {
        f"net {n}": nn.Sequential(nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 2)) for n in range(3)
    }
    return made


def test_modules_are_ranked_as_their_activations_are() -> None:
    nets = modules()
    by_hand = {name: {"0": net[0](X).detach().numpy()} for name, net in nets.items()}  # type: ignore[index]
    found = memorank.rank_networks(nets, X, kind="heuristic")
    assert found.to_dict() == memorank.rank_models(by_hand, kind="heuristic").to_dict()
    once = memorank.rank_networks(nets, iter(X.split(64)), taps=["0"], kind="heuristic")
    assert once.scores.value.tolist() == pytest.approx(found.scores.value.tolist(), rel=1e-6)


def test_the_numbers_of_one_network_are_those_in_a_ranking() -> None:
    nets = modules()
    read = memorank.read(nets["net 1"], X)
    scores = memorank.rank_networks(nets, X).scores.set_index(["network", "measure"])
    for measure, number in memorank.score(read).items():
        assert number.value == scores.value["net 1", measure]
        assert number.standard_error == scores.error["net 1", measure] > 0
        assert str(number) == f"{number.value:.4f} ±{number.standard_error:.4f}"


def dumped(folder: Path) -> list[str]:
    generator = np.random.default_rng(0)
    common = generator.normal(size=(120, 1))
    for name, share in (("apart", 0), ("alike", 2)):
        np.savez(folder / f"{name}.npz", fc=generator.normal(size=(120, 5)) + share * common)
    return ["apart.npz", "noisy one=alike.npz"]


def test_the_command_ranks_files_and_writes_where_it_is_told_to(command: Command, tmp_path: Path) -> None:
    done = command("rank", *dumped(tmp_path), "--kind", "heuristic", "--out", "ranked")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\ntake    apart\nleave   noisy one\n" in done.stdout
    assert done.stdout.endswith("ranking in ranked\n")
    assert json.loads((tmp_path / "ranked" / "ranking.json").read_bytes())["orders"] == {
        "heuristic": [["apart"], ["noisy one"]]
    }
    assert (tmp_path / "ranked" / "ranking.csv").is_file()
    assert "<strong><bdi>apart</bdi></strong>" in (tmp_path / "ranked" / "ranking.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("apart.npz",), "memorank: a ranking needs 2 networks or more, got 1"),
        (
            ("apart.npz", "alike.npz", "--kind", "shortcuts"),
            "memorank: unknown kind 'shortcuts': it is heuristic (against",
        ),
        (
            ("apart.npz", "alike.npz", "--pairs", "1"),
            "memorank rank: --pairs: all, or a number from 2 on is needed, got '1'",
        ),
        (("apart.npz", "alke.npz"), "memorank: alke.npz: no such file or folder; did you mean 'alike.npz'?"),
        (
            (),
            "memorank rank: missing: [NAME=]PATH; as in: memorank rank clean/ noisy/ --data reviews.csv",
        ),
    ],
)
def test_bad_words_are_one_line_and_nothing_is_written(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    dumped(tmp_path)
    done = command("rank", *words, "--out", "ranked")
    assert (done.returncode, done.stdout) == (2, "")
    assert " ".join(done.stderr.split()).startswith(said)
    assert not (tmp_path / "ranked").exists()
