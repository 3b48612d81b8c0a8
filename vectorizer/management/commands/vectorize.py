"""`manage.py vectorize`: vectors, local features and renditions for the whole collection, on all cores."""

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
from vectorizer.attempts import Outcome, StoreFull
from vectorizer.models import Attempt, EncoderModel, in_use, to_describe, to_prepare, to_render

EXAMPLES = """examples:
  manage.py vectorize --missing             what has no vectors or no thumbnail yet
  manage.py vectorize --all                 every vector again, by the active model
  manage.py vectorize --renditions          every rendition again, as after a backup was restored
  manage.py vectorize --missing --processes 1"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Turn the pictures of paintings into vectors, local features and renditions, on all cores. Searching goes on "
        "meanwhile. To change the model: `manage.py activate_model`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--all", action="store_true", help="the vectors of every painting again, and what had failed"
        )
        which.add_argument("--missing", action="store_true", help="only what is missing")
        parser.add_argument("--renditions", action="store_true", help="every rendition again, too, or these alone")
        parser.add_argument("--processes", type=int, metavar="N", help="how many at once (default: one a core)")
        parser.add_argument(
            "--thumbnails-only", action="store_true", help="leave all that can wait to `manage.py work`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        try:
            model = EncoderModel.current()
            model.encoder()
        except encoder.ArtifactError as problem:
            raise CommandError(str(problem)) from problem
        if options["all"]:
            Attempt.objects.filter(model=model).delete()
        if options["renditions"]:
            in_use().update(rendered=False)
        if options["all"] or options["missing"]:
            images = in_use() if options["all"] else to_prepare(model)
            self._run("vectorized and searchable", bulk.prepare, images, model, options)
        if not options["thumbnails_only"]:
            self._run("described by local features", bulk.describe, to_describe(model), model, options)
            self._run("rendered in all sizes", bulk.render, to_render(model), model, options)

    def _run(
        self,
        done: str,
        run: Callable[..., Outcome],
        images: "QuerySet[Image]",
        model: EncoderModel,
        options: dict[str, Any],
    ) -> None:
        ids = list(images.values_list("pk", flat=True))
        if not ids:
            self.stdout.write(f"Nothing left to be {done}.")
            return
        started = time.monotonic()
        with tqdm(total=len(ids), unit=" paintings", desc=done.capitalize(), disable=options["verbosity"] == 0) as bar:
            try:
                outcome = run(ids, model, processes=options["processes"], progress=bar.update)
            except StoreFull as problem:
                raise CommandError(f"{problem} Make room, then run the command again: it goes on.") from problem
        seconds = time.monotonic() - started
        self.stdout.write(f"{outcome.done:,} {done} in {seconds:.1f} s ({outcome.done / seconds:.1f} a second).")
        if outcome.failed:
            self.stderr.write(f"{outcome.failed:,} failed; the admin says why, under “Pictures that failed”.")


def _check(options: dict[str, Any]) -> None:
    """Raise CommandError for options that make no sense."""
    if options["processes"] is not None and options["processes"] < 1:
        raise CommandError(f"--processes must be 1 or more, and is {options['processes']}.")
    if not (options["all"] or options["missing"] or options["renditions"]):
        raise CommandError("Say what to do: --missing, --all or --renditions.")
    if options["renditions"] and options["thumbnails_only"]:
        raise CommandError("--renditions and --thumbnails-only say opposite things.")
