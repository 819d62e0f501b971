"""A small logistic model, and what it is judged by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]
RIDGE = 10.0
STEPS = 50


def fit(features: Numbers, truth: Truth) -> Numbers:
    """Give weights, the constant first, for features of any scale; both classes weigh the same.

    Ridge regression by Newton's method (Hastie, Tibshirani, Friedman: The Elements of Statistical
    Learning, 4.4.1). The weights take the features as they are, not scaled.
    """
    mean, spread = features.mean(0), features.std(0) + 1e-9
    rows = np.c_[np.ones(len(features)), (features - mean) / spread]
    worth = np.where(truth, 0.5 / truth.mean(), 0.5 / (~truth).mean())
    ridge = np.diag([0.0] + [RIDGE] * features.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (worth * (truth - chance)) - ridge @ weights
        curve = rows.T @ (rows * (worth * chance * (1 - chance))[:, None]) + ridge
        weights += np.linalg.solve(curve, slope)
    plain = weights[1:] / spread
    return np.r_[weights[0] - plain @ mean, plain]


def score(weights: Numbers, features: Numbers) -> Numbers:
    """Give the log odds of each row."""
    return weights[0] + features @ weights[1:]


def balanced(passed: Truth, truth: Truth) -> float:
    """Give the mean of the shares of each class that are judged right."""
    return float((passed[truth].mean() + (~passed[~truth]).mean()) / 2)


def threshold(values: Numbers, truth: Truth) -> float:
    """Give the value from which on a row passes, for the best balanced accuracy."""
    return max(np.unique(values).tolist(), key=lambda least: balanced(values >= least, truth))


def let_through(values: Numbers, truth: Truth, kept: float) -> float:
    """Give the share of the untrue that passes where a share of the true does."""
    least = np.quantile(values[truth], 1 - kept, method="lower")
    return float((values[~truth] >= least).mean())


def area(values: Numbers, truth: Truth) -> float:
    """Give the area under the ROC curve; ties count half."""
    above = values[truth][:, None] - values[~truth][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)
