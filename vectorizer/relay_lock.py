"""One relay a model at a time: else older content could overtake newer on its way into the topic."""

from contextlib import AbstractContextManager

from vectorizer import locks
from vectorizer.models import EncoderModel


def alone(model: EncoderModel) -> AbstractContextManager[bool]:
    """Whether we are the only relay of this model, until the end; at once, and false where there is another."""
    return locks.alone(locks.RELAYS, model.pk)
