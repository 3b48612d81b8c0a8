"""`manage.py run_relay`: publishes what changes, for as long as it runs."""

import logging
import signal
import threading
from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections

from vectorizer import publishers, relay
from vectorizer.relay import RelayHeldUp

LONGEST_WAIT_SECONDS = 30.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Publish every change of the catalogue, to Kafka or straight into Elasticsearch as the settings say. Runs "
        "until it is stopped (Ctrl-C, SIGTERM). Several may run: one works at a time, another takes over when it is "
        "gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="publish what there is to publish, then stop")
        parser.add_argument("--retry", action="store_true", help="what could not be published before, too; with --once")
        parser.add_argument("--interval", type=float, default=0.5, metavar="SECONDS", help="how often to look (0.5)")

    def handle(self, *args: Any, **options: Any) -> None:
        publisher = publishers.publisher()
        if publisher is None:
            raise CommandError("Neither KAFKA_BROKERS nor ELASTICSEARCH_URL is set: there is nobody to publish to.")
        if options["interval"] <= 0:
            raise CommandError(f"--interval must be above 0, and is {options['interval']}.")
        if options["retry"] and not options["once"]:
            raise CommandError("--retry goes with --once.")
        with closing(publisher):
            if options["once"]:
                self._once(retry=options["retry"])
            else:
                self._follow(options["interval"])

    def _once(self, *, retry: bool) -> None:
        try:
            done = [*(relay.retry_all().items() if retry else ()), *relay.drain_all().items()]
        except RelayHeldUp as problem:
            raise CommandError(str(problem)) from problem
        for name, drained in done:
            self.stdout.write(
                f"{name}: {drained.published} published, {drained.failed} failed, journal at {drained.position}."
            )

    def _follow(self, interval: float) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("Publishing what changes. Ctrl-C stops.")
        wait = interval
        while not stop.is_set():
            wait = interval if _turn(stop) else min(2 * wait, max(interval, LONGEST_WAIT_SECONDS))
            stop.wait(wait)


def _turn(stop: threading.Event) -> bool:
    """Publish what there is. False where that could not be done now: the log says why, and it is tried again."""
    close_old_connections()
    try:
        return relay.turn(stop=stop.is_set)
    except Error:
        logger.exception("The database could not be asked")
        return False
