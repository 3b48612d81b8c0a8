"""`manage.py vectorize`: thumbnails and vectors for the whole collection, on all cores."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from gallery.models import Image
from vectorizer import bulk, encoder
from vectorizer.models import Attempt, EncoderModel, in_use, to_prepare, to_render
from vectorizer.preparing import Outcome, StoreFull

EXAMPLES = """examples:
  manage.py vectorize --missing             what has no vectors or no thumbnail yet
  manage.py vectorize --all                 everything again, by the active model
  manage.py vectorize --missing --processes 1"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = "Turn the pictures of paintings into vectors and renditions, on all cores."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "--all",
            action="store_true",
            help="vectors and renditions of every painting again, of those that failed, too",
        )
        which.add_argument("--missing", action="store_true", help="only what is missing")
        parser.add_argument("--processes", type=int, metavar="N", help="how many at once (default: one a core)")
        parser.add_argument(
            "--thumbnails-only", action="store_true", help="leave the larger renditions to `manage.py work`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] is not None and options["processes"] < 1:
            raise CommandError(f"--processes must be 1 or more, and is {options['processes']}.")
        try:
            model = EncoderModel.current()
            model.encoder()
        except encoder.ArtifactError as problem:
            raise CommandError(str(problem)) from problem
        images = to_prepare(model)
        if options["all"]:
            Attempt.objects.filter(model=model).delete()
            images = in_use()
            images.update(rendered=False)  # their files may be gone: so it is after a backup was restored
        self._run("vectorized and searchable", bulk.prepare, images, model, options)
        if not options["thumbnails_only"]:
            self._run("rendered in all sizes", bulk.render, to_render(model), model, options)

    def _run(
        self,
        done: str,
        run: Callable[..., Outcome],
        images: "QuerySet[Image]",
        model: EncoderModel,
        options: dict[str, Any],
    ) -> None:
        total = images.count()
        if not total:
            self.stdout.write(f"Nothing left to be {done}.")
            return
        started = time.monotonic()
        with tqdm(total=total, unit=" paintings", desc=done.capitalize(), disable=options["verbosity"] == 0) as bar:
            try:
                outcome = run(images, model, processes=options["processes"], progress=bar.update)
            except StoreFull as problem:
                raise CommandError(f"{problem} Make room, then run the command again: it goes on.") from problem
        seconds = time.monotonic() - started
        self.stdout.write(f"{outcome.done:,} {done} in {seconds:.1f} s ({outcome.done / seconds:.1f} a second).")
        if outcome.failed:
            self.stderr.write(f"{outcome.failed:,} failed; the admin says why, under “Pictures that failed”.")
