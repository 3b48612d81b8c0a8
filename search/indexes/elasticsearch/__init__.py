"""The index on Elasticsearch. Only this package imports its client."""
