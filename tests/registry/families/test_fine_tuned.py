"""State dicts of elsewhere: put in place whatever their prefix, never run, named where they do not fit."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from small_encoders import ARCHITECTURES, DECODERS, saved, saved_classifier
from torch import Tensor, nn

from benchmark.networks.activations import read
from benchmark.networks.inputs import Tokens
from registry import FAMILIES, DataError
from registry._transformers import import_transformers
from registry.families import toy_encoder
from registry.families._encoders import encoder_family
from registry.families._fine_tuned import load_fine_tuned

CLASSES = 5
State = dict[str, Tensor]
LENGTHS = torch.arange(2, 12)
TEXTS = Tokens(torch.randint(4, 30, (int(LENGTHS.sum()),), generator=torch.Generator().manual_seed(0)), LENGTHS, 0)


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


def test_what_a_script_wraps_is_unwrapped(folder: Path, tmp_path: Path) -> None:
    state, _, _ = fine_tuned(folder)
    loaded = network(folder)
    load_fine_tuned(loaded, as_pickle({"epoch": 3, "state_dict": state}, tmp_path / "wrapped"))
    query = "encoder.layer.1.attention.self.query.weight"
    assert torch.equal(loaded.encoder.get_parameter(query), state[f"roberta.{query}"])


@pytest.mark.parametrize("architecture", [*ARCHITECTURES, *DECODERS])
@pytest.mark.parametrize("before", ["", "module."])
def test_the_head_of_hugging_faces_classifier_gives_its_logits(architecture: str, before: str, tmp_path: Path) -> None:
    model = saved_classifier(tmp_path / "whole", architecture, CLASSES)
    model.base_model.save_pretrained(tmp_path / "encoder")
    toy_encoder.tokenizer().save_pretrained(tmp_path / "encoder")
    family = encoder_family("small", str(tmp_path / "encoder"), 3, "none", freeze_embeddings=True)
    loaded = family.build((32,), CLASSES).eval()
    paths = [name for name, _ in loaded.named_modules() if name.startswith("layers.")]
    generator = torch.get_rng_state()
    load_fine_tuned(loaded, as_pickle({before + n: w for n, w in model.state_dict().items()}, tmp_path / "tuned"))
    assert torch.equal(torch.get_rng_state(), generator)
    ids, mask = TEXTS.arguments(torch.arange(len(TEXTS)))
    with torch.no_grad():
        expected = model(input_ids=ids, attention_mask=mask).logits
        by_tap, logits = read(loaded, family.taps, TEXTS)
    assert torch.allclose(torch.from_numpy(logits), expected, atol=1e-5)
    assert expected.std(0).min() > 1e-3
    assert by_tap["layers.2"].shape == (len(TEXTS), 16)
    assert [name for name, _ in loaded.named_modules() if name.startswith("layers.")] == paths
    assert not loaded.encoder.get_input_embeddings().weight.requires_grad
    again = family.build((32,), CLASSES)
    with pytest.raises(DataError, match=r"has no place in the network|is missing|expected one linear classifier"):
        load_fine_tuned(again, as_pickle(dict(list(model.state_dict().items())[:-1]), tmp_path / "less"))


@pytest.mark.parametrize(
    ("architecture", "name"),
    [("RobertaModel", "roberta.embeddings.position_ids"), ("GPT2Model", "transformer.h.0.attn.bias")],
)
def test_what_older_versions_saved_and_no_network_reads_may_be_there(
    architecture: str, name: str, tmp_path: Path
) -> None:
    model = saved_classifier(tmp_path, architecture, CLASSES)
    state = {**model.state_dict(), name: torch.arange(512)[None]}
    load_fine_tuned(network(tmp_path), as_pickle(state, tmp_path / "old"))


def test_a_network_saved_by_itself_is_loaded_again_and_another_head_is_not_laid_over(tmp_path: Path) -> None:
    model = saved_classifier(tmp_path, "BertModel", CLASSES)
    ids, mask = TEXTS.arguments(torch.arange(len(TEXTS)))
    for of_hugging_face in (False, True):
        first, second = network(tmp_path), network(tmp_path)
        if of_hugging_face:
            for each in (first, second):
                load_fine_tuned(each, as_pickle(model.state_dict(), tmp_path / "tuned"))
        nn.init.ones_(first.layers[0].output.dense.weight)
        load_fine_tuned(second, as_pickle(first.state_dict(), tmp_path / "own"))
        with torch.no_grad():
            assert torch.equal(first(ids, mask), second(ids, mask))
    with pytest.raises(DataError, match="holds a fine-tuned classifier already: build a new one"):
        load_fine_tuned(second, as_pickle(model.state_dict(), tmp_path / "tuned"))


def test_a_linear_classifier_under_a_pooler_that_may_or_may_not_be_read_is_refused(tmp_path: Path) -> None:
    state = saved_classifier(tmp_path, "BertModel", CLASSES).state_dict()
    renamed = {name.replace("classifier.", "out."): weight for name, weight in state.items()}
    with pytest.raises(DataError, match=r"bert.pooler.dense.bias \(2 such\) has no place"):
        load_fine_tuned(network(tmp_path), as_pickle(renamed, tmp_path / "renamed"))
    read_without = {name: weight for name, weight in renamed.items() if "pooler" not in name}
    load_fine_tuned(network(tmp_path), as_pickle(read_without, tmp_path / "without"))


def without(part: str) -> Callable[[State], Any]:
    return lambda state: {name: tensor for name, tensor in state.items() if part not in name}


def halved(state: State) -> State:
    name = "roberta.encoder.layer.0.attention.self.query.weight"
    return {**state, name: state[name][:8]}


def further(state: State) -> State:
    return {**state, "roberta.encoder.layer.3.output.dense.weight": torch.zeros(16, 32)}


def deeper(state: State) -> State:
    return {**state, "classifier.dense.weight": torch.zeros(16, 16), "classifier.dense.bias": torch.zeros(16)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("layer.1.output.dense.weight"), "layer.1.output.dense.weight is missing"),
        (without("roberta."), "no weights of this encoder"),
        (without("classifier."), r"expected one linear classifier of shape \(5, 16\), found: none"),
        (lambda state: {**state, "classifier.weight": torch.zeros(3, 16)}, r"of shape \(5, 16\), found: \(3, 16\)"),
        (further, r"layer.3.output.dense.weight \(1 such\) has no place in the network, whose logits would not be"),
        (deeper, r"classifier.dense.bias \(2 such\) has no place in the network"),
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
    os.mkfifo(tmp_path / name)
    with pytest.raises(DataError, match=f"{name}: no file: a pipe"):
        load_fine_tuned(network(folder), tmp_path / name)
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(DataError, match=name):
        load_fine_tuned(network(folder), tmp_path / name)


def test_only_networks_of_encoder_families_take_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Sequential is no network of an encoder family"):
        load_fine_tuned(FAMILIES["toy-mlp"].build((4,), 2), tmp_path / "any.pt")
