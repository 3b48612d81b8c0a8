"""A new generation, straight from the database, while searches and changes go on."""

from collections.abc import Iterator

from gallery import journal
from gallery.models import Change
from search.indexes.elasticsearch import generations
from search.indexes.elasticsearch.generations import Generation
from search.indexes.elasticsearch.writing import write
from vectorizer import documents
from vectorizer.models import EncoderModel

IDS_AT_ONCE = 10_000


def rebuilt(model: EncoderModel) -> Generation:
    """Make a generation of all that is public, and move the aliases to it. The one before stays.

    What changes while it is made is caught up with before the aliases are moved, and once more after: what was written
    into the one before until that moment stands in the journal. Raises IndexUnavailable.
    """
    position = journal.position()
    new = generations.create(model)
    write(documents.everything(model), target=new.name)
    position = caught_up(model, new, position)
    generations.move(model, new)
    caught_up(model, new, position)
    generations.refresh(new)
    return new


def caught_up(model: EncoderModel, generation: Generation, position: int) -> int:
    """Write what the journal tells of since this position. Returns the position up to which the generation has all."""
    end = journal.position()
    for ids in _changed(position, end):
        write(documents.messages(ids, model), target=generation.name)
    return end


def _changed(position: int, end: int) -> Iterator[list[int]]:
    """The paintings that changed after `position` and up to `end`."""
    changed = Change.objects.filter(id__gt=position, id__lte=end).order_by("painting_id")
    ids = list(changed.values_list("painting_id", flat=True).distinct())
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]
