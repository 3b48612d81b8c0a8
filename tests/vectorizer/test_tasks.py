"""What Celery is told: which queue, in what portions, how patiently, and when to stop."""

from typing import Any

import pytest
from celery import current_app
from celery.exceptions import Retry, SoftTimeLimitExceeded
from django.conf import settings as real
from django.db import OperationalError

from gallery.models import Painting
from search import tasks as housekeeping
from tests import eyes
from tests.factories import make_image, make_painting
from vectorizer import checks, locks, preparing, sweeping, tasks
from vectorizer.attempts import TOO_LONG, StoreFull
from vectorizer.encoder import load_card
from vectorizer.models import Attempt, EncoderModel, Vectors, to_encode, to_prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[int], dict[str, Any]]]:
    messages: list[tuple[list[int], dict[str, Any]]] = []
    monkeypatch.setattr(
        tasks.vectorize, "apply_async", lambda arguments, **options: messages.append((arguments[0], options))
    )
    return messages


def ring(*paintings: Painting) -> None:
    tasks.on_bell(painting_ids=[painting.pk for painting in paintings], signal=None, sender=None)


def several(count: int) -> list[Painting]:
    """Paintings that wait, all with the same file."""
    image = make_image()
    return [make_painting(f"P{number}", number=number, image=image, live=False) for number in range(count)]


def test_a_curators_upload_is_handed_over_at_once_and_before_what_comes_in_bulk(sent: list[Any]) -> None:
    painting = make_painting(live=False)
    ring(painting)
    assert sent == [([painting.pk], {"retry": False, "priority": tasks.FIRST})]
    assert tasks.FIRST < tasks.LATER  # Redis's order


def test_many_paintings_are_handed_over_in_batches(sent: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PAINTINGS_A_TASK", 2)
    paintings = several(5)
    ring(*paintings)
    assert [ids for ids, _ in sent] == [[p.pk for p in paintings[start : start + 2]] for start in (0, 2, 4)]
    assert {options["priority"] for _, options in sent} == {tasks.LATER}


def test_two_thousand_paintings_become_forty_tasks(sent: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "waiting", list)
    tasks.on_bell(painting_ids=range(2000))
    assert [len(ids) for ids, _ in sent] == [50] * 40


def test_a_change_of_words_gives_no_worker_anything_to_do(sent: list[Any]) -> None:
    ring(make_painting("Ready"))
    assert sent == []


def test_a_replaced_picture_and_one_that_only_waits_to_be_shown_are_handed_over(sent: list[Any]) -> None:
    replaced = make_painting("Replaced", number=1)
    replaced.image = make_image(number=50)
    replaced.save()
    ready = make_painting("Ready", number=2)
    same_file = make_painting("Same file", image=ready.image, live=False)

    ring(same_file, replaced)

    assert sent == [([replaced.pk, same_file.pk], {"retry": False, "priority": tasks.LATER})]


def test_pictures_and_what_is_quick_have_queues_of_their_own() -> None:
    routed = {
        task: current_app.amqp.router.route({}, task)["queue"].name
        for task in ("vectorizer.tasks.vectorize", "vectorizer.tasks.sweep", "vectorizer.tasks.publish")
    }
    assert routed == {
        "vectorizer.tasks.vectorize": "vectorize",
        "vectorizer.tasks.sweep": "vectorize",
        "vectorizer.tasks.publish": "publish",
    }
    for task in (housekeeping.compact_index, housekeeping.expire_photos):
        assert current_app.amqp.router.route({}, task.name)["queue"].name == "publish"
    assert set(current_app.amqp.queues) == {"vectorize", "publish"}


def test_every_task_of_the_schedule_has_a_queue_that_workers_hear() -> None:
    for entry in real.CELERY_BEAT_SCHEDULE.values():
        assert current_app.amqp.router.route({}, entry["task"])["queue"].name in ("vectorize", "publish")
        assert entry["options"]["expires"] <= entry["schedule"].total_seconds()


def test_a_message_is_given_out_again_only_after_its_task_must_have_ended() -> None:
    assert real.CELERY_TASK_ACKS_LATE
    assert real.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert real.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    visible_after = real.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert sweeping.SECONDS_A_SWEEP < real.CELERY_TASK_SOFT_TIME_LIMIT < real.CELERY_TASK_TIME_LIMIT < visible_after
    assert tasks.PATIENTLY["retry_backoff_max"] < visible_after


@pytest.mark.parametrize("problem", [OperationalError("the database is gone"), StoreFull("The disk is full.")])
def test_what_passes_is_tried_again_later_and_later(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def fail(_: Any) -> None:
        raise problem

    def retry(*_: Any, countdown: float, **__: Any) -> Retry:
        waits.append(countdown)
        return Retry()

    monkeypatch.setattr(sweeping, "vectorize", fail)
    monkeypatch.setattr(tasks.vectorize, "retry", retry)
    monkeypatch.setattr("celery.utils.time.random.randrange", lambda most: most - 1)
    for times in range(9):
        tasks.vectorize.push_request(retries=times)
        with pytest.raises(Retry):
            tasks.vectorize.run([1])
        tasks.vectorize.pop_request()

    assert waits == sorted(waits)
    assert waits[0] <= 2 < 60 < waits[-1] <= 300


def test_a_fault_of_ours_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr(sweeping, "vectorize", fail)
    with pytest.raises(KeyError):
        tasks.vectorize.run([1])


def test_an_image_over_which_the_time_runs_out_is_left_alone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    painting = make_painting(live=False)
    model = EncoderModel.current()

    def slow(*_: Any) -> None:
        raise SoftTimeLimitExceeded

    with monkeypatch.context() as patch:
        patch.setattr("gallery.images.open_rgb", slow)
        patch.setattr(preparing.opening, "open_picture", slow)
        for times in range(3):
            with pytest.raises(SoftTimeLimitExceeded):
                tasks.sweep()
            assert Attempt.objects.get().count == times + 1
    assert Attempt.objects.get().reason == TOO_LONG
    assert not to_prepare(model).exists()

    preparing.retry([painting.image])
    tasks.sweep()
    painting.refresh_from_db()
    assert painting.is_public


def test_what_another_worker_has_prepared_meanwhile_is_not_prepared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_painting("First", live=False), make_painting("Second", live=False)
    model = EncoderModel.current()
    made = []
    make = preparing.make

    def make_and_be_overtaken(image: Any, of: EncoderModel) -> Any:
        made.append(image)
        if image == first.image:
            preparing.save([make(second.image, of)], of)
        return make(image, of)

    monkeypatch.setattr(preparing, "make", make_and_be_overtaken)
    tasks.vectorize([first.pk, second.pk])

    assert made == [first.image]
    assert Vectors.objects.filter(model=model).count() == 2


def test_a_sweep_ends_in_good_time(monkeypatch: pytest.MonkeyPatch) -> None:
    make_painting(live=False)
    monkeypatch.setattr(sweeping, "SECONDS_A_SWEEP", -1)
    tasks.sweep()
    assert not Vectors.objects.exists()


def test_of_two_sweeps_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    make_painting(live=False)

    class Taken:
        def __enter__(self) -> bool:
            return False

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(locks, "alone", lambda purpose: Taken())
    tasks.sweep()
    assert not Vectors.objects.exists()


def test_a_model_that_is_live_beside_the_active_one_gets_its_vectors_too(settings: Any, sent: list[Any]) -> None:
    active = EncoderModel.current()
    eye = eyes.install(settings.ARTIFACTS_DIR)
    painting = make_painting("Ready")
    live = EncoderModel.objects.create(name=eye.name, checksum=load_card(eye).checksum, live=True)

    ring(painting)
    assert [ids for ids, _ in sent] == [[painting.pk]]
    tasks.vectorize([painting.pk])

    assert set(Vectors.objects.values_list("model", flat=True)) == {active.pk, live.pk}
    assert not to_encode(live).exists()
    ring(painting)
    assert len(sent) == 1


def test_a_worker_reads_its_model_at_the_start_and_loads_it_after_the_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_: Any) -> None:
        raise AssertionError("loaded before the fork")

    monkeypatch.setattr("vectorizer.encoder.model._open_model", loaded)
    EncoderModel.current()
    checks.stop_worker()


def test_the_processes_of_a_worker_share_the_cores() -> None:
    import cv2

    before = cv2.getNumThreads()
    try:
        checks.share_cores()
        assert cv2.getNumThreads() == 1
    finally:
        cv2.setNumThreads(before)
