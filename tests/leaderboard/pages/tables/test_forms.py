"""The form of a metric stands in the head of its column, where it has several."""

from leaderboard.pages.tables.forms import form_of, headed

METRICS = {"gap": {"form": "mean absolute"}, "accuracy": {"form": ""}, "old": {"higher_is_better": True}}
BOARD = {"directions": {"metrics": METRICS}}


def test_a_metric_with_a_form_is_headed_by_both() -> None:
    assert (form_of(BOARD, "gap"), headed(BOARD, "gap")) == ("mean absolute", "gap (mean absolute)")


def test_a_metric_of_one_form_or_of_an_earlier_version_is_headed_by_its_name() -> None:
    for name in ("accuracy", "old"):
        assert (form_of(BOARD, name), headed(BOARD, name)) == ("", name)
