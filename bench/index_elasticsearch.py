"""The index on Elasticsearch beside the database's own, at 20,000 paintings: recall and time, in one run.

    python bench/index_elasticsearch.py -n 300                                      a look, in a minute
    python bench/index_elasticsearch.py --collection ~/museum/pendant.sqlite3       20,000 paintings like those

Elasticsearch keeps vectors as the settings' default says (`int8_hnsw`), and its candidates are measured exactly with
the database's vectors; the database's index is exact and gives the truth. Both are asked through `Index.find`, one
question after the other, so that a busy moment hits both alike; the questions are mixtures that the collection doesn't
hold. The database is PostgreSQL. Recall is how many of the 24 nearest of the exact index are among the 24 of the other.
"""

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import usage
from installation import installation
from mixtures import SHARES, Matrices, add_arguments, fill, mixtures

PAGE = 24
GOAL = 0.99
WARMING = 5  # questions of each kind
WEIGHTS: tuple[Mapping[str, float], ...] = (
    {"common512": 1.0},
    {"style512": 1.0},
    {"palette": 1.0},
    {"common512": 1.0, "palette": 0.5},
    {"common512": 0.2, "style512": 3.0, "genre512": 1.0, "palette": 1.0},
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, paintings=20_000)
    parser.add_argument("--queries", type=int, default=50, metavar="N", help="questions of each kind (50)")
    options = parser.parse_args()
    with installation("postgres", "elasticsearch"):
        from search.indexes.database import DatabaseIndex
        from search.indexes.elasticsearch import ElasticsearchIndex, client
        from vectorizer.models import EncoderModel

        client.ASKING_SECONDS = 60.0  # a benchmark on a busy machine waits longer than a visitor
        model = EncoderModel.current()
        mixed = mixtures(options, model)
        filled = fill(model, mixed, options.n)
        contenders = {"database": DatabaseIndex(), "Elasticsearch": ElasticsearchIndex()}
        for name, index in contenders.items():
            started = time.perf_counter()
            index.rebuild(model)
            print(f"  {name}: made in {time.perf_counter() - started:.1f} s", flush=True)
        questions = mixed.next(options.queries)
        styles = {len(filled.of_style(number)): f"style-{number}" for number in range(len(SHARES) + 1)}
        sys.exit(_compare(contenders, model, questions, styles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    recall: float
    least: float
    database_ms: float
    elasticsearch_ms: float

    def __str__(self) -> str:
        return (
            f"{self.recall:.4f} | {self.least:.2f} | {self.database_ms:.1f} | {self.elasticsearch_ms:.1f} | "
            f"{self.elasticsearch_ms / self.database_ms:.2f}"
        )


def _compare(contenders: Mapping[str, Any], model: Any, questions: Matrices, styles: Mapping[int, str]) -> int:
    """Print a table; 1 where a mean recall misses the goal, else 0."""
    from search.filters import Filters

    filters = {"all": Filters()}
    filters |= {f"{count:,} by style" if count else "": Filters(styles=(slug,)) for count, slug in styles.items()}
    filters["a century, two genres"] = Filters(genres=("genre-1", "genre-3"), first_year=1500, last_year=1600)
    filters.pop("", None)
    print(f"\nRecall@{PAGE} and milliseconds a question, medians; {usage.load()}\n")
    print(
        "| features | paintings | recall | least | database | Elasticsearch | × |\n|---|---|---:|---:|---:|---:|---:|"
    )
    missed = False
    for weights in WEIGHTS:
        for title, chosen in filters.items() if weights is WEIGHTS[0] else [*filters.items()][:1]:
            compared = _asked(contenders, model, questions, weights, chosen)
            shown = " + ".join(name if weight == 1 else f"{weight:g} {name}" for name, weight in weights.items())
            print(f"| {shown} | {title} | {compared} |", flush=True)
            missed |= compared.recall < GOAL
    return int(missed)


def _asked(
    contenders: Mapping[str, Any], model: Any, questions: Matrices, weights: Mapping[str, float], filters: Any
) -> Compared:
    from search.indexes.base import Query, Target
    from search.query import Sort

    times: dict[str, list[float]] = {name: [] for name in contenders}
    found: dict[str, list[set[int]]] = {name: [] for name in contenders}
    for number in range(-WARMING, len(next(iter(questions.values())))):  # from the end: those before 0 don't count
        target = Target(vectors={name: questions[name][number] for name in weights}, weights=weights)
        query = Query(model=model, target=target, filters=filters, order=Sort.SIMILARITY, stop=PAGE)
        for name, index in contenders.items():
            started = time.perf_counter()
            hits = index.find(query).hits
            if number >= 0:
                times[name].append(1000 * (time.perf_counter() - started))
                found[name].append({hit.id for hit in hits})
    recalls = [
        len(truth & got) / len(truth)
        for truth, got in zip(found["database"], found["Elasticsearch"], strict=True)
        if truth
    ]
    return Compared(
        recall=float(np.mean(recalls)),
        least=min(recalls),
        database_ms=float(np.median(times["database"])),
        elasticsearch_ms=float(np.median(times["Elasticsearch"])),
    )


if __name__ == "__main__":
    main()
