"""`manage.py map_collection`: the map laid out anew."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from search.map import making
from search.map.growing import BUSY
from vectorizer import encoder, rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

EXAMPLES = """examples:
  manage.py map_collection                at once, or where the collection is larger than the worker may lay out
  manage.py map_collection --if-missing   only where there is no map by the active model yet"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Lay out all public paintings on the map by their likeness (UMAP), and draw the sheets that show them there. "
        "The former map is shown until the new one is whole. Nobody needs it in daily work: the worker has the map "
        "made when it is missing or the collection has doubled, and hangs and takes down what comes and goes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-missing", action="store_true", help="only where the active model has no map yet")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        try:
            if options["if_missing"] and making.is_there():
                if not quiet:
                    self.stdout.write("The map is there.")
                return
            started = time.perf_counter()
            count = self._make(quiet=quiet)
        except making.AnotherAtWork as problem:
            sentence = "The map is being made or tended just now. Please try again in a minute."
            raise CommandError(sentence, returncode=BUSY) from problem
        except encoder.ArtifactError as problem:
            raise CommandError(str(problem)) from problem
        if not quiet:
            took = time.perf_counter() - started
            self.stdout.write(f"There are {count:,} paintings on the map. It took {took:.1f} seconds.")

    def _make(self, *, quiet: bool) -> int:
        total = rows.count(EncoderModel.current(), Scope.PUBLIC)
        steps: set[str] = set()
        with tqdm(total=total, unit=" paintings", disable=quiet) as bar:

            def tell(step: str, done: int) -> None:
                if step not in steps:
                    steps.add(step)
                    bar.reset()
                    bar.set_description(step)
                bar.update(done)

            return making.make(tell)
