"""Halves of examples and neurons measure the same quantity as the whole: bins keep their range."""

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import mutual_info_score

from benchmark.estimator import BinnedSettings, EntropySettings, NearestSettings, Settings
from benchmark.information import binned
from benchmark.measures import MEASURES, _neurons
from benchmark.scoring.subsampling import for_halves, halves
from benchmark.types import Activations, History, Outputs

HISTORY = History(7, (1.0,), (2.0,), "loss")
EDGES = ("global", "per-neuron", "robust")
BINS = 30


def outputs(examples: int = 1200) -> Outputs:
    """Two taps of other scales, with heavy tails: the range of a half is another one."""
    generator = np.random.default_rng(0)
    wide, narrow = generator.standard_t(3, (examples, 24)), 0.3 * generator.standard_t(3, (examples, 10))
    by_tap = {"wide": wide.astype(np.float32), "narrow": narrow.astype(np.float32)}
    return Outputs(
        "k", Activations(by_tap), np.zeros((examples, 2), np.float32), np.zeros(examples, int), None, HISTORY
    )


GIVEN = outputs()


def settings(scope: str, edges: str) -> Settings:
    mi = BinnedSettings(kind="binned", bins=5, edges=edges)
    return Settings(entropy=EntropySettings(bins=BINS, edges=edges), mi=mi, scope=scope, sub_samples=10)


@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize("scope", ["tap", "network"])
@pytest.mark.parametrize("name", ["mean-entropy", "mean-mi"])
def test_on_halves_the_mean_is_that_of_the_whole(name: str, scope: str, edges: str) -> None:
    chosen = settings(scope, edges)
    compute = MEASURES[name].compute
    whole = compute(GIVEN, chosen).value
    parts = [compute(part, for_halves(chosen)).value for part in halves(GIVEN, chosen)]
    # the plug-in estimates of half the examples differ by their known bias, which grows with the bins that are used
    assert np.mean(parts) == pytest.approx(whole, abs=0.02)


def spread(matrix: np.ndarray, edges: str) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest edge of each neuron."""
    values = matrix.astype(np.float64)
    if edges == "per-neuron":
        return values.min(axis=0), values.max(axis=0)
    low, high = (values.min(), values.max()) if edges == "global" else np.quantile(matrix, [0.001, 0.999])
    return np.full(matrix.shape[1], low), np.full(matrix.shape[1], high)


@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize("scope", ["tap", "network"])
def test_the_entropy_of_a_half_is_that_of_its_histogram_over_the_range_of_the_whole(scope: str, edges: str) -> None:
    chosen = settings(scope, edges)
    taps = list(GIVEN.activations.by_tap)
    network = spread(np.concatenate([GIVEN.activations.by_tap[tap] for tap in taps], axis=1), edges)
    own = np.split(np.array(network), [24], axis=1)
    for part in halves(GIVEN, chosen)[:2]:
        found = _neurons.entropies(part.activations, chosen)
        for number, tap in enumerate(taps):
            low, high = own[number] if scope == "network" else spread(GIVEN.activations.by_tap[tap], edges)
            neurons = part.activations.neurons[tap]
            matrix = part.activations.by_tap[tap].astype(np.float64)
            for column, neuron in zip(matrix.T, neurons, strict=True):
                span = float(low[neuron]), float(high[neuron])
                counts = np.histogram(np.clip(column, *span), BINS, span)[0]
                assert found[tap][list(neurons).index(neuron)] == pytest.approx(entropy(counts), abs=1e-9)


@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize("scope", ["tap", "network"])
def test_the_binned_mi_of_a_half_is_that_of_its_table_over_the_range_of_the_whole(scope: str, edges: str) -> None:
    chosen = settings(scope, edges)
    matrices = list(GIVEN.activations.by_tap.values())
    low, high = spread(np.concatenate(matrices, axis=1) if scope == "network" else matrices[0], edges)
    part = halves(GIVEN, chosen)[0].activations
    codes = []
    for column, neuron in zip(part.by_tap["wide"].T, part.neurons["wide"], strict=True):
        inner = np.linspace(low[neuron], high[neuron], 6)[1:-1]
        codes.append(np.digitize(column.astype(np.float64), inner))
    expected = [mutual_info_score(a, b) for number, a in enumerate(codes) for b in codes[number + 1 :]]
    assert _neurons.pairs(part, chosen).within["wide"].mean == pytest.approx(np.mean(expected), abs=1e-9)


@pytest.mark.parametrize("scope", ["tap", "network"])
def test_every_tap_gives_half_of_its_neurons_whatever_the_scope(scope: str) -> None:
    parts = halves(GIVEN, settings(scope, "global"))
    assert [[m.shape for m in part.activations.by_tap.values()] for part in parts] == [[(600, 12), (600, 5)]] * 10
    assert len({tuple(part.activations.neurons["wide"]) for part in parts}) == 10
    for part in parts:
        assert part.activations.whole is GIVEN.activations
        for tap, matrix in part.activations.by_tap.items():
            whole = GIVEN.activations.by_tap[tap][:, part.activations.neurons[tap]]
            assert {row.tobytes() for row in matrix} <= {row.tobytes() for row in np.ascontiguousarray(whole)}


def test_a_neuron_that_is_constant_on_a_half_alone_has_no_entropy_there() -> None:
    matrix = np.random.default_rng(1).normal(size=(40, 4)).astype(np.float32)
    given = Outputs("k", Activations({"t": matrix}), np.zeros((40, 2), np.float32), np.zeros(40, int), None, HISTORY)
    chosen = Settings(entropy=EntropySettings(edges="per-neuron"), mi=NearestSettings(k=1), sub_samples=4)
    matrix[:, 2] = np.arange(40) == 0
    constant = [part for part in halves(given, chosen) if 2 in part.activations.neurons["t"]]
    found = [_neurons.entropies(part.activations, chosen)["t"] for part in constant]
    columns = [list(part.activations.neurons["t"]).index(2) for part in constant]
    for part, values, column in zip(constant, found, columns, strict=True):
        assert (values[column] == 0) == (np.ptp(part.activations.by_tap["t"][:, column]) == 0)
    assert any(values[column] == 0 for values, column in zip(found, columns, strict=True))


def test_bounds_of_a_matrix_give_the_same_bins_and_those_of_another_do_not() -> None:
    matrix = GIVEN.activations.by_tap["wide"]
    for edges in EDGES:
        given = binned.bounds(matrix, edges)
        assert np.array_equal(binned.entropy(matrix, BINS, given), binned.entropy(matrix, BINS, edges))
        all_pairs = binned.mutual_information(matrix, 5, edges)
        assert np.array_equal(
            binned.pair_information(matrix, 5, given).of(np.array([0]), np.array([1])), all_pairs[0, 1:2]
        )
    assert binned.entropy(matrix, BINS, binned.bounds(10 * matrix)).mean() < binned.entropy(matrix, BINS).mean() - 1
