"""One fit a fold, everything in it fitted to the other folds, and what the fits say about what they had not seen."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.caching import pooled_of
from vectorizer.training.heads import DEFAULT_RECIPE, Eye, Recipe, fit_eye, unit
from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import Labels, choose
from vectorizer.training.lessons import Lessons
from vectorizer.training.palettes import NAME as PALETTE
from vectorizer.training.palettes import palettes_of
from vectorizer.training.sights import See, Sights

FORMULA = "1"
"""Changes when the same arguments come to give another fit, so that an older one in the cache is not taken for it."""

POOLED, STATISTICS = "pooled1280", "statistics3456"
LEAST_DEVIATION = 1e-6

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folds:
    """The fit of each fold, and the held-out pictures as they describe them."""

    eyes: tuple[Eye, ...]
    held_out: HeldOut


def fit_folds(lessons: Lessons, see: See, folder: Path, *, recipe: Recipe = DEFAULT_RECIPE, seed: int = 0) -> Folds:
    """Fit each fold to the others, or take its fit from `folder`, where it is kept."""
    count = int(lessons.folds.max()) + 1
    eyes, parts = [], []
    for fold in range(count):
        logger.info("Fold %d of %d", fold + 1, count)
        held = lessons.folds == fold
        sights = see(~held)
        eye = fit(lessons, ~held, sights, folder, recipe=recipe, seed=seed)
        eyes.append(eye)
        parts.append((held, describe(eye, sights[held], sights[~held])))
    return Folds(eyes=tuple(eyes), held_out=_joined(lessons, parts))


def with_palettes(held_out: HeldOut, folder: Path, *, seed: int = 0) -> HeldOut:
    """With the palette, which no fit changes, among the features and their copies."""
    vectors, copies = palettes_of(held_out.paths, folder, seed=seed)
    return replace(
        held_out, vectors={**held_out.vectors, PALETTE: vectors}, copies={**held_out.copies, PALETTE: copies}
    )


def fit(
    lessons: Lessons,
    rows: NDArray[np.bool_],
    sights: Sights,
    folder: Path,
    *,
    recipe: Recipe = DEFAULT_RECIPE,
    seed: int = 0,
) -> Eye:
    """The fit to some of the pictures (a mask); from `folder` where the same one was made before."""
    recipe = replace(recipe, copying=replace(recipe.copying, seed=seed))
    looks, photos = np.concatenate([sights.originals[rows], sights.crops[rows]], axis=1), sights.photos[rows]
    labels = choose(lessons.labels, rows)
    kept = folder / f"eye-{_key(looks, photos, labels, f'{FORMULA} {recipe} {seed}')}.npz"
    if not kept.exists():
        eye = fit_eye(looks, photos, labels, recipe=recipe, seed=seed)
        unfinished = kept.with_suffix(".tmp.npz")
        eye.save(unfinished)
        unfinished.replace(kept)
    return Eye.read(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Of n pictures: vectors (n, dimensions), vectors of their copies (n, copies, dimensions), logits (n, names)."""

    vectors: Mapping[str, NDArray[np.float32]]
    copies: Mapping[str, NDArray[np.float32]]
    logits: Mapping[str, NDArray[np.float32]]


def describe(eye: Eye, sights: Sights, trained_on: Sights) -> Description:
    """By a fit, and beside it by what needs none: the pooled last layer and the stages' statistics."""
    originals = sights.originals[:, 0].astype(np.float32)
    given, scanned = eye.apply(originals), eye.apply(sights.scans.reshape(-1, originals.shape[1]).astype(np.float32))
    vectors = {name: given[name] for name in eye.features}
    baselines = {
        POOLED: pooled_of(originals),
        STATISTICS: _standardised(originals, trained_on.originals[:, 0].astype(np.float32), eye.stage_sizes),
    }
    return Description(
        vectors={**vectors, **{name: unit(rows) for name, rows in baselines.items()}},
        copies={name: scanned[name].reshape(*sights.scans.shape[:2], -1) for name in eye.features},
        logits={kind: given[kind] for kind in eye.kinds},
    )


def _joined(lessons: Lessons, parts: Sequence[tuple[NDArray[np.bool_], Description]]) -> HeldOut:
    """What every fit could tell: where a kind of label is rare, all pictures that have it may be in one fold."""

    def join(which: str) -> dict[str, NDArray[np.float32]]:
        given = [getattr(description, which) for _, description in parts]
        joined = {
            name: np.empty((len(lessons.folds), *rows.shape[1:]), np.float32)
            for name, rows in given[0].items()
            if all(name in other for other in given)
        }
        for name, rows in joined.items():
            for (held, _), some in zip(parts, given, strict=True):
                rows[held] = some[name]
        return joined

    return HeldOut(
        folds=lessons.folds,
        vectors=join("vectors"),
        copies=join("copies"),
        logits=join("logits"),
        labels=lessons.labels,
        artists=lessons.artists,
        paths=lessons.paths,
        left_out=lessons.left_out,
    )


def _standardised(
    rows: NDArray[np.float32], trained_on: NDArray[np.float32], sizes: Sequence[int]
) -> NDArray[np.float32]:
    """As those that were trained on have mean 0 and deviation 1, each stage weighted alike."""
    deviation = np.maximum(trained_on.std(axis=0), LEAST_DEVIATION) * np.sqrt(np.repeat(sizes, sizes))
    standardised: NDArray[np.float32] = ((rows - trained_on.mean(axis=0)) / deviation).astype(np.float32)
    return standardised


def _key(looks: NDArray[np.float16], photos: NDArray[np.float16], labels: Mapping[str, Labels], facts: str) -> str:
    content = hashlib.sha256(facts.encode())
    for kind, one in labels.items():
        content.update(f"{kind} {one.names}".encode() + one.codes.astype("<i8").tobytes())
    content.update(np.ascontiguousarray(looks).data)
    content.update(np.ascontiguousarray(photos).data)
    return content.hexdigest()[:32]
