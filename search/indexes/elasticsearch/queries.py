"""The questions as Elasticsearch takes them: bodies of searches, made from a `Query` alone.

Hits come as ids alone, from a column: no document is read, unpacked and sent to show what the database shows anyway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.filters import FACETS, Filters
from search.indexes.base import Query, Target
from search.indexes.elasticsearch import wording
from search.indexes.elasticsearch.wording import Body
from search.query import Sort

FLAT = "flat"

#: The filters' fields.
FIELDS = {name: name for name in FACETS} | {"style": "style.slug", "genre": "genre.slug", "artist": "artists.slug"}
YEARS = "years"
FACET_VALUES = 50
# Of each shard; with several, the sums are surely true only where every shard tells of every value.
VALUES_A_SHARD = 2000
WINDOW = 10_000  # the most hits that one search may give (`index.max_result_window`)
# How many a graph is searched for at once, for each hit that is wanted of it: the more, the fewer are missed.
EXPLORED, LEAST_EXPLORED = 2, 400
_IDS = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id"], "track_total_hits": False}
_ORDERS: Mapping[Sort, tuple[tuple[str, str], ...]] = {
    Sort.TITLE: (("title_key", "asc"), ("id", "asc")),
    Sort.ARTIST: (("artist_key", "asc"), ("title_key", "asc"), ("id", "asc")),
    Sort.OLDEST: (("first_year", "asc"), ("last_year", "asc"), ("id", "asc")),
    Sort.LATEST: (("last_year", "desc"), ("first_year", "desc"), ("id", "asc")),
    Sort.NEWEST: (("id", "desc"),),
}


def matching(query: Query, *, but: str = "") -> Body:
    """What words and filters let through; without the filter named by `but`, which may be YEARS."""
    chosen = {name: query.filters.values(name) for name in FIELDS if name != but}
    wanted: list[Body] = [{"terms": {FIELDS[name]: list(values)}} for name, values in chosen.items() if values]
    wanted += wording.matching(query.words, query.tiers)
    wanted += _years(query.filters) if but != YEARS else []
    unwanted = {"must_not": [{"terms": {"id": sorted(query.excluded)}}]} if query.excluded else {}
    return {"bool": {"filter": wanted, **unwanted}} if wanted or unwanted else {"match_all": {}}


def near(query: Query, target: Target, limit: int) -> Body:
    """About the nearest: for each feature its `limit` nearest, the filters within; weighted, one score."""
    total = sum(target.weights.values())
    boosts = {name: weight / total for name, weight in target.weights.items()}
    clauses = [_nearest(query, target, name, limit) | {"boost": boost} for name, boost in boosts.items()]
    return {"knn": clauses, "size": min(limit * len(clauses), WINDOW), **_IDS}


def near_by(query: Query, target: Target, feature: str, limit: int) -> Body:
    """The nearest by one feature alone, whose score is 1 / (1 + d²)."""
    return {"knn": [_nearest(query, target, feature, limit)], "size": limit, **_IDS}


def scored(query: Query, target: Target, limit: int) -> Body:
    """The nearest among all, one by one, by the contract's own formula; the score is 1 / (1 + d).

    With one feature this is `1 / (l2norm(params.queryVector, 'common512') + 1)`, as in Elastic's article on it.
    """
    if len(target.weights) == 1:
        ((name, vector),) = ((name, target.vectors[name]) for name in target.weights)
        script = {"source": f"1 / (l2norm(params.queryVector, '{name}') + 1)", "params": {"queryVector": vector}}
    else:
        script = _combined(target)
    return {"query": {"script_score": {"query": matching(query), "script": script}}, "size": limit, **_IDS}


def tiers(query: Query) -> Body:
    """How many match the words how well."""
    each = {tier.name: matching(replace(query, tiers=frozenset({tier}))) for tier in query.tiers}
    return {"size": 0, "track_total_hits": False, "aggs": {"tiers": {"filters": {"filters": each}}}}


def sorted_by(query: Query, start: int, stop: int, after: list[Any] | None = None) -> Body:
    """Those from `start` up to `stop`, or, behind the sort values `after`, the next of that number."""
    order: list[Body] = [{field: {"order": direction, "missing": "_last"}} for field, direction in _order(query)]
    wanted = matching(query)
    if query.order is Sort.RELEVANCE and query.words:
        wanted["bool"]["should"] = wording.scored(query.words)
        order = [{"_score": {"order": "desc"}}, *order]
    place: Body = {"from": start} if after is None else {"search_after": after}
    return {"query": wanted, "sort": order, "size": stop - start, **place, **_IDS}


def count(query: Query) -> Body:
    """How many match; with facets, how many of them have which value, and which chosen values exist at all."""
    if not query.facets:
        return {"query": matching(query), "size": 0, "track_total_hits": True}
    facets = {name: _facet(query, name) for name in FIELDS}
    chosen = {name: _values(FIELDS[name], query.filters.values(name)) for name in FIELDS if query.filters.values(name)}
    everything = {"everything": {"global": {}, "aggs": chosen}} if chosen else {}
    # A year a bucket: how wide the bins are depends on the span, which is asked for at the same time.
    spread = {"histogram": {"field": "middle_year", "interval": 1, "min_doc_count": 1}}
    years = {YEARS: {"filter": matching(query, but=YEARS), "aggs": {"spread": spread}}}
    return {
        "query": {"match_all": {}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {"matching": {"filter": matching(query)}, **facets, **years, **everything},
    }


def recount(query: Query, name: str, values: Sequence[str]) -> Body:
    """How many have each of these values of a facet, which is true however many shards there are."""
    counts = {"counts": _values(FIELDS[name], values)}
    return {"query": matching(query, but=name), "size": 0, "track_total_hits": False, "aggs": counts}


def span() -> Body:
    """The years of the whole collection; always the same question, so that the server remembers the answer."""
    years = {"first": {"min": {"field": "first_year"}}, "last": {"max": {"field": "last_year"}}}
    return {"size": 0, "track_total_hits": False, "aggs": years}


def _years(filters: Filters) -> list[Body]:
    """Spans that overlap; undated paintings have no field, and so match no years."""
    found: list[Body] = []
    if filters.first_year is not None:
        found.append({"range": {"last_year": {"gte": filters.first_year}}})
    if filters.last_year is not None:
        found.append({"range": {"first_year": {"lte": filters.last_year}}})
    return found


def _nearest(query: Query, target: Target, feature: str, limit: int) -> Body:
    clause = {
        "field": feature,
        "query_vector": target.vectors[feature],
        "k": limit,
        "num_candidates": min(max(EXPLORED * limit, LEAST_EXPLORED), WINDOW),
    }
    allowed = matching(query)
    return clause if "match_all" in allowed else clause | {"filter": allowed}


def _combined(target: Target) -> Body:
    """d² = Σ wᶠ·dᶠ² / Σ wᶠ, then 1 / (1 + d)."""
    total = sum(target.weights.values())
    params: dict[str, Any] = {}
    squares = []
    for number, (name, weight) in enumerate(target.weights.items()):
        params |= {f"queryVector{number}": target.vectors[name], f"weight{number}": weight / total}
        squares.append(f"params.weight{number} * Math.pow(l2norm(params.queryVector{number}, '{name}'), 2)")
    return {"source": f"1 / (Math.sqrt({' + '.join(squares)}) + 1)", "params": params}


def _order(query: Query) -> tuple[tuple[str, str], ...]:
    return _ORDERS.get(query.order, _ORDERS[Sort.NEWEST])


def _facet(query: Query, name: str) -> Body:
    """The most frequent values among what would match were this filter not set, and those that are chosen."""
    field, chosen = FIELDS[name], query.filters.values(name)
    frequent = {
        "field": field,
        "size": FACET_VALUES,
        "shard_size": VALUES_A_SHARD,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
        "exclude": [""],
    }
    values = {"frequent": {"terms": frequent}} | ({"chosen": _values(field, chosen)} if chosen else {})
    return {"filter": matching(query, but=name), "aggs": values}


def _values(field: str, values: Sequence[str]) -> Body:
    return {"terms": {"field": field, "include": list(values), "size": len(values)}}
