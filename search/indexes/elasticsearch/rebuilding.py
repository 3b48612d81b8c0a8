"""A new generation, straight from the database, while searches and changes go on."""

from collections.abc import Iterator, Sequence

from gallery import journal
from gallery.models import Change
from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch import generations
from search.indexes.elasticsearch.generations import Generation
from search.indexes.elasticsearch.loading import load
from search.indexes.elasticsearch.writing import write
from search.indexes.upkeep import Progress, Rebuilt, silently
from vectorizer import documents, locks, rows
from vectorizer.documents import Message, Problem
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

IDS_AT_ONCE = 10_000


def rebuilt(model: EncoderModel, progress: Progress = silently) -> Rebuilt:
    """Make a generation of all that is public, and move the aliases to it. The one before stays.

    What changes while it is made is caught up with before the aliases are moved, and once more after: what was written
    into the one before until that moment stands in the journal. What an earlier rebuilding left half done is removed.
    Raises IndexUnavailable, where the new one isn't whole, too: then the old one stays in use.
    """
    with locks.alone(locks.REBUILDS, model.pk) as ours:
        if not ours:
            raise IndexUnavailable(f"The index of {model.name} is being rebuilt by somebody else. Wait for that.")
        for left in generations.unfinished(model):
            generations.delete(left)
        return _Rebuilding(model).run(progress)


def caught_up(model: EncoderModel, generation: Generation, position: int) -> int:
    """Write what the journal tells of since this position. Returns the position up to which the generation has all."""
    end = journal.position()
    for ids in _changed(position, end):
        write(documents.messages(ids, model), target=generation.name)
    return end


class _Rebuilding:
    def __init__(self, model: EncoderModel) -> None:
        self._model = model
        self._failures: dict[int, str] = {}

    def run(self, progress: Progress) -> Rebuilt:
        position = journal.position()
        new = generations.create(self._model)
        everything = documents.everything(self._model, problem=self._failed)
        self._failures |= load(everything, target=new.name, progress=progress).failures
        position = self._catch_up(new, position)
        found = self._counted(new, position)
        if not found.is_whole:
            raise IndexUnavailable(
                f"The new index {new.name} holds {found.count} paintings, and the database has {found.public}: it is "
                "not used, and the old one stays. The next rebuilding removes it."
            )
        generations.move(self._model, new)
        return self._counted(new, self._catch_up(new, position))

    def _catch_up(self, new: Generation, position: int) -> int:
        end = journal.position()
        for ids in _changed(position, end):
            written = write(self._latest(ids), target=new.name)
            self._failures |= written.failures
        return end

    def _latest(self, painting_ids: Sequence[int]) -> Iterator[Message]:
        for message in documents.messages(painting_ids, self._model, problem=self._failed):
            self._failures.pop(message.painting_id, None)
            yield message

    def _counted(self, new: Generation, position: int) -> Rebuilt:
        """What there is in the generation, which has all up to this position, and in the database by now."""
        count = generations.count(new)
        public = rows.count(self._model, Scope.PUBLIC)
        changing = Change.objects.filter(id__gt=position).order_by().values("painting_id").distinct().count()
        return Rebuilt(count=count, public=public, changing=changing, failures=dict(self._failures))

    def _failed(self, problem: Problem) -> None:
        self._failures[problem.painting_id] = problem.reason


def _changed(position: int, end: int) -> Iterator[list[int]]:
    """The paintings that changed after `position` and up to `end`."""
    changed = Change.objects.filter(id__gt=position, id__lte=end).order_by("painting_id")
    ids = list(changed.values_list("painting_id", flat=True).distinct())
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]
