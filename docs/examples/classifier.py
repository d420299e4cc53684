"""A torch module behind scikit-learn's interface: memorank trains and reads the module inside."""

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from torch import nn

from memorank import ModelFamily, Tap


class TorchClassifier(ClassifierMixin, BaseEstimator):
    """A classifier with fit and predict, as you may have one already."""

    def __init__(self, width: int = 32) -> None:
        self.width = width

    def make_module(self, features: int, classes: int) -> nn.Module:
        return nn.Sequential(nn.Linear(features, self.width), nn.ReLU(), nn.Linear(self.width, classes))

    def fit(self, x: np.ndarray, y: np.ndarray) -> "TorchClassifier":
        self.classes_, codes = np.unique(y, return_inverse=True)
        self.module_ = self.make_module(x.shape[1], len(self.classes_))
        inputs, labels = torch.as_tensor(x, dtype=torch.float32), torch.as_tensor(codes)
        optimizer = torch.optim.Adam(self.module_.parameters(), lr=1e-2)
        for _ in range(100):
            optimizer.zero_grad()
            nn.functional.cross_entropy(self.module_(inputs), labels).backward()
            optimizer.step()
        return self

    def predict(self, x: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return self.classes_[self.module_(torch.as_tensor(x, dtype=torch.float32)).argmax(1).numpy()]


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    return TorchClassifier(width=64).make_module(input_shape[0], num_classes)


FAMILY = ModelFamily(name="my-classifier", modality="vector", build=build, taps=(Tap("0"),), reference="none: my own")
