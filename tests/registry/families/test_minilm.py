"""MiniLM: the encoder that comes as a package is the published one."""

from benchmark.data.fingerprints import fingerprint
from registry import FAMILIES, data_folder


def test_minilm_is_a_real_encoder() -> None:
    """Reads the data folder: `make test` has fetched it."""
    minilm = FAMILIES["minilm"]
    assert minilm.weights is not None
    fingerprint(minilm.weights, data_folder())
    network = minilm.build((512,), 2)
    assert sum(p.numel() for p in network.get_submodule("layers").parameters()) == 10_646_784
    assert minilm.tokenizer is not None
    assert minilm.tokenizer()("A good film")["input_ids"] == [101, 1037, 2204, 2143, 102]
