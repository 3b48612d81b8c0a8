"""Many write to the journal at once while one reads it. A process of its own: it prints, as JSON, what both saw.

`python -m tests.services.journal_writers [--without-lock]`, with DATABASE_URL naming an empty database.
"""

import json
import os
import random
import sys
import threading
import time

import django

WRITERS = 8
TRANSACTIONS = 20  # by each of them
LONGEST_SECONDS = 0.01  # between the writing of an entry and its commit


def write(number: int) -> None:
    from django.db import connection, transaction

    from gallery import journal
    from gallery.journal import Kind

    chance = random.Random(number)
    for turn in range(TRANSACTIONS):
        # As in the admin, where the request's transaction ends some time after the entries were written.
        with transaction.atomic():
            with journal.writing():
                journal.record(range(chance.randint(1, 3)), Kind.CHANGED)
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            if turn % 7 == 0:
                transaction.set_rollback(True)  # ids that nobody ever sees
    connection.close()


def read(written: threading.Event, seen: list[int]) -> None:
    """What every reader of the journal does: remember the last id, and ask for those after it."""
    from django.db import connection

    from gallery.models import Change

    last_look = False
    while True:
        after = seen[-1] if seen else 0
        seen += Change.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True)
        if last_look:
            break
        last_look = written.is_set()
    connection.close()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command

    from gallery import journal
    from gallery.models import Change

    call_command("migrate", verbosity=0)
    if "--without-lock" in sys.argv:
        journal._take_lock = lambda: None
    written, seen = threading.Event(), list[int]()
    reader = threading.Thread(target=read, args=(written, seen))
    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    written.set()
    reader.join()
    ids = list(Change.objects.order_by("id").values_list("id", flat=True))
    print(json.dumps({"written": ids, "read": seen}))  # noqa: T201  # the answer


if __name__ == "__main__":
    main()
