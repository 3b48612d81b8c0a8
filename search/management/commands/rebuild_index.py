"""`manage.py rebuild_index`: the index made again from the database."""

import time
from argparse import ArgumentParser
from typing import Any

from gallery.management.examples import CommandWithExamples
from search import indexes
from vectorizer.models import EncoderModel

EXAMPLES = """examples:
  manage.py rebuild_index      after restoring a backup, or to have the index ready before the first visitor
  manage.py rebuild_index --if-missing      at each start of an installation with Elasticsearch"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Make the index of the active model again from the database alone. Nobody needs it in daily work: the index "
        "follows every change by itself. Servers go on answering meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-missing", action="store_true", help="do nothing where there is an index already")

    def handle(self, *args: Any, **options: Any) -> None:
        model = EncoderModel.current()
        if options["if_missing"] and indexes.index().is_made(model):
            self.stdout.write(f"The index of {model.name} is there.")
            return
        started = time.perf_counter()
        public = indexes.index().rebuild(model)
        everything = indexes.everything().rebuild(model)
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"The index of {model.name} holds {public} public paintings; the one for curators, with drafts, "
            f"{everything}. It took {seconds:.1f} seconds."
        )
