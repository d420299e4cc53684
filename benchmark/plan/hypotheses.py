"""What a plan declares as its hypotheses: the measures whose claims are corrected for their number.

In: a plan, or the content of plan.json. Out: names of measures, and what is wrong with a name.
"""

from typing import TYPE_CHECKING

from benchmark.measures import HEADLINES, MEASURES
from registry import UserError, did_you_mean

if TYPE_CHECKING:
    from benchmark.plan.content import PlanContent


def declared(plan: "PlanContent") -> list[str]:
    """The hypotheses of the plan in a plan.json; one of an earlier version says none, and has the paper's two.

    >>> declared({"name": "toy"}), declared({"name": "toy", "hypotheses": ["mean-mi"]})
    (['mean-entropy', 'mean-mi'], ['mean-mi'])
    """
    return list(plan.get("hypotheses", HEADLINES))


LIST = "memorank list measures"


def hypothesis_problem(name: str, anchors: bool) -> str | None:
    """Why a name can be no hypothesis, None where it can.

    Args:
        name: What stands in a plan.
        anchors: Whether the plan has anchors, without which there are no anchored measures.

    Returns:
        One line: what is wrong, and the nearest right word or the cure.
    """
    if name in HEADLINES:
        return None
    try:
        MEASURES.check(name)
    except UserError as error:
        known = [one for one, measure in MEASURES.usable().items() if not (measure.placebo or measure.yardstick)]
        return str(error) if name in MEASURES else f"unknown measure {name!r}{did_you_mean(name, known, LIST)}"
    measure = MEASURES[name]
    if measure.placebo:
        return f"{name!r} is a placebo, which is there to be beaten: it is no hypothesis"
    if measure.yardstick:
        return f"{name!r} is a yardstick, which reads labels: it is no hypothesis"
    if measure.anchored and not anchors:
        return f"{name!r} is compared with anchors: it needs `anchors: random-labels` in the plan"
    return None
