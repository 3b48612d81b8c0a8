"""What an example against is worth: style precision of the first 24, with and without it, for several γ of Rocchio.

    python bench/against.py var/pendant.sqlite3                          by the model's first feature
    python bench/against.py var/pendant.sqlite3 --feature palette --likes 1 --dislikes 3

A visitor is played: she likes paintings of one style (by different artists), looks at what comes first, and says of the
first ones that are of another style “not like that”. What she has named is taken out of both lists before they are
compared, so that no list is better only for what is no longer in it. Ten rows are the ten styles with most paintings,
averaged over many such visitors; the last ones are all of them: with every result, and with those alone that are by
other hands than what she likes. Intervals are of 95 %, whole artists of the first liked one drawn again.
"""

import argparse
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.rocchio import AGAINST, direction
from vectorizer import encoder

FIRST, STYLES = 24, 10
GAMMAS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75)
DRAWN_AGAIN = 1000

Floats = NDArray[np.float32]
QUERY = """
    SELECT v.data, s.name, (SELECT a.artist_id FROM gallery_attribution a WHERE a.painting_id = p.id ORDER BY a."order")
    FROM gallery_painting p JOIN gallery_style s ON s.id = p.style_id
    JOIN vectorizer_vectors v ON v.image_id = p.live_image_id
    JOIN vectorizer_encodermodel m ON m.id = v.model_id AND m.active
    WHERE p.state = 'published' ORDER BY p.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Row n is one painting: its vector, the name of its style, and its first artist (0 where nobody is named)."""

    vectors: Floats
    styles: NDArray[np.str_]
    artists: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One visitor: what she looks for, and by γ the shares of the first 24 that are of that style, and of the one that
    she says no to; `other_hands` are the same without the artists of what she likes."""

    style: str
    unwanted: str
    artist: int
    precision: NDArray[np.float64]
    of_unwanted: NDArray[np.float64]
    other_hands: NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, metavar="FILE", help="a collection's SQLite database")
    parser.add_argument("--feature", help="what is compared (the model's first feature)")
    parser.add_argument("--likes", type=int, default=2, metavar="N", help="how many are liked (2)")
    parser.add_argument("--dislikes", type=int, default=1, metavar="N", help="how many are not (1)")
    parser.add_argument("--visitors", type=int, default=100, metavar="N", help="how many a style (100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    collection, name = _load(options.collection, options.feature)
    print(f"{len(collection.styles):,} paintings compared by {name}; {options.likes} liked, {options.dislikes} not\n")
    rng = np.random.default_rng(options.seed)
    styles = [style for style, _ in Counter(collection.styles.tolist()).most_common(STYLES)]
    asked = [
        _visitor(collection, style, options.likes, options.dislikes, rng)
        for style in styles
        for _ in range(options.visitors)
    ]
    _print(styles, asked, rng)


def _load(path: Path, feature: str | None) -> tuple[Collection, str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        (name,) = database.execute("SELECT name FROM vectorizer_encodermodel WHERE active").fetchone()
        rows = database.execute(QUERY).fetchall()
    card = encoder.load_card(encoder.artifact_path(name))
    feature = feature or card.likenesses[0].name
    vectors = np.stack([encoder.unpack(data, card)[feature] for data, _, _ in rows])
    styles, artists = (np.array([row[place] or 0 for row in rows]) for place in (1, 2))
    return Collection(vectors=vectors, styles=styles, artists=artists), f"{name}’s {feature}"


def _visitor(collection: Collection, style: str, likes: int, dislikes: int, rng: np.random.Generator) -> Asked:
    of_style = rng.permutation(np.flatnonzero(collection.styles == style))
    _, first = np.unique(collection.artists[of_style], return_index=True)
    liked = [int(row) for row in (*of_style[np.sort(first)], *of_style)][:likes]  # by different hands, if there are
    ranked = _ranked(collection, direction(collection.vectors[liked]), liked)
    unwanted = [int(row) for row in ranked if collection.styles[row] != style][:dislikes]
    lists = [_answer(collection, liked, unwanted, gamma) for gamma in GAMMAS]
    theirs = collection.artists[liked]
    others = [rows[~np.isin(collection.artists[rows], theirs)][:FIRST] for rows in lists]
    named = str(collection.styles[unwanted[0]])
    return Asked(
        style=style,
        unwanted=named,
        artist=int(theirs[0]),
        precision=np.array([np.mean(collection.styles[rows[:FIRST]] == style) for rows in lists]),
        of_unwanted=np.array([np.mean(collection.styles[rows[:FIRST]] == named) for rows in lists]),
        other_hands=np.array([np.mean(collection.styles[rows] == style) for rows in others]),
    )


def _answer(collection: Collection, liked: list[int], unwanted: list[int], gamma: float) -> NDArray[np.intp]:
    target = direction(collection.vectors[liked], collection.vectors[unwanted], against=gamma)
    return _ranked(collection, target, [*liked, *unwanted])


def _ranked(collection: Collection, target: Floats, named: Sequence[int]) -> NDArray[np.intp]:
    """All paintings but those that are named, the nearest (of unit vectors: with the greatest dot product) first."""
    dots = np.einsum(
        "ij,j->i", collection.vectors, target
    )  # BLAS's threads would wait for each other on a busy machine
    order = np.argsort(-dots, kind="stable")
    return order[~np.isin(order, named)]


def _print(styles: Sequence[str], asked: Sequence[Asked], rng: np.random.Generator) -> None:
    print(f"{'':34}{'γ =':>6}" + "".join(f"{gamma:>7.2f}" for gamma in GAMMAS))
    for style in styles:
        some = [each for each in asked if each.style == style]
        ((unwanted, _),) = Counter(each.unwanted for each in some).most_common(1)
        _line(f"{style} (not {unwanted})", np.mean([each.precision for each in some], axis=0))
    print()
    for label, values in (
        ("all", np.array([each.precision for each in asked])),
        ("of the style said no to", np.array([each.of_unwanted for each in asked])),
        ("all, by other hands alone", np.array([each.other_hands for each in asked])),
    ):
        _line(label, values.mean(axis=0))
        low, high = _interval(values - values[:, :1], np.array([each.artist for each in asked]), rng)
        print(f"{'  more than without (95 %)':40}" + "".join(f"{low:>+7.3f}" for low in low))
        print(f"{'':40}" + "".join(f"{high:>+7.3f}" for high in high))
    print(f"\nThe application's γ is {AGAINST:g}.")


def _line(label: str, values: NDArray[np.float64]) -> None:
    print(f"{label:40.40}" + "".join(f"{value:>7.3f}" for value in values))


def _interval(
    values: NDArray[np.float64], artists: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of the means over the rows of values (rows, columns), where whole artists are drawn again: (columns,) each."""
    groups = [values[artists == artist] for artist in np.unique(artists)]
    sums, sizes = np.array([group.sum(axis=0) for group in groups]), np.array([len(group) for group in groups])
    drawn = rng.integers(0, len(groups), (DRAWN_AGAIN, len(groups)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)[:, None]
    low, high = np.percentile(means, (2.5, 97.5), axis=0)
    return low, high


if __name__ == "__main__":
    main()
