"""The tables of docs/model.md, measured anew: what each choice is worth on artists that were not trained on.

Figures are style mAP@10 over all folds, with 95 % intervals in which whole artists are drawn again; the difference is
to the first row, question by question the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.caching import pooled_of
from vectorizer.training.heads import COMMON, Eye, Recipe, unit
from vectorizer.training.lessons import read_lessons
from vectorizer.training.precision import precision_rows
from vectorizer.training.splits import FOLDS
from vectorizer.training.tables import table
from vectorizer.training.timing import milliseconds
from vectorizer.training.trials import HEAD, Bench, Vectors, common_only

FOLDER = Path("var/study")
INPUTS = (("lite0", 224), ("lite0", 320), ("lite1", 240), ("lite2", 260), ("lite2", 320))
FEW_CROPS = 4
SIZES = (512, 256, 128, 64)
NESTED = (64, 128, 256)
BYTES_A_NUMBER = 4

Row = tuple[str, ...]
Table = tuple[Row, Iterator[Row]]


def study(
    paths: Sequence[Path], name: str, *, cache: Path, seed: int = 0, folds: int = FOLDS, folder: Path = FOLDER
) -> str:
    """The table of this name in Markdown, written to `folder`/`name`.md, too.

    Raises KeyError for a table that there is not, ValueError where there is too little to train on.
    """
    bench = Bench(lessons=read_lessons(paths, folds, seed), cache=cache, seed=seed)
    head, rows = TABLES[name](bench)
    text = table(head, rows)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return text


def inputs(bench: Bench) -> Table:
    """The backbones and the sizes of their input, beside the pooled last layer of each."""

    def rows() -> Iterator[Row]:
        first = None
        for variant, size in INPUTS:
            sights = bench.sights(FEW_CROPS, variant, size)
            recipe = replace(common_only(), variant=variant, input_size=size)
            pooled = unit(pooled_of(sights.originals[:, 0]).astype(np.float32))
            vectors = bench.try_recipe(recipe, sights)
            cost = f"{milliseconds(bench.cache, variant, size):.1f}"
            first = vectors if first is None else first
            yield f"{variant}, {size}: last layer", cost, *bench.figures(pooled, first), "–"
            ratio = str(bench.ratio(vectors, pooled))
            yield f"{variant}, {size}: `common512`", cost, *bench.figures(vectors, first), ratio

    return ("input", "ms", *HEAD[1:], "ratio to its last layer"), rows()


def losses(bench: Bench) -> Table:
    """Softmax alone, and what is added to it."""
    tried = {
        "softmax and contrastive": common_only(),
        "softmax alone": common_only(metric="none"),
        "softmax and proxies": common_only(metric="proxy"),
        "softmax and contrastive, twice the weight": common_only(metric_weight=1.0),
        "softmax and contrastive, temperature .15": common_only(temperature=0.15),
        "a third of the epochs": common_only(epochs=10, least_steps=0),
        "three times the epochs": common_only(epochs=90),
        "one seed": replace(common_only(), seeds=1),
    }
    return ("losses", *HEAD[1:]), _recipes(bench, tried)


def artist(bench: Bench) -> Table:
    """What each kind of label adds to `common512`."""
    tried = {
        "style and artist": common_only(),
        "style": common_only(kinds=("style",)),
        "artist": common_only(kinds=("artist",)),
        "style and genre": common_only(kinds=("style", "genre")),
        "style, artist and genre": common_only(kinds=("style", "artist", "genre")),
    }
    return ("labels", *HEAD[1:]), _recipes(bench, tried)


def metrics(bench: Bench) -> Table:
    """Ways to compare; of unit length all three are the same, so the vectors are taken before that, too."""
    sights = bench.sights()
    eyes = bench.eyes(common_only(), sights)
    unit, raw = bench.held_out(eyes, sights), bench.held_out(eyes, sights, _unscaled)
    rows = (
        ("l2, cosine or dot product of unit length", *bench.figures(unit)),
        ("l2 before unit length", *bench.figures(raw, unit, "l2")),
        ("dot product before unit length", *bench.figures(raw, unit, "dot")),
    )
    return ("metric", *HEAD[1:]), iter(rows)


def hubs(bench: Bench) -> Table:
    """CSLS, which puts back whoever is near to everybody."""
    sights = bench.sights()
    vectors = bench.try_recipe(common_only(), sights)
    pooled = unit(pooled_of(sights.originals[:, 0]).astype(np.float32))
    rows = (
        ("`common512`, l2", *bench.figures(vectors)),
        ("`common512`, CSLS", *bench.figures(vectors, vectors, "csls")),
        ("last layer, l2", *bench.figures(pooled, vectors)),
        ("last layer, CSLS", *bench.figures(pooled, vectors, "csls")),
    )
    return ("", *HEAD[1:]), iter(rows)


def dimensions(bench: Bench) -> Table:
    """The first components of the folded seeds, against heads whose first numbers were trained to do alone."""

    def rows() -> Iterator[Row]:
        sights = bench.sights()
        folded = bench.try_recipe(common_only(), sights)
        nested = bench.try_recipe(replace(common_only(nested=NESTED), seeds=1), sights)
        for name, vectors in (("PCA", folded), ("nested, one seed", nested)):
            for size in SIZES:
                cost = f"{size * BYTES_A_NUMBER:,}"
                yield f"{name}, {size}", cost, *bench.figures(unit(vectors[:, :size]), folded)

    return ("dimensions", "bytes a painting", *HEAD[1:]), rows()


def precision(bench: Bench) -> Table:
    """What rounding the file's weights costs, on the paintings of the first fold."""
    sights = bench.sights()
    eye = bench.eyes(common_only(), sights)[0]
    return ("weights", "MB", "ms", "least cosine to float32", *HEAD[1:3]), precision_rows(bench, eye)


TABLES: Mapping[str, Callable[[Bench], Table]] = {
    "inputs": inputs,
    "losses": losses,
    "artist": artist,
    "metrics": metrics,
    "hubs": hubs,
    "dimensions": dimensions,
    "precision": precision,
}


def _recipes(bench: Bench, tried: Mapping[str, Recipe]) -> Iterator[Row]:
    sights, first = bench.sights(), None
    for name, recipe in tried.items():
        vectors = bench.try_recipe(recipe, sights)
        first = vectors if first is None else first
        yield name, *bench.figures(vectors, first)


def _unscaled(eye: Eye, statistics: NDArray[np.float16]) -> Vectors:
    reduced = statistics.astype(np.float32) @ eye.reduce - eye.mean @ eye.reduce
    return eye.vectors[COMMON].apply(reduced)
