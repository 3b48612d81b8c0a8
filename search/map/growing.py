"""The map made by the worker itself: the first one, and another whenever the collection has doubled since.

In a process of its own: the memory that UMAP takes goes with it.
"""

import logging
import os
import signal
import subprocess
import sys

from django.conf import settings
from django.core.cache import cache

from search.map.models import CollectionMap
from vectorizer import locks, rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

COMMAND = ("map_collection", "--verbosity", "0")
BUSY = os.EX_TEMPFAIL  # what the command ends with while somebody else is at the map
SECONDS = 480  # below the time limit of a task
REST = 3600  # seconds, after it has failed
LAST = 2000  # characters of what it said, for the log
FAILED = "map-failed"  # in the cache
WELL = (0, BUSY, -signal.SIGINT, -signal.SIGTERM)  # the last two: stopped with the worker

logger = logging.getLogger(__name__)


def grow() -> None:
    """Have the map made where that is due, and wait for it. Where it fails, the log says why; an hour passes."""
    if not is_due():
        return
    if problem := _problem_of_making():
        cache.set(FAILED, True, REST)
        logger.error("The map could not be made, which is tried again in an hour: %s", problem)


def is_due() -> bool:
    """Whether the active model's map is missing, or holds too few; while nobody else is at it, and up to MAP_LIMIT."""
    if not settings.MAP_LIMIT or cache.get(FAILED):
        return False
    model = EncoderModel.current()
    count = rows.count(model, Scope.PUBLIC)
    if not 0 < count <= settings.MAP_LIMIT:
        return False
    newest = CollectionMap.objects.filter(model=model, whole=True).order_by("-id").first()
    if newest and not newest.is_outgrown(count):
        return False
    with locks.alone(locks.MAPS) as ours:
        return ours


def _problem_of_making() -> str:
    """Make it; "" where nothing went wrong."""
    # Our own program, in the worker's folder: an address in the settings may be one from there.
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *COMMAND]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"it takes more than {SECONDS} seconds; manage.py map_collection takes as long as it needs."
    if done.returncode in WELL:
        return ""
    return done.stderr.strip()[-LAST:] or f"it ended with the code {done.returncode}."
