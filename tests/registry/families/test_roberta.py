"""RoBERTa as the paper has it: all layers are tapped."""

from registry import FAMILIES


def test_roberta_has_twelve_taps_and_is_fetched_at_one_revision() -> None:
    family = FAMILIES["roberta"]
    assert [tap.module_path for tap in family.taps] == [f"layers.{n}" for n in range(12)]
    assert family.weights is not None
    assert family.weights.fetch is not None
