"""`manage.py run_sink`: from Kafka's topics into Elasticsearch."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from gallery.management.examples import CommandWithExamples

EXAMPLES = """examples:
  manage.py run_sink             until it is stopped; run as many as the topics have partitions, on any machines
  manage.py run_sink --once      stop when everything is indexed that the topics hold now, as after an outage"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Write what the topics hold into the index: a consumer group, whose members share the partitions. What can't "
        "be indexed goes to the topic's dead letters, with its reason. Where Elasticsearch or Kafka is down, it waits "
        "and loses nothing. Kafka Connect can do the same instead (docs/connect.md). SIGTERM or Ctrl-C stops it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when all is done that the topics hold now")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("KAFKA_BROKERS", "ELASTICSEARCH_URL"):
            if not getattr(settings, name):
                raise CommandError(f"{name} is not set: a sink reads from Kafka and writes into Elasticsearch.")
        from search.sink.sinking import Sink  # Kafka's client is loaded here and nowhere else

        sink = Sink()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sink.stop())
        self.stdout.write("Waiting for documents. Ctrl-C stops.")
        self.stdout.flush()
        sink.run(until_caught_up=options["once"])
        self.stdout.write(f"Stopped: {sink.total}.")
