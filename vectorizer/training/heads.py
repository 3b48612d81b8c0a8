"""The eye: what is trained on top of the backbone's statistics, as plain linear maps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.copying import CopyRecipe, fit_copy
from vectorizer.training.labels import Labels
from vectorizer.training.learning import Head, Lesson, train_head
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE
from vectorizer.training.reduction import Reduction, fit_reduction, fix_signs
from vectorizer.training.statistics import stage_sizes_of

COMMON, STYLE, GENRE, COPY = "common512", "style512", "genre512", "copy128"
HALF_WHITENING = 0.25  # a component's variance to this power is what it is divided by for the copy head


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What `fit_eye` does. `kinds` says by which labels each vector is trained; `told_by` which vector tells a kind."""

    variant: str = DEFAULT_VARIANT
    input_size: int = INPUT_SIZE  # pixels
    reduced: int = 768
    seeds: int = 3
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
        (COMMON, ("style", "artist")),
        (STYLE, ("style",)),
        (GENRE, ("genre",)),
    )
    told_by: tuple[tuple[str, str], ...] = (("style", COMMON), ("genre", GENRE))
    lesson: Lesson = field(default_factory=lambda: Lesson(kinds=()))  # its kinds are set for each vector
    copying: CopyRecipe = field(default_factory=CopyRecipe)


DEFAULT_RECIPE = Recipe()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """`x @ kernel + bias`"""

    kernel: NDArray[np.float32]  # (reduced, outputs)
    bias: NDArray[np.float32]  # (outputs,)

    def apply(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        given: NDArray[np.float32] = rows @ self.kernel + self.bias
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """Statistics (n, statistics) → reduced → vectors of unit length, and logits: all but the last step linear."""

    mean: NDArray[np.float32]  # (statistics,)
    reduce: NDArray[np.float32]  # (statistics, reduced)
    stage_sizes: tuple[int, ...]
    vectors: Mapping[str, Linear] = field(default_factory=dict)  # feature → (reduced, dimensions)
    classes: Mapping[str, Linear] = field(default_factory=dict)  # label kind → (reduced, names)

    @property
    def features(self) -> tuple[str, ...]:
        """The vectors' names, in the order in which they were fitted."""
        return tuple(self.vectors)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of label that there are logits for."""
        return tuple(self.classes)

    def apply(self, statistics: NDArray[np.floating]) -> dict[str, NDArray[np.float32]]:
        """By feature the vectors (n, dimensions), by kind the logits (n, names) before any temperature."""
        reduced = statistics.astype(np.float32) @ self.reduce - self.mean @ self.reduce
        vectors = {name: unit(linear.apply(reduced)) for name, linear in self.vectors.items()}
        return vectors | {kind: linear.apply(reduced) for kind, linear in self.classes.items()}

    def save(self, path: Path) -> None:
        """As an .npz file."""
        parts = {"mean": self.mean, "reduce": self.reduce, "stage_sizes": np.array(self.stage_sizes)}
        for group in ("vectors", "classes"):
            for name, linear in getattr(self, group).items():
                parts |= {f"{group}/{name}/kernel": linear.kernel, f"{group}/{name}/bias": linear.bias}
        np.savez(path, **parts)  # type: ignore[arg-type]  # the stubs mistake the arrays for allow_pickle

    @classmethod
    def read(cls, path: Path) -> "Eye":
        """What `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            parts = dict(file)
        found: dict[str, dict[str, Linear]] = {"vectors": {}, "classes": {}}
        for key in parts:
            if key.endswith("/kernel"):
                group, name, _kernel = key.split("/")
                found[group][name] = Linear(kernel=parts[key], bias=parts[f"{group}/{name}/bias"])
        sizes = tuple(int(size) for size in parts["stage_sizes"])
        return cls(mean=parts["mean"], reduce=parts["reduce"], stage_sizes=sizes, **found)


def fit_eye(
    looks: NDArray[np.floating],
    photos: NDArray[np.floating],
    labels: Mapping[str, Labels],
    *,
    recipe: Recipe = DEFAULT_RECIPE,
    seed: int = 0,
) -> Eye:
    """Fit everything to n pictures: `looks` (n, copies, statistics), the first copy the picture itself and the others
    crops of it; `photos` (n, copies, statistics) of it on a wall, for the copy vector alone (none are needed: then
    there is no such vector).

    Labels have n codes each; a kind that is missing is not trained on, and a vector none of whose kinds are there is
    not made. The same arguments on the same machine give the same eye. Raises ValueError where there is too little.
    """
    sizes = stage_sizes_of(recipe.variant)
    reduction = fit_reduction(looks[:, 0], sizes, recipe.reduced)
    views = reduction.apply(looks)
    vectors, classes = dict[str, Linear](), dict[str, Linear]()
    for name, wanted in recipe.kinds:
        kinds = tuple(kind for kind in wanted if kind in labels and (labels[kind].codes >= 0).any())
        if not kinds:
            continue
        lesson = replace(recipe.lesson, kinds=kinds)
        heads = [train_head(views, labels, lesson, seed * recipe.seeds + number) for number in range(recipe.seeds)]
        vectors[name] = fold_vectors(heads, views[:, 0], recipe.lesson.dimensions)
        told = [kind for kind, feature in recipe.told_by if feature == name and kind in kinds]
        classes |= {kind: fold_classes(heads, kind) for kind in told}
    if photos.shape[1]:
        vectors[COPY] = _copy(reduction, views[:, 0], reduction.apply(photos), recipe.copying)
    return Eye(mean=reduction.mean, reduce=reduction.matrix, stage_sizes=sizes, vectors=vectors, classes=classes)


def fold_vectors(heads: Sequence[Head], reduced: NDArray[np.float32], dimensions: int) -> Linear:
    """One linear map for several: their outputs side by side, centred over these pictures (n, reduced), and the
    principal components of that. Exact but for the components beyond `dimensions`; the first of them tell the most."""
    kernel = np.concatenate([head.kernel for head in heads], axis=1)
    outputs = reduced @ kernel
    centred = (outputs - outputs.mean(axis=0)).astype(np.float64)
    _values, components = np.linalg.eigh(centred.T @ centred)
    turned = (kernel @ fix_signs(components[:, ::-1][:, :dimensions])).astype(np.float32)
    return Linear(kernel=turned, bias=-(reduced @ turned).mean(axis=0))


def fold_classes(heads: Sequence[Head], kind: str) -> Linear:
    """The mean of the heads' logits of a kind, as one linear map of what is reduced; exact."""
    layers = [(head, *head.classes[kind]) for head in heads]
    kernel = np.mean([head.kernel @ layer for head, layer, _bias in layers], axis=0)
    bias = np.mean([head.bias @ layer + bias for head, layer, bias in layers], axis=0)
    return Linear(kernel=kernel.astype(np.float32), bias=bias.astype(np.float32))


def _copy(
    reduction: Reduction, originals: NDArray[np.float32], photos: NDArray[np.float32], recipe: CopyRecipe
) -> Linear:
    """The copy head is trained on half-whitened components; the whitening is folded into its map.

    Against photos alone: crops are found without being learnt, and learning them costs a tenth of the hard photos.
    """
    whitening = (reduction.variances**-HALF_WHITENING).astype(np.float32)
    kernel = whitening[:, None] * fit_copy(originals * whitening, photos * whitening, recipe=recipe)
    return Linear(kernel=kernel, bias=-(originals @ kernel).mean(axis=0))


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row (n, dimensions) brought to unit length."""
    scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled
