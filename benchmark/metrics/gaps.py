r"""How differently two groups are treated: the TPR gap and the sufficiency gap.

In: predictions, labels and groups of S examples. Out: a `Gap`, signed class by class. Group 1 stands for women, 0 for
men, where groups are those.

$$\frac{1}{K'} \sum_k \left| r_{k1} - r_{k0} \right|, \qquad r_{kg} = P(\hat{y} = k \mid y = k, g)$$

is the TPR gap over the $K'$ classes that both groups have examples of. The sufficiency gap is

$$\frac{1}{K'} \sum_k \frac{1}{2} \sum_y \left| P(y \mid \hat{y} = k, 1) - P(y \mid \hat{y} = k, 0) \right|$$

over the $K'$ classes that are predicted of both groups. $y$ is the label, $\hat{y}$ the predicted class, $g$ the group.

They fail where few members of a group are of a class: noise has no sign here, so a gap is then large whatever the
network does. What it is by chance, with groups permuted inside labels, stands beside it. A class with members of one
group only is undefined, and counted. Groups are two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.metrics._gap_examples import (
    Table,
    by_chance,
    by_example,
    drawn_error,
    sufficiency_influence,
    tpr_influence,
)
from benchmark.types import Metric, Outputs, Value


@dataclass(frozen=True)
class Gap:
    """A gap for each class (K,), nan where it is undefined, and what is derived of it.

    A class is undefined where one group has no example in it, and then counts in `undefined`; classes that do not occur
    at all are nan and count nowhere. `group_share` (K,) is the share of group 1 in each class. `compatible` is the sum
    that Orgad et al. (2022) publish as sufficiency gap, None for another gap.
    """

    per_class: NDArray[np.float64]
    undefined: int
    group_share: NDArray[np.float64]
    compatible: float | None = None

    @property
    def mean_abs(self) -> float | None:
        """Mean of the absolute gaps: the headline."""
        return self._over(np.mean)

    @property
    def sum_abs(self) -> float | None:
        """Sum of the absolute gaps."""
        return self._over(np.sum)

    @property
    def rms(self) -> float | None:
        """Root of the mean of the squared gaps."""
        return self._over(lambda sizes: np.sqrt(np.mean(sizes**2)))

    @property
    def max_abs(self) -> float | None:
        """The largest absolute gap."""
        return self._over(np.max)

    @cached_property
    def share_correlation(self) -> float | None:
        """Pearson's correlation of the signed gap with the share of group 1, None where either is constant."""
        known = ~np.isnan(self.per_class)
        gaps, shares = self.per_class[known], self.group_share[known]
        if len(gaps) < 2 or not (np.ptp(gaps) and np.ptp(shares)):
            return None
        return float(np.corrcoef(gaps, shares)[0, 1])

    def _over(self, of: Callable[[NDArray[np.float64]], float]) -> float | None:
        known = np.abs(self.per_class[~np.isnan(self.per_class)])
        return float(of(known)) if len(known) else None


def tpr_gap(predictions: ArrayLike, labels: ArrayLike, groups: ArrayLike) -> Gap:
    """TPR of group 1 less that of group 0, for each label (De-Arteaga et al. 2019, section 4.2).

    Args:
        predictions: (S,) integers from 0 up.
        labels: (S,) integers from 0 up.
        groups: (S,) of 0 and 1.

    Raises:
        ValueError: Anything else.

    >>> gap = tpr_gap([0, 1, 1, 1], [0, 0, 1, 1], [1, 0, 1, 0])
    >>> gap.per_class.tolist(), gap.mean_abs, gap.undefined
    ([1.0, 0.0], 0.5, 0)
    """
    return _tpr_gap(_counts(predictions, labels, groups))


def sufficiency_gap(predictions: ArrayLike, labels: ArrayLike, groups: ArrayLike) -> Gap:
    """Total variation between the labels of group 1 and of group 0 among those predicted alike, for each prediction.

    `compatible` is the form of Orgad, Goldfarb-Tarrant, Belinkov (2022): the Wasserstein distance over class numbers of
    either group's labels to the pooled ones, group 1 less group 0, absolute values summed. For a prediction it is
    `|2w - 1|` times the distance between the groups, w the share of group 1 there: it vanishes for balanced groups
    whatever their labels, and depends on how classes are numbered. Arguments and errors are those of `tpr_gap`.

    >>> gap = sufficiency_gap([0, 0, 0, 1], [0, 0, 1, 1], [1, 0, 0, 1])
    >>> gap.per_class.tolist(), gap.undefined, round(gap.compatible, 3)
    ([0.5, nan], 1, 0.167)
    """
    return _sufficiency_gap(_counts(predictions, labels, groups))


def _counts(predictions: ArrayLike, labels: ArrayLike, groups: ArrayLike, classes: int = 0) -> Table:
    """How many examples (K, K, 2) there are of each label, prediction and group; K is `classes` or more."""
    given = {"predictions": predictions, "labels": labels, "groups": groups}
    arrays = {name: _integers(name, values) for name, values in given.items()}
    sizes = {name: len(array) for name, array in arrays.items()}
    if len(set(sizes.values())) != 1 or not sizes["labels"]:
        raise ValueError(f"predictions, labels and groups are of one length, at least 1, not of {sizes}")
    strange = np.flatnonzero(arrays["groups"] > 1)
    if len(strange):
        raise ValueError(f"groups are 0 or 1, not {arrays['groups'][strange[0]]} as in row {strange[0]}")
    classes = max(classes, int(max(arrays["labels"].max(), arrays["predictions"].max())) + 1)
    shape = (classes, classes, 2)
    cells = np.ravel_multi_index((arrays["labels"], arrays["predictions"], arrays["groups"]), shape)
    return np.bincount(cells, minlength=2 * classes**2).reshape(shape).astype(np.float64)


def _integers(name: str, values: ArrayLike) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.ndim != 1 or not (np.issubdtype(array.dtype, np.integer) or array.dtype == np.bool_):
        raise ValueError(f"{name} are integers (S,), not {array.dtype} of shape {array.shape}")
    negative = np.flatnonzero(array < 0)
    if len(negative):
        raise ValueError(f"{name} are 0 or more, not {array[negative[0]]} as in row {negative[0]}")
    return array.astype(np.int64)


def _tpr_gap(counts: Table) -> Gap:
    by_label = counts.sum(axis=1)
    hits = np.diagonal(counts).T  # (K, 2)
    rates = _ratio(hits, by_label)
    return Gap(rates[:, 1] - rates[:, 0], _one_sided(by_label), _shares(by_label))


def _sufficiency_gap(counts: Table) -> Gap:
    by_prediction = counts.sum(axis=0)
    labels = _ratio(counts, by_prediction)
    total_variation = np.abs(labels[..., 1] - labels[..., 0]).sum(axis=0) / 2
    compatible = float(np.nansum(np.abs(_to_the_pool(counts))))
    return Gap(total_variation, _one_sided(by_prediction), _shares(by_prediction), compatible)


def _to_the_pool(counts: Table) -> NDArray[np.float64]:
    """For each prediction (K,) the distance of group 1 to the pool less that of group 0."""
    pooled = counts.sum(axis=-1, keepdims=True)
    cumulative = [np.cumsum(_ratio(part, part.sum(axis=0, keepdims=True)), axis=0) for part in (counts, pooled)]
    men, women = np.abs(cumulative[0] - cumulative[1]).sum(axis=0).T
    return np.asarray(women - men)


def _one_sided(by_class: Table) -> int:
    """In how many classes (K, 2) one group has members and the other has none."""
    return int(((by_class > 0).sum(axis=-1) == 1).sum())


def _shares(by_class: Table) -> NDArray[np.float64]:
    return _ratio(by_class[:, 1], by_class.sum(axis=-1))


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """part / whole, nan where the whole is 0."""
    whole = np.broadcast_to(whole, part.shape)
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))


def _value(outputs: Outputs, gap: Callable[[Table], Gap], influence: Callable[[Table], Table]) -> Value:
    """The mean absolute gap, its error from examples drawn anew (seeded), what it is by chance, and all derived forms.

    With few members of a group in a class it is large whatever the network does: noise has no sign here. By chance,
    with groups permuted inside labels, says how large.
    """
    if outputs.groups is None:
        raise ValueError("the examples have no groups")
    predictions = outputs.logits.argmax(axis=1)
    counts = _counts(predictions, outputs.labels, outputs.groups, outputs.logits.shape[1])
    found = gap(counts)
    details = {
        "per_class": [None if np.isnan(one) else float(one) for one in found.per_class],
        "undefined": found.undefined,
        "sum_abs": found.sum_abs,
        "rms": found.rms,
        "max_abs": found.max_abs,
        "share_correlation": found.share_correlation,
        **({} if found.compatible is None else {"compatible": found.compatible}),
    }
    if found.mean_abs is None:
        return Value(None, reason="no class has examples of both groups", details=details)

    def mean_abs(table: Table) -> float | None:
        return gap(table).mean_abs

    error = drawn_error(counts, mean_abs)
    each = by_example(found.mean_abs, influence(counts), counts, error)
    return Value(
        found.mean_abs,
        standard_error=error,
        details=details,
        by_example=None if each is None else each[outputs.labels, predictions, outputs.groups],
        by_chance=by_chance(counts, mean_abs),
    )


def compute_tpr_gap(outputs: Outputs) -> Value:
    """Mean over labels of the absolute difference between the groups' true-positive rates."""
    return _value(outputs, _tpr_gap, tpr_influence)


def compute_sufficiency_gap(outputs: Outputs) -> Value:
    """Mean over predictions of the total variation between the groups' labels."""
    return _value(outputs, _sufficiency_gap, sufficiency_influence)


METRICS = (
    Metric(
        name="tpr-gap",
        higher_is_better=False,
        needs=("predictions", "labels", "groups"),
        compute=compute_tpr_gap,
        reference="De-Arteaga et al. 2019, section 4.2; mean absolute gap over the occupations",
        version=2,
        form="mean absolute",
        summary="How differently two groups are recognized: the gap of their true-positive rates.",
    ),
    Metric(
        name="sufficiency-gap",
        higher_is_better=False,
        needs=("predictions", "labels", "groups"),
        compute=compute_sufficiency_gap,
        reference="Orgad, Goldfarb-Tarrant, Belinkov 2022, section 3; here by total variation",
        version=2,
        form="mean total variation",
        summary="How differently predictions can be trusted for two groups: the sufficiency gap.",
    ),
)
