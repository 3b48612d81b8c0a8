"""The index at 100,000 paintings, beside a plain NumPy scan and FAISS, in one run: medians, ratios, recall.

The vectors are mixtures of real ones: each is the direction of a weighted mean of three vectors of real paintings
(weights from a flat Dirichlet distribution) plus a little noise, so that neighbours are as near and as many as among
real pictures, and no vector is a copy. Real ones come from a collection's database (SQLite) or from a file.

The index is the application's own: a database with that many paintings is made in a temporary folder, and questions go
through `DatabaseIndex.find`, the look at the journal included. Truth is a scan in double precision.
"""

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
NEAREST = 16
ROWS_AT_ONCE = 1000
# Share of the paintings that each style has; filters are asked by them.
SHARES = {"half": 0.5, "a tenth": 0.1, "a hundredth": 0.01, "a few": 0.0003}

EXAMPLES = """examples:
  python bench/index_100k.py                                     real vectors from var/pendant.sqlite3
  python bench/index_100k.py --collection ~/museum/pendant.sqlite3
  python bench/index_100k.py --vectors common512.npy             (n, dimensions), float32
  python bench/index_100k.py --rows 10000 --queries 20           quickly"""


def main() -> None:
    options = _options()
    real = np.load(options.vectors) if options.vectors else _from_collection(options.collection)
    rng = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory(prefix="pendant-bench-") as folder:
        _set_up(folder)
        dimensions = _first_feature().dimensions
        if real.ndim != 2 or real.shape[1] != dimensions or len(real) < 3:
            sys.exit(f"At least three vectors of {dimensions} dimensions are needed; these are {real.shape}.")
        print(f"{options.rows:,} mixtures of {len(real):,} real vectors of {dimensions} dimensions")
        vectors, queries = mixtures(real, options.rows, rng), mixtures(real, options.queries, rng)
        styles = rng.choice(len(SHARES) + 1, options.rows, p=[*SHARES.values(), 1 - sum(SHARES.values())])
        took("filling the database", lambda: _fill(vectors, styles, rng))
        _measure(vectors, queries, styles)


def mixtures(real: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Unit vectors (count, dimensions), float32."""
    made = np.empty((count, real.shape[1]), np.float32)
    for start in range(0, count, ROWS_AT_ONCE):
        block = made[start : start + ROWS_AT_ONCE]
        parents = real[rng.integers(0, len(real), (len(block), 3))]
        mixed = np.einsum("ij,ijk->ik", rng.dirichlet((1, 1, 1), len(block)), parents)
        mixed += 0.1 * rng.normal(size=mixed.shape) / np.sqrt(mixed.shape[1])
        block[:] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return made


def took(what: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    print(f"  {what}: {time.perf_counter() - started:.1f} s")
    return result


def _measure(vectors: np.ndarray, queries: np.ndarray, styles: np.ndarray) -> None:
    import faiss

    from search import indexes
    from vectorizer.models import EncoderModel

    model, index = EncoderModel.current(), indexes.index()
    took("writing the index", lambda: index.rebuild(model))
    took("the first question", lambda: _ask(index, model, queries[0]))
    flat = faiss.IndexFlatL2(vectors.shape[1])
    flat.add(vectors)
    contenders: dict[str, Callable[[np.ndarray], list[int]]] = {
        "this index": lambda query: _ask(index, model, query),
        "NumPy differences": lambda query: _numpy(vectors, query),
        "FAISS IndexFlatL2": lambda query: _faiss(flat, query),
    }
    _compare("all paintings", vectors, queries, contenders)
    for number, (share, _) in enumerate(SHARES.items()):
        rows = np.flatnonzero(styles == number)
        selector = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))
        slug = f"style-{number}"
        contenders = {
            "this index": lambda query, slug=slug: _ask(index, model, query, slug),
            "NumPy differences": lambda query, rows=rows: rows[_numpy(vectors[rows], query)].tolist(),
            "FAISS with a selector": lambda query, selector=selector: _faiss(flat, query, selector),
        }
        _compare(f"filtered to {share} ({len(rows):,})", vectors, queries[:20], contenders, rows)
    _measure_changes(index, model, queries[0])


def _compare(
    title: str,
    vectors: np.ndarray,
    queries: np.ndarray,
    contenders: dict[str, Callable[[np.ndarray], list[int]]],
    rows: np.ndarray | None = None,
) -> None:
    """One query after the other, each put to all contenders in turn, so that a busy moment hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    found: dict[str, list[list[int]]] = {name: [] for name in contenders}
    for query in queries:
        for name, ask in contenders.items():
            started = time.perf_counter()
            found[name].append(ask(query))
            times[name].append(time.perf_counter() - started)
    truth = [_truth(vectors, query, rows) for query in queries]
    ours = float(np.median(times["this index"]))
    print(f"\n{title}: median of {len(queries)} questions for {NEAREST}")
    for name in contenders:
        median = float(np.median(times[name]))
        hits = sum(len(set(a) & set(b)) for a, b in zip(found[name], truth, strict=True))
        recall = hits / sum(len(those) for those in truth)
        print(f"  {name:22} {1000 * median:8.2f} ms   × {median / ours:5.2f}   recall@{NEAREST} {recall:.4f}")


def _measure_changes(index: Any, model: Any, query: np.ndarray) -> None:
    from gallery.models import Painting

    print("\nafter changes by another process")
    for count in (1, 100):
        for painting in Painting.objects.order_by("id")[:count]:
            painting.save()
        took(f"the first answer after {count}", lambda: _ask(index, model, query))
        times = []
        for _ in range(10):
            started = time.perf_counter()
            _ask(index, model, query)
            times.append(time.perf_counter() - started)
        print(f"  then: {1000 * float(np.median(times)):.2f} ms")


def _ask(index: Any, model: Any, query: np.ndarray, style: str | None = None) -> list[int]:
    """Row numbers; painting ids begin at 1."""
    from search.filters import Filters
    from search.indexes.base import Query, Target
    from search.query import Sort

    name = _first_feature().name
    found = index.find(
        Query(
            model=model,
            target=Target(vectors={name: query}, weights={name: 1.0}),
            filters=Filters(styles=(style,) if style else ()),
            order=Sort.SIMILARITY,
            stop=NEAREST,
        )
    )
    return [hit.id - 1 for hit in found.hits]


def _numpy(vectors: np.ndarray, query: np.ndarray) -> list[int]:
    squares = ((vectors - query) ** 2).sum(axis=1)
    best = np.argpartition(squares, NEAREST)[:NEAREST] if len(squares) > NEAREST else np.arange(len(squares))
    return best[np.argsort(squares[best])].tolist()


def _faiss(flat: Any, query: np.ndarray, selector: Any = None) -> list[int]:
    _, ids = flat.search(query[None], NEAREST, params=selector)
    return [id_ for id_ in ids[0].tolist() if id_ >= 0]


def _truth(vectors: np.ndarray, query: np.ndarray, rows: np.ndarray | None) -> list[int]:
    rows = np.arange(len(vectors)) if rows is None else rows
    squares = np.concatenate(
        [
            ((vectors[rows[start : start + ROWS_AT_ONCE]].astype(np.float64) - query) ** 2).sum(axis=1)
            for start in range(0, len(rows), ROWS_AT_ONCE)
        ]
    )
    return rows[np.argsort(squares)[:NEAREST]].tolist()


def _set_up(folder: str) -> None:
    """The application with an empty database in this folder; nothing of the installation's own is touched."""
    os.environ |= {
        "PENDANT_VAR": folder,
        "PENDANT_SECRET_KEY": "only for this benchmark",
        "DATABASE_URL": f"sqlite:///{folder}/pendant.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _first_feature() -> Any:
    from search import similar

    return similar.features()[0]


def _fill(vectors: np.ndarray, styles: np.ndarray, rng: np.random.Generator) -> None:
    from django.db import transaction

    from gallery.models import Change, Image, Painting, Style
    from vectorizer.models import EncoderModel, Vectors

    model = EncoderModel.current()
    Style.objects.bulk_create(Style(id=n + 1, name=f"Style {n}", slug=f"style-{n}") for n in range(len(SHARES) + 1))
    with transaction.atomic():
        for start in range(0, len(vectors), ROWS_AT_ONCE):
            ids = range(start + 1, min(start + ROWS_AT_ONCE, len(vectors)) + 1)
            Image.objects.bulk_create(
                Image(id=id_, sha256=f"{id_:064x}", name="", bytes=1, width=1, height=1) for id_ in ids
            )
            _plain(Painting).bulk_create(_paintings(ids, styles))
            Vectors.objects.bulk_create(
                Vectors(image_id=id_, model=model, data=_packed(vectors[id_ - 1], model.card, rng)) for id_ in ids
            )
        Change.objects.create(painting_id=1, kind="created")


def _plain(model: Any) -> Any:
    """Rows without their entries in the journal: this database has no history."""
    from django.db.models import QuerySet

    return QuerySet(model)


def _paintings(ids: range, styles: np.ndarray) -> Iterator[Any]:
    from gallery.models import Painting

    for id_ in ids:
        painting = Painting(
            id=id_, title=f"Painting number {id_}", style_id=int(styles[id_ - 1]) + 1, state="published"
        )
        painting.image_id = painting.live_image_id = id_
        painting.first_year = painting.last_year = 1400 + id_ % 600
        painting.derive()
        yield painting


def _packed(vector: np.ndarray, card: Any, rng: np.random.Generator) -> bytes:
    from vectorizer import encoder

    made = {feature.name: rng.normal(size=feature.dimensions).astype(np.float32) for feature in card.features}
    made = {name: other / np.linalg.norm(other) for name, other in made.items()}
    return encoder.pack(made | {card.features[0].name: vector}, card)


def _from_collection(path: Path) -> np.ndarray:
    """The first feature's vectors of the active model; its dimensions are asked of the application's card later."""
    if not path.exists():
        sys.exit(f"There is no database at {path}. Import a collection first, or give --vectors or --collection.")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        query = (
            "SELECT v.data, m.name FROM vectorizer_vectors v JOIN vectorizer_encodermodel m ON m.id = v.model_id "
            "WHERE m.active"
        )
        rows = database.execute(query).fetchall()
    if not rows:
        sys.exit(f"{path} holds no vectors yet: run `manage.py vectorize --missing`.")
    sys.path.insert(0, str(ROOT))
    from vectorizer import encoder

    card = encoder.load_card(encoder.artifact_path(rows[0][1], path.parent / "artifacts"))
    first = card.features[0]
    return np.array([encoder.unpack(data, card)[first.name] for data, _ in rows])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = ROOT / "var" / "pendant.sqlite3"
    parser.add_argument("--collection", type=Path, default=default, help=f"a collection's SQLite file ({default})")
    parser.add_argument("--vectors", type=Path, help="a .npy file with real vectors instead")
    parser.add_argument("--rows", type=int, default=100_000, help="how many paintings (100000)")
    parser.add_argument("--queries", type=int, default=50, help="how many questions (50)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
