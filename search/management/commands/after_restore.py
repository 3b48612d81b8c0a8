"""`manage.py after_restore`: when a backup of the database was restored."""

from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from gallery.models import Painting
from search import restoring
from search.indexes.base import IndexUnavailable

EXAMPLES = """examples:
  manage.py after_restore      once, after the database and before the web server, the workers and the relay start
  manage.py pipeline_status    then says how far the relay is, and
  manage.py verify_index       that nothing differs any more"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "What was published after a backup was made is newer than the database that was restored from it. Lift the "
        "journal above every version that indexes and topics hold, and note every painting in it: the relay publishes "
        "them all anew, and those that the database doesn't have as deleted. Safe to repeat. Where nothing is "
        "published, the index notices a restored database by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outside = restoring.published()
            total = Painting.objects.count()
            with tqdm(total=total, unit=" paintings", disable=options["verbosity"] == 0) as bar:
                done = restoring.restore(outside, bar.update)
        except (IndexUnavailable, restoring.Unreadable) as problem:
            raise CommandError(f"{problem} Run the command again when it is back.") from problem
        self.stdout.write(
            f"The highest version outside is {outside.highest:,}; the journal goes on above {done.above:,}. "
            f"{done.told:,} paintings are to be published anew, and {done.gone:,} that the database doesn't have as "
            "deleted: the relay does that as soon as it runs."
        )
