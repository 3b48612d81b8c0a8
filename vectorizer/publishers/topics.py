"""The names of Kafka's topics. Compacted by key, the painting's id: the last record of each painting stays."""

from django.conf import settings


def topic_name(model_name: str) -> str:
    """The topic of a model's documents."""
    return f"{settings.TOPIC_PREFIX}.{model_name}"


def dead_letters_name(model_name: str) -> str:
    """The topic of its documents that could not be indexed."""
    return f"{topic_name(model_name)}.dead"
