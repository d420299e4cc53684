"""The estimators in torch find what those in numba find, on every device there is, and give way where memory ends."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from benchmark.information import _matrix, _tensors, binned, nearest, pairs

GENERATOR = np.random.default_rng(0)
X = GENERATOR.normal(size=(300, 4))
MATRIX = np.column_stack(
    [X, X[:, 0], 1e30 * X[:, 1], 1e-310 * X[:, 1], np.maximum(X[:, 2], 0), np.round(2 * X[:, 3]), np.ones(300)]
)
MATRIX = np.column_stack([MATRIX, GENERATOR.standard_cauchy(300), np.tanh(20 * X[:, 2])])


@pytest.fixture(params=["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def device(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A device whose tensors take the way through torch."""
    if request.param == "cuda" and not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    monkeypatch.setattr(_matrix, "TENSOR_DEVICES", ("cpu", "cuda"))
    return request.param


@pytest.mark.parametrize("edges", ["global", "per-neuron", "robust"])
@pytest.mark.parametrize("bins", [1, 2, 10, 256])
def test_binned_is_the_same_to_the_bit(device: str, bins: int, edges: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tensors, "WIDEST_BLOCK", 5)
    monkeypatch.setattr(_tensors, "SAMPLES", 128)
    tensor = torch.tensor(MATRIX, device=device)
    assert np.array_equal(binned.entropy(tensor, bins, edges), binned.entropy(MATRIX, bins, edges))
    expected = binned.mutual_information(MATRIX, bins, edges)
    assert np.array_equal(binned.mutual_information(tensor, bins, edges), expected)


@pytest.mark.parametrize("k", [1, 3, 10])
@pytest.mark.parametrize("samples", [11, 12, 100, 300])
def test_nearest_is_the_same(device: str, k: int, samples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tensors, "LANES", 7 * samples)
    tensor = torch.tensor(MATRIX[:samples], device=device)
    for ties in ("plain", "jitter"):
        expected = nearest.mutual_information(MATRIX[:samples], k, ties)
        np.testing.assert_allclose(nearest.mutual_information(tensor, k, ties), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_every_dtype_is_computed_in_float64(device: str, dtype: torch.dtype) -> None:
    tensor = torch.tensor(GENERATOR.normal(size=(2000, 4)), device=device, requires_grad=True).to(dtype)
    exact = tensor.detach().cpu().double().numpy()
    with torch.autocast(device, dtype=torch.bfloat16):  # in which a matrix product would round counts above 256
        assert np.array_equal(binned.mutual_information(tensor, 3), binned.mutual_information(exact, 3))
        np.testing.assert_allclose(nearest.mutual_information(tensor), nearest.mutual_information(exact), atol=1e-12)


def test_a_sample_of_the_pairs_is_the_same_one(device: str) -> None:
    tensor = torch.tensor(MATRIX, device=device)
    for estimator in (binned, nearest):
        expected, found = (pairs.pair_summary(estimator.pair_information(a), 20) for a in (MATRIX, tensor))
        assert found.mean == pytest.approx(expected.mean, abs=1e-12)
    nothing = np.zeros(0, dtype=np.int64)
    for estimator in (binned, nearest):
        assert estimator.pair_information(tensor).of(nothing, nothing).shape == (0,)


def test_what_cannot_be_used_is_refused_by_name(device: str) -> None:
    bad = torch.zeros(9, 3, device=device)
    bad[4, 1] = torch.nan
    for estimate in (binned.entropy, binned.mutual_information, nearest.mutual_information):
        with pytest.raises(ValueError, match="neuron 1 has the value nan"):
            estimate(bad)
        with pytest.raises(ValueError, match=r"shape \(samples, neurons\), got \(9,\)"):
            estimate(bad[:, 0])


def test_where_the_memory_of_the_device_ends_the_cpu_computes_and_says_so(
    device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("out of memory")

    tensor = torch.tensor(MATRIX, device=device)
    for stage in ("bin_codes", "_joint_entropies", "nearest_pairs", "_kth_distances"):
        with monkeypatch.context() as patched:
            patched.setattr(_tensors, stage, full)
            estimator = nearest if stage in ("nearest_pairs", "_kth_distances") else binned
            with pytest.warns(UserWarning, match="computed on the CPU, the device has too little memory"):
                found = estimator.mutual_information(tensor)
            assert np.array_equal(found, estimator.mutual_information(MATRIX))


def test_tensors_on_a_device_without_a_way_are_copied_and_that_is_said() -> None:
    elsewhere = SimpleNamespace(device=SimpleNamespace(type="mps"), cpu=lambda: torch.tensor(X))
    elsewhere.detach = lambda: elsewhere
    with pytest.warns(UserWarning, match="computed on the CPU: there is no way for tensors on mps"):
        assert np.array_equal(nearest.mutual_information(elsewhere), nearest.mutual_information(X))
