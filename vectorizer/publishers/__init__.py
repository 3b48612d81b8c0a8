"""Publishers: where the documents of public paintings go, by the settings. Nowhere on one machine."""

import os
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from vectorizer.publishers.base import Publisher, PublishError

__all__ = ["PublishError", "Publisher", "publisher"]


def publisher() -> Publisher | None:
    """The publisher that the settings name, one a process, made on first use; None where nothing is published."""
    return _opened(settings.PUBLISHER, os.getpid()) if settings.PUBLISHER else None


@cache
def _opened(name: str, process: int) -> Publisher:
    # By process: connections and threads of the parent are of no use after a fork.
    opened: Publisher = import_string(name)()
    return opened
