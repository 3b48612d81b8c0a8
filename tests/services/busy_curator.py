"""A curator who never rests: adds, renames, withdraws, publishes and deletes paintings until told to stop.

A process of its own, `python -m tests.services.busy_curator`, with the settings of the installation. It stops at the
end of its input, and prints how many changes it made.
"""

import os
import random
import sys
import threading
from io import BytesIO

import django

PAUSE_SECONDS = 0.1
MOST = 40  # paintings; then it deletes rather than adds


def work(stop: threading.Event) -> int:
    """Returns how many changes were made."""
    chance, changes = random.Random(1), 0
    while not stop.wait(PAUSE_SECONDS):
        _change(chance, changes)
        changes += 1
    return changes


def _change(chance: random.Random, number: int) -> None:
    from gallery import publishing
    from gallery.models import Painting

    paintings = list(Painting.objects.order_by("pk"))
    kind = chance.random()
    if len(paintings) < 3 or (kind < 0.2 and len(paintings) < MOST):
        _add(number)
        return
    painting = chance.choice(paintings)
    if kind < 0.7:
        painting.title = f"Renamed {number}"
        painting.save()
    elif kind < 0.8:
        publishing.withdraw([painting], by=None)
    elif kind < 0.95:
        publishing.publish([painting], by=None)
    else:
        painting.delete()


def _add(number: int) -> None:
    from gallery import journal, originals
    from gallery.models import Painting
    from tests.factories import picture_bytes

    image = originals.add(BytesIO(picture_bytes(1000 + number, size=(120, 90))), f"{number}.png")
    with journal.writing():
        Painting.objects.create(title=f"Added {number}", image=image, state=Painting.State.PUBLISHED)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    sys.stdout.write(f"{work(stop)}\n")


if __name__ == "__main__":
    main()
