"""What rows are told of measures and metrics: the order of the board, the plan's hypotheses, and which way is good."""

from made_boards import CHOSEN, EITHER, LOW, measure
from made_models import HIGH, facts


def test_the_hypotheses_come_first_then_the_papers_two_and_placebos_and_yardsticks_last() -> None:
    measures = {
        "weight-norm": measure(EITHER),
        "test-accuracy": measure(HIGH, yardstick=True),
        "mean-mi": measure(LOW),
        "steps": measure(CHOSEN),
        "mean-entropy": measure(CHOSEN),
    }
    found = facts(measures, hypotheses=["steps"])
    assert found.hypotheses == ("steps",)
    assert list(found.measures) == ["steps", "mean-entropy", "mean-mi", "test-accuracy", "weight-norm"]


def test_hypotheses_are_those_of_the_plan_that_are_on_the_board() -> None:
    assert facts().hypotheses == ("mean-mi",)  # of the paper's two the other one is not there
    assert facts(hypotheses=["steps", "mean-mi", "gone"]).hypotheses == ("steps", "mean-mi")


def test_which_way_is_good() -> None:
    found = facts({"mean-mi": measure(CHOSEN)}, {"gap": {"higher_is_better": False}})
    assert [found.high_is_better("mean-mi", kind) for kind in ("heuristic", "example-level")] == [False, True]
    assert not found.high_metric_is_better("gap")
