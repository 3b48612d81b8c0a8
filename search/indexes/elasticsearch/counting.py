"""How many match, and how many have which value of a facet: read from the server's counts, labelled by the database."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from gallery.models import Artist, Genre, Style
from search.indexes.base import Count, Query, YearBin
from search.indexes.elasticsearch import queries
from search.indexes.elasticsearch.asking import Answer, ask
from search.indexes.elasticsearch.queries import FIELDS
from search.indexes.histogram import binned
from vectorizer.rows import facet_label

_NAMED = {"style": Style, "genre": Genre, "artist": Artist}  # the others name themselves


def total(answer: Answer, query: Query) -> int:
    """How many match words and filters."""
    return int(answer["aggregations"]["matching"]["doc_count"] if query.facets else answer["hits"]["total"]["value"])


def years(answer: Answer) -> tuple[int, int] | None:
    """The span of the whole collection; None where nothing is dated."""
    first, last = (answer["aggregations"][name].get("value") for name in ("first", "last"))
    return None if first is None or last is None else (int(first), int(last))


def facets(answer: Answer, query: Query) -> dict[str, tuple[Count, ...]]:
    """By facet the most frequent values and those that are chosen; a query of the database each, for the names."""
    return {name: _counts(answer["aggregations"], name, query) for name in FIELDS}


def histogram(answer: Answer, span: tuple[int, int] | None) -> tuple[YearBin, ...]:
    """How the years of what was counted are spread over this span."""
    buckets = answer["aggregations"][queries.YEARS]["spread"]["buckets"]
    middles, counts = ([int(bucket[name]) for bucket in buckets] for name in ("key", "doc_count"))
    return binned(span, np.array(middles, np.int64), np.array(counts, np.int64))


def _counts(found: Mapping[str, Any], name: str, query: Query) -> tuple[Count, ...]:
    frequent, chosen = _frequent(found[name]["frequent"], name, query), query.filters.values(name)
    beside = [value for value in chosen if value not in frequent]
    counted = _buckets(found[name]["chosen"]) if beside else {}
    there = _buckets(found["everything"][name]) if beside else {}  # a name leaves with its last painting
    labels = _labels(name, [*frequent, *(value for value in beside if value in there)])
    counts = frequent | {value: counted.get(value, 0) for value in beside}
    return tuple(Count(value=value, label=labels.get(value, value), count=count) for value, count in counts.items())


def _frequent(terms: Mapping[str, Any], name: str, query: Query) -> dict[str, int]:
    """Value → how many; counted once more where a shard did not tell of all its values, so that a sum is too small."""
    found = _buckets(terms)
    if not terms.get("doc_count_error_upper_bound"):
        return found
    (answer,) = ask(query.model, [queries.recount(query, name, list(found))])
    counts = _buckets(answer["aggregations"]["counts"])
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _buckets(terms: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["buckets"]}


def _labels(name: str, values: Iterable[str]) -> Mapping[str, str]:
    """Slug → the name as it is now."""
    wanted = list(values)
    if name not in _NAMED:
        return {value: facet_label(name, value) for value in wanted}
    if not wanted:
        return {}
    return dict(_NAMED[name]._default_manager.filter(slug__in=wanted).values_list("slug", "name"))
