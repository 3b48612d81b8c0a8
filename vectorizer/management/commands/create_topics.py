"""`manage.py create_topics`: Kafka's topics, made before anything is published."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vectorizer.models import EncoderModel


class Command(BaseCommand):
    help = (
        "Make the topics of the models in service, with those of their dead letters, as the settings say. "
        "The settings of topics that are there are brought up to date; their partitions stay as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", metavar="NAME", help="this model's alone, which need not be in service yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KAFKA_BROKERS:
            raise CommandError("KAFKA_BROKERS is not set: this installation has no topics.")
        from vectorizer.publishers import kafka_topics

        names = [options["model"]] if options["model"] else [model.name for model in EncoderModel.in_service()]
        try:
            topics = kafka_topics.create_topics(names)
        except kafka_topics.KafkaUnavailable as problem:
            raise CommandError(str(problem)) from problem
        for topic in topics:
            self.stdout.write(
                f"{topic.name} {'was made' if topic.made else 'is there'}: {topic.partitions} partitions."
            )
            if topic.partitions != settings.TOPIC_PARTITIONS:
                self.stderr.write(
                    f"PENDANT_TOPIC_PARTITIONS is {settings.TOPIC_PARTITIONS}. A topic keeps its partitions, so that "
                    "each painting's records keep their order; for another number make a topic of another name."
                )
