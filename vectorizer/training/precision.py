"""What rounding the weights of an exported model costs: size, time, agreement, and what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder.fitting import fit_square
from vectorizer.intervals import mean_interval
from vectorizer.training.assembling import assemble
from vectorizer.training.backbone import convert
from vectorizer.training.heads import COMMON, Eye
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE, build_network
from vectorizer.training.pictures import read_picture
from vectorizer.training.splits import hands_of
from vectorizer.training.timing import milliseconds_of, open_runner
from vectorizer.training.trials import Bench

PRECISIONS = ("float32", "float16", "int8")
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """A model with weights of some precision, and its vectors (n, dimensions) of some pictures."""

    megabytes: float
    milliseconds: float
    vectors: NDArray[np.float32]


def precision_rows(bench: Bench, eye: Eye) -> Iterator[tuple[str, ...]]:
    """A row for each precision, on the paintings of the first fold, which `eye` must not know."""
    rows = np.flatnonzero(bench.lessons.folds == 0)
    squares = [fit_square(read_picture(bench.lessons.paths[row]), INPUT_SIZE, "squash") for row in rows]
    exact = None
    for name in PRECISIONS:
        found = round_model(eye, squares, name)
        exact = found.vectors if exact is None else exact
        yield (
            name,
            f"{found.megabytes:.1f}",
            f"{found.milliseconds:.1f}",
            f"{(found.vectors * exact).sum(axis=1).min():.5f}",
            *(_figure(bench, found.vectors, rows, other_artists=other) for other in (False, True)),
        )


def round_model(eye: Eye, squares: list[NDArray[np.uint8]], precision: str) -> Rounded:
    """The eye on Lite0's backbone as a LiteRT file, run on these squares."""
    content = convert(assemble(eye, build_network(size=INPUT_SIZE), variant=DEFAULT_VARIANT), INPUT_SIZE, precision)
    run = open_runner(content)
    return Rounded(
        megabytes=len(content) / MEGABYTE,
        milliseconds=milliseconds_of(content, INPUT_SIZE),
        vectors=np.stack([run(image=square[None])[COMMON][0] for square in squares]),
    )


def _figure(bench: Bench, vectors: NDArray[np.float32], rows: NDArray[np.intp], *, other_artists: bool) -> str:
    answers = bench.ask(vectors, other_artists=other_artists, rows=rows.tolist())
    artists = np.array(hands_of(bench.lessons.artists))[rows]
    return str(mean_interval(answers.average_precision, artists[answers.rows]))
