"""Does a part of a painting find the painting? By each feature, by mixtures of them, and by recognising.

    python bench/parts.py ../shared/paintings
    python bench/parts.py ../shared/paintings --cases 300 --side 0.5 --artifact lite0-eye1
    python bench/parts.py ../shared/paintings --unseen var/folds

From each of some paintings a rectangle of half its width and half its height is taken, anywhere in it, and encoded as
the search encodes a part; asked among all paintings, the painting itself should come first. The features are compared
by the search's own distance, d² = Σ wᶠ·dᶠ² / Σ wᶠ, and `recognising` is what happens to a visitor's photo that shows
no more than such a part. Below it: of the ten nearest others, how many are by the same artist, in the same style and
of the same subject, for parts and for whole paintings: what a part is compared by must find its like, not only
itself. With --unseen, the model is that of the training's first fold (written by `python -m vectorizer.training train …
--fold-artifacts FOLDER`), and the parts are of paintings that it was not trained on.
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gallery.images import Limits  # noqa: E402 (found by the line above)
from search import parts  # noqa: E402
from search.management.photo_trials import read_folds  # noqa: E402
from search.recognition import recognise  # noqa: E402
from vectorizer import encoder, keypoints, opening  # noqa: E402
from vectorizer.intervals import share_interval  # noqa: E402
from vectorizer.quadrilaterals import rectify  # noqa: E402

LIMITS = Limits(max_bytes=100_000_000, max_pixels=100_000_000)
FIRST = 10
TARGET = 0.8
THREADS = 2
LABELS = ("artist", "style", "genre")
MIXTURES: dict[str, dict[str, float]] = {
    "style512 + genre512": {"style512": 1, "genre512": 1},
    "all but copy128": {"common512": 1, "style512": 1, "genre512": 1, "palette": 1},
    "common512 + ½ copy128": {"common512": 1, "copy128": 0.5},
    "common512 + copy128": {"common512": 1, "copy128": 1},
    "common512 + 2 copy128": {"common512": 1, "copy128": 2},
}

Picture = NDArray[np.uint8]
Vectors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """All paintings: by feature (n, dimensions), their packed keypoints, and their labels, "" where there is none."""

    vectors: Vectors
    keypoints: Sequence[bytes]
    labels: Sequence[Mapping[str, str]]


def main() -> None:
    options = _options()
    with (options.paintings / "all_data_info.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [options.paintings / "images" / row["new_filename"] for row in rows]
    fold = read_folds(options.unseen)[0] if options.unseen else None
    unseen = {path.name for path in fold.held_out} if fold else {path.name for path in paths}
    network = encoder.load(fold.artifact if fold else encoder.artifact_path(options.artifact))
    with ThreadPoolExecutor(THREADS) as threads:
        gallery = _gallery(network, paths, rows, threads)
        random = np.random.default_rng(options.seed)
        usable = [row for row, path in enumerate(paths) if path.name in unseen]
        chosen = sorted(random.choice(usable, options.cases, replace=False))
        cut = [_part(_read(paths[row]), options.side, random) for row in chosen]
        asked = _joined(list(threads.map(lambda picture: network.encode([picture])[0].vectors, cut)))
        found = list(threads.map(lambda picture: _recognised(picture, network, gallery), cut))
    print(
        f"{len(paths):,} paintings, {len(chosen)} parts of {options.side:g} × {options.side:g}, {network.card.name}\n"
    )
    reached = _report_itself(asked, chosen, gallery.vectors)
    _report_recognised(found, chosen)
    _report_like(asked, chosen, gallery)
    sys.exit(reached < TARGET)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paintings", type=Path, help="a folder with all_data_info.csv and images/")
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--side", type=float, default=0.5, help="of the painting's width and height")
    parser.add_argument("--artifact", default="lite0-eye1")
    parser.add_argument("--unseen", type=Path, metavar="FOLDS", help="of paintings that the model was not trained on")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _gallery(
    network: encoder.Encoder, paths: Sequence[Path], rows: Sequence[Mapping[str, str]], threads: ThreadPoolExecutor
) -> Gallery:
    def looked(path: Path) -> tuple[Vectors, bytes]:
        picture = _read(path)
        return network.encode([picture])[0].vectors, keypoints.pack(keypoints.describe(picture))

    both = list(threads.map(looked, paths))
    return Gallery(
        vectors=_joined([vectors for vectors, _ in both]),
        keypoints=[points for _, points in both],
        labels=[{label: row[label] for label in LABELS} for row in rows],
    )


def _read(path: Path) -> Picture:
    with path.open("rb") as file:
        return np.asarray(opening.open_picture(file, path.name, LIMITS))


def _part(picture: Picture, side: float, random: np.random.Generator) -> Picture:
    left, top = (int(edge) for edge in random.integers(0, round(1000 * (1 - side)) + 1, 2))
    edges = left, top, left + round(1000 * side), top + round(1000 * side)
    return rectify(picture, parts.region(parts.parse(",".join(map(str, edges)))))


def _joined(vectors: Sequence[Vectors]) -> Vectors:
    return {name: np.stack([each[name] for each in vectors]) for name in vectors[0]}


def _squares(asked: Vectors, vectors: Vectors, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """d² of each part (c) to each painting (n): (c, n)."""
    total = sum(
        weight * (2 - 2 * asked[name].astype(np.float64) @ vectors[name].T.astype(np.float64))
        for name, weight in weights.items()
    )
    return np.asarray(total / sum(weights.values()), np.float64)


def _ways(vectors: Vectors) -> dict[str, dict[str, float]]:
    """What is compared by: each feature, and the mixtures of those that there are."""
    return {name: {name: 1.0} for name in vectors} | {
        name: weights for name, weights in MIXTURES.items() if weights.keys() <= vectors.keys()
    }


def _report_itself(asked: Vectors, chosen: Sequence[int], vectors: Vectors) -> float:
    """Prints how often each way finds the painting. Returns that of the usual feature, among the first ten."""
    print(f"| compared by | it comes first | among the first {FIRST} | median place |\n| --- | --- | --- | --: |")
    reached = []
    for name, weights in _ways(vectors).items():
        squares = _squares(asked, vectors, weights)
        own = squares[np.arange(len(chosen)), list(chosen)]
        places = (squares < own[:, None]).sum(axis=1) + 1
        first, among = ((places <= place).sum() for place in (1, FIRST))
        reached.append(among / len(places))
        shares = [share_interval(int(count), len(places)) for count in (first, among)]
        print(f"| {name} | {shares[0]} | {shares[1]} | {int(np.median(places))} |")
    return float(reached[0])


def _recognised(part: Picture, network: encoder.Encoder, gallery: Gallery) -> tuple[int | None, int | None]:
    """What is recognised in a photo of the part, and what is thought likeliest, as rows."""
    copies = gallery.vectors["copy128"]

    def encode(pictures: Sequence[Picture]) -> NDArray[np.float32]:
        return np.stack([each.vectors["copy128"] for each in network.encode(pictures, features=["copy128"])])

    def shortlist(vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        distances = np.linalg.norm(copies - vector, axis=1)
        return [(int(row), float(distances[row])) for row in np.argsort(distances, kind="stable")[:limit]]

    def keypoints_of(wanted: Sequence[int]) -> dict[int, keypoints.Keypoints]:
        return {row: keypoints.unpack(gallery.keypoints[row]) for row in wanted}

    found = recognise(part, encode, shortlist, keypoints_of)
    return found.best, found.ranking[0] if found.ranking else None


def _report_recognised(found: Sequence[tuple[int | None, int | None]], chosen: Sequence[int]) -> None:
    said = [best for best, _ in found if best is not None]
    right = sum(best == row for (best, _), row in zip(found, chosen, strict=True))
    likeliest = sum(first == row for (_, first), row in zip(found, chosen, strict=True))
    print(f"\nRecognising: says {len(said)} of {len(found)}, {len(said) - right} of them another painting;")
    print(f"  rightly {share_interval(right, len(found))}, likeliest {share_interval(likeliest, len(found))}")


def _report_like(asked: Vectors, chosen: Sequence[int], gallery: Gallery) -> None:
    print(f"\n| share of the {FIRST} nearest others with the same | " + " | ".join(LABELS) + " |")
    print("| --- |" + " --- |" * len(LABELS))
    whole = {name: matrix[list(chosen)] for name, matrix in gallery.vectors.items()}
    for name, weights in _ways(gallery.vectors).items():
        figures = [_alike(queries, chosen, gallery, weights) for queries in (asked, whole)]
        cells = [f"{part:.3f} (whole: {all_:.3f})" for part, all_ in zip(*figures, strict=True)]
        print(f"| {name} | " + " | ".join(cells) + " |")


def _alike(queries: Vectors, chosen: Sequence[int], gallery: Gallery, weights: Mapping[str, float]) -> list[float]:
    """For each label the mean share of the nearest others that have it, over the questions that have one themselves."""
    squares = _squares(queries, gallery.vectors, weights)
    squares[np.arange(len(chosen)), list(chosen)] = np.inf
    nearest = np.argsort(squares, axis=1, kind="stable")[:, :FIRST]
    means = []
    for label in LABELS:
        names = np.array([labels[label] for labels in gallery.labels])
        known = [number for number, row in enumerate(chosen) if names[row]]
        means.append(float(np.mean([(names[nearest[number]] == names[chosen[number]]).mean() for number in known])))
    return means


if __name__ == "__main__":
    main()
