"""Text families from any Hugging Face encoder: one literal, tapped after every layer, safetensors only."""

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_encoders import ARCHITECTURES, DECODERS, LEARNS, WORDS, family, saved

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import fingerprint
from benchmark.entries.checks import findings
from benchmark.networks.activations import read
from benchmark.networks.inputs import Tokens
from benchmark.networks.room import room
from registry import DataError, Weights, data_folder_is
from registry._transformers import import_transformers
from registry.families import toy_encoder
from registry.families._encoders import EXTRA, FILES
from registry.sources import executed, read_source


@pytest.mark.long
@pytest.mark.parametrize(("architecture", "layers"), [(name, 3) for name in ARCHITECTURES] + [("BertModel", 2)])
def test_an_encoder_in_a_folder_is_one_literal_and_passes_every_check(
    architecture: str, layers: int, tmp_path: Path
) -> None:
    own = family(str(saved(tmp_path / "encoder", architecture)), layers, training=LEARNS)
    assert [tap.module_path for tap in own.taps] == [f"layers.{n}" for n in range(layers)]
    assert {found.check: found.fault for found in findings(own, tmp_path) if found.fault} == {}


def test_taps_are_the_first_token_after_every_layer(tmp_path: Path) -> None:
    own = family(str(saved(tmp_path)))
    network = own.build((512,), 2)
    tokens = Tokens(torch.arange(4, 13), torch.tensor([4, 5]), 0)
    by_tap, logits = read(network, own.taps, tokens)
    transformers = import_transformers()
    model = transformers.BertModel.from_pretrained(tmp_path).eval()
    ids, mask = tokens.arguments(torch.arange(2))
    with torch.no_grad():
        states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    for layer, state in enumerate(states[1:]):
        assert torch.allclose(torch.from_numpy(by_tap[f"layers.{layer}"]), state[:, 0], atol=1e-5)
    assert logits.shape == (2, 2)


def test_a_truncated_encoder_holds_the_first_layers_and_what_is_frozen_stays(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    network = family(str(folder), layers=1, freeze_embeddings=True).build((512,), 2)
    names = [name for name, parameter in network.named_parameters() if not parameter.requires_grad]
    assert names == ["encoder.embeddings.word_embeddings.weight"]
    pretrained = load_file(folder / "model.safetensors")
    layer = network.get_submodule("layers.0.attention.self.query")
    assert torch.equal(layer.weight, pretrained["encoder.layer.0.attention.self.query.weight"])
    with pytest.raises(DataError, match="has 3 layers, not 4"):
        family(str(folder), layers=4).build((512,), 2)


@pytest.mark.timeout(60)
def test_a_pipe_in_place_of_a_configuration_is_not_waited_for(tmp_path: Path) -> None:
    (saved(tmp_path) / "config.json").unlink()
    os.mkfifo(tmp_path / "config.json")
    own = family(str(tmp_path))
    assert own.taps[0].reduce == "first-token"
    with pytest.raises(DataError, match=r"config\.json: no configuration that can be read \(.*not a regular file"):
        own.build((512,), 2)


def test_an_encoder_may_be_read_at_the_mean_of_its_tokens(tmp_path: Path) -> None:
    own = family(str(saved(tmp_path)), read="mean-of-tokens", training=LEARNS)
    assert {found.check: found.fault for found in findings(own, tmp_path) if found.fault} == {}
    network = own.build((512,), 2)
    by_tap, logits = read(network, own.taps, Tokens(torch.arange(4, 13), torch.tensor([4, 5]), 0))
    head = network.get_submodule("head")(torch.from_numpy(by_tap["layers.2"])).detach()
    assert torch.allclose(torch.from_numpy(logits), head, atol=1e-5)


def test_a_wrong_word_for_the_token_is_refused() -> None:
    with pytest.raises(ValueError, match="read is 'none', not one of 'first-token', 'last-token', 'mean-of-tokens'"):
        family("somebody/encoder", read="none")


def test_weights_that_are_not_those_of_the_network_are_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    weights = load_file(folder / "model.safetensors")
    name = "encoder.layer.1.output.dense.bias"
    save_file({n: w for n, w in weights.items() if n != name}, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(DataError, match=rf"{folder}: its weights lack {name} \(1 such\) of BertModel"):
        family(str(folder)).build((512,), 2)


def test_the_head_comes_from_torchs_generator_and_the_encoder_from_the_folder(tmp_path: Path) -> None:
    own = family(str(saved(tmp_path)))
    heads = []
    for seed in (0, 0, 1):
        torch.manual_seed(seed)
        heads.append(own.build((512,), 2).get_parameter("head.weight"))
    assert torch.equal(heads[0], heads[1])
    assert not torch.equal(heads[0], heads[2])


def test_a_pickle_is_never_read_and_the_cure_is_said(tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder")
    marker = tmp_path / "ran"
    (folder / "model.safetensors").unlink()

    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (marker,)

    torch.save({"a": Bomb()}, folder / "pytorch_model.bin")
    own = family(str(folder))
    with pytest.raises(DataError, match=r"pytorch_model\.bin is a pickle, which is never read: convert it by save_pre"):
        fingerprint(own.weights, tmp_path)  # type: ignore[arg-type]
    with pytest.raises(DataError, match=str(folder)):
        own.build((512,), 2)
    assert not marker.exists()


def test_a_damaged_folder_is_named_in_one_line(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    (folder / "model.safetensors").write_bytes(b"\xff" * 100)
    with pytest.raises(DataError, match=rf"{folder}: \w+: [^\n]+$"):
        family(str(folder)).build((512,), 2)
    (folder / "config.json").write_text('{"model_type": "bert", "auto_map": {"AutoModel": "evil.Evil"}}')
    (folder / "evil.py").write_text("raise SystemExit('remote code ran')")
    with pytest.raises(DataError):
        family(str(folder)).build((512,), 2)


@pytest.mark.parametrize("name", ["../../x", "a/../b", "a b", "", "a/b/c", "nul\0", "-x"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"neither a folder in .* nor a name"):
        family(name)


def test_without_a_network_the_error_says_what_to_put_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def snapshot_download(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("offline")

    hub = ModuleType("huggingface_hub")
    hub.snapshot_download = snapshot_download
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    with pytest.raises(DataError, match=rf"ConnectionError: offline; or put config.json, .* into {tmp_path}"):
        fetch("distilbert", tmp_path)


def test_two_families_may_start_from_the_same_weights(tmp_path: Path) -> None:
    first = family(Weights(name="shared", files=FILES, reference="r", licence="l", size="s"))
    saved(tmp_path / "shared")
    shallow = family(first.weights, layers=1)  # type: ignore[arg-type]
    with data_folder_is(tmp_path):
        assert len(shallow.build((512,), 2).get_submodule("layers")) == 1  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.parametrize(
    ("architecture", "config", "longest"),
    [
        ("BertModel", {"max_position_embeddings": 16}, 16),
        ("RobertaModel", {"max_position_embeddings": 18, "pad_token_id": 1}, 16),  # two rows are of padding
        ("DistilBertModel", {"max_position_embeddings": 16}, 16),
        ("GPT2Model", {"n_positions": 16}, 16),
        ("LlamaModel", {"max_position_embeddings": 16}, 64),
    ],
)
def test_an_encoder_has_room_for_the_positions_that_it_has_learned(
    architecture: str, config: dict[str, int], longest: int, tmp_path: Path
) -> None:
    transformers = import_transformers()
    model = getattr(transformers, architecture)
    size = {**(ARCHITECTURES | DECODERS)[architecture], **config}
    model(model.config_class(vocab_size=WORDS, **size)).save_pretrained(tmp_path)
    toy_encoder.tokenizer().save_pretrained(tmp_path)
    own = family(str(tmp_path), training=LEARNS)
    assert own.tokenizer is not None
    assert room(own.build((64,), 2), own.tokenizer(), 64) == longest
    found = {finding.check: (finding.fault, finding.remark) for finding in findings(own, tmp_path)}
    assert {check: fault for check, (fault, _) in found.items() if fault} == {}
    assert found["longest-text"][1] == (f"room for {longest} tokens: longer texts are cut" if longest < 64 else "")


def test_a_relative_folder_lies_beside_the_file_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path / "project" / "my-encoder")
    (tmp_path / "elsewhere" / "other-encoder").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = {}
    for name in ("my-encoder", "./my-encoder", "other-encoder", "./other-encoder"):
        file = tmp_path / "project" / "mine.py"
        file.write_text(
            '"""A family."""\nfrom memorank import encoder_family\n'
            f"FAMILY = encoder_family(name='mine', encoder={name!r}, layers=1, reference='none: test')\n"
        )
        try:
            found[name] = executed(read_source(file)).FAMILY.weights.folder
        except ValueError as error:
            found[name] = str(error)
    folder = tmp_path / "project" / "my-encoder"
    assert found == {
        "my-encoder": folder,
        "./my-encoder": folder,
        "other-encoder": None,  # a name on the hub, whatever lies in the working folder
        "./other-encoder": f"'./other-encoder' is neither a folder in {file.parent} nor a name on the Hugging Face hub",
    }


@pytest.mark.parametrize("name", EXTRA)
def test_a_file_that_changes_tokens_is_part_of_the_key(name: str, tmp_path: Path) -> None:
    own = family(str(saved(tmp_path))).weights
    assert own is not None
    before = fingerprint(own, tmp_path)
    (tmp_path / name).write_text('{"pad_token": "[UNK]"}')
    one = fingerprint(own, tmp_path)
    (tmp_path / name).write_text('{"pad_token": "[CLS]"}')
    assert len({before, one, fingerprint(own, tmp_path)}) == 3


def test_an_encoder_that_is_stored_in_half_precision_computes_in_float32(tmp_path: Path) -> None:
    model = import_transformers().BertModel.from_pretrained(saved(tmp_path))
    model.half().save_pretrained(tmp_path)
    own = family(str(tmp_path), training=LEARNS)
    assert {parameter.dtype for parameter in own.build((512,), 2).parameters()} == {torch.float32}
    assert [found.fault for found in findings(own, tmp_path) if found.fault] == []
