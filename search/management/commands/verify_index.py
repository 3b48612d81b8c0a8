"""`manage.py verify_index`: is the index what the database says?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from gallery.management.examples import CommandWithExamples
from search import verifying
from search.indexes.base import IndexUnavailable
from search.management.models import named_or_in_service
from search.verifying import Difference, Kind, Verified
from vectorizer.encoder import ArtifactError
from vectorizer.models import EncoderModel

WAIT_SECONDS = 30.0
NAMED_FAILURES = 20
DIFFERENT, UNKNOWN = 1, 2
MEANINGS = {
    Kind.MISSING: "in the database, not in the index",
    Kind.EXTRA: "in the index, not public in the database",
    Kind.OLDER: "in the index as they were before",
    Kind.NEWER: "newer in the index than in the database",
}

EXAMPLES = """examples:
  manage.py verify_index                    of all models in service; what differs is waited for up to 30 seconds
  manage.py verify_index --wait 0 --model my-eye
  manage.py verify_index --repair           write what is left straight into the index"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Compare the index with the database, painting by painting and version by version. Exit code 0: they are the "
        "same. 1: they differ, after waiting for what may be on its way. 2: they can't be compared now."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", metavar="NAME", help="of this model (default: of all in service)")
        parser.add_argument("--repair", action="store_true", help="write what differs straight into the index")
        parser.add_argument(
            "--wait",
            type=float,
            default=WAIT_SECONDS,
            metavar="SECONDS",
            help=f"how long to wait for what is on its way ({WAIT_SECONDS:.0f})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["wait"] < 0:
            raise CommandError(f"--wait must be 0 or more, and is {options['wait']}.")
        different = []
        for model in named_or_in_service(options["model"]):
            try:
                found = verifying.verify(model, wait=options["wait"], repair=options["repair"])
            except (IndexUnavailable, ArtifactError) as problem:
                raise CommandError(str(problem), returncode=UNKNOWN) from problem
            self._tell(model, found, repaired=options["repair"])
            if not found.is_same:
                different.append(model.name)
        if different:
            remedy = "" if options["repair"] else " `manage.py verify_index --repair` writes what differs."
            raise CommandError(f"The index of {' and of '.join(different)} differs.{remedy}", returncode=DIFFERENT)

    def _tell(self, model: EncoderModel, found: Verified, *, repaired: bool) -> None:
        same = " They are the same, version by version." if found.is_same and not found.repaired else ""
        self.stdout.write(f"{model.name}: {found.database:,} in the database, {found.index:,} in the index.{same}")
        if found.repaired:
            self.stdout.write(f"  {found.repaired:,} are repaired.")
        for kind, meaning in MEANINGS.items():
            if count := found.counts.get(kind):
                named = [_shown(each) for each in found.named if each.kind is kind]
                more = ", …" if count > len(named) else ""
                self.stdout.write(f"  {count:,} {kind} ({meaning}): {', '.join(named)}{more}")
        # What the database doesn't have, and never had, can't be taken back by a version that it knows.
        if Kind.NEWER in found.counts or (repaired and Kind.EXTRA in found.counts):
            self.stdout.write("  So it is after a backup was restored: `manage.py after_restore` puts it right.")
        for painting_id, reason in sorted(found.failures.items())[:NAMED_FAILURES]:
            self.stdout.write(f"  Painting {painting_id} can't be in the index: {reason}")


def _shown(difference: Difference) -> str:
    if difference.index is None or difference.database is None:
        return str(difference.painting_id)
    return f"{difference.painting_id} (version {difference.index}, should be {difference.database})"
