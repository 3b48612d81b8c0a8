"""The index: which paintings match a question, and how near they are."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from search.indexes.base import Index
from search.indexes.upkeep import Upkeep
from vectorizer.models import EncoderModel

if TYPE_CHECKING:
    from search.indexes.database import DatabaseIndex


def index() -> Index:
    """The index of the public paintings that the settings name, one a process."""
    return _loaded(settings.SEARCH_INDEX)


def upkeep(model: EncoderModel) -> Upkeep:
    """That index, for whoever makes, compares or mends it."""
    return index().upkeep(model)


@cache
def everything() -> "DatabaseIndex":
    """The index of all paintings, drafts included, by their newest image: for curators. Always the database's."""
    from search.indexes.database import DatabaseIndex
    from vectorizer.rows import Scope

    return DatabaseIndex(Scope.ALL)


def compact(model: EncoderModel) -> None:
    """Housekeeping in every index that is in use."""
    index().compact(model)
    if everything().is_used(model):
        everything().compact(model)


def rebuild_for_curators(model: EncoderModel) -> int | None:
    """Make the index of all paintings again, where it is used or is another part of the public one.

    Returns how many it holds; None where nobody has needed it yet.
    """
    if everything().is_used(model) or isinstance(index(), type(everything())):
        return everything().rebuild(model)
    return None


def prepare(model: EncoderModel, *, instead_of: EncoderModel | None) -> int:
    """Make the index of a model that is about to become the active one, so that no question has to wait for it.

    That for curators, too, where they used the one of the model before. Returns how many public paintings it holds.
    """
    if any(everything().is_used(each) for each in (instead_of, model) if each is not None):
        everything().rebuild(model)  # one of this model from earlier may lack what no entry of the journal tells
    return index().rebuild(model)


def forget(model: EncoderModel) -> None:
    """Remove the indexes of a model that is no longer used."""
    for each in (index(), everything()):
        each.forget(model)


@cache
def _loaded(name: str) -> Index:
    loaded: Index = import_string(name)()
    return loaded
