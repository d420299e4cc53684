"""Whole classifiers of Hugging Face: their own head and logits, tapped as encoders are, or refused."""

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_encoders import ARCHITECTURES, DECODERS, saved, saved_classifier

import memorank
from benchmark.entries.checks import findings
from benchmark.networks.activations import read
from benchmark.networks.inputs import Tokens
from registry import DataError, ModelFamily, Training, data_folder_is
from registry.families._fine_tuned import load_fine_tuned
from registry.families._whole_classifiers import classifier_family

LENGTHS = torch.arange(2, 12)
TEXTS = Tokens(torch.randint(4, 30, (int(LENGTHS.sum()),), generator=torch.Generator().manual_seed(0)), LENGTHS, 3)
LEARNS = Training(optimizer="adamw", learning_rate=3e-3, batch_size=16, warmup_steps=10, patience=2)


def family(folder: Path, layers: int = 3, **other: Any) -> ModelFamily:
    return classifier_family("small", str(folder), layers, "none: made for a test", training=LEARNS, **other)


@pytest.mark.parametrize("architecture", [*ARCHITECTURES, *DECODERS])
def test_a_folder_is_one_literal_with_its_own_logits_and_the_taps_of_its_layers(
    architecture: str, tmp_path: Path
) -> None:
    model = saved_classifier(tmp_path, architecture, 2)
    own = family(tmp_path)
    network = own.build((32,), 2).eval()
    by_tap, logits = read(network, own.taps, TEXTS)
    last = architecture in DECODERS
    for row in range(len(TEXTS)):
        ids, _ = TEXTS.arguments(torch.tensor([row]))
        with torch.no_grad():
            given = model(input_ids=ids, output_hidden_states=True)
        assert torch.allclose(torch.from_numpy(logits[row]), given.logits[0], atol=1e-5)
        for layer in range(2):
            state = given.hidden_states[layer + 1][0, -1 if last else 0]
            assert torch.allclose(torch.from_numpy(by_tap[f"layers.{layer}"][row]), state, atol=1e-4)


@pytest.mark.parametrize("architecture", ["RobertaModel", "LlamaModel"])
def test_it_passes_every_check(architecture: str, tmp_path: Path) -> None:
    model = saved_classifier(tmp_path, architecture, 2)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.02)
    model.save_pretrained(tmp_path)
    assert {found.check: found.fault for found in findings(family(tmp_path), tmp_path) if found.fault} == {}


def test_a_state_dict_of_its_class_is_loaded_into_it(tmp_path: Path) -> None:
    model = saved_classifier(tmp_path, "ElectraModel", 2)
    torch.nn.init.ones_(model.classifier.dense.weight)
    save_file(model.state_dict(), tmp_path / "tuned.safetensors")
    network = family(tmp_path).build((32,), 2).eval()
    load_fine_tuned(network, tmp_path / "tuned.safetensors")
    ids, mask = TEXTS.arguments(torch.arange(3))
    with torch.no_grad():
        assert torch.allclose(network(ids, mask), model(input_ids=ids, attention_mask=mask).logits, atol=1e-6)


def changed(folder: Path, change: Any) -> None:
    weights = change(load_file(folder / "model.safetensors"))
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def test_what_is_not_all_of_a_classifier_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    saved_classifier(folder, "RobertaModel", 2)
    for own, classes, message in (
        (family(folder), 3, "whole: this RobertaForSequenceClassification tells 2 classes apart, not 3"),
        (family(folder, layers=2), 2, "has 3 layers, not 2; it is taken whole"),
        (
            family(saved(tmp_path / "bare", "RobertaModel")),
            2,
            r"bare: its weights lack some of a Roberta.*: classifier.dense.bias \(4 ",
        ),
    ):
        with pytest.raises(DataError, match=message):
            own.build((32,), classes)
    changed(folder, lambda weights: {**weights, "classifier.more.weight": torch.zeros(2)})
    with pytest.raises(DataError, match=r"hold more than those of a Roberta\w+: classifier.more.weight \(1 such\)"):
        family(folder).build((32,), 2)


def test_a_decoder_is_read_at_its_last_token_and_knows_its_padding(tmp_path: Path) -> None:
    model = saved_classifier(tmp_path, "GPT2Model", 2)
    with pytest.raises(DataError, match=r'GPT2Model is a decoder.*read="last-token"'):
        family(tmp_path, read="first-token").build((32,), 2)
    model.config.pad_token_id = None
    model.config.save_pretrained(tmp_path)
    with pytest.raises(DataError, match=f"{tmp_path}: GPT2ForSequenceClassification takes no batches without a pad_t"):
        family(tmp_path).build((32,), 2)


def test_embeddings_may_be_frozen_and_code_of_the_folder_never_runs(tmp_path: Path) -> None:
    saved_classifier(tmp_path, "BertModel", 2)
    network = family(tmp_path, freeze_embeddings=True).build((32,), 2)
    frozen = [name for name, parameter in network.named_parameters() if not parameter.requires_grad]
    assert frozen == ["model.bert.embeddings.word_embeddings.weight"]
    (tmp_path / "evil.py").write_text("raise SystemExit('remote code ran')")
    auto = '{"auto_map": {"AutoModelForSequenceClassification": "evil.Evil"}, "model_type": "none-such"}'
    (tmp_path / "config.json").write_text(auto)
    with pytest.raises(DataError, match=str(tmp_path)):
        family(tmp_path).build((32,), 2)


def test_by_name_it_lies_in_the_data_folder_and_is_a_public_name(tmp_path: Path) -> None:
    saved_classifier(tmp_path / "small", "BertModel", 2)
    own = memorank.classifier_family("small", "somebody/small", 3, "none: made for a test")
    with data_folder_is(tmp_path):
        assert len(own.build((32,), 2).get_submodule("layers")) == 3  # type: ignore[arg-type]
