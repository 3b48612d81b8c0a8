"""Doorways for Celery. Without a broker, `manage.py work` walks through the same ones in its own process."""

import time
from collections.abc import Sequence
from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError

from vectorizer import relay, sweeping
from vectorizer.attempts import StoreFull

PAINTINGS_A_TASK = 50  # some ten seconds of work; several workers share an import
PUBLISHING_SECONDS = 240  # well below the time limit; the next turn goes on
RING_SECONDS = 10  # then the schedule has rung, too
FIRST, LATER = 0, 5  # priorities of Redis, the lower the sooner
#: For tasks that the bell rings: what passes is waited for, longer each time, and not by all at the same moment.
#: After the last try the sweep has it. A task of the schedule needs none of this: its next turn is its retry.
PATIENTLY = {
    "autoretry_for": (OperationalError, InterfaceError, StoreFull),
    "max_retries": 8,
    "retry_backoff": 2,
    "retry_backoff_max": 300,  # below the broker's visibility timeout, after which it would hand it out twice
    "retry_jitter": True,
}


@shared_task(**PATIENTLY)
def vectorize(painting_ids: Sequence[int]) -> None:
    """Prepare what these paintings lack."""
    sweeping.vectorize(painting_ids)


@shared_task
def sweep() -> None:
    """Prepare what the state says is missing, whatever bell was lost; then local features and larger renditions."""
    sweeping.sweep()


@shared_task
def publish() -> None:
    """Publish what the journal names. While another relay is at work there is nothing to do."""
    end = time.monotonic() + PUBLISHING_SECONDS
    relay.turn(stop=lambda: time.monotonic() > end)


def on_bell(*, painting_ids: Sequence[int], **_: Any) -> None:
    """Hear the journal's bell: hand the paintings that lack something to workers, or give up at once without a broker.

    Many go in batches, behind those that come one by one: a curator's upload waits for no import.
    """
    waiting = sweeping.waiting(painting_ids)
    priority = FIRST if len(waiting) == 1 else LATER
    for start in range(0, len(waiting), PAINTINGS_A_TASK):
        batch = waiting[start : start + PAINTINGS_A_TASK]
        vectorize.apply_async([batch], retry=False, priority=priority)


def on_bell_publish(**_: Any) -> None:
    """Hear the journal's bell: whatever changed is to be published."""
    publish.apply_async(retry=False, expires=RING_SECONDS)
