"""The index of the public paintings on Elasticsearch."""

from dataclasses import replace

from search.indexes.base import Found, Index, Query
from search.indexes.elasticsearch import correcting, counting, generations, mapping, queries
from search.indexes.elasticsearch.asking import ask
from search.indexes.elasticsearch.fusing import Fused
from search.indexes.elasticsearch.likeness import Search, nearest
from search.indexes.elasticsearch.ordering import Sorted
from search.indexes.elasticsearch.upkeep import ElasticsearchUpkeep
from search.query import Sort
from vectorizer.models import EncoderModel


class ElasticsearchIndex(Index):
    """Knows what a sink has written. A question is one request, and one query of the database for what it shows.

    By likeness it is approximate, unless `settings.INDEX_EXACT` says how it shall be exact.
    """

    def find(self, query: Query) -> Found:
        corrections = correcting.corrections(query.words, query.model)
        query = replace(query, words=query.words.corrected(corrections))
        search = _search(query)
        bodies = search.bodies if search else []
        counted, span, *answers = ask(query.model, [queries.count(query.counted), queries.span(), *bodies])
        total, years = counting.total(counted, query), counting.years(span)
        return Found(
            hits=tuple(search.hits(answers)) if search and query.start < min(total, query.stop) else (),
            total=total,
            facets=counting.facets(counted, query.counted) if query.facets else {},
            years=years,
            histogram=counting.histogram(counted, years) if query.facets else (),
            worded=search.worded(answers) if isinstance(search, Fused) else total if query.words else None,
            corrections=corrections,
        )

    def compact(self, model: EncoderModel) -> bool:
        return False  # Elasticsearch keeps house itself

    def rebuild(self, model: EncoderModel) -> int:
        return self.upkeep(model).rebuild().count

    def is_made(self, model: EncoderModel) -> bool:
        return generations.current(model) is not None

    def fits(self, model: EncoderModel) -> bool:
        now = generations.current(model)
        return now is not None and mapping.fits(generations.mapping_of(now), model.card)

    def upkeep(self, model: EncoderModel) -> ElasticsearchUpkeep:
        return ElasticsearchUpkeep(model)

    def forget(self, model: EncoderModel) -> None:
        generations.forget(model)


def _search(query: Query) -> Search | None:
    if query.target is not None and query.fuses:
        return Fused(query, query.target)
    if query.start >= query.stop:
        return None
    if query.target is None or query.order not in (Sort.SIMILARITY, Sort.RELEVANCE):
        return Sorted(query)
    return nearest(query, query.target)
