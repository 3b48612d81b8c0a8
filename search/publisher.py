"""Without Kafka: a publisher that writes straight into the index, with the sink's code."""

from collections.abc import Sequence
from typing import ClassVar

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch import writing
from search.indexes.elasticsearch.generations import write_alias
from vectorizer.documents import Message
from vectorizer.publishers import Publisher, PublishError


class ElasticsearchPublisher(Publisher):
    """Accepted means indexed. There is no history: `manage.py rebuild_index` makes a new index from the database."""

    keeps_history: ClassVar[bool] = False

    def publish(self, model_name: str, messages: Sequence[Message]) -> None:
        try:
            written = writing.write(messages, target=write_alias(model_name))
        except IndexUnavailable as problem:
            raise PublishError(str(problem), temporary=True) from problem
        if written.failures:
            raise PublishError(
                f"{len(written.failures)} of {len(messages)} documents can't be indexed.",
                failures=written.failures,
                temporary=False,
            )
