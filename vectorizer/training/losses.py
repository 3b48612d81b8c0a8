"""What the heads are trained to make small. Labels are codes; −1, a missing label, counts for nothing."""

from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

FAR_BELOW = -1e9
"""Added to a similarity that must not count, before a softmax."""


def class_weights(codes: NDArray[np.intp], classes: int) -> NDArray[np.float32]:
    """1/√n of a class with n examples, scaled so that the examples' weights have the mean 1; 0 for an empty class."""
    counts = np.bincount(codes[codes >= 0], minlength=classes).astype(np.float64)
    weights = np.divide(1, np.sqrt(counts), out=np.zeros(classes), where=counts > 0)
    total = (weights * counts).sum()
    return (weights * (counts.sum() / total if total else 0)).astype(np.float32)


def masked_crossentropy(logits: Any, codes: Any, weights: Any) -> Any:
    """Softmax cross-entropy of logits (n, classes), the mean over the examples with a label, each weighted by its
    class's weight (classes,). 0 where no example has one."""
    known = ops.cast(codes >= 0, logits.dtype)
    places = ops.maximum(codes, 0)
    surprise = -ops.take_along_axis(ops.log_softmax(logits, axis=1), places[:, None], axis=1)[:, 0]
    return _weighted_mean(surprise, known * ops.take(weights, places))


def supervised_contrastive(vectors: Any, codes: Any, temperature: float, weights: Any = None) -> Any:
    """Vectors of unit length (n, d) of one label are drawn together, away from all others that have a label.

    Khosla et al., "Supervised Contrastive Learning" (2020), equation 2: of each example i with others P of its label,
    −1/|P| Σ log( exp(i·p/t) / Σ exp(i·a/t) ) over all a ≠ i; the mean over these examples, weighted by their class's
    weight where weights are given. 0 where no two share a label.
    """
    known = codes >= 0
    other = 1 - ops.eye(ops.shape(codes)[0], dtype=vectors.dtype)
    allowed = ops.cast(known[:, None] & known[None, :], vectors.dtype) * other
    same = ops.cast(codes[:, None] == codes[None, :], vectors.dtype) * allowed
    similarity = ops.matmul(vectors, ops.transpose(vectors)) / temperature
    shares = ops.log_softmax(similarity + (1 - allowed) * FAR_BELOW, axis=1)
    positives = ops.sum(same, axis=1)
    surprise = -ops.sum(same * shares, axis=1) / ops.maximum(positives, 1)
    counted = ops.cast(positives > 0, vectors.dtype)
    return _weighted_mean(surprise, counted if weights is None else counted * ops.take(weights, ops.maximum(codes, 0)))


def proxy(vectors: Any, proxies: Any, codes: Any, temperature: float, weights: Any) -> Any:
    """Vectors of unit length (n, d) are drawn to their label's proxy and away from the others' (classes, d).

    The normalised softmax of Zhai & Wu, "Classification is a Strong Baseline for Deep Metric Learning" (2019).
    """
    cosines = ops.matmul(vectors, ops.transpose(ops.normalize(proxies, axis=1)))
    return masked_crossentropy(cosines / temperature, codes, weights)


def info_nce(one: Any, other: Any, temperature: float) -> Any:
    """Each vector of unit length (n, d) must find its own partner among all partners (n, d), and the other way round.

    Oord et al., "Representation Learning with Contrastive Predictive Coding" (2018), made symmetric.
    """
    similarity = ops.matmul(one, ops.transpose(other)) / temperature
    there, back = ops.log_softmax(similarity, axis=1), ops.log_softmax(similarity, axis=0)
    return -ops.mean(ops.diagonal(there) + ops.diagonal(back)) / 2


def _weighted_mean(values: Any, weights: Any) -> Any:
    return ops.sum(values * weights) / ops.maximum(ops.sum(weights), 1e-9)
