"""`manage.py activate_model`: from one model to another without a gap."""

import json
from collections.abc import Callable
from concurrent.futures import Future
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from gallery import journal, originals
from gallery.models import Change, Painting
from search import indexes, looking, photos, similar
from search.management.commands import activate_model
from search.query import Example, Question
from tests import eyes
from tests.factories import make_image, make_painting, picture_bytes
from vectorizer import activation, bulk, encoder, preparing, rows, tasks
from vectorizer.attempts import StoreFull
from vectorizer.models import Attempt, EncoderModel, Vectors, to_prepare
from vectorizer.rows import Scope

pytestmark = pytest.mark.django_db(transaction=True)
NEW = eyes.TINY.name
PROCESSES = bulk.Pool


class Here:
    """A pool of processes that is this one: quick, and it can be watched."""

    def __init__(self, processes: int) -> None:
        self.close = self.replace = lambda: None

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "Pool", Here)


@pytest.fixture
def new(settings: Any) -> Path:
    """The folder of another model; the active one is the settings'."""
    return eyes.install(settings.ARTIFACTS_DIR)


def collection(count: int = 3) -> list[Painting]:
    """Public paintings with vectors by the active model."""
    paintings = [
        make_painting(f"P{number}", live=False, image=make_image(picture_bytes(number, size=(400, 300))))
        for number in range(count)
    ]
    preparing.prepare([painting.image for painting in paintings])
    return paintings


def activate(*arguments: str) -> str:
    out = StringIO()
    call_command("activate_model", *arguments, "-v", "0", stdout=out, stderr=out)
    return out.getvalue()


def active() -> str:
    return EncoderModel.objects.get(active=True).name


def look_alikes(painting: Painting, feature: str | None = None) -> set[int]:
    return {match.painting.pk for match in similar.like(painting, feature=feature)}


def found(question: Question) -> set[int]:
    return {match.painting.pk for match in similar.answer(question).matches}


def test_every_painting_has_vectors_by_the_new_model_before_search_asks_for_them(new: Path) -> None:
    paintings = collection()
    said = activate(NEW)

    assert "tiny-eye is the active model now; 3 public paintings are found by it." in said
    assert active() == NEW
    assert [feature.name for feature in similar.features()] == ["common512", "style512", "genre512", "palette"]
    assert look_alikes(paintings[0], "genre512") == {paintings[1].pk, paintings[2].pk}
    for row in Vectors.objects.filter(model__name=NEW):
        assert set(row.labels()) == {"style", "genre"}


def test_the_name_may_be_left_to_the_settings(new: Path, settings: Any) -> None:
    collection(1)
    settings.ENCODER_ARTIFACT = NEW

    activate()

    assert active() == NEW
    assert activate() == "tiny-eye is the active model.\n"


def test_a_new_installation_gets_its_model(settings: Any) -> None:
    assert activate() == "lite0-eye1 is the active model now.\n"
    assert active() == settings.ENCODER_ARTIFACT


def test_search_answers_by_the_old_model_until_the_change_and_never_by_both(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paintings = collection(4)
    monkeypatch.setattr(bulk, "IMAGES_A_JOB", 1)
    asked_by: list[str] = []
    save = preparing.save

    def watched(*arguments: Any) -> Any:
        outcome = save(*arguments)
        assert look_alikes(paintings[0]) == {painting.pk for painting in paintings[1:]}
        asked_by.append(active())
        return outcome

    monkeypatch.setattr(preparing, "save", watched)
    activate(NEW)

    assert asked_by == ["lite0-eye1"] * 4
    index = indexes.index()._state(EncoderModel.current())
    sizes = {name: matrix.shape[1] for name, matrix in index.base.matrices.items()}
    assert sizes["copy128"] == 128
    assert sizes["style512"] == 512


def test_a_painting_that_comes_while_the_vectors_are_made_is_found_by_both(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection(2)
    late: list[Painting] = []
    prepare_indexes = indexes.prepare

    def with_a_newcomer(model: EncoderModel, **options: Any) -> int:
        """The newcomer is prepared by the worker, which knows the active model alone, after the new index was made."""
        number = prepare_indexes(model, **options)
        late.append(make_painting("Late", number=50, live=False))
        preparing.prepare(to_prepare(EncoderModel.current()))
        assert found(Question(words="Late")) == {late[0].pk}
        return number

    monkeypatch.setattr(indexes, "prepare", with_a_newcomer)
    activate(NEW)

    assert active() == NEW
    assert found(Question(words="Late")) == {late[0].pk}
    assert len(look_alikes(late[0])) == 2


class Apart:
    """An index that lives apart from the database; nobody brings it what is published into the topic."""

    def __init__(self) -> None:
        self.versions: dict[int, int] = {}

    def prepare(self, model: EncoderModel, **_: Any) -> int:
        self.versions = dict(rows.versions(model, Scope.PUBLIC))
        return len(self.versions)

    def follow(self, since: int) -> int:
        changed = Change.objects.filter(id__gt=since).values_list("painting_id", flat=True).distinct()
        self.versions |= rows.versions_of(EncoderModel.objects.get(name=NEW), Scope.PUBLIC, list(changed))
        return journal.position()


def test_the_new_index_has_what_changed_since_it_was_made_however_far_its_sink_is(
    new: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sink has to read the whole new topic before it comes to that."""
    first, second = collection(2)
    settings.PUBLISHER = "vectorizer.publishers.memory.MemoryPublisher"
    apart = Apart()
    monkeypatch.setattr(indexes, "prepare", apart.prepare)
    monkeypatch.setattr(indexes, "upkeep", lambda _: apart)
    publish, switch = activation.publish, activation.switch
    at_the_switch: list[dict[int, int]] = []

    def with_a_change(*arguments: Any, **options: Any) -> None:
        publish(*arguments, **options)
        first.save()

    def with_another(*arguments: Any, **options: Any) -> bool:
        at_the_switch.append(dict(apart.versions))
        second.save()
        return switch(*arguments, **options)

    monkeypatch.setattr(activation, "publish", with_a_change)
    monkeypatch.setattr(activation, "switch", with_another)

    activate(NEW)

    for painting in (first, second):
        painting.refresh_from_db()
    assert at_the_switch[0][first.pk] == first.version
    assert apart.versions == {first.pk: first.version, second.pk: second.version}


def test_a_painting_that_only_the_new_model_has_seen_is_shown_with_the_change(new: Path) -> None:
    painting = make_painting("Waiting", live=False)
    model = activation.candidate(NEW)
    activation.fill(model, processes=1, progress=lambda _: None)
    painting.refresh_from_db()
    assert not painting.is_public

    activate(NEW)

    painting.refresh_from_db()
    assert painting.is_public
    assert found(Question()) == {painting.pk}


def test_a_worker_that_was_at_it_with_the_old_model_shows_nothing_that_search_can_not_find(new: Path) -> None:
    collection(1)
    old = EncoderModel.current()
    activate(NEW)
    painting = make_painting("Between", number=60, live=False)

    preparing.prepare([painting.image], model=old)

    painting.refresh_from_db()
    assert not painting.is_public
    tasks.sweep()
    painting.refresh_from_db()
    assert painting.is_public
    assert len(look_alikes(painting)) == 1


def test_what_was_made_before_it_was_stopped_is_not_made_again(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection(3)
    monkeypatch.setattr(bulk, "IMAGES_A_JOB", 1)
    made: list[int] = []
    save = preparing.save

    def full_after_two(results: Any, model: EncoderModel) -> Any:
        if len(made) == 2:
            raise StoreFull("Nothing can be written to the store.")
        made.extend(result.image_id for result in results)
        return save(results, model)

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "save", full_after_two)
        with pytest.raises(CommandError, match="Make room, then run the command again: it goes on"):
            activate(NEW)
    assert active() == "lite0-eye1"
    assert Vectors.objects.filter(model__name=NEW).count() == 2
    rows = set(Vectors.objects.filter(model__name=NEW).values_list("pk", "created_at"))

    activate(NEW)

    assert active() == NEW
    assert rows < set(Vectors.objects.filter(model__name=NEW).values_list("pk", "created_at"))


def test_only_so_many_pictures_are_held_at_once_and_each_is_tried_once(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lost, *_ = collection(5)
    originals.storage().delete(lost.image.path)
    monkeypatch.setattr(activation, "IMAGES_AT_ONCE", 2)
    parts: list[list[int]] = []
    prepare = bulk.prepare

    def watched(image_ids: list[int], *arguments: Any, **options: Any) -> Any:
        parts.append(image_ids)
        if len(parts) == 1:  # what comes meanwhile is made, too
            make_painting("Late", number=50, live=False)
        return prepare(image_ids, *arguments, **options)

    monkeypatch.setattr(bulk, "prepare", watched)
    outcome = activation.fill(activation.candidate(NEW), progress=lambda _: None)

    assert (outcome.done, outcome.failed) == (5, 1)
    assert [len(part) for part in parts] == [2, 2, 2]
    assert len({id_ for part in parts for id_ in part}) == 6


def test_a_picture_that_would_be_lost_is_named_and_holds_the_change_until_somebody_leaves_it_out(new: Path) -> None:
    kept, lost = collection(2)
    originals.storage().delete(lost.image.path)

    with pytest.raises(CommandError, match="lite0-eye1 stays the active model: 1 of these can be found now") as no:
        activate(NEW)
    assert "--leave-out" in str(no.value)
    assert active() == "lite0-eye1"
    assert look_alikes(kept) == {lost.pk}

    said = activate(NEW, "--leave-out")

    assert "The original of “picture.png” is missing from the store" in said
    assert active() == NEW
    assert look_alikes(kept) == set()


def test_a_picture_that_came_meanwhile_and_would_be_lost_holds_the_change_too(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection(2)
    prepare_indexes = indexes.prepare

    def with_a_newcomer(model: EncoderModel, **options: Any) -> int:
        """The active model's worker has prepared it; then its file is lost, before the new model sees it."""
        number = prepare_indexes(model, **options)
        late = make_painting("Late", number=50, live=False)
        preparing.prepare(to_prepare(EncoderModel.current()))
        originals.storage().delete(late.image.path)
        return number

    with monkeypatch.context() as patch:
        patch.setattr(indexes, "prepare", with_a_newcomer)
        with pytest.raises(CommandError, match="lite0-eye1 stays the active model: 1 of these can be found now"):
            activate(NEW)
    assert active() == "lite0-eye1"

    said = activate(NEW, "--leave-out")

    assert active() == NEW
    assert "is missing from the store" in said


def test_nothing_that_became_findable_since_it_was_looked_at_is_lost(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (painting,) = collection(1)
    Vectors.objects.all().delete()
    model = activation.candidate(NEW)
    Attempt.objects.create(image=painting.image, model=model, count=1, reason="It could not be read.")
    assert not activation.would_be_lost(model).exists()
    preparing.prepare([painting.image], model=EncoderModel.current())

    assert not activation.switch(model)
    assert active() == "lite0-eye1"
    assert activation.switch(model, leave_out=True)


def test_what_could_not_be_found_before_holds_nothing_up(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection(1)
    for number in (70, 71):
        failed = make_painting("Failed", number=number, live=False)
        originals.storage().delete(failed.image.path)
    monkeypatch.setattr(activate_model, "NAMED_FAILURES", 1)

    said = activate(NEW)

    assert active() == NEW
    assert said.count("is missing from the store") == 1
    assert "… and 1 more" in said


def test_the_old_vectors_stay_so_that_one_can_go_back(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paintings = collection()
    activate(NEW)

    def none(*_: Any) -> None:
        raise AssertionError("Nothing is to be made.")

    monkeypatch.setattr(preparing, "make", none)
    activate("lite0-eye1")

    assert active() == "lite0-eye1"
    assert len(look_alikes(paintings[0])) == 2


def test_the_old_vectors_and_the_old_index_are_dropped_on_wish(new: Path, settings: Any) -> None:
    paintings = collection()
    similar.duplicates_of(paintings[0].image)
    look_alikes(paintings[0])
    old = [settings.INDEX_DIR / "lite0-eye1", settings.INDEX_DIR / "lite0-eye1-all"]
    assert all(folder.is_dir() for folder in old)

    said = activate(NEW, "--drop-old")

    assert "The vectors of 3 images by lite0-eye1 are deleted." in said
    assert set(Vectors.objects.values_list("model__name", flat=True)) == {NEW}
    assert not any(folder.exists() for folder in old)
    assert (settings.INDEX_DIR / f"{NEW}-all").is_dir()
    assert len(look_alikes(paintings[0])) == 2
    assert len(similar.duplicates_of(paintings[0].image)) == 2


def test_a_visitors_photo_from_before_the_change_finds_what_it_shows(new: Path) -> None:
    paintings = collection()
    token = photos.keep(BytesIO(picture_bytes(1, size=(400, 300))), "photo.png")

    activate(NEW, "--drop-old")

    (first, *_) = similar.answer(Question(like=(Example(photo=token),))).matches
    assert first.painting == paintings[1]
    assert photos.find(token).model.name == NEW


def test_the_active_models_vectors_can_not_be_dropped() -> None:
    collection(1)
    with pytest.raises(ValueError, match="is the active model"):
        activation.drop_vectors(EncoderModel.current())
    assert Vectors.objects.count() == 1


def change_card(folder: Path, **fields: Any) -> None:
    card = json.loads((folder / "card.json").read_text()) | fields
    (folder / "card.json").write_text(json.dumps(card))


def without_an_output(folder: Path) -> None:
    change_card(folder, labels={"style": ["Impressionism", "Baroque", "Cubism"], "school": ["Dutch"]}, temperatures={})


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder: (folder / "model.tflite").write_bytes(b"no model"), "has the checksum"),
        (lambda folder: (folder / "card.json").unlink(), "its card.json is missing"),
        (lambda folder: change_card(folder, format=3), "has format 3, and this version reads the formats 1 and 2"),
        (without_an_output, "the card promises 'school'"),
        (lambda folder: change_card(folder, labels={"style": ["Rococo"]}, temperatures={}), "tells 3 labels of style"),
    ],
)
def test_a_damaged_artifact_changes_nothing_and_is_named(
    new: Path, damage: Callable[[Path], object], sentence: str
) -> None:
    collection(1)
    damage(new)

    with pytest.raises(CommandError, match=f"The artifact tiny-eye .* can't be used: .*{sentence}.* Restore"):
        activate(NEW)

    assert active() == "lite0-eye1"
    assert not EncoderModel.objects.filter(name=NEW).exists()


def test_another_artifact_of_a_name_that_has_vectors_is_refused(new: Path) -> None:
    collection(1)
    EncoderModel.objects.create(name=NEW, checksum="f" * 64)

    with pytest.raises(CommandError, match="Give the new one a name of its own"):
        activate(NEW)


def test_it_leads_away_from_a_model_that_is_gone(new: Path) -> None:
    paintings = collection(2)
    EncoderModel.objects.filter(active=True).update(name="gone-eye")

    activate(NEW)

    assert look_alikes(paintings[0]) == {paintings[1].pk}


def test_a_name_that_is_none_and_no_processes_are_refused() -> None:
    with pytest.raises(CommandError, match="is no artifact's name"):
        activate("../elsewhere")
    with pytest.raises(CommandError, match="--processes must be 1 or more, and is 0"):
        activate("--processes", "0")


def test_processes_of_their_own_give_the_same_vectors(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "Pool", PROCESSES)
    (painting,) = collection(1)

    activate(NEW, "--processes", "1")

    with originals.open_image(painting.image) as file:
        opened = looking.open_photo(file, "p.png", originals.limits())
    packed = looking.vectors(opened, None, EncoderModel.current())
    assert bytes(Vectors.objects.get(model__name=NEW).data) == packed
    assert np.isfinite(encoder.unpack(packed, EncoderModel.current().card)["copy128"]).all()
    assert not Attempt.objects.exists()
