"""Reductions: one row for each example, whatever is padded, and a refusal where the layout is not known."""

import pytest
import torch

from benchmark.networks.reductions import TapError, first_of, reduced
from registry import Layout, Tap, TokensAs

STATES = torch.arange(24.0).reshape(2, 4, 3)  # (B, T, N)
MASK = torch.tensor([[1, 1, 0, 0], [1, 1, 1, 1]])
EXPECTED: dict[TokensAs, torch.Tensor] = {
    "first-token": STATES[:, 0],
    "last-token": torch.stack([STATES[0, 1], STATES[1, 3]]),
    "mean-of-tokens": torch.stack([STATES[0, :2].mean(0), STATES[1].mean(0)]),
}


@pytest.mark.parametrize("reading", EXPECTED)
def test_tokens_are_read_without_their_padding(reading: TokensAs) -> None:
    assert torch.equal(reduced(Tap("t", reading), STATES, None, MASK), EXPECTED[reading])
    assert torch.equal(reduced(Tap("t", reading), STATES.transpose(1, 2), "channels-first", MASK), EXPECTED[reading])
    padded_otherwise = STATES.clone()
    padded_otherwise[0, 2:] = torch.nan
    assert torch.equal(reduced(Tap("t", reading), padded_otherwise, "channels-last", MASK), EXPECTED[reading])


def test_without_a_mask_all_tokens_count() -> None:
    assert torch.equal(reduced(Tap("t", "last-token"), STATES, None, None), STATES[:, -1])
    assert torch.equal(reduced(Tap("t", "mean-of-tokens"), STATES, None, None), STATES.mean(1))


def test_the_last_token_is_found_where_the_left_is_padded() -> None:
    assert torch.equal(reduced(Tap("t", "last-token"), STATES, None, MASK.flip(1)), STATES[:, -1])


def test_the_mean_of_tokens_is_computed_in_float32() -> None:
    ones = torch.ones(1, 4096, 1, dtype=torch.bfloat16)
    ones[0, 0] = 1.5
    mean = reduced(Tap("t", "mean-of-tokens"), ones, None, None)
    assert mean.dtype == torch.float32
    assert float(mean) == 1 + 0.5 / 4096


@pytest.mark.parametrize(("layout", "axes"), [("channels-first", (2, 3)), ("channels-last", (1, 2))])
def test_feature_maps_are_averaged_over_space(layout: Layout, axes: tuple[int, int]) -> None:
    maps = torch.randn(2, 3, 4, 5)
    assert torch.equal(reduced(Tap("t", "spatial-mean"), maps, layout, None), maps.mean(axes))


@pytest.mark.parametrize(("layout", "axes"), [("channels-first", (2, 3)), ("channels-last", (1, 2))])
def test_the_mean_over_space_is_computed_in_float32(layout: Layout, axes: tuple[int, int]) -> None:
    maps = torch.randn(50, 8, 8, 8).relu().bfloat16()
    with torch.autocast("cpu", torch.bfloat16):
        mean = reduced(Tap("t", "spatial-mean"), maps, layout, None)
    assert mean.dtype == torch.float32
    assert torch.equal(mean, maps.float().mean(axes))
    assert not torch.equal(mean, maps.mean(axes).float())


@pytest.mark.parametrize(
    ("tap", "shape", "layout", "message"),
    [
        (Tap("t", "spatial-mean"), (2, 3, 4, 5), "channels-first", "feature maps, and would average a text's padding"),
        (Tap("t", "spatial-mean"), (2, 3, 4, 5), None, 'cannot be known: add layout="channels-first" for .*-last" for'),
        (Tap("t", "spatial-mean"), (2, 4, 3), None, "reduce is 'spatial-mean', 'first-token' may fit"),
        (Tap("t", "spatial-mean"), (2, 4, 3), "channels-first", "'mean-of-tokens' may fit"),
        (Tap("t", "last-token"), (2, 3, 4, 5), None, "'spatial-mean' may fit"),
        (Tap("t", "last-token"), (2, 3), None, "'none' may fit"),
        (Tap("t", "last-token"), (2, 5, 3), None, r"texts \(2, 4\): its tokens are not those of the texts, so 'last-"),
        (Tap("t", "mean-of-tokens"), (2, 2, 3), None, "cannot leave padding out"),
    ],
)
def test_what_cannot_be_known_is_refused(tap: Tap, shape: tuple[int, ...], layout: Layout | None, message: str) -> None:
    with pytest.raises(TapError, match=message):
        reduced(tap, torch.zeros(shape), layout, None if "cannot be known" in message else MASK)


def test_a_token_of_the_networks_own_may_stand_before_those_of_the_text() -> None:
    assert torch.equal(reduced(Tap("t", "first-token"), torch.ones(2, 5, 3), None, MASK), torch.ones(2, 3))


def test_of_a_tuple_the_first_is_tapped() -> None:
    assert first_of((1, 2)) == 1
    assert first_of(()) == ()
    assert first_of({"a": 1}) == {"a": 1}


def test_words_of_a_tap_are_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="reduce is 'first', not one of 'none', 'first-token', 'last-token', 'mean-of"):
        Tap("t", "first")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="layout is 'NHWC', not one of 'channels-first', 'channels-last'"):
        Tap("t", "spatial-mean", "NHWC")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="tap 't' has a layout, which is for a tap that is reduced"):
        Tap("t", layout="channels-last")
