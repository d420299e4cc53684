"""Five networks trained by plain torch on scikit-learn's digits, a data set that no suite has, ranked without labels.

`python docs/rank_digits.py` trains them on labels of which a share is drawn anew, and on digits of which a
share has the colour of its label, three seeds each, and prints how far the orders of `rank_networks` agree with test
accuracy.
"""

from colorsys import hsv_to_rgb

import torch
from sklearn.datasets import load_digits
from torch import nn

import memorank

SHARES = (0.0, 0.2, 0.4, 0.6, 0.8)
CLASSES = 10


def split(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Images (S, 64) in 0 to 1 and labels (S,): 900 to train on, and 897 to measure on."""
    images, labels = load_digits(return_X_y=True)
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    x, y = torch.tensor(images, dtype=torch.float32)[order] / 16, torch.tensor(labels)[order]
    return x[:900], y[:900], x[900:], y[900:]


def with_wrong_labels(x: torch.Tensor, y: torch.Tensor, share: float) -> tuple[torch.Tensor, torch.Tensor]:
    """A share of the labels is drawn anew."""
    redrawn = torch.rand(len(y)) < share
    return x, torch.where(redrawn, torch.randint(CLASSES, y.shape), y)


def with_colour(x: torch.Tensor, y: torch.Tensor, share: float) -> tuple[torch.Tensor, torch.Tensor]:
    """In a share of the images the colour tells the label; in the others it tells any."""
    told = torch.where(torch.rand(len(y)) < share, y, torch.randint(CLASSES, y.shape))
    return coloured(x, told), y


def coloured(x: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """The images (S, 192) in red, green and blue, each in one of ten hues."""
    hues = torch.tensor([hsv_to_rgb(place / CLASSES, 1, 1) for place in range(CLASSES)])
    return (hues[told][:, :, None] * x[:, None]).flatten(1)


def trained(x: torch.Tensor, y: torch.Tensor, epochs: int) -> nn.Sequential:
    """A perceptron that has learned its training set."""
    net = nn.Sequential(nn.Linear(x.shape[1], 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, CLASSES))
    optimizer = torch.optim.Adam(net.parameters(), lr=2e-3)
    for _ in range(epochs):
        for rows in torch.randperm(len(y)).split(100):
            loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net.eval()


def accuracy(net: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    with torch.no_grad():
        return float((net(x).argmax(1) == y).float().mean())


def agreement(kind: str, seed: int, told: bool = True, epochs: int = 60) -> float | None:
    """Kendall's tau of the order, for which no label is read, with the accuracy on test images.

    Under shortcuts the networks are read on images whose colour tells the label (`told`), as those trained on do, or on
    the test images, whose colour tells nothing.
    """
    x, y, test_x, test_y = split()
    torch.manual_seed(seed)
    change = with_colour if kind == "heuristic" else with_wrong_labels
    nets = {f"share {share}": trained(*change(x, y, share), epochs) for share in SHARES}
    if kind == "heuristic":
        unlabelled = coloured(test_x, test_y)
        test_x = coloured(test_x, torch.randint(CLASSES, test_y.shape))
    order = memorank.rank_networks(nets, unlabelled if kind == "heuristic" and told else test_x, kind=kind).order
    right = [accuracy(nets[name], test_x, test_y) for name in order]
    return memorank.agreement.kendall(range(len(order), 0, -1), right).tau


if __name__ == "__main__":
    for title, kind, told in (
        ("wrong labels", "example-level", True),
        ("colour, read where it tells the label", "heuristic", True),
        ("colour, read where it tells nothing", "heuristic", False),
    ):
        print(f"{title}:", *(f"{agreement(kind, seed, told):+.2f}" for seed in range(3)))
