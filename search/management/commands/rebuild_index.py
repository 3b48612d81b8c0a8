"""`manage.py rebuild_index`: the index made again from the database."""

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from search import indexes
from search.indexes.base import IndexUnavailable
from search.indexes.upkeep import Rebuilt
from search.management.models import named_or_in_service
from vectorizer import rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

NAMED_FAILURES = 20

EXAMPLES = """examples:
  manage.py rebuild_index      to have the index ready before the first visitor, or with other settings of it
  manage.py rebuild_index --drop-old        and delete the ones before, which are kept otherwise
  manage.py rebuild_index --model my-eye    of a model that is in service beside the active one
  manage.py rebuild_index --if-missing      at each start of an installation with Elasticsearch"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Make the index of the active model again from the database alone. Nobody needs it in daily work: the index "
        "follows every change by itself. Searches and changes go on meanwhile, and ask the new one as soon as it is "
        "whole. On Elasticsearch the one before is kept until it is dropped; interrupted, the next run removes what "
        "was half done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", metavar="NAME", help="of this model (default: the active one)")
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="only for models in service that have none, or one of another version of Pendant",
        )
        parser.add_argument("--drop-old", action="store_true", help="delete the indexes before it, on Elasticsearch")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for model in _models(options["model"], everyone=options["if_missing"]):
                if options["if_missing"] and indexes.index().fits(model):
                    self.stdout.write(f"The index of {model.name} is there.")
                else:
                    self._rebuild(model, quiet=options["verbosity"] == 0)
                self._older(model, drop=options["drop_old"])
        except IndexUnavailable as problem:
            raise CommandError(str(problem)) from problem

    def _rebuild(self, model: EncoderModel, *, quiet: bool) -> None:
        started = time.perf_counter()
        total = rows.count(model, Scope.PUBLIC)
        with tqdm(total=total, unit=" paintings", desc=f"Index of {model.name}", disable=quiet) as bar:
            made = indexes.upkeep(model).rebuild(bar.update)
        everything = indexes.rebuild_for_curators(model)
        self._name_failures(made.failures)
        drafts = f"; the one for curators, with drafts, {everything}" if everything is not None else ""
        self.stdout.write(
            f"The index of {model.name} holds {made.count} public paintings{drafts}. {_compared(made)} "
            f"It took {time.perf_counter() - started:.1f} seconds."
        )

    def _name_failures(self, failures: Mapping[int, str]) -> None:
        for painting_id in sorted(failures)[:NAMED_FAILURES]:
            self.stderr.write(f"Painting {painting_id} can't be in the index: {failures[painting_id]}")
        if (more := len(failures) - NAMED_FAILURES) > 0:
            self.stderr.write(f"… and {more:,} more; `manage.py verify_index` names them.")

    def _older(self, model: EncoderModel, *, drop: bool) -> None:
        upkeep = indexes.upkeep(model)
        if drop:
            for name in upkeep.drop_older():
                self.stdout.write(f"{name} is deleted.")
        elif older := upkeep.older():
            self.stdout.write(f"Kept: {', '.join(older)}. `manage.py rebuild_index --if-missing --drop-old` deletes.")


def _models(name: str | None, *, everyone: bool) -> list[EncoderModel]:
    return named_or_in_service(name) if name or everyone else [EncoderModel.current()]


def _compared(made: Rebuilt) -> str:
    """What the counts say."""
    if made.count == made.public:
        return "The database has as many."
    cant = f", {len(made.failures)} of which can't be in it" if made.failures else ""
    changing = f"; {made.changing} changed while they were counted" if made.changing else ""
    return f"The database has {made.public}{cant}{changing}."
