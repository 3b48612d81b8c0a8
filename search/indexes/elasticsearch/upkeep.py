"""Upkeep of one model's index on Elasticsearch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch import contents, generations
from search.indexes.elasticsearch.client import REMEDY
from search.indexes.elasticsearch.generations import Generation
from search.indexes.elasticsearch.rebuilding import caught_up, rebuilt
from search.indexes.elasticsearch.writing import write
from search.indexes.upkeep import Held, Progress, Rebuilt, Upkeep, silently
from vectorizer.documents import Message
from vectorizer.models import EncoderModel


class ElasticsearchUpkeep(Upkeep):
    """Everything is about the generation that is read now; older ones stay until they are dropped."""

    def __init__(self, model: EncoderModel) -> None:
        self._model = model

    def rebuild(self, progress: Progress = silently) -> Rebuilt:
        return rebuilt(self._model, progress)

    def count(self) -> int:
        return contents.count(generations.read_alias(self._model.name))

    def held(self) -> Iterator[Held]:
        now = self._current()
        generations.refresh(now)
        yield from contents.held(now.name)

    def versions(self, painting_ids: Sequence[int]) -> Mapping[int, int]:
        return contents.versions(self._current().name, painting_ids)

    def mend(self, messages: Iterable[Message]) -> Mapping[int, str]:
        now = self._current()
        written = write(messages, target=now.name, same_version=True)
        generations.refresh(now)
        return written.failures

    def follow(self, since: int) -> int:
        now = self._current()
        position = caught_up(self._model, now, since)
        generations.refresh(now)
        return position

    def highest_version(self) -> int:
        """Of the older generations, too: they were published, whatever became of them."""
        everything = [*generations.others(self._model), *filter(None, [generations.current(self._model)])]
        return max((contents.highest_version(each.name) for each in everything), default=0)

    def older(self) -> Sequence[str]:
        return [generation.name for generation in generations.others(self._model)]

    def drop_older(self) -> Sequence[str]:
        older = generations.others(self._model)
        for generation in older:
            generations.delete(generation)
        return [generation.name for generation in older]

    def _current(self) -> Generation:
        now = generations.current(self._model)
        if now is None:
            raise IndexUnavailable(f"There is no index of {self._model.name}. {REMEDY}")
        return now
