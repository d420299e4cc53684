"""Weights of an architecture or a family are read as the network itself is, on data in its own form."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from small_encoders import family as encoder_of
from small_encoders import saved

from benchmark.candidates.architectures import Architecture
from benchmark.candidates.preparations import Preparation, square_of
from benchmark.candidates.state_dicts import OfArchitecture, OfFamily
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts
from benchmark.networks.own_networks import activations_of
from registry import FAMILIES, ModelFamily, Tap, UserError
from registry.families import toy_encoder

VALUES = np.random.default_rng(0).normal(size=(12, 3, 8, 8)).astype(np.float32)
DATA = Numbers("x.npy", VALUES, 12)


def small(classes: int) -> torch.nn.Module:
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(4, classes)
    )


def test_an_architecture_is_read_as_the_network_itself(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = small(5).eval()
    torch.save(network.state_dict(), tmp_path / "a.pt")
    found, how = OfArchitecture(
        "a", tmp_path / "a.pt", Architecture("small", "nobody", small, square_of(8)), DATA
    ).read()
    assert how == "small of nobody: 0 over all places"
    np.testing.assert_array_equal(found["0"], activations_of(network, VALUES)["0"])  # type: ignore[index]


def test_pictures_are_made_as_large_as_the_architecture_wants_them(tmp_path: Path) -> None:
    from PIL import Image

    Image.fromarray(np.full((20, 30, 3), 255, dtype=np.uint8)).save(tmp_path / "white.png")
    torch.save(small(2).state_dict(), tmp_path / "a.pt")
    how_made = square_of(8, Preparation(np.asarray, "", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)))
    pictures = Pictures("p", (tmp_path / "white.png",) * 3, 3)
    found, how = OfArchitecture("a", tmp_path / "a.pt", Architecture("small", "n", small, how_made), pictures).read()
    assert how.endswith("images cut to 8 x 8 pixels")
    network = small(2)
    network.load_state_dict(torch.load(tmp_path / "a.pt"))
    expected = network[0](torch.ones(3, 3, 8, 8)).mean((2, 3)).detach()  # type: ignore[index]
    np.testing.assert_allclose(found["0"], expected, atol=1e-6)  # type: ignore[index]


def test_a_family_of_vectors_is_read_at_its_own_taps_on_flat_numbers(tmp_path: Path) -> None:
    family = FAMILIES["mlp"]
    torch.manual_seed(0)
    network = family.build((192,), 10).eval()
    save_file(network.state_dict(), tmp_path / "a.safetensors")
    found, how = OfFamily("a", tmp_path / "a.safetensors", family, DATA).read()
    assert how.startswith("the family mlp: ")
    expected = activations_of(network, VALUES.reshape(12, -1), [tap.module_path for tap in family.taps])
    assert list(found) == list(expected)  # type: ignore[arg-type]
    for tap, matrix in expected.items():
        np.testing.assert_array_equal(found[tap], matrix)  # type: ignore[index]


def test_a_text_family_reads_by_its_tokenizer_and_finds_the_number_of_classes(tmp_path: Path) -> None:
    family = encoder_of(str(saved(tmp_path / "encoder")))
    torch.manual_seed(0)
    network = family.build((16,), 7).eval()
    save_file({name: t.clone() for name, t in network.state_dict().items()}, tmp_path / "a.safetensors")
    words = [word for word in toy_encoder.WORDS if word.isalpha()]
    texts = Texts("t", tuple(" ".join(words[n : n + 3]) for n in range(6)), 6)
    found, how = OfFamily("a", tmp_path / "a.safetensors", family, texts, most=16).read()
    assert how.startswith("the family small: layers.0, layers.1, layers.2 at the first token, ")
    given = toy_encoder.tokenizer()(list(texts.texts), padding=True, return_tensors="pt")
    expected = activations_of(network, dict(given), family.taps)
    for tap, matrix in expected.items():
        np.testing.assert_allclose(found[tap], matrix, atol=1e-6)  # type: ignore[index]


def of_images() -> ModelFamily:
    return ModelFamily("small", "image", lambda shape, classes: small(classes), (Tap("0", "spatial-mean"),), "none")


def test_images_for_a_family_need_a_size_and_go_from_0_to_1(tmp_path: Path) -> None:
    from PIL import Image

    Image.fromarray(np.full((20, 30, 3), 51, dtype=np.uint8)).save(tmp_path / "grey.png")
    torch.save(small(2).state_dict(), tmp_path / "a.pt")
    pictures = Pictures("p", (tmp_path / "grey.png",) * 3, 3)
    with pytest.raises(UserError, match=r"how many pixels wide .*--image-size 32"):
        OfFamily("a", tmp_path / "a.pt", of_images(), pictures).read()
    found, _ = OfFamily("a", tmp_path / "a.pt", of_images(), pictures, side=8).read()
    network = small(2)
    network.load_state_dict(torch.load(tmp_path / "a.pt"))
    expected = network[0](torch.full((3, 3, 8, 8), 0.2)).mean((2, 3)).detach()  # type: ignore[index]
    np.testing.assert_allclose(found["0"], expected, atol=1e-6)  # type: ignore[index]


def test_texts_for_a_family_of_numbers_and_weights_of_another_one_are_one_line(tmp_path: Path) -> None:
    torch.save(small(2).state_dict(), tmp_path / "a.pt")
    with pytest.raises(UserError, match="the family mlp reads numbers, and t holds texts"):
        OfFamily("a", tmp_path / "a.pt", FAMILIES["mlp"], Texts("t", ("a",), 1)).read()
    with pytest.raises(UserError, match="not the weights of the family mlp"):
        OfFamily("a", tmp_path / "a.pt", FAMILIES["mlp"], DATA).read()
