"""The index at 100,000 paintings, beside a plain NumPy scan and FAISS, in one run: medians, ratios, recall.

    python bench/index_100k.py                                     vectors like those of the drawn sample
    python bench/index_100k.py --paintings ~/museum/images         like those of these pictures
    python bench/index_100k.py --collection var/pendant.sqlite3    like those of a collection
    python bench/index_100k.py -n 10000 --queries 20               quickly

The index is the application's own: a database with that many paintings (`bench/mixtures.py`) is made in a temporary
folder, and questions go through `DatabaseIndex.find`, the look at the journal included. Truth is a scan in double
precision.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from installation import installation
from mixtures import SHARES, Filled, add_arguments, fill, mixtures

NEAREST = 16
ROWS_AT_ONCE = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, paintings=100_000)
    parser.add_argument("--queries", type=int, default=50, metavar="N", help="how many questions (50)")
    options = parser.parse_args()
    with installation():
        from vectorizer.models import EncoderModel

        model = EncoderModel.current()
        mixed = mixtures(options, model)
        filled = took("filling the database", lambda: fill(model, mixed, options.n))
        _measure(model, filled, next(iter(mixed.next(options.queries).values())))


def took(what: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    print(f"  {what}: {time.perf_counter() - started:.1f} s")
    return result


def _measure(model: Any, filled: Filled, queries: np.ndarray) -> None:
    import faiss

    from search import indexes

    index, vectors = indexes.index(), filled.vectors
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
        rows = filled.of_style(number)
        if not len(rows):
            continue
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


def _first_feature() -> Any:
    from search import similar

    return similar.features()[0]


if __name__ == "__main__":
    main()
