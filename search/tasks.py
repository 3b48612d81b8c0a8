"""Housekeeping that Celery's beat, or `manage.py work`, calls now and then."""

from celery import shared_task

from search import indexes, photos
from search.map import growing, tending
from vectorizer.models import EncoderModel


@shared_task(ignore_result=True)
def compact_index() -> None:
    """Write the index's snapshot anew where too much has changed since, so that every process answers fast."""
    indexes.compact(EncoderModel.current())


@shared_task(ignore_result=True)
def expire_photos() -> None:
    """Delete the visitors' photos that are too old."""
    photos.expire()


@shared_task(ignore_result=True)
def grow_map() -> None:
    """Have the map made: the first one, and another whenever the collection has doubled since."""
    growing.grow()


@shared_task(ignore_result=True)
def tend_map() -> None:
    """Take down from the map what is public no more, and hang what is new."""
    tending.tend()
