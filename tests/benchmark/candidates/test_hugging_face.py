"""A Hugging Face folder is read at its layers: at the token that stands for a text, by its own tokenizer."""

import gc
import json
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from small_encoders import saved, saved_classifier, small_gemma

from benchmark.candidates.hugging_face import HuggingFaceFolder
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts
from benchmark.estimator import Settings
from benchmark.ranking.collecting import collected
from registry import UserError
from registry._transformers import import_transformers, pretrained_encoder
from registry.families import toy_encoder

WORDS = [word for word in toy_encoder.WORDS if word.isalpha()]
TEXTS = Texts("texts", tuple(" ".join(WORDS[n : n + 2 + n % 3]) for n in range(8)), 8)


def by_hand(folder: Path, token: int) -> list[torch.Tensor]:
    """The hidden state of a token of each text after every layer but the last, one text at a time."""
    transformers = import_transformers()
    network = transformers.AutoModel.from_pretrained(folder).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    with torch.no_grad():
        states = [
            network(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states
            for text in TEXTS.texts
        ]
    return [torch.stack([one[layer][0, token] for one in states]) for layer in range(1, len(states[0]) - 1)]


@pytest.mark.parametrize(
    ("architecture", "token", "words"),
    [
        ("BertModel", 0, "BertModel: encoder.layer.0, encoder.layer.1, encoder.layer.2 at the first token"),
        ("DistilBertModel", 0, "DistilBertModel: transformer.layer.0, transformer.layer.1, transformer.layer.2 at the"),
        ("GPT2Model", -1, "GPT2Model: h.0, h.1, h.2 at the last token"),
        ("LlamaModel", -1, "LlamaModel: layers.0, layers.1, layers.2 at the last token"),
    ],
)
def test_its_layers_are_those_of_transformers_itself(tmp_path: Path, architecture: str, token: int, words: str) -> None:
    found, how = HuggingFaceFolder("a", saved(tmp_path, architecture), TEXTS).read()
    assert how.startswith(words)
    assert isinstance(found, dict)
    assert len(found) == 3
    for matrix, expected in zip(found.values(), by_hand(tmp_path, token), strict=False):
        np.testing.assert_allclose(matrix, expected, atol=2e-5)


def test_a_gemma_whose_tokens_see_all_others_is_no_decoder(tmp_path: Path) -> None:
    small_gemma(both_ways=True).save_pretrained(tmp_path)
    toy_encoder.tokenizer().save_pretrained(tmp_path)
    found, how = HuggingFaceFolder("a", tmp_path, TEXTS).read()
    assert how.startswith("Gemma3TextModel: layers.0, layers.1, layers.2 at the first token")
    for matrix, expected in zip(found.values(), by_hand(tmp_path, 0), strict=False):  # type: ignore[union-attr]
        np.testing.assert_allclose(matrix, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kind", ["FNet", "ConvBert"])
def test_texts_of_a_network_that_looks_at_padding_are_read_as_each_is_alone(tmp_path: Path, kind: str) -> None:
    transformers = import_transformers()
    torch.manual_seed(0)
    size = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    config = getattr(transformers, f"{kind}Config")(vocab_size=len(toy_encoder.WORDS), embedding_size=16, **size)
    network = getattr(transformers, f"{kind}Model")(config)
    with torch.no_grad():
        for weight in network.parameters():
            weight += 0.2 * torch.randn_like(weight)
    network.save_pretrained(tmp_path)
    toy_encoder.tokenizer().save_pretrained(tmp_path)
    found, how = HuggingFaceFolder("a", tmp_path, TEXTS).read()
    assert how.endswith(" tokens, texts of one length at a time, as padding would change them")
    np.testing.assert_allclose(found["encoder.layer.0"], by_hand(tmp_path, 0)[0], atol=1e-4)  # type: ignore[index]


def test_of_a_sequence_classifier_the_encoder_is_read(tmp_path: Path) -> None:
    saved_classifier(tmp_path, "RobertaModel", 5)
    found, how = HuggingFaceFolder("a", tmp_path, TEXTS).read()
    assert how.startswith("RobertaModel: ")
    np.testing.assert_allclose(next(iter(found.values())), by_hand(tmp_path, 0)[0], atol=2e-5)  # type: ignore[union-attr]


def test_a_tokenizer_that_sets_no_first_token_has_a_text_read_as_the_mean_of_its_tokens(tmp_path: Path) -> None:
    saved(tmp_path)
    tokenizer = toy_encoder.tokenizer()
    tokenizer.backend_tokenizer.post_processor = None
    tokenizer.save_pretrained(tmp_path)
    found, how = HuggingFaceFolder("a", tmp_path, TEXTS).read()
    assert "encoder.layer.2 over all tokens, " in how
    assert {matrix.shape for matrix in found.values()} == {(8, 16)}  # type: ignore[union-attr]


def test_of_an_encoder_and_a_decoder_the_first_is_read(tmp_path: Path) -> None:
    transformers = import_transformers()
    size = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 2, "num_heads": 2}
    transformers.T5Model(transformers.T5Config(vocab_size=len(toy_encoder.WORDS), **size)).save_pretrained(tmp_path)
    toy_encoder.tokenizer().save_pretrained(tmp_path)
    found, how = HuggingFaceFolder("a", tmp_path, TEXTS).read()
    assert how.startswith("T5Stack: block.0, block.1 ")
    assert {matrix.shape for matrix in found.values()} == {(8, 16)}  # type: ignore[union-attr]


def test_long_texts_are_cut_and_how_many_is_said(tmp_path: Path) -> None:
    saved(tmp_path)
    tokenizer = import_transformers().AutoTokenizer.from_pretrained(tmp_path)
    longer = sum(len(tokenizer(text)["input_ids"]) > 4 for text in TEXTS.texts)
    assert 0 < longer < 8
    _, how = HuggingFaceFolder("a", tmp_path, TEXTS, most=4).read()
    assert how.endswith(f" tokens, {longer} of 8 texts cut to 4")


def test_taps_may_be_named(tmp_path: Path) -> None:
    found, how = HuggingFaceFolder("a", saved(tmp_path), TEXTS, taps=["encoder.layer.1.output"]).read()
    assert list(found) == ["encoder.layer.1.output"]  # type: ignore[arg-type]
    assert how.startswith("BertModel: encoder.layer.1.output at the first token, ")


def broken(folder: Path, how: str) -> None:
    """A small encoder that something is wrong with."""
    saved(folder)
    config = json.loads((folder / "config.json").read_text())
    if how == "code":
        config["auto_map"] = {"AutoModel": "evil.Net", "AutoConfig": "evil.Config"}
        config["model_type"] = "evil"
        (folder / "evil.py").write_text(f"open({str(folder / 'ran')!r}, 'w')")
    elif how == "architecture":
        config["hidden_size"], config["num_attention_heads"] = 32, 4
    elif how == "tokenizer":
        for file in folder.glob("*token*"):
            file.unlink()
    elif how == "vocabulary":
        config["vocab_size"] = 3
        torch.manual_seed(0)
        transformers = import_transformers()
        transformers.BertModel(transformers.BertConfig(**config)).save_pretrained(folder)
        return
    elif how == "lost vocabulary":
        tokenizer = json.loads((folder / "tokenizer.json").read_text())
        kept = ("[PAD]", "[CLS]", "[SEP]", "[UNK]")
        vocabulary = tokenizer["model"]["vocab"]
        tokenizer["model"]["vocab"] = {word: n for word, n in vocabulary.items() if word in kept or n < 4}
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    elif how == "layer too many":
        config["num_hidden_layers"] = 2
    elif how == "adapter":
        (folder / "adapter_config.json").write_text("{}")
    elif how == "elsewhere":
        (folder / "model.safetensors").rename(folder.parent / "elsewhere.safetensors")
        index = {
            "metadata": {},
            "weight_map": dict.fromkeys(load_file(folder.parent / "elsewhere.safetensors"), "../elsewhere.safetensors"),
        }
        (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    elif how == "pickle":
        (folder / "model.safetensors").unlink()
        torch.save({}, folder / "pytorch_model.bin")
    (folder / "config.json").write_text(json.dumps(config))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("code", "refused, nothing of it was run"),
        ("architecture", r"has the shape .*config\.json asks for .*another network's"),
        ("tokenizer", "has no tokenizer: save it there too, by tokenizer.save_pretrained"),
        ("vocabulary", "the network knows 3: it is another one's"),
        ("pickle", "safetensors"),
        ("layer too many", r"encoder\.layer\.2\.\S+ \(16 such\) has no place in the BertModel of its config\.json"),
        ("adapter", "it holds an adapter for another network: merge both"),
        ("elsewhere", r"names '\.\./elsewhere\.safetensors', which lies elsewhere"),
    ],
)
def test_a_folder_that_cannot_be_used_is_one_line(tmp_path: Path, how: str, said: str) -> None:
    broken(tmp_path / "net", how)
    with pytest.raises(UserError, match=said) as caught:
        HuggingFaceFolder("a", tmp_path / "net", TEXTS).read()
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "net" / "ran").exists()


@pytest.mark.parametrize(
    ("data", "said"), [(Numbers("x.npy", np.zeros((3, 4)), 3), "holds numbers"), (Pictures("p", (), 0), "holds images")]
)
def test_other_data_than_texts_are_refused(tmp_path: Path, data: Any, said: str) -> None:
    with pytest.raises(UserError, match=f"reads texts, and .* {said}"):
        HuggingFaceFolder("a", saved(tmp_path), data).read()


def test_a_transformer_of_images_gets_them_as_its_own_preprocessor_makes_them(tmp_path: Path) -> None:
    from PIL import Image

    transformers = import_transformers()
    torch.manual_seed(0)
    config = transformers.ViTConfig(
        hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, image_size=32, patch_size=16
    )
    network = transformers.ViTModel(config).eval()
    network.save_pretrained(tmp_path / "vit")
    processor = transformers.ViTImageProcessor(
        size={"height": 32, "width": 32}, image_mean=[0.5] * 3, image_std=[0.25] * 3
    )
    processor.save_pretrained(tmp_path / "vit")
    pixels = np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    files = [tmp_path / f"{n}.png" for n in range(3)]
    for file, own in zip(files, pixels, strict=True):
        Image.fromarray(own).save(file)
    found, how = HuggingFaceFolder("a", tmp_path / "vit", Pictures("p", tuple(files), 3)).read()
    assert "at the first token, images made 32 x 32 pixels by its preprocessor_config.json" in how
    given = (torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.25
    with torch.no_grad():
        expected = network(given, output_hidden_states=True).hidden_states[1][:, 0]
    np.testing.assert_allclose(next(iter(found.values())), expected, atol=2e-5)  # type: ignore[union-attr]


def test_of_many_folders_one_network_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[weakref.ref[Any]] = []
    counts: list[int] = []

    def loaded(folder: Path) -> Any:
        gc.collect()
        counts.append(sum(one() is not None for one in alive))
        network = pretrained_encoder(folder)
        alive.append(weakref.ref(network))
        return network

    monkeypatch.setattr("benchmark.candidates.hugging_face.pretrained_encoder", loaded)
    many = Texts("t", TEXTS.texts * 8, 64)
    for number in range(4):
        folder = saved(tmp_path / str(number))
        weights = load_file(folder / "model.safetensors")
        changed = {name: tensor + number / 100 for name, tensor in weights.items()}
        save_file(changed, folder / "model.safetensors", metadata={"format": "pt"})
    collected([HuggingFaceFolder(str(n), tmp_path / str(n), many) for n in range(4)], settings=Settings(sub_samples=2))
    assert counts == [0, 0, 0, 0]


def test_a_tokenizer_that_has_lost_its_vocabulary_is_refused(tmp_path: Path) -> None:
    broken(tmp_path / "net", "lost vocabulary")
    long = Texts("reviews.csv", tuple(" ".join(WORDS * 3) for _ in range(3)), 3)
    with pytest.raises(UserError, match=r"does not know \d+% of the tokens of reviews\.csv: is it whole\?"):
        HuggingFaceFolder("a", tmp_path / "net", long, most=256).read()
