"""One try at the eye, measured on artists that it was not trained on: what the tables of `study` are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.evaluation import Answers, ask_each
from vectorizer.intervals import Interval, difference_interval, mean_interval, ratio_interval
from vectorizer.ranking import Metric
from vectorizer.training.backbone import write_backbone
from vectorizer.training.caching import Backbone, statistics_of
from vectorizer.training.folds import fit
from vectorizer.training.heads import COMMON, DEFAULT_RECIPE, Eye, Recipe
from vectorizer.training.learning import Lesson
from vectorizer.training.lessons import Lessons
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE
from vectorizer.training.sights import CROPS, Sights
from vectorizer.training.splits import hands_of

HEAD = ("", "style mAP@10", "other artists' works only", "difference")

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The paintings, and where what is computed of them is kept."""

    lessons: Lessons
    cache: Path
    seed: int = 0

    def sights(self, crops: int = CROPS, variant: str = DEFAULT_VARIANT, size: int = INPUT_SIZE) -> Sights:
        """The pictures and crops of them, by a backbone; no photos."""
        return self.seen_by(write_backbone(self.cache, variant, size), crops)

    def seen_by(self, backbone: Backbone, crops: int) -> Sights:
        def see(view: str, copies: int) -> NDArray[np.float16]:
            return statistics_of(self.lessons.paths, view, copies, backbone, self.cache, seed=self.seed)

        originals = see("original", 1)
        nothing = originals[:, :0]
        return Sights(originals=originals, crops=see("crop", crops), photos=nothing, scans=nothing)

    def eyes(self, recipe: Recipe, sights: Sights) -> list[Eye]:
        """The fit of each fold to the others."""
        folds = self.lessons.folds
        return [
            fit(self.lessons, folds != fold, sights, self.cache, recipe=recipe, seed=self.seed)
            for fold in range(int(folds.max()) + 1)
        ]

    def held_out(
        self, eyes: Sequence[Eye], sights: Sights, see: Callable[[Eye, NDArray[np.float16]], Vectors] | None = None
    ) -> Vectors:
        """Every picture (n, dimensions) as the eye sees it that doesn't know its artist."""
        see = see or (lambda eye, statistics: eye.apply(statistics)[COMMON])
        parts = [(self.lessons.folds == fold, eye) for fold, eye in enumerate(eyes)]
        seen = [see(eye, sights.originals[held, 0]) for held, eye in parts]
        vectors = np.empty((len(self.lessons.folds), seen[0].shape[1]), np.float32)
        for (held, _eye), rows in zip(parts, seen, strict=True):
            vectors[held] = rows
        return vectors

    def try_recipe(self, recipe: Recipe, sights: Sights) -> Vectors:
        """`common512` of every picture."""
        return self.held_out(self.eyes(recipe, sights), sights)

    def ask(
        self, vectors: Vectors, *, other_artists: bool = False, metric: Metric = "l2", rows: Sequence[int] | None = None
    ) -> Answers:
        """Each picture asks for its style among those of its fold (or of these rows of it)."""
        styles, artists = self.lessons.labels["style"].each, np.array(hands_of(self.lessons.artists))
        chosen = np.arange(len(styles)) if rows is None else np.asarray(rows)
        return ask_each(
            vectors,
            styles[chosen],
            groups=artists[chosen] if other_artists else None,
            folds=self.lessons.folds[chosen],
            metric=metric,
        )

    def figures(
        self, vectors: Vectors, reference: Vectors | None = None, metric: Metric = "l2", other: Metric = "l2"
    ) -> tuple[str, str, str]:
        """Style mAP@10, the same among other artists' works, and the first's difference from the reference's."""
        same, others = self.ask(vectors, metric=metric), self.ask(vectors, other_artists=True, metric=metric)
        artists = np.array(hands_of(self.lessons.artists))
        difference = "–"
        if reference is not None:
            before = self.ask(reference, metric=other).average_precision
            difference = f"{difference_interval(same.average_precision, before, artists[same.rows])}"
        return (
            str(mean_interval(same.average_precision, artists[same.rows])),
            str(mean_interval(others.average_precision, artists[others.rows])),
            difference,
        )

    def ratio(self, vectors: Vectors, baseline: Vectors) -> Interval:
        """Of the style mAP@10 of the two."""
        one, other = self.ask(vectors), self.ask(baseline)
        artists = np.array(hands_of(self.lessons.artists))
        return ratio_interval(one.average_precision, other.average_precision, artists[one.rows])


def common_only(
    recipe: Recipe = DEFAULT_RECIPE, kinds: tuple[str, ...] = ("style", "artist"), **lesson: object
) -> Recipe:
    """The recipe for `common512` alone, trained by these kinds of labels, its lesson changed."""
    changed: Lesson = replace(recipe.lesson, **lesson)  # type: ignore[arg-type]
    return replace(recipe, kinds=((COMMON, kinds),), told_by=(), lesson=changed)
