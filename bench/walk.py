"""How even is the walk from one painting to another? The chain that is shown against simpler and dearer ones.

    python bench/walk.py var/pendant.sqlite3                 by the model's first feature, 300 pairs, 7 steps
    python bench/walk.py var/pendant.sqlite3 --steps 4 --feature palette

Pairs are drawn at random. Told are the similarity of the worst step of a walk and the mean of its steps (means over the
walks; 1 / (1 + d), the greater the better), and how many walks have no worse worst step than the simple one's.
"""

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import walk
from vectorizer import encoder

CANDIDATES = 48  # search.walking's

QUERY = """
    SELECT v.data FROM gallery_painting p JOIN vectorizer_vectors v ON v.image_id = p.live_image_id
    JOIN vectorizer_encodermodel m ON m.id = v.model_id AND m.active WHERE p.state = 'published' ORDER BY p.id
"""
Floats = NDArray[np.float32]
Way = Callable[[Floats, int, int, int], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, metavar="FILE", help="a collection's SQLite database")
    parser.add_argument("--feature", help="what is compared (the model's first feature)")
    parser.add_argument("--steps", type=int, default=7, metavar="N")
    parser.add_argument("--pairs", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    vectors, name = _load(options.collection, options.feature)
    print(f"{len(vectors):,} paintings by {name}; {options.pairs} walks of {options.steps} steps\n")
    rng = np.random.default_rng(options.seed)
    pairs = [rng.choice(len(vectors), 2, replace=False).tolist() for _ in range(options.pairs)]
    usual: NDArray[np.float64] | None = None
    print(f"{'':44}{'worst step':>11}{'mean step':>11}{'no worse':>10}{'ms':>8}")
    for label, way in WAYS.items():
        began = time.perf_counter()
        found = np.array([_steps(vectors, way(vectors, first, last, options.steps)) for first, last in pairs])
        spent = 1000 * (time.perf_counter() - began) / len(pairs)
        worst = found.min(axis=1)
        usual = worst if usual is None else usual
        print(f"{label:44}{worst.mean():11.4f}{found.mean():11.4f}{(worst >= usual - 1e-9).mean():10.0%}{spent:8.1f}")


def simple(vectors: Floats, first: int, last: int, steps: int) -> list[int]:
    """At each point the nearest painting that is not in the chain yet."""
    taken = [first]
    for point in _points(vectors, first, last, steps):
        near = np.argsort(-(vectors @ point), kind="stable")
        taken.append(next(int(row) for row in near if row not in (*taken, last)))
    return [*taken, last]


def layered(vectors: Floats, first: int, last: int, steps: int) -> list[int]:
    """Viterbi over the layers of candidates; a painting that comes twice leaves the layer where it is further off.

    Where that leaves a layer without any, the simple way is taken.
    """
    layers = [_nearest(vectors, point, CANDIDATES, first, last) for point in _points(vectors, first, last, steps)]
    while all(layers):
        found = _viterbi(vectors, [[first], *layers, [last]])
        twice = next((row for row in found if found.count(row) > 1), None)
        if twice is None:
            return found
        points = _points(vectors, first, last, steps)
        places = [place for place, row in enumerate(found) if row == twice]
        off = min(places, key=lambda place: float(vectors[twice] @ points[place - 1]))
        layers[off - 1] = [row for row in layers[off - 1] if row != twice]
    return simple(vectors, first, last, steps)


def chosen(candidates: int) -> Way:
    """The application's, of so many candidates a point."""

    def way(vectors: Floats, first: int, last: int, steps: int) -> list[int]:
        rows, apart = _between(vectors, first, last, steps, candidates)
        return rows[walk.chain(apart, steps)].tolist()

    return way


def least_sum(vectors: Floats, first: int, last: int, steps: int) -> list[int]:
    """Always onward as well, but by the sum of squares alone."""
    rows, apart = _between(vectors, first, last, steps, CANDIDATES)
    order = 1 + np.argsort(apart[0, 1:-1] - apart[-1, 1:-1], kind="stable")
    costs, choices = apart[0, order], []
    onward = np.where(np.tri(len(order), dtype=np.bool_), np.inf, apart[np.ix_(order, order)])
    for _ in range(steps - 2):
        choices.append((costs[:, None] + onward).argmin(axis=0))
        costs = (costs[:, None] + onward).min(axis=0)
    places = [int((costs + apart[order, -1]).argmin())]
    for choice in reversed(choices):
        places.append(int(choice[places[-1]]))
    return [first, *rows[order[places[::-1]]].tolist(), last]


WAYS: dict[str, Way] = {
    "the nearest painting at each point": simple,
    f"Viterbi over layers of {CANDIDATES}": layered,
    f"the least sum of squares, of {CANDIDATES} a point": least_sum,
    **{f"the least greatest step, of {number}": chosen(number) for number in (12, 24, CANDIDATES, 96)},
}


def _load(path: Path, feature: str | None) -> tuple[Floats, str]:
    """The vectors of the public paintings, a row each, and what they are."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        (name,) = database.execute("SELECT name FROM vectorizer_encodermodel WHERE active").fetchone()
        rows = database.execute(QUERY).fetchall()
    card = encoder.load_card(encoder.artifact_path(name))
    feature = feature or card.likenesses[0].name
    return np.stack([encoder.unpack(data, card)[feature] for (data,) in rows]), f"{name}’s {feature}"


def _between(
    vectors: Floats, first: int, last: int, steps: int, candidates: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The ends and what is nearest to the points between them, and their squared distances."""
    points = _points(vectors, first, last, steps)
    near = {row for point in points for row in _nearest(vectors, point, candidates, first, last)}
    rows = np.array([first, *sorted(near), last])
    return rows, walk.squares({"": vectors[rows]}, {"": 1.0})


def _points(vectors: Floats, first: int, last: int, steps: int) -> list[Floats]:
    return [point[""] for point in walk.points({"": vectors[first]}, {"": vectors[last]}, steps)]


def _nearest(vectors: Floats, point: Floats, count: int, *but: int) -> list[int]:
    near = np.argsort(-(vectors @ point), kind="stable")[: count + len(but)].tolist()
    return [row for row in near if row not in but][:count]


def _viterbi(vectors: Floats, layers: list[list[int]]) -> list[int]:
    costs, choices = np.zeros(1), []
    for before, here in pairwise(layers):
        sums = costs[:, None] + 2 - 2 * vectors[before] @ vectors[here].T
        choices.append(sums.argmin(axis=0))
        costs = sums.min(axis=0)
    places = [0]
    for choice in reversed(choices):
        places.append(int(choice[places[-1]]))
    return [layer[place] for layer, place in zip(layers, reversed(places), strict=True)]


def _steps(vectors: Floats, chain: list[int]) -> NDArray[np.float64]:
    """The similarity of each painting of the chain to the one before."""
    apart = np.linalg.norm(np.diff(vectors[chain].astype(np.float64), axis=0), axis=1)
    similarity: NDArray[np.float64] = 1 / (1 + apart)
    return similarity


if __name__ == "__main__":
    main()
