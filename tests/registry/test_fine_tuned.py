"""State dicts of elsewhere: put in place whatever their prefix, never run, named where they do not fit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from small_encoders import saved
from torch import Tensor, nn

from registry import FAMILIES, DataError
from registry._transformers import import_transformers
from registry.families._encoders import encoder_family
from registry.families._fine_tuned import load_fine_tuned

CLASSES = 5
State = dict[str, Tensor]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return saved(tmp_path / "encoder", "RobertaModel")


def network(folder: Path, layers: int = 3) -> nn.Module:
    return encoder_family("small", str(folder), layers, "none: made for a test").build((32,), CLASSES).eval()


def fine_tuned(folder: Path, prefix: str = "roberta.", head: str = "classifier.") -> tuple[State, Tensor, Tensor]:
    """A state dict as somebody's training script saves it, with the logits (2, K) it has for some token ids."""
    torch.manual_seed(1)
    encoder = import_transformers().RobertaModel.from_pretrained(folder).eval()
    for parameter in encoder.parameters():
        parameter.data += 0.1 * torch.randn_like(parameter)
    classifier = nn.Linear(16, CLASSES)
    ids = torch.randint(4, 20, (2, 7))
    with torch.no_grad():
        logits = classifier(encoder(input_ids=ids, attention_mask=torch.ones_like(ids))[0][:, 0])
    state = {prefix + name: tensor for name, tensor in encoder.state_dict().items()}
    return state | {head + name: tensor for name, tensor in classifier.state_dict().items()}, ids, logits


def as_pickle(state: Any, path: Path) -> Path:
    torch.save(state, path.with_suffix(".pt"))
    return path.with_suffix(".pt")


def as_safetensors(state: State, path: Path) -> Path:
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path.with_suffix(".safetensors"))
    return path.with_suffix(".safetensors")


@pytest.mark.parametrize("save", [as_pickle, as_safetensors])
@pytest.mark.parametrize(
    ("prefix", "head"),
    [("roberta.", "classifier."), ("model.roberta.", "model.out."), ("", "classifier."), ("encoder.", "head.")],
)
def test_a_state_dict_gives_the_logits_that_it_had(
    save: Callable[[State, Path], Path], prefix: str, head: str, folder: Path, tmp_path: Path
) -> None:
    state, ids, expected = fine_tuned(folder, prefix, head)
    loaded = network(folder)
    load_fine_tuned(loaded, save(state, tmp_path / "network"))
    with torch.no_grad():
        assert torch.allclose(loaded(ids, torch.ones_like(ids)), expected, atol=1e-5)


def test_what_a_script_wraps_is_unwrapped_and_further_layers_may_be_there(folder: Path, tmp_path: Path) -> None:
    state, _, _ = fine_tuned(folder)
    loaded = network(folder, layers=2)
    load_fine_tuned(loaded, as_pickle({"epoch": 3, "state_dict": state}, tmp_path / "wrapped"))
    query = "encoder.layer.1.attention.self.query.weight"
    assert torch.equal(loaded.encoder.get_parameter(query), state[f"roberta.{query}"])


def without(part: str) -> Callable[[State], Any]:
    return lambda state: {name: tensor for name, tensor in state.items() if part not in name}


def halved(state: State) -> State:
    name = "roberta.encoder.layer.0.attention.self.query.weight"
    return {**state, name: state[name][:8]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("layer.1.output.dense.weight"), "layer.1.output.dense.weight is missing"),
        (without("roberta."), "no weights of this encoder"),
        (without("classifier."), r"expected one linear classifier of shape \(5, 16\), found: none"),
        (lambda state: {**state, "classifier.weight": torch.zeros(3, 16)}, r"of shape \(5, 16\), found: \(3, 16\)"),
        (halved, r"query.weight has shape \(8, 16\), the network's \(16, 16\)"),
        (lambda state: [1, 2], "expected tensors by name"),
        (lambda state: {**state, "epoch": 3}, "expected tensors by name"),
    ],
)
def test_what_does_not_fit_is_named(change: Callable[[State], Any], message: str, folder: Path, tmp_path: Path) -> None:
    state, _, _ = fine_tuned(folder)
    loaded = network(folder)
    before = {name: tensor.clone() for name, tensor in loaded.state_dict().items()}
    with pytest.raises(DataError, match=message):
        load_fine_tuned(loaded, as_pickle(change(state), tmp_path / "changed"))
    assert all(torch.equal(tensor, before[name]) for name, tensor in loaded.state_dict().items())


class Opens:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.mkdir, (self.path,)


def test_a_pickle_that_would_run_code_is_refused_with_the_cure(folder: Path, tmp_path: Path) -> None:
    hostile = as_pickle({"roberta.x": Opens(tmp_path / "opened")}, tmp_path / "hostile")
    with pytest.raises(DataError, match=r"hostile.pt: a pickle that holds more than tensors: refused.*safetensors"):
        load_fine_tuned(network(folder), hostile)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("name", ["broken.pt", "broken.safetensors"])
def test_a_file_that_is_none_is_named(name: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"{name}: no such file"):
        load_fine_tuned(network(folder), tmp_path / name)
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(DataError, match=name):
        load_fine_tuned(network(folder), tmp_path / name)


def test_only_networks_of_encoder_families_take_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Sequential is no network of an encoder family"):
        load_fine_tuned(FAMILIES["toy-mlp"].build((4,), 2), tmp_path / "any.pt")


def test_roberta_has_twelve_taps_and_is_fetched_at_one_revision() -> None:
    family = FAMILIES["roberta"]
    assert [tap.module_path for tap in family.taps] == [f"layers.{n}" for n in range(12)]
    assert family.weights is not None
    assert family.weights.fetch is not None
