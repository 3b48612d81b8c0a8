"""`manage.py activate_model`: another model for search, without a gap."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from search import indexes
from search.indexes.base import IndexUnavailable
from vectorizer import activation, encoder
from vectorizer.attempts import StoreFull
from vectorizer.models import EncoderModel, lacking
from vectorizer.publishers.topics import dead_letters_name, topic_name
from vectorizer.relay import RelayHeldUp

NAMED_FAILURES = 20

EXAMPLES = """examples:
  manage.py activate_model                       the model of PENDANT_ARTIFACT
  manage.py activate_model lite0-eye1 --keep-old      both are kept current, so that one can go back at once
  manage.py activate_model lite0-eye1 --drop-old
  manage.py activate_model lite0-stats512        back to the one before: its vectors are still there"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Make the vectors of every painting by another model, beside those in use, its index and, with Kafka, its "
        "topic; keep both current; and then let search change over in one step. Everything goes on meanwhile. Stopped "
        "and started again, it goes on where it was. The artifact is stored where all machines find it."
    )
    requires_system_checks = ()  # so that it can lead away from a model that is damaged

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", metavar="NAME", help="the artifact's name (default: PENDANT_ARTIFACT's)")
        parser.add_argument("--processes", type=int, metavar="N", help="how many at once (default: one a core)")
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="change over though the new model has no vectors of some pictures that can be found now",
        )
        old = parser.add_mutually_exclusive_group()
        old.add_argument(
            "--keep-old",
            action="store_true",
            help="keep the model before it current, too; by default what there is of it stays as it is",
        )
        old.add_argument(
            "--drop-old", action="store_true", help="delete the vectors and indexes of all models but the active one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] is not None and options["processes"] < 1:
            raise CommandError(f"--processes must be 1 or more, and is {options['processes']}.")
        try:
            model = activation.candidate(options["name"] or settings.ENCODER_ARTIFACT)
        except (encoder.ArtifactError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        if model.active:
            self.stdout.write(f"{model.name} is the active model.")
        else:
            self._change_over(model, options)
        if options["drop_old"]:
            self._drop_others(model)

    def _change_over(self, model: EncoderModel, options: dict[str, Any]) -> None:
        old = EncoderModel.objects.filter(active=True).first()
        self._fill(model, options)
        try:
            found, position = self._enter_service(model, old, quiet=options["verbosity"] == 0)
            # Not by the relay or a sink: these may have the whole new topic before them.
            position = indexes.upkeep(model).follow(position)
            while not activation.switch(model, leave_out=options["leave_out"], keep_old=options["keep_old"]):
                self._fill(model, options)  # what was added since
            indexes.upkeep(model).follow(position)
        except (IndexUnavailable, RelayHeldUp) as problem:
            raise CommandError(
                f"{EncoderModel.current()} is the active model: {problem} Run the command again: it goes on."
            ) from problem
        by_it = f"; {found:,} public paintings are found by it" if found else ""
        self.stdout.write(f"{model.name} is the active model now{by_it}.")
        if old is not None and not options["drop_old"]:
            self.stdout.write(
                f"{old.name} is kept current, too, until --drop-old."
                if options["keep_old"]
                else f"What there is of {old.name} stays as it is now, until --drop-old."
            )

    def _enter_service(self, model: EncoderModel, old: EncoderModel | None, *, quiet: bool) -> tuple[int, int]:
        """Keep the model current; make its index and its topic.

        Returns how many public paintings the index holds, and up to which entry of the journal it surely has all.
        """
        activation.make_topics(model)
        position = activation.enter_service(model)
        found = indexes.prepare(model, instead_of=old)
        with tqdm(
            total=position, unit=" entries", desc=f"Published by {model.name}", disable=quiet or not position
        ) as bar:
            activation.publish(model, position, progress=bar.update)
        return found, position

    def _fill(self, model: EncoderModel, options: dict[str, Any]) -> None:
        """Make what is missing, and name what can't be made. Raises CommandError where a painting would be lost."""
        self._make(model, options)
        self._name_failures(model)
        if not options["leave_out"] and (lost := activation.would_be_lost(model).count()):
            raise CommandError(
                f"{EncoderModel.current()} stays the active model: {lost:,} of these can be found now, and could not "
                "be any more. Mend them and run the command again, or leave them out with --leave-out."
            )

    def _make(self, model: EncoderModel, options: dict[str, Any]) -> None:
        total = lacking(model).count()
        quiet = options["verbosity"] == 0 or not total
        with tqdm(total=total, unit=" paintings", desc=f"By {model.name}", disable=quiet) as bar:
            try:
                activation.fill(model, processes=options["processes"], progress=bar.update)
            except StoreFull as problem:
                raise CommandError(f"{problem} Make room, then run the command again: it goes on.") from problem
            except encoder.ArtifactError as problem:  # replaced under our hands
                raise CommandError(str(problem)) from problem

    def _name_failures(self, model: EncoderModel) -> None:
        failures = activation.failures(model)
        for attempt in failures[:NAMED_FAILURES]:
            self.stderr.write(attempt.reason or f"“{attempt.image.name}” was tried without a word of why it failed.")
        if (more := failures.count() - NAMED_FAILURES) > 0:
            self.stderr.write(f"… and {more:,} more; the admin names them all, under “Pictures that failed”.")

    def _drop_others(self, model: EncoderModel) -> None:
        for other in EncoderModel.objects.exclude(pk=model.pk):
            activation.leave_service(other)  # first, so that nobody writes into what goes
            if dropped := activation.drop_vectors(other):
                self.stdout.write(f"The vectors of {dropped:,} images by {other.name} are deleted.")
            try:
                indexes.forget(other)
            except IndexUnavailable as problem:
                raise CommandError(f"The index of {other.name} is still there: {problem}") from problem
            if settings.KAFKA_BROKERS:
                topics = f"{topic_name(other.name)} and {dead_letters_name(other.name)}"
                self.stdout.write(f"The topics {topics} are left: nobody writes them; delete them with Kafka's tools.")
