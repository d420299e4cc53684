"""Pictures in bytes are what the network would get of them in floats, batch by batch."""

import pytest
import torch

from benchmark.networks.pictures import BATCH, PictureInputs

BYTES = torch.randint(0, 256, (BATCH + 3, 3, 4, 5), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
MEAN, DEVIATION = torch.tensor([0.1, 0.2, 0.3]), torch.tensor([0.5, 0.25, 1.0])


def test_a_batch_is_normalized_colour_by_colour() -> None:
    inputs = PictureInputs(BYTES, MEAN, DEVIATION)
    rows = torch.tensor([5, 0])
    (found,) = inputs.arguments(rows)
    for colour in range(3):
        expected = (BYTES[rows, colour] / 255 - MEAN[colour]) / DEVIATION[colour]
        torch.testing.assert_close(found[:, colour], expected)
    torch.testing.assert_close(inputs[rows].arguments(torch.tensor([1]))[0], found[1:])


def test_all_are_read_in_their_order_in_small_batches_and_never_trained_on() -> None:
    inputs = PictureInputs(BYTES, MEAN, DEVIATION)
    assert torch.cat(list(inputs.reading())).tolist() == list(range(BATCH + 3))
    assert max(map(len, inputs.reading())) == BATCH
    assert (len(inputs), inputs.device.type) == (BATCH + 3, "cpu")
    with pytest.raises(TypeError, match="read, not trained on"):
        inputs.epoch(4)
