"""The names of Kafka's topics, and what is asked of them."""

from datetime import timedelta

from django.conf import settings

MAX_RECORD_BYTES = 4 * 2**20  # a document has some 20 kB; more is an alternative text of the length of a book
KEPT = timedelta(weeks=4)  # tombstones and dead letters: how long a reader may have been away


def topic_name(model_name: str) -> str:
    """The topic of a model's documents. Compacted by key, the painting's id: the last record of each stays."""
    return f"{settings.TOPIC_PREFIX}.{model_name}"


def dead_letters_name(model_name: str) -> str:
    """The topic of its documents that could not be indexed."""
    return f"{topic_name(model_name)}.dead"


def topic_settings() -> dict[str, str]:
    """Of the topic of documents."""
    return {
        "cleanup.policy": "compact",
        "delete.retention.ms": _milliseconds(KEPT),
        "max.message.bytes": str(MAX_RECORD_BYTES),
        **_replicas(),
    }


def dead_letters_settings() -> dict[str, str]:
    """Of the topic of dead letters: each of them stays for a while, twice the same, too."""
    return {
        "cleanup.policy": "delete",
        "retention.ms": _milliseconds(KEPT),
        "max.message.bytes": str(2 * MAX_RECORD_BYTES),  # with the reason in its headers
        **_replicas(),
    }


def _replicas() -> dict[str, str]:
    """Two copies before a record counts as accepted, where there are three."""
    return {"min.insync.replicas": "2" if settings.TOPIC_REPLICATION > 2 else "1"}


def _milliseconds(time: timedelta) -> str:
    return str(int(time.total_seconds() * 1000))
