"""Preparing images: what is done, what fails, and what a crash leaves behind."""

import errno
from concurrent.futures import Future
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db.models import QuerySet
from PIL import Image as Pillow

from gallery import originals, rendering
from gallery.models import Image, Painting
from tests import eyes
from tests.factories import make_image, make_painting, picture_bytes
from tests.vectorizer import poison
from vectorizer import bulk, completing, keypoints, preparing, tasks
from vectorizer.attempts import Failed, Outcome, StoreFull
from vectorizer.encoder import ArtifactError
from vectorizer.models import Attempt, EncoderModel, Keypoints, Vectors, to_describe, to_prepare, to_render

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Painting:
    return make_painting("Waiting", live=False, image=make_image(picture_bytes(5, size=(800, 600))))


def ids(images: "QuerySet[Image]") -> list[int]:
    return list(images.values_list("pk", flat=True))


@pytest.fixture
def blocks() -> Painting:
    """A painting of blocks, which has corners to be found by."""
    colours = np.random.default_rng(1).integers(0, 255, (12, 16, 3), np.uint8)
    file = BytesIO()
    Pillow.fromarray(colours.repeat(50, 0).repeat(50, 1)).save(file, "PNG")
    return make_painting("Blocks", live=False, image=make_image(file.getvalue()))


def lose_original(image: Image) -> None:
    originals.storage().delete(image.path)


def test_a_prepared_painting_is_public_with_thumbnail_and_vectors(waiting: Painting) -> None:
    outcome = preparing.prepare(to_prepare(EncoderModel.current()))

    assert outcome == Outcome(done=1)
    waiting.refresh_from_db()
    assert waiting.is_public
    assert waiting.image.widths == [320]
    assert waiting.image.placeholder.startswith("data:image/")
    for extension, there in {"webp": True, "jpg": True, "avif": False}.items():
        assert rendering.storage().exists(waiting.image.rendition_path(320, extension)) is there
    features = Vectors.objects.get(image=waiting.image).features()
    assert set(features) == {feature.name for feature in EncoderModel.current().card.features}
    for vector in features.values():
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert not to_prepare(EncoderModel.current()).exists()


@pytest.mark.parametrize("size", [(1000, 3000), (3000, 400)])
def test_a_long_narrow_picture_is_prepared_like_any_other(size: tuple[int, int]) -> None:
    narrow = make_painting(live=False, image=make_image(picture_bytes(5, size=size, format="JPEG")))

    assert preparing.prepare([narrow.image]) == Outcome(done=1)
    assert Image.objects.get().widths == [320]


def test_a_picture_that_has_a_thumbnail_is_not_rendered_again(waiting: Painting) -> None:
    preparing.prepare([waiting.image])
    image = Image.objects.get()
    path = image.rendition_path(320, "webp")
    rendering.storage().delete(path)

    preparing.prepare([image])

    assert not rendering.storage().exists(path)
    assert Image.objects.get().placeholder == image.placeholder


def test_vectors_come_with_the_probabilities_of_the_models_labels(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = eyes.install(settings.ARTIFACTS_DIR).name
    painting = make_painting(live=False)

    preparing.prepare([painting.image])

    row = Vectors.objects.get()
    assert set(row.features()) == {"common512", "style512", "genre512", "palette", "copy128"}
    assert row.labels()["style"].sum() == pytest.approx(1, abs=1e-5)
    assert row.labels()["genre"].shape == (2,)


def test_the_larger_renditions_follow_in_a_second_pass(waiting: Painting) -> None:
    preparing.prepare([waiting.image])
    model = EncoderModel.current()
    assert list(to_render(model)) == [waiting.image]

    assert completing.render(to_render(model)).done == 1

    image = Image.objects.get(pk=waiting.image_id)
    assert image.rendered
    assert image.widths == list(rendering.all_widths(image))
    for width in image.widths:
        assert rendering.storage().exists(image.rendition_path(width, "webp"))
    assert not to_render(model).exists()


def test_the_original_is_never_altered(waiting: Painting) -> None:
    path = Path(originals.storage().path(waiting.image.path))
    before = path.read_bytes()
    preparing.prepare([waiting.image])
    completing.render([waiting.image])
    assert path.read_bytes() == before


def test_a_failure_is_recorded_with_its_reason_and_does_not_block_the_others(waiting: Painting) -> None:
    lost = make_painting("Lost", live=False)
    lose_original(lost.image)

    outcome = preparing.prepare(to_prepare(EncoderModel.current()))

    assert outcome == Outcome(done=1, failed=1)
    attempt = Attempt.objects.get(image=lost.image)
    assert attempt.count == 1
    assert "missing from the store" in attempt.reason


def test_a_damaged_original_fails_with_the_sentence_for_a_person(waiting: Painting) -> None:
    path = Path(originals.storage().path(waiting.image.path))
    path.write_bytes(path.read_bytes()[:500])
    preparing.prepare([waiting.image])
    assert waiting.image.name in Attempt.objects.get().reason


def test_an_unforeseen_error_is_the_images_own(waiting: Painting, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("strange")

    monkeypatch.setattr(rendering, "render", broken)
    assert preparing.prepare([waiting.image]) == Outcome(failed=1)
    assert "ZeroDivisionError: strange" in Attempt.objects.get().reason


def test_after_three_failures_an_image_is_left_alone_until_somebody_says_again(waiting: Painting) -> None:
    lose_original(waiting.image)
    model = EncoderModel.current()
    for _ in range(3):
        assert to_prepare(model).exists()
        preparing.prepare(to_prepare(model))
    assert not to_prepare(model).exists()

    assert preparing.retry([waiting.image]) == 1
    assert to_prepare(model).exists()


def test_an_attempt_that_kills_its_process_is_counted(waiting: Painting, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(preparing, "make", die)
    with pytest.raises(SystemExit):
        preparing.prepare([waiting.image])
    assert Attempt.objects.get().count == 1


def test_a_replaced_image_is_prepared_and_shown_and_the_old_one_until_then(waiting: Painting) -> None:
    preparing.prepare([waiting.image])
    old = waiting.image
    waiting.image = make_image(number=9)
    waiting.save()
    waiting.refresh_from_db()
    assert waiting.live_image == old

    preparing.prepare(to_prepare(EncoderModel.current()))

    waiting.refresh_from_db()
    assert waiting.live_image == waiting.image != old


def test_a_second_painting_with_the_same_file_goes_live_too(waiting: Painting) -> None:
    preparing.prepare([waiting.image])
    twin = make_painting("Twin", image=waiting.image, live=False)

    preparing.prepare(to_prepare(EncoderModel.current()))

    twin.refresh_from_db()
    assert twin.is_public


def test_an_image_deleted_while_it_was_encoded_is_passed_over(waiting: Painting) -> None:
    model = EncoderModel.current()
    made = preparing.make(waiting.image, model)
    image = waiting.image
    waiting.delete()
    image.delete()
    preparing.save([made], model)
    assert not Vectors.objects.exists()


def test_an_image_that_no_painting_shows_is_not_prepared() -> None:
    make_image()
    assert not to_prepare(EncoderModel.current()).exists()


def test_the_sweep_and_the_task_prepare_what_is_missing(waiting: Painting) -> None:
    tasks.vectorize.apply([[waiting.pk]], throw=True)
    waiting.refresh_from_db()
    assert waiting.is_public
    assert not waiting.image.rendered

    tasks.sweep.apply(throw=True)
    waiting.refresh_from_db()
    assert waiting.image.rendered


def test_larger_renditions_give_way_to_a_new_painting(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        image = make_image(picture_bytes(number, size=(800, 600)))
        preparing.prepare([make_painting(f"P{number}", live=False, image=image).image])
    rendered: list[Image] = []

    def render(image: Image) -> Image:
        rendered.append(image)
        make_painting("New", number=90, live=False)
        return image

    monkeypatch.setattr(completing, "make_renditions", render)
    tasks.sweep.apply(throw=True)
    assert len(rendered) == 1


def test_the_local_features_follow_once_and_again_when_they_are_made_otherwise(
    blocks: Painting,
) -> None:
    model = EncoderModel.current()
    assert not to_describe(model).exists()
    preparing.prepare([blocks.image])
    assert list(to_describe(model)) == [blocks.image]

    tasks.sweep.apply(throw=True)

    row = Keypoints.objects.get(image=blocks.image)
    found = keypoints.unpack(bytes(row.data))
    assert row.version == keypoints.KEYPOINTS_VERSION
    assert len(found) > 0
    assert (found.width, found.height) == (360, 270)
    assert not to_describe(model).exists()
    assert not Attempt.objects.exists()

    Keypoints.objects.update(version=0, data=b"")
    assert completing.describe(to_describe(model)) == Outcome(done=1)
    assert bytes(Keypoints.objects.get().data) == keypoints.pack(found)


def test_local_features_that_can_not_be_found_are_tried_three_times_and_hide_no_painting(waiting: Painting) -> None:
    model = EncoderModel.current()
    preparing.prepare([waiting.image])
    lose_original(waiting.image)

    for _ in range(4):
        completing.describe(to_describe(model))

    assert Attempt.objects.get().count == 3
    assert "missing from the store" in Attempt.objects.get().reason
    waiting.refresh_from_db()
    assert waiting.is_public


def test_an_image_deleted_while_it_was_described_is_passed_over(waiting: Painting) -> None:
    made = completing.make_keypoints(waiting.image)
    image = waiting.image
    waiting.delete()
    image.delete()
    completing.save_keypoints([made], EncoderModel.current())
    assert not Keypoints.objects.exists()


@pytest.mark.parametrize("processes", [2])
@pytest.mark.django_db(transaction=True)
def test_all_cores_give_the_same_vectors_as_one_and_failures_stop_nothing(processes: int) -> None:
    model = EncoderModel.current()
    paintings = [
        make_painting(f"P{n}", live=False, image=make_image(picture_bytes(n, size=(800, 600)))) for n in range(5)
    ]
    lose_original(paintings[2].image)
    alone = {p.image_id: preparing.make(p.image, model) for p in paintings}
    seen: list[int] = []

    outcome = bulk.prepare(ids(to_prepare(model)), model, processes=processes, progress=seen.append)

    assert outcome == Outcome(done=4, failed=1)
    assert sum(seen) == 5
    for row in Vectors.objects.all():
        assert bytes(row.data) == alone[row.image_id].vectors
    assert bulk.describe(ids(to_describe(model)), model, processes=1, progress=seen.append).done == 4
    assert bulk.render(ids(to_render(model)), model, processes=1, progress=seen.append).done == 4


def test_a_full_disk_stops_the_work_and_counts_against_no_image(
    waiting: Painting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rendering, "render", full)
    model = EncoderModel.current()
    for _ in range(4):
        with pytest.raises(StoreFull, match="No space left"):
            preparing.prepare(to_prepare(model))
    with pytest.raises(StoreFull):
        completing.render([waiting.image])
    assert Attempt.objects.get().count == 0
    monkeypatch.undo()
    assert preparing.prepare(to_prepare(model)) == Outcome(done=1)


def test_a_full_disk_ends_the_work_on_all_cores_and_counts_against_no_image(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, processes: int) -> None:
            self.close = lambda: None

        def submit(self, *_: Any) -> "Future[Any]":
            failed: Future[Any] = Future()
            failed.set_exception(StoreFull("Nothing can be written."))
            return failed

    monkeypatch.setattr(bulk, "Pool", Full)
    for number in range(20):
        make_painting(f"P{number}", live=False)
    model = EncoderModel.current()
    with pytest.raises(StoreFull):
        bulk.prepare(ids(to_prepare(model)), model, processes=1, progress=lambda _: None)
    assert not Attempt.objects.filter(count__gt=0).exists()


def test_a_damaged_model_counts_against_no_image(waiting: Painting, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: EncoderModel) -> None:
        raise ArtifactError(Path("lite0"), "it is damaged.")

    monkeypatch.setattr(EncoderModel, "encoder", damaged)
    with pytest.raises(ArtifactError):
        preparing.prepare([waiting.image])
    assert not Attempt.objects.exists()


def test_failed_large_renditions_keep_no_second_painting_with_the_file_waiting(
    waiting: Painting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Image) -> Failed:
        return Failed(image_id=image.pk, reason="They are too large.")

    model = EncoderModel.current()
    preparing.prepare([waiting.image])
    monkeypatch.setattr(completing, "make_renditions", fail)
    for _ in range(3):
        completing.render(to_render(model))
    second, third = (make_painting(title, live=False, image=waiting.image) for title in ("Second", "Third"))

    tasks.vectorize([second.pk])
    second.refresh_from_db()
    assert second.is_public

    tasks.sweep()
    third.refresh_from_db()
    assert third.is_public


@pytest.mark.django_db(transaction=True)
def test_a_file_that_kills_its_process_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_make_all", poison.make_all)
    monkeypatch.setattr(bulk, "IMAGES_A_JOB", 2)
    model = EncoderModel.current()
    for number in range(9):
        name = poison.NAME if number == 3 else f"{number}.png"
        image = make_image(picture_bytes(number, size=(400, 300)), name=name)
        make_painting(name, live=False, image=image)
    seen: list[int] = []

    outcome = bulk.prepare(ids(to_prepare(model)), model, processes=2, progress=seen.append)

    assert outcome == Outcome(done=8, failed=1)
    assert sum(seen) == 9
    assert Painting.objects.public().count() == 8
    attempt = Attempt.objects.get()
    assert attempt.image.name == poison.NAME
    assert "ended the process" in attempt.reason
    assert attempt.count == 2

    for _ in range(2):
        bulk.prepare(ids(to_prepare(model)), model, processes=2, progress=seen.append)
    assert Attempt.objects.get().count == 3
    assert not to_prepare(model).exists()
