"""`manage.py work`: what Celery's workers and beat do elsewhere, in one process beside the web server."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections

from gallery import journal
from vectorizer import encoder, tasks
from vectorizer.models import EncoderModel

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Prepare new pictures as they come, keep the index compact and delete expired photos, "
        "where no Celery worker does. Runs until it is stopped (Ctrl-C)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do, then stop")
        parser.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")
        parser.add_argument("--interval", type=float, default=0.5, metavar="SECONDS", help="how often to look (0.5)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            EncoderModel.current().encoder()
        except encoder.ArtifactError as problem:
            raise CommandError(str(problem)) from problem
        stop = threading.Event()
        worker = Worker()
        if options["once"]:
            worker.turn()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if not options["quiet"]:
            self.stdout.write("Waiting for new pictures. Ctrl-C stops.")
        while not stop.is_set():
            worker.turn()
            stop.wait(options["interval"])


class Worker:
    """Follows the journal and runs the periodic tasks of the settings when they are due."""

    def __init__(self) -> None:
        current_app.loader.import_default_modules()  # every application's tasks, as Celery's own worker does
        self._seen: int | None = None
        self._schedule: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
        self._due = dict.fromkeys(self._schedule, 0.0)

    def turn(self) -> None:
        """One look around. A task that fails ends nothing: it is logged and its next turn comes."""
        close_old_connections()
        try:
            self._follow_journal()
        except Error:
            logger.exception("The journal could not be read")
        for name, entry in self._schedule.items():
            if self._due[name] <= time.monotonic():
                self._run(entry["task"])
                self._due[name] = time.monotonic() + entry["schedule"].total_seconds()

    def _follow_journal(self) -> None:
        position = journal.position()
        if self._seen is not None and position != self._seen:
            self._run(tasks.sweep.name)
        self._seen = position

    def _run(self, task: str) -> None:
        current_app.tasks[task].apply()  # Celery logs what fails, with its traceback
