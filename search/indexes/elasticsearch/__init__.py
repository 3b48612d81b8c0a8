"""The index on Elasticsearch. Only this package imports its client."""

from search.indexes.elasticsearch.index import ElasticsearchIndex

__all__ = ["ElasticsearchIndex"]
