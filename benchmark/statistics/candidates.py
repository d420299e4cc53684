"""The verdict on candidates that were fixed beforehand: whether each passes the rule that was fixed with them.

In: how each candidate does on each kind of memorization, how placebos and the baseline do. Out: pass or fail, with
every reason by name. A pure function of numbers.

The rule. In every kind of memorization: across of at least .5; within above 0, with a p of at most .05 after Holm's
correction over the candidates; and tau over all networks above that of each placebo, in whichever direction the
placebo does better, and above that of the baseline, the doubly centred rule (`centred`). All of it is needed, so
nothing is corrected for the number of kinds or of placebos. What is missing shows nothing: it fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.nulls import TOLERANCE

ACROSS = 0.5  # the least mean tau over the conditions


@dataclass(frozen=True)
class Scored:
    """How a candidate does on the suites of one kind; None is missing.

    Attributes:
        across: Mean tau over the conditions (`panels.across`).
        within: Mean tau over the recipes of a condition (`selection.selects`).
        p: That of `within`, with recipes permuted for all conditions at once, before any correction. Whether it is one-
            or two-sided is fixed with the candidates.
        overall: tau over all networks (`panels.overall`).
    """

    across: float | None
    within: float | None
    p: float | None
    overall: float | None


@dataclass(frozen=True)
class Verdict:
    """What a candidate fails by, and its p of `within` by kind, corrected. Without a reason it passes."""

    reasons: tuple[str, ...]
    p: Mapping[str, float | None]

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def judge(
    candidates: Mapping[str, Mapping[str, Scored]],
    placebos: Mapping[str, Mapping[str, float | None]],
    baseline: Mapping[str, float | None],
) -> dict[str, Verdict]:
    """Judge candidates by the rule above.

    Args:
        candidates: By name and kind how each does. All that were fixed are here, also those that could not be computed:
            the correction is for their number.
        placebos: By name and kind the tau over all networks, of either sign.
        baseline: By kind the tau over all networks of the doubly centred rule.

    Returns:
        The verdict on each candidate.

    Raises:
        ValueError: If there is no candidate or no placebo, one of them or the baseline is not about the same kinds, or
            a p is not between 0 and 1.

    >>> candidates = {"mixup": {"heuristic": Scored(0.42, 0.3, 0.01, 0.7)}}
    >>> found = judge(candidates, {"steps": {"heuristic": -0.75}}, {"heuristic": 0.6})["mixup"]
    >>> found.passed
    False
    >>> for reason in found.reasons:
    ...     print(reason)
    across .42 is below .5 on heuristic
    tau over all networks .7 is not above .75 of the placebo steps on heuristic
    """
    _refuse(candidates, placebos, baseline)
    ps: dict[str, dict[str, float | None]] = {name: {} for name in candidates}
    for kind in baseline:
        known = [_known(scored[kind].p) for scored in candidates.values()]
        for name, p in zip(candidates, holm(known, tests=len(candidates)), strict=True):
            ps[name][kind] = p
    verdicts = {}
    for name, by_kind in candidates.items():
        reasons = []
        for kind, scored in by_kind.items():
            rivals = {f"the placebo {placebo}": _size(taus[kind]) for placebo, taus in placebos.items()}
            rivals["the baseline"] = _known(baseline[kind])
            found = [*_by_itself(scored, ps[name][kind]), *_against(_known(scored.overall), rivals)]
            reasons += [f"{reason} on {kind}" for reason in found]
        verdicts[name] = Verdict(tuple(reasons), ps[name])
    return verdicts


def _refuse(
    candidates: Mapping[str, Mapping[str, Scored]],
    placebos: Mapping[str, Mapping[str, float | None]],
    baseline: Mapping[str, float | None],
) -> None:
    if not candidates or not placebos:
        raise ValueError(f"there is no {'placebo to be above' if candidates else 'candidate to judge'}")
    for name, by_kind in (*candidates.items(), *placebos.items()):
        if by_kind.keys() != baseline.keys():
            raise ValueError(f"{name} is about {sorted(by_kind)}, the baseline about {sorted(baseline)}")
    for name, scores in candidates.items():
        for kind, scored in scores.items():
            p = _known(scored.p)
            if p is not None and not 0 <= p <= 1:
                raise ValueError(f"the p of {name} on {kind} is {p}, not between 0 and 1")


def _by_itself(scored: Scored, p: float | None) -> Iterator[str]:
    """What speaks against a candidate on one kind, whatever others do."""
    across, within = _known(scored.across), _known(scored.within)
    if across is None:
        yield "across is missing"
    elif across < ACROSS - TOLERANCE:
        yield f"across {_apart(across, ACROSS)} is below {_text(ACROSS)}"
    if within is None:
        yield "within is missing"
    elif within <= TOLERANCE:
        yield f"within {_text(within)} is not above 0"
    if p is None:
        yield "the p of within is missing"
    elif p > LEVEL + TOLERANCE:
        yield f"the corrected p of within {_apart(p, LEVEL)} is above {_text(LEVEL)}"


def _against(overall: float | None, rivals: Mapping[str, float | None]) -> Iterator[str]:
    """Which rivals a candidate is not above, over all networks of one kind."""
    if overall is None:
        yield "tau over all networks is missing"
        return
    for name, tau in rivals.items():
        if tau is None:
            yield f"tau over all networks of {name} is missing"
        elif overall <= tau + TOLERANCE:
            yield f"tau over all networks {_apart(overall, tau)} is not above {_apart(tau, overall)} of {name}"


def _known(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _size(value: float | None) -> float | None:
    """A tau in the direction that suits it."""
    known = _known(value)
    return None if known is None else abs(known)


def _apart(value: float, other: float) -> str:
    """A number with two digits, or as many as set it apart from another one."""
    digits = next((digits for digits in range(2, 10) if round(value, digits) != round(other, digits)), 2)
    return _text(value, digits)


def _text(value: float, digits: int = 2) -> str:
    """A number without a 0 before the point or behind it.

    >>> _text(-0.7), _text(0.0), _text(1.0), _text(-0.001)
    ('-.7', '0', '1', '0')
    """
    text = f"{abs(value):.{digits}f}".strip("0").rstrip(".") or "0"
    return f"-{text}" if value < 0 and text != "0" else text
