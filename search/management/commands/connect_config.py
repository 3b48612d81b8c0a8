"""`manage.py connect_config`: the connector of Kafka Connect for a model, printed or registered."""

import json
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from gallery.management.examples import CommandWithExamples
from search import connect
from vectorizer.models import EncoderModel

SECONDS = 60  # a worker connects to Elasticsearch before it answers

EXAMPLES = """examples:
  manage.py connect_config                                        print the active model's connector as JSON
  manage.py connect_config --register http://127.0.0.1:8083       make it, or change it to what the settings say
  manage.py connect_config --model my-eye --tasks 3 > my-eye.json"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "The configuration of Confluent's Elasticsearch sink (16 or newer) for a model's topic and index, in place of "
        "run_sink. Its topic (create_topics) and its index (rebuild_index) must exist. docs/connect.md says more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", metavar="NAME", help="a model in service (the active one)")
        parser.add_argument("--tasks", type=int, default=1, metavar="N", help="at most the topic's partitions (1)")
        parser.add_argument("--register", metavar="URL", help="put it to the worker's REST API at this address")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.KAFKA_BROKERS and settings.ELASTICSEARCH_URL):
            raise CommandError("KAFKA_BROKERS and ELASTICSEARCH_URL are not both set: there is nothing to connect.")
        if options["tasks"] < 1:
            raise CommandError("--tasks is at least 1.")
        model = options["model"] or EncoderModel.current().name
        in_service = [known.name for known in EncoderModel.in_service()]
        if model not in in_service:
            raise CommandError(f"No model in service is called “{model}”. There are: {', '.join(in_service)}.")
        name, configuration = connect.name(model), connect.configuration(model, tasks=options["tasks"])
        if set(connect.CREDENTIALS) & set(configuration):
            self.stderr.write(
                "Elasticsearch asks who writes, and this connector knows no API keys: set ELASTICSEARCH_USERNAME and "
                "ELASTICSEARCH_PASSWORD in the worker's environment."
            )
        if options["register"]:
            _put(f"{options['register'].rstrip('/')}/connectors/{name}/config", configuration)
            self.stdout.write(f"The connector {name} is registered.")
        else:
            self.stdout.write(json.dumps({"name": name, "config": configuration}, indent=2, ensure_ascii=False))


def _put(address: str, configuration: dict[str, str]) -> None:
    """Make or change a connector. Raises CommandError with what the worker says."""
    if not address.startswith(("http://", "https://")):
        raise CommandError("--register needs the address of a worker, such as http://127.0.0.1:8083.")
    request = urllib.request.Request(  # noqa: S310 (an HTTP address)
        address, json.dumps(configuration).encode(), {"Content-Type": "application/json"}, method="PUT"
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            return
    except urllib.error.HTTPError as problem:
        said = problem.read().decode(errors="replace")[:2000]
        raise CommandError(f"Kafka Connect refuses the connector ({problem.code}): {said}") from problem
    except OSError as problem:
        raise CommandError(f"Kafka Connect at {address} does not answer: {problem}") from problem
