"""Kafka Connect in place of `manage.py run_sink`: the worker's configuration, and the connector's (docs/connect.md)."""

import json
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from search.indexes.elasticsearch.generations import read_alias, write_alias
from vectorizer.publishers.topics import dead_letters_name, topic_name

FOLDER = Path(__file__).parent
WORKER = FOLDER / "worker.properties"
# A worker puts its own variables in these places, so that no secret stands in a connector's configuration.
CREDENTIALS = {
    "connection.username": "${env:ELASTICSEARCH_USERNAME}",
    "connection.password": "${env:ELASTICSEARCH_PASSWORD}",
}


def name(model_name: str) -> str:
    """What the model's connector is called. So is its consumer group, after `connect-`: a new name reads all anew."""
    return read_alias(model_name)


def configuration(model_name: str, *, tasks: int = 1) -> dict[str, str]:
    """The connector that writes a model's topic into its index: what connector.json says, and what these settings say.

    Each model has a connector of its own, as it has a topic and an index. Raises ValueError for a model whose name
    can't be an index's.
    """
    addresses = [urlsplit(address.strip()) for address in settings.ELASTICSEARCH_URL.split(",")]
    fixed: dict[str, str] = json.loads((FOLDER / "connector.json").read_text())
    secured = bool(settings.ELASTICSEARCH_API_KEY) or any("@" in address.netloc for address in addresses)
    encrypted = any(address.scheme == "https" for address in addresses)
    return {
        **fixed,
        "tasks.max": str(tasks),
        "topics": topic_name(model_name),
        "topic.to.external.resource.mapping": f"{topic_name(model_name)}:{write_alias(model_name)}",
        "errors.deadletterqueue.topic.name": dead_letters_name(model_name),
        "errors.deadletterqueue.topic.replication.factor": str(settings.TOPIC_REPLICATION),
        "connection.url": ",".join(
            urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2])) for address in addresses
        ),
        **(CREDENTIALS if secured else {}),
        **({"elastic.security.protocol": "SSL"} if encrypted else {}),
    }
