"""The probes of the online code: each is trained on examples, and says how surprising it finds others.

In: features (S, N) and labels (S,) below K to train on, and others to code. Out: their -ln p(label), in nats.
"""

import warnings
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import logsumexp
from torch import Tensor

from benchmark.seeding import seeded

C = 1.0  # inverse strength of the L2 penalty
TOLERANCE = 1e-6
ITERATIONS = 10_000
EXACT_UP_TO = 2048  # features for which Newton's method is the faster way to the same optimum

BATCH, EPOCHS, RATE = 16, 50, 1e-3
HELD_BACK = 5  # one example in so many is held back; training stops after PATIENCE epochs without a lower loss on them
PATIENCE = 3

Features = NDArray[Any]
Labels = NDArray[np.int64]


def linear(features: Features, labels: Labels, coded: Features, coded_labels: Labels, classes: int) -> NDArray[Any]:
    """-ln p(label) (S',) of the coded examples by L2-regularized logistic regression, solved to convergence.

    Args:
        features: (S, N) to train on.
        labels: (S,) below K; every class occurs.
        coded: (S', N) to code.
        coded_labels: (S',) below K.
        classes: K.
    """
    from scipy.linalg import LinAlgWarning
    from sklearn.exceptions import ConvergenceWarning  # costs a second, and only this needs it
    from sklearn.linear_model import LogisticRegression

    solver = "newton-cholesky" if classes == 2 and features.shape[1] <= EXACT_UP_TO else "lbfgs"
    probe = LogisticRegression(C=C, solver=solver, tol=TOLERANCE, max_iter=ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("ignore", LinAlgWarning)  # Newton's method gives way to lbfgs by itself, here and below
        warnings.filterwarnings("ignore", r"(?s).*resort to lbfgs", ConvergenceWarning)
        probe.fit(features.astype(np.float64), labels)
    scores = probe.decision_function(coded.astype(np.float64))
    if classes == 2:
        scores = np.column_stack([np.zeros(len(scores)), scores])
    return np.asarray(logsumexp(scores, axis=1) - scores[np.arange(len(coded)), coded_labels])


def mlp(
    features: Features, labels: Labels, coded: Features, coded_labels: Labels, classes: int, seed: int = 0
) -> NDArray[Any]:
    """-ln p(label) (S',) of the coded examples by a perceptron N -> N/2 -> tanh -> K.

    It is trained by AdamW and stopped early on a seeded fifth that it is not trained on; the weights of the best epoch
    count. The matrices are small and the steps are thousands, so gradients are written out and one thread does it all.

    Args:
        features: (S, N) to train on.
        labels: (S,) below K.
        coded: (S', N) to code.
        coded_labels: (S',) below K.
        classes: K.
        seed: Of the initial weights, the fifth and the batches.
    """
    with seeded(seed, 1), torch.no_grad():
        x, y = torch.from_numpy(np.ascontiguousarray(features, np.float32)), torch.from_numpy(labels)
        order = torch.randperm(len(x))
        back, trained = order.tensor_split([len(x) // HELD_BACK])
        if not len(back):
            back = trained
        probe = _Mlp(x.shape[1], max(1, x.shape[1] // 2), classes)
        best, lowest, waited = probe.weights.clone(), float("inf"), 0
        for _ in range(EPOCHS):
            for rows in trained[torch.randperm(len(trained))].split(BATCH):
                probe.step(x[rows], y[rows])
            loss = float(probe.surprise(x[back], y[back]).mean())
            if loss < lowest:
                best, lowest, waited = probe.weights.clone(), loss, 0
            else:
                waited += 1
            if waited == PATIENCE:
                break
        probe.weights.copy_(best)
        code = torch.from_numpy(np.ascontiguousarray(coded, np.float32)), torch.from_numpy(coded_labels)
        return probe.surprise(*code).double().numpy()


class _Mlp:
    """A perceptron of one hidden layer with its gradients and its AdamW; all weights lie in one vector."""

    def __init__(self, inputs: int, hidden: int, classes: int) -> None:
        sizes = (inputs * hidden, hidden, hidden * classes, classes)
        shapes = ((inputs, hidden), (hidden,), (hidden, classes), (classes,))
        bounds = (inputs**-0.5,) * 2 + (hidden**-0.5,) * 2  # uniform, as torch's own layers begin
        self.weights = torch.cat([torch.empty(n).uniform_(-b, b) for n, b in zip(sizes, bounds, strict=True)])
        self.gradient = torch.zeros_like(self.weights)
        self.w, self.g = (
            [part.view(shape) for part, shape in zip(vector.split(sizes), shapes, strict=True)]
            for vector in (self.weights, self.gradient)
        )
        self.moments = torch.zeros_like(self.weights), torch.zeros_like(self.weights)
        self.steps = torch.zeros(())

    def surprise(self, x: Tensor, y: Tensor) -> Tensor:
        """-ln p(y) (S,)."""
        return -self._logits(self._hidden(x)).log_softmax(1)[torch.arange(len(y)), y]

    def step(self, x: Tensor, y: Tensor) -> None:
        """One step of AdamW on the mean cross-entropy of a batch."""
        hidden = self._hidden(x)
        slope = self._logits(hidden).softmax(1)
        slope[torch.arange(len(y)), y] -= 1
        slope /= len(y)
        torch.mm(hidden.t(), slope, out=self.g[2])
        torch.sum(slope, 0, out=self.g[3])
        below = torch.mm(slope, self.w[2].t()).mul_(1 - hidden * hidden)
        torch.mm(x.t(), below, out=self.g[0])
        torch.sum(below, 0, out=self.g[1])
        self.steps += 1
        torch._fused_adamw_(
            [self.weights],
            [self.gradient],
            [self.moments[0]],
            [self.moments[1]],
            [],
            [self.steps],
            lr=RATE,
            beta1=0.9,
            beta2=0.999,
            weight_decay=0.01,
            eps=1e-8,
            amsgrad=False,
            maximize=False,
        )

    def _hidden(self, x: Tensor) -> Tensor:
        return torch.addmm(self.w[1], x, self.w[0]).tanh_()

    def _logits(self, hidden: Tensor) -> Tensor:
        return torch.addmm(self.w[3], hidden, self.w[2])
