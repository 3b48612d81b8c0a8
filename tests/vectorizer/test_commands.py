"""`manage.py vectorize` and `manage.py work`."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery import originals, publishing, rendering
from gallery.models import Painting
from tests.factories import make_image, make_painting, picture_bytes
from vectorizer import bulk, preparing
from vectorizer.attempts import StoreFull
from vectorizer.management.commands import work
from vectorizer.models import Attempt, EncoderModel, Vectors

pytestmark = pytest.mark.django_db(transaction=True)


def vectorize(*arguments: str) -> str:
    out = StringIO()
    call_command("vectorize", *arguments, "--processes", "1", "-v", "0", stdout=out, stderr=out)
    return out.getvalue()


def test_vectorize_missing_prepares_what_is_missing_and_then_nothing() -> None:
    painting = make_painting(live=False)
    said = vectorize("--missing")
    assert "1 vectorized and searchable" in said
    assert "a second" in said
    painting.refresh_from_db()
    assert painting.is_public
    assert painting.image.rendered
    assert "Nothing left" in vectorize("--missing")


def test_vectorize_all_makes_every_vector_again_and_tries_what_had_failed() -> None:
    painting = make_painting()
    random = bytes(Vectors.objects.get().data)
    failed = make_painting("Failed", live=False)
    Attempt.objects.create(image=failed.image, model=EncoderModel.current(), count=3, reason="once upon a time")

    assert "2 vectorized" in vectorize("--all")

    assert bytes(Vectors.objects.get(image=painting.image).data) != random
    failed.refresh_from_db()
    assert failed.is_public


def test_vectorize_renditions_brings_back_every_one_of_what_the_public_sees() -> None:
    """As after a backup was restored: the database knows of renditions that are not there."""
    painting = make_painting(live=False, image=make_image(picture_bytes(size=(900, 600))))
    vectorize("--missing")
    shown = Painting.objects.get().image
    unready = make_image(name="newer.png", number=7)
    Painting.objects.filter(pk=painting.pk).update(image=unready)
    originals.storage().delete(unready.path)
    paths = [
        shown.rendition_path(width, extension) for width in shown.widths for extension in rendering.EXTENSIONS.values()
    ]
    for path in paths:
        rendering.storage().delete(path)

    vectorize("--renditions")

    assert len(paths) > 2
    assert all(rendering.storage().exists(path) for path in paths)


def test_vectorize_all_renders_nothing_that_is_rendered() -> None:
    make_painting(live=False, image=make_image(picture_bytes(size=(900, 600))))
    vectorize("--missing")
    image = Painting.objects.get().image
    for width in image.widths:
        rendering.storage().delete(image.rendition_path(width, "webp"))

    assert "Nothing left to be rendered" in vectorize("--all")

    assert not any(rendering.storage().exists(image.rendition_path(width, "webp")) for width in image.widths)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say what to do: --missing, --all or --renditions"),
        (("--renditions", "--thumbnails-only"), "say opposite things"),
    ],
)
def test_options_that_make_no_sense_are_refused(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        vectorize(*arguments)


def test_failures_are_counted_and_pointed_at() -> None:
    painting = make_painting(live=False)
    originals.storage().delete(painting.image.path)
    assert "1 failed; the admin says why" in vectorize("--missing")


def test_a_full_disk_stops_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StoreFull("Nothing can be written to the store.")

    make_painting(live=False)
    monkeypatch.setattr(bulk, "prepare", full)
    with pytest.raises(CommandError, match="Make room, then run the command again: it goes on"):
        vectorize("--missing")


def test_a_damaged_artifact_stops_both_commands_with_its_name(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "no-such-eye"
    for command in (["vectorize", "--missing"], ["work", "--once"]):
        with pytest.raises(CommandError, match="no-such-eye"):
            call_command(*command)


def test_work_prepares_what_is_new() -> None:
    painting = make_painting(live=False)
    call_command("work", "--once")
    painting.refresh_from_db()
    assert painting.is_public


def test_the_worker_follows_the_journal_between_its_periodic_tasks(settings: Any) -> None:
    settings.CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": timedelta(hours=1)} for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
    }
    worker = work.Worker()
    worker.turn()
    painting = make_painting(live=False)

    worker.turn()

    painting.refresh_from_db()
    assert painting.is_public


def test_a_failing_task_does_not_end_the_work(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    painting = make_painting(live=False)
    settings.CELERY_BEAT_SCHEDULE = {
        "sweep": {"task": "vectorizer.tasks.sweep", "schedule": timedelta(seconds=0)},
    }
    worker = work.Worker()
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "prepare", broken)
        worker.turn()
    painting.refresh_from_db()
    assert not painting.is_public

    worker.turn()

    painting.refresh_from_db()
    assert painting.is_public


def test_no_web_process_and_no_worker_imports_tensorflow() -> None:
    code = """
import django, sys
django.setup()
import config.wsgi, config.urls, vectorizer.bulk, vectorizer.management.commands.work, search.tasks
loaded = {"tensorflow", "keras"} & set(sys.modules)
assert not loaded, loaded
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=300)


def test_work_stops_cleanly_when_told_to(folder: Any) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PENDANT_VAR": str(folder)}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v", "0"], check=True, env=environment, timeout=400)
    process = subprocess.Popen([*manage, "work"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "Waiting" in process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=240) == 0
    finally:
        process.kill()


def test_withdrawing_needs_no_worker() -> None:
    painting = make_painting()
    publishing.withdraw([painting], by=None)
    assert not Painting.objects.public().exists()
